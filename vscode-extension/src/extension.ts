// What VS Code calls: wires the parts together and registers the commands.

import { readdirSync } from "node:fs";
import * as path from "node:path";

import * as vscode from "vscode";

import { PrivateEnvironment } from "./environment";
import { explainRule, provideRules } from "./explain";
import { generate, type Wishes } from "./generate";
import { mentionNeighbour } from "./neighbours";
import { LanguageServer, surroundings } from "./server";
import { Status } from "./status";

let server: LanguageServer | undefined;

export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel("amp-lint", { log: true });
  const status = new Status();
  const environment = new PrivateEnvironment(
    context.globalStorageUri.fsPath,
    wheel(context.extensionPath),
    surroundings(),
  );
  const started = new LanguageServer(environment, context.globalState, log, status);
  server = started;
  context.subscriptions.push(
    log,
    status,
    provideRules(started),
    vscode.commands.registerCommand("ampLint.generate", (wishes?: Wishes) => generate(started, wishes)),
    vscode.commands.registerCommand("ampLint.explainRule", (id?: string) =>
      explainRule(context.extension, id),
    ),
    vscode.commands.registerCommand("ampLint.restart", () => started.restart()),
    vscode.commands.registerCommand("ampLint.install", () => started.install()),
    vscode.commands.registerCommand("ampLint.showLog", () => log.show()),
    vscode.commands.registerCommand("ampLint.fixAll", fixAll),
    vscode.workspace.onDidGrantWorkspaceTrust(() => started.restart()),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("ampLint.server")) {
        void started.restart();
      }
    }),
  );
  void started.restart();
  void mentionNeighbour(context.globalState);
}

/** The editor waits for this before it ends the extension. */
export function deactivate(): Promise<void> | undefined {
  return server?.end();
}

function fixAll(): Thenable<void> {
  return vscode.commands.executeCommand("editor.action.sourceAction", {
    kind: "source.fixAll.amp-lint",
    apply: "first",
  });
}

/** The package of the server that the extension brings. */
function wheel(extension: string): string {
  const folder = path.join(extension, "server");
  const name = readdirSync(folder).find((file) => file.endsWith(".whl"));
  if (name === undefined) {
    throw new Error(`There is no wheel in ${folder}.`);
  }
  return path.join(folder, name);
}
