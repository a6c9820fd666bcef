// The entries of the language status menu, beside the language of a manifest.

import * as vscode from "vscode";

import { LANGUAGE } from "./language";

/** What the server does, in its state, and the way to its log. */
export class Status implements vscode.Disposable {
  private readonly state = vscode.languages.createLanguageStatusItem("ampLint.state", {
    language: LANGUAGE,
  });
  private readonly log = vscode.languages.createLanguageStatusItem("ampLint.log", {
    language: LANGUAGE,
  });

  constructor() {
    this.state.name = "amp-lint";
    this.log.name = "amp-lint: log";
    this.log.text = "amp-lint: log";
    this.log.command = { command: "ampLint.showLog", title: "Show" };
    this.idle("not started");
  }

  dispose(): void {
    this.state.dispose();
    this.log.dispose();
  }

  idle(detail: string): void {
    this.show("amp-lint", detail, vscode.LanguageStatusSeverity.Information, "Start");
  }

  busy(detail: string): void {
    this.show("amp-lint", detail, vscode.LanguageStatusSeverity.Information);
    this.state.busy = true;
  }

  running(version: string | undefined, detail: string): void {
    const text = version === undefined ? "amp-lint" : `amp-lint ${version}`;
    this.show(text, detail, vscode.LanguageStatusSeverity.Information, "Restart");
  }

  missing(): void {
    this.show("amp-lint", "no language server", vscode.LanguageStatusSeverity.Warning);
    this.state.command = { command: "ampLint.install", title: "Install" };
  }

  stopped(): void {
    this.show("amp-lint", "stopped", vscode.LanguageStatusSeverity.Error, "Restart");
  }

  failed(detail: string): void {
    this.show("amp-lint", detail, vscode.LanguageStatusSeverity.Error, "Restart");
  }

  private show(
    text: string,
    detail: string,
    severity: vscode.LanguageStatusSeverity,
    restart?: string,
  ): void {
    this.state.text = text;
    this.state.detail = detail;
    this.state.severity = severity;
    this.state.busy = false;
    this.state.command =
      restart === undefined ? undefined : { command: "ampLint.restart", title: restart };
  }
}
