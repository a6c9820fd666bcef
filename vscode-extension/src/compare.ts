// Compares the open manifests with an old version, until the person stops it.

import * as vscode from "vscode";

import { MANIFESTS } from "./language";
import type { LanguageServer } from "./server";

const DEPLOYED = "deployed";
const OTHER = "Another revision...";
const FILE = "A file...";
const STOP = "Stop comparing";

/** Offers what to compare with; a status entry tells what was chosen. */
export class Comparison implements vscode.Disposable {
  private item: vscode.LanguageStatusItem | undefined;

  constructor(private readonly server: LanguageServer) {}

  /** Compare with `against`, or with what the person picks; an empty text stops. */
  async choose(against?: string): Promise<void> {
    const chosen = against ?? (await this.pick());
    if (chosen === undefined) {
      return;
    }
    try {
      await this.server.ask("compare", { against: chosen });
    } catch (error) {
      void vscode.window.showErrorMessage(`amp-lint: ${error instanceof Error ? error.message : String(error)}`);
      return;
    }
    this.item?.dispose();
    this.item = chosen === "" ? undefined : statusOf(chosen);
  }

  dispose(): void {
    this.item?.dispose();
  }

  private async pick(): Promise<string | undefined> {
    const picked = await vscode.window.showQuickPick(
      [
        ...(this.item === undefined ? [] : [{ label: STOP }]),
        { label: "HEAD", description: "the last commit" },
        { label: "origin/main", description: "the main branch of the remote repository, as last fetched" },
        { label: DEPLOYED, description: "what the project has deployed, from the snapshot" },
        { label: OTHER },
        { label: FILE },
      ],
      { title: "Compare the manifests with..." },
    );
    switch (picked?.label) {
      case STOP:
        return "";
      case OTHER:
        return askForRevision();
      case FILE:
        return (await vscode.window.showOpenDialog({ title: "The old manifest" }))?.[0]?.fsPath;
      default:
        return picked?.label;
    }
  }
}

function askForRevision(): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: "Compare the manifests with...",
    prompt: "A git revision, or REVISION:PATH for a manifest that was renamed",
    validateInput: (text) => (text.trim() === "" || text.startsWith("-") ? "A revision" : undefined),
  });
}

function statusOf(against: string): vscode.LanguageStatusItem {
  const item = vscode.languages.createLanguageStatusItem("ampLint.comparison", [...MANIFESTS]);
  item.name = "amp-lint: comparison";
  item.text = `$(git-compare) ${against}`;
  item.detail = "manifests are compared with it";
  item.command = { command: "ampLint.compare", title: "Stop", arguments: [""] };
  return item;
}
