// Draws a manifest beside it: what flows where, and what changed while it is compared.

import * as vscode from "vscode";

import { isManifest } from "./language";
import type { LanguageServer } from "./server";

// Milliseconds without an edit after which the picture is drawn again.
const DELAY = 300;

/** One picture, of the manifest that it was last asked for. It follows the edits. */
export class GraphView implements vscode.Disposable {
  private panel: vscode.WebviewPanel | undefined;
  private manifest: vscode.Uri | undefined;
  private timer: NodeJS.Timeout | undefined;
  private readonly edits: vscode.Disposable;

  constructor(private readonly server: LanguageServer) {
    this.edits = vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (this.panel !== undefined && document.uri.toString() === this.manifest?.toString()) {
        clearTimeout(this.timer);
        this.timer = setTimeout(() => void this.draw(), DELAY);
      }
    });
  }

  /** Show the picture of the manifest in the active editor. Returns the page that is shown. */
  async show(): Promise<string | undefined> {
    const document = vscode.window.activeTextEditor?.document;
    if (document === undefined || !isManifest(document)) {
      void vscode.window.showInformationMessage("Open a manifest first.");
      return undefined;
    }
    this.manifest = document.uri;
    if (this.panel === undefined) {
      const place = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
      this.panel = vscode.window.createWebviewPanel("ampLint.graph", "Manifest", place, {});
      this.panel.onDidDispose(() => (this.panel = undefined));
    }
    this.panel.title = `Graph of ${document.uri.path.slice(document.uri.path.lastIndexOf("/") + 1)}`;
    return this.draw();
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.edits.dispose();
    this.panel?.dispose();
  }

  private async draw(): Promise<string | undefined> {
    const body = await this.picture();
    if (this.panel === undefined || body === undefined) {
      return undefined;
    }
    return (this.panel.webview.html = page(body));
  }

  /** The last picture stays while the manifest cannot be read. */
  private async picture(): Promise<string | undefined> {
    try {
      const { svg } = await this.server.ask<{ svg: string | null }>("showGraph", { uri: this.manifest?.toString() });
      return svg ?? (this.panel?.webview.html ? undefined : "<p>The platform refuses this manifest.</p>");
    } catch (error) {
      return `<p>${escaped(error instanceof Error ? error.message : String(error))}</p>`;
    }
  }
}

/** No script runs and nothing is loaded: the picture brings its styles. */
function page(body: string): string {
  return `<!DOCTYPE html>
<html>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
</head>
<body>${body}</body>
</html>`;
}

function escaped(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;");
}
