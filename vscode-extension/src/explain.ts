// Shows the page of a rule, which the server renders.

import * as vscode from "vscode";
import type { Middleware, vsdiag } from "vscode-languageclient/node";

import type { LanguageServer } from "./server";

const EXPLAIN = "ampLint.explainRule";

const SCHEME = "amp-lint-rule";
const SEVERITIES = "ampLint.severity";

interface Setting {
  properties: Record<string, { description: string }>;
}

/** The link behind the code of a finding opens the rule's page instead of a website. */
export const pagesOfRules: Middleware = {
  handleDiagnostics(uri, diagnostics, next) {
    linkToPages(diagnostics);
    next(uri, diagnostics);
  },
  async provideDiagnostics(document, previous, token, next) {
    const report = await next(document, previous, token);
    linkToPages(itemsOf(report));
    return report;
  },
  provideWorkspaceDiagnostics(previous, token, reporter, next) {
    return next(previous, token, (part) => {
      part?.items.map(itemsOf).forEach(linkToPages);
      reporter(part);
    });
  },
};

function itemsOf(report: vsdiag.DocumentDiagnosticReport | null | undefined): vscode.Diagnostic[] {
  return report != null && "items" in report ? report.items : [];
}

function linkToPages(diagnostics: readonly vscode.Diagnostic[]): void {
  for (const diagnostic of diagnostics) {
    const { code } = diagnostic;
    if (typeof code === "object") {
      const rule = encodeURIComponent(JSON.stringify([code.value]));
      diagnostic.code = { ...code, target: vscode.Uri.parse(`command:${EXPLAIN}?${rule}`) };
    }
  }
}

/** Register the provider of the pages. */
export function provideRules(server: LanguageServer): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
    async provideTextDocumentContent({ path }) {
      const id = path.slice(1).replace(/\.md$/, "");
      return (await server.ask<{ markdown: string }>("explainRule", { id })).markdown;
    },
  });
}

/** Show the page of a rule: the given one, or one that the person picks. */
export async function explainRule(extension: vscode.Extension<unknown>, id?: string): Promise<void> {
  const rule = id ?? (await pickRule(rulesOf(extension)));
  if (rule !== undefined) {
    const page = vscode.Uri.from({ scheme: SCHEME, path: `/${rule}.md` });
    await vscode.commands.executeCommand("markdown.showPreview", page);
  }
}

/** Let the person pick a rule; those of the findings on the caret's line come first. */
async function pickRule(rules: ReadonlyMap<string, string>): Promise<string | undefined> {
  const here = new Set(findingsAtCaret());
  const items = [...rules].map(([label, detail]) => ({ label, detail }));
  const near = items.filter(({ label }) => here.has(label));
  const rest = items.filter(({ label }) => !here.has(label));
  const picked = await vscode.window.showQuickPick([...near, ...rest], {
    title: "Explain a rule",
    matchOnDetail: true,
  });
  return picked?.label;
}

function findingsAtCaret(): string[] {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) {
    return [];
  }
  return vscode.languages
    .getDiagnostics(editor.document.uri)
    .filter(({ range }) => range.intersection(editor.document.lineAt(editor.selection.active).range))
    .map(({ code }) => String(typeof code === "object" ? code.value : code));
}

/** Return the rules with their summaries, as the setting `ampLint.severity` lists them. */
function rulesOf({ packageJSON }: vscode.Extension<unknown>): Map<string, string> {
  const { contributes } = packageJSON as {
    contributes: { configuration: { properties: Record<typeof SEVERITIES, Setting> } };
  };
  const { properties } = contributes.configuration.properties[SEVERITIES];
  return new Map(Object.entries(properties).map(([id, { description }]) => [id, description]));
}
