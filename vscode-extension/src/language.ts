// Tells which documents are manifests.

import * as vscode from "vscode";

export const LANGUAGE = "amp-yaml";

const NAMES = "**/{amp.yaml,amp.yml,*.amp.yaml,*.amp.yml}";

/** By language, and by name too: `files.associations` may give these files another language. */
export const MANIFESTS = ["file", "untitled"].flatMap((scheme) => [
  { scheme, language: LANGUAGE },
  { scheme, pattern: NAMES },
]);

/** Matches a path, or a pattern of paths, that ends in the name of a manifest. */
export const NAME_OF_A_MANIFEST = /(^|[/*.])amp\.ya?ml$/;

/** Return whether a manifest is open or lies in the workspace. */
export async function hasManifest(): Promise<boolean> {
  const isOpen = vscode.workspace.textDocuments.some(isManifest);
  return isOpen || (await vscode.workspace.findFiles(NAMES, undefined, 1)).length > 0;
}

/** Return whether a document is a manifest. */
export function isManifest(document: vscode.TextDocument): boolean {
  return vscode.languages.match(MANIFESTS, document) > 0;
}
