// Detects other extensions that check manifests too.

import * as vscode from "vscode";

import { NAME_OF_A_MANIFEST } from "./language";

const TOLD = "ampLint.neighbourTold";

/** Mention once, ever, that mistakes may be reported twice. */
export async function mentionNeighbour(memory: vscode.Memento): Promise<void> {
  const neighbour = vscode.extensions.all.find(({ packageJSON }) => checksManifests(packageJSON));
  if (neighbour === undefined || memory.get(TOLD, false)) {
    return;
  }
  await memory.update(TOLD, true);
  const { displayName } = neighbour.packageJSON as { displayName?: string };
  const answer = await vscode.window.showInformationMessage(
    `The extension ${displayName ?? neighbour.id} checks manifests as well, so mistakes may be ` +
      "reported twice. amp-lint does not need it.",
    "Show the Extension",
  );
  if (answer !== undefined) {
    await vscode.commands.executeCommand("extension.open", neighbour.id);
  }
}

/** Return whether an extension is the platform's older one, or has the YAML extension check manifests. */
function checksManifests(manifest: unknown): boolean {
  const { displayName, contributes } = manifest as {
    displayName?: unknown;
    contributes?: { yamlValidation?: unknown };
  };
  if (displayName === "Ampersand Schema Validator") {
    return true;
  }
  const validations = contributes?.yamlValidation;
  return (
    Array.isArray(validations) &&
    validations
      .flatMap((validation: { fileMatch?: unknown }) => validation.fileMatch)
      .some((pattern) => typeof pattern === "string" && NAME_OF_A_MANIFEST.test(pattern))
  );
}
