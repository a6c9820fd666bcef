// Which documents are manifests.

import type { DocumentSelector } from "vscode-languageclient/node";

export const LANGUAGE = "amp-yaml";

const NAMES = "**/{amp.yaml,amp.yml,*.amp.yaml,*.amp.yml}";

/** By language, and by name too: a person may have given these files another language. */
export const MANIFESTS: DocumentSelector = ["file", "untitled"].flatMap((scheme) => [
  { scheme, language: LANGUAGE },
  { scheme, pattern: NAMES },
]);

/** Matches a path, or a pattern of paths, that ends in the name of a manifest. */
export const NAME_OF_A_MANIFEST = /(^|[/*.])amp\.ya?ml$/;
