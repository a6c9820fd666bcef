// The indentation of manifests that are open when the window starts.

import * as vscode from "vscode";

import { LANGUAGE } from "./language";

/**
 * Give the manifests on the screen the indentation of the settings, where their text has none of its own.
 *
 * VS Code treats a file that is open when its window starts as plain text until the extensions have told it
 * their languages, and keeps the indentation of plain text for it.
 */
export function indentBySettings(): void {
  for (const editor of vscode.window.visibleTextEditors) {
    const { document } = editor;
    if (document.languageId === LANGUAGE && !/^[ \t]/m.test(document.getText())) {
      const settings = vscode.workspace.getConfiguration("editor", document);
      editor.options = {
        tabSize: settings.get("tabSize", 2),
        insertSpaces: settings.get("insertSpaces", true),
      };
    }
  }
}
