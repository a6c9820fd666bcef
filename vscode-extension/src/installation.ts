// Asks whether to install the server, and does so before the person's eyes.

import * as vscode from "vscode";

import type { Server } from "./discovery";
import type { PrivateEnvironment } from "./environment";

const REFUSED = "ampLint.installationRefused";

/** Ask whether to install the server; a person who never wants it is not asked again. */
export async function wantsInstallation(memory: vscode.Memento): Promise<boolean> {
  if (memory.get(REFUSED, false)) {
    return false;
  }
  const answer = await vscode.window.showInformationMessage(
    "amp-lint has found no language server. Install one for VS Code alone? " +
      "Its packages come from the index that pip is configured for.",
    "Install",
    "Never",
  );
  if (answer === "Never") {
    await memory.update(REFUSED, true);
  }
  return answer === "Install";
}

/** Install the server; whether it was done. What goes wrong is told. */
export async function tryToInstall(
  environment: PrivateEnvironment,
  log: vscode.LogOutputChannel,
): Promise<boolean> {
  try {
    await install(environment, log);
    return true;
  } catch (error) {
    void complain(error, log);
    return false;
  }
}

/** Install the server, with progress that can be cancelled. */
function install(
  environment: PrivateEnvironment,
  log: vscode.LogOutputChannel,
): Promise<Server> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: "amp-lint",
    cancellable: true,
  };
  return Promise.resolve(
    vscode.window.withProgress(options, (progress, token) => {
      const abort = new AbortController();
      token.onCancellationRequested(() => abort.abort());
      return environment.install({
        step: (message) => progress.report({ message }),
        log: (text) => log.info(text),
        signal: abort.signal,
      });
    }),
  );
}

async function complain(error: unknown, log: vscode.LogOutputChannel): Promise<void> {
  if (error instanceof Error && error.name === "AbortError") {
    return;
  }
  const message = error instanceof Error ? error.message : String(error);
  log.error(message);
  const answer = await vscode.window.showErrorMessage(
    `amp-lint could not be installed: ${message}`,
    "Show Log",
  );
  if (answer !== undefined) {
    log.show();
  }
}
