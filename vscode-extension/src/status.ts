// Shows the state of the server: in the language status menu, and in the status bar while there is none.

import * as vscode from "vscode";

import { MANIFESTS } from "./language";

const INSTALL = { command: "ampLint.install", title: "Install" };
const RESTART = { command: "ampLint.restart", title: "Restart" };

/** The state of the server, and a way to its log. */
export class Status implements vscode.Disposable {
  private readonly state = vscode.languages.createLanguageStatusItem("ampLint.state", [...MANIFESTS]);
  private readonly log = vscode.languages.createLanguageStatusItem("ampLint.log", [...MANIFESTS]);
  private readonly bar = vscode.window.createStatusBarItem("ampLint.missing", vscode.StatusBarAlignment.Left);

  constructor() {
    this.state.name = "amp-lint";
    this.log.name = "amp-lint: log";
    this.log.text = "amp-lint: log";
    this.log.command = { command: "ampLint.showLog", title: "Show" };
    this.bar.name = "amp-lint: no language server";
    this.idle("not started");
  }

  dispose(): void {
    this.state.dispose();
    this.log.dispose();
    this.bar.dispose();
  }

  /** Nothing is open that a server could read. */
  idle(detail: string): void {
    this.show("amp-lint", detail, vscode.LanguageStatusSeverity.Information, { ...RESTART, title: "Start" });
  }

  busy(detail: string): void {
    this.show("amp-lint", detail, vscode.LanguageStatusSeverity.Information, undefined);
    this.state.busy = true;
  }

  running(version: string | undefined, detail: string): void {
    const text = version === undefined ? "amp-lint" : `amp-lint ${version}`;
    this.show(text, detail, vscode.LanguageStatusSeverity.Information, RESTART);
  }

  missing(): void {
    this.show("amp-lint", "no language server", vscode.LanguageStatusSeverity.Warning, INSTALL);
    this.warn("manifests are not checked: no language server", "warning", INSTALL);
  }

  stopped(): void {
    this.failed("the language server has stopped");
  }

  failed(detail: string): void {
    this.show("amp-lint", detail, vscode.LanguageStatusSeverity.Error, RESTART);
    this.warn(`manifests are not checked: ${detail}`, "error", RESTART);
  }

  private show(
    text: string,
    detail: string,
    severity: vscode.LanguageStatusSeverity,
    command: vscode.Command | undefined,
  ): void {
    this.state.text = text;
    this.state.detail = detail;
    this.state.severity = severity;
    this.state.busy = false;
    this.state.command = command;
    this.bar.hide();
  }

  private warn(detail: string, level: "warning" | "error", command: vscode.Command): void {
    this.bar.text = `$(${level}) amp-lint is off`;
    this.bar.tooltip = `amp-lint: ${detail}. Click to ${command.title.toLowerCase()}.`;
    this.bar.backgroundColor = new vscode.ThemeColor(`statusBarItem.${level}Background`);
    this.bar.command = command.command;
    this.bar.show();
  }
}
