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

/** Call `found` once: when a manifest lies in the workspace, or when one is open. */
export function whenManifest(found: () => void): vscode.Disposable {
  let waits = true;
  const once = (): void => {
    if (waits) {
      waits = false;
      opened.dispose();
      found();
    }
  };
  // Documents are watched from the beginning, because the search takes a while and can fail.
  const opened = vscode.workspace.onDidOpenTextDocument((document) => {
    if (isManifest(document)) {
      once();
    }
  });
  if (vscode.workspace.textDocuments.some(isManifest)) {
    once();
  } else {
    vscode.workspace.findFiles(NAMES, undefined, 1).then(
      (files) => files.length > 0 && once(),
      () => undefined,
    );
  }
  return opened;
}

/** Return whether a document is a manifest. */
export function isManifest(document: vscode.TextDocument): boolean {
  return vscode.languages.match(MANIFESTS, document) > 0;
}
