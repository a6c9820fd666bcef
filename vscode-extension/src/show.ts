// Shows a manifest as the platform reads it, in a read-only document beside it.

import * as vscode from "vscode";

import { isManifest } from "./language";
import type { LanguageServer } from "./server";

const SCHEME = "amp-lint-manifest";
// Milliseconds without an edit after which the view is brought up to date.
const DELAY = 200;

interface Shown {
  text: string | null;
  errors: string[];
}

/** The documents that show manifests. Each follows the edits of its manifest. */
export class ManifestViews implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly timers = new Map<string, NodeJS.Timeout>();
  private readonly registered: vscode.Disposable;

  readonly onDidChange = this.changed.event;

  constructor(private readonly server: LanguageServer) {
    this.registered = vscode.Disposable.from(
      vscode.workspace.registerTextDocumentContentProvider(SCHEME, this),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.refreshLater(document.uri)),
      vscode.workspace.onDidOpenTextDocument(({ uri }) => this.refreshLater(uri)),
    );
  }

  async provideTextDocumentContent(view: vscode.Uri): Promise<string> {
    try {
      const shown = await this.server.ask<Shown>("showManifest", { uri: view.query });
      return shown.text ?? refusal(shown.errors);
    } catch (error) {
      return `// ${error instanceof Error ? error.message : String(error)}\n`;
    }
  }

  /** Open the view of the manifest in the active editor beside it. */
  async show(): Promise<void> {
    const manifest = vscode.window.activeTextEditor?.document;
    if (manifest === undefined || !isManifest(manifest)) {
      void vscode.window.showInformationMessage("Open a manifest first.");
      return;
    }
    const view = viewOf(manifest.uri);
    // What an earlier view of it showed may be out of date.
    this.changed.fire(view);
    const document = await vscode.workspace.openTextDocument(view);
    await vscode.languages.setTextDocumentLanguage(document, "jsonc");
    await vscode.window.showTextDocument(document, {
      viewColumn: vscode.ViewColumn.Beside,
      preserveFocus: true,
      preview: true,
    });
  }

  dispose(): void {
    this.timers.forEach((timer) => clearTimeout(timer));
    this.registered.dispose();
    this.changed.dispose();
  }

  private refreshLater(manifest: vscode.Uri): void {
    const view = viewOf(manifest);
    const key = view.toString();
    if (!vscode.workspace.textDocuments.some(({ uri }) => uri.toString() === key)) {
      return;
    }
    clearTimeout(this.timers.get(key));
    const refresh = (): void => {
      this.timers.delete(key);
      this.changed.fire(view);
    };
    this.timers.set(key, setTimeout(refresh, DELAY));
  }
}

function viewOf(manifest: vscode.Uri): vscode.Uri {
  const name = manifest.path.slice(manifest.path.lastIndexOf("/") + 1);
  return vscode.Uri.from({ scheme: SCHEME, path: `/${name}.json`, query: manifest.toString() });
}

function refusal(errors: readonly string[]): string {
  const lines = errors.map((error) => `//   line ${error}`);
  return ["// The platform refuses this manifest:", ...lines, ""].join("\n");
}
