// Shows the page of a rule, which the server writes.

import * as vscode from "vscode";

import type { LanguageServer } from "./server";

const SCHEME = "amp-lint-rule";
const SEVERITIES = "ampLint.severity";

interface Setting {
  properties: Record<string, { description: string }>;
}

/** Registers where the pages come from. */
export function provideRules(server: LanguageServer): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
    async provideTextDocumentContent({ path }) {
      const id = path.slice(1).replace(/\.md$/, "");
      return (await server.ask<{ markdown: string }>("explainRule", { id })).markdown;
    },
  });
}

/** Show a rule's page: of the rule that is named, or of one that the person picks. */
export async function explainRule(extension: vscode.Extension<unknown>, id?: string): Promise<void> {
  const rule = id ?? (await pickRule(rulesOf(extension)));
  if (rule !== undefined) {
    const page = vscode.Uri.from({ scheme: SCHEME, path: `/${rule}.md` });
    await vscode.commands.executeCommand("markdown.showPreview", page);
  }
}

/** The rules of the findings on the caret's line come first. */
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

/** The rules, each with what it reports, as the setting of the severities lists them. */
function rulesOf({ packageJSON }: vscode.Extension<unknown>): Map<string, string> {
  const { contributes } = packageJSON as {
    contributes: { configuration: { properties: Record<typeof SEVERITIES, Setting> } };
  };
  const { properties } = contributes.configuration.properties[SEVERITIES];
  return new Map(Object.entries(properties).map(([id, { description }]) => [id, description]));
}
