// Asks whether to install the server, and installs it with visible progress.

import * as vscode from "vscode";

import type { PrivateEnvironment } from "./environment";

const REFUSED = "ampLint.installationRefused";

/** Ask whether to install the server; a person who answered "Never" is not asked again. */
export async function wantsInstallation(
  memory: vscode.Memento,
  needsIndex: boolean,
): Promise<boolean> {
  if (memory.get(REFUSED, false)) {
    return false;
  }
  const source = needsIndex
    ? "Its dependencies are downloaded from the package index that pip uses."
    : "Nothing is downloaded.";
  const answer = await vscode.window.showInformationMessage(
    `amp-lint has found no language server. Install one for VS Code alone? ${source}`,
    "Install",
    "Never",
  );
  if (answer === "Never") {
    await memory.update(REFUSED, true);
  }
  return answer === "Install";
}

/** Install the server; return whether it is installed. `failed` starts the message if it is not. */
export async function tryToInstall(
  environment: PrivateEnvironment,
  log: vscode.LogOutputChannel,
  failed = "amp-lint could not be installed:",
): Promise<boolean> {
  try {
    await install(environment, log);
    return true;
  } catch (error) {
    void report(error, log, failed);
    return false;
  }
}

/** Install the server, with progress that can be cancelled. */
async function install(environment: PrivateEnvironment, log: vscode.LogOutputChannel): Promise<void> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: "amp-lint",
    cancellable: true,
  };
  await vscode.window.withProgress(options, (progress, token) => {
    const abort = new AbortController();
    token.onCancellationRequested(() => abort.abort());
    return environment.install({
      step: (message) => progress.report({ message }),
      log: (text) => log.info(text),
      signal: abort.signal,
    });
  });
}

async function report(error: unknown, log: vscode.LogOutputChannel, failed: string): Promise<void> {
  if (error instanceof Error && error.name === "AbortError") {
    return;
  }
  const message = error instanceof Error ? error.message : String(error);
  log.error(message);
  const answer = await vscode.window.showErrorMessage(`${failed} ${message}`, "Show Log");
  if (answer !== undefined) {
    log.show();
  }
}
