// The entry point for VS Code: connects the parts and registers the commands.

import * as path from "node:path";

import * as vscode from "vscode";

import { Comparison } from "./compare";
import { Packages, PrivateEnvironment } from "./environment";
import { explainRule, provideRules } from "./explain";
import { generate, type Wishes } from "./generate";
import { GraphView } from "./graph";
import { indentBySettings } from "./indentation";
import { mentionNeighbour } from "./neighbours";
import { pull, SnapshotStatus } from "./project";
import { LanguageServer, surroundings } from "./server";
import { ManifestViews } from "./show";
import { Status } from "./status";

let server: LanguageServer | undefined;

export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel("amp-lint", { log: true });
  const status = new Status();
  const packages = new Packages(path.join(context.extensionPath, "server"));
  const started = new LanguageServer(
    new PrivateEnvironment(context.globalStorageUri.fsPath, packages, surroundings()),
    !packages.complete,
    packages.version,
    { workspace: context.workspaceState, global: context.globalState },
    log,
    status,
  );
  server = started;
  const views = new ManifestViews(started);
  const graph = new GraphView(started);
  const comparison = new Comparison(started);
  context.subscriptions.push(
    log,
    status,
    provideRules(started),
    views,
    graph,
    comparison,
    vscode.commands.registerCommand("ampLint.showManifest", () => views.show()),
    vscode.commands.registerCommand("ampLint.showGraph", () => graph.show()),
    vscode.commands.registerCommand("ampLint.compare", (against?: string) => comparison.choose(against)),
    vscode.commands.registerCommand("ampLint.generate", (wishes?: Wishes) => generate(started, wishes)),
    vscode.commands.registerCommand("ampLint.explainRule", (id?: string) =>
      explainRule(context.extension, id),
    ),
    vscode.commands.registerCommand("ampLint.pull", () => pull(started, context.workspaceState)),
    vscode.commands.registerCommand("ampLint.pullOther", () => pull(started, context.workspaceState, true)),
    new SnapshotStatus(),
    vscode.commands.registerCommand("ampLint.restart", () => started.restart()),
    vscode.commands.registerCommand("ampLint.install", () => started.install()),
    vscode.commands.registerCommand("ampLint.uninstall", () => started.uninstall()),
    vscode.commands.registerCommand("ampLint.showLog", () => log.show()),
    vscode.commands.registerCommand("ampLint.fixAll", fixAll),
    vscode.workspace.onDidGrantWorkspaceTrust(() => started.restart()),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("ampLint.server")) {
        void started.restart();
      }
    }),
  );
  context.subscriptions.push(started.startForManifests());
  indentBySettings();
  void mentionNeighbour(context.globalState);
}

/** VS Code waits for this promise before it ends the extension. */
export function deactivate(): Promise<void> | undefined {
  return server?.end();
}

function fixAll(): Thenable<void> {
  return vscode.commands.executeCommand("editor.action.sourceAction", {
    kind: "source.fixAll.amp-lint",
    apply: "first",
  });
}
