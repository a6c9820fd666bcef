// Checks of the layout: the command, a selection, and saving.
const assert = require("node:assert/strict");
const vscode = require("vscode");

const { findings, GOOD, open, rangeOf, until } = require("./editor");

const WIDE = GOOD.replace("provider: hubspot", "provider:   'hubspot'   # the CRM").replace(
  "schedule: ",
  "schedule:    ",
);
const LAID_OUT = GOOD.replace("provider: hubspot", 'provider: "hubspot" # the CRM');

/** Run a command until the document has this text: a server that has just started is not asked yet. */
const runUntil = (document, command, text) =>
  until(`the text after ${command}`, async () => {
    await vscode.commands.executeCommand(command);
    return document.getText() === text;
  });

module.exports = {
  async "the extension formats its documents without being chosen"() {
    const { document } = await open("wide.amp.yaml", WIDE);
    await runUntil(document, "editor.action.formatDocument", LAID_OUT);
    await findings(document, 0);
  },

  async "a selection is formatted alone, and the caret keeps its place"() {
    const editor = await open("part.amp.yaml", WIDE);
    const { document } = editor;
    editor.selection = new vscode.Selection(
      rangeOf(document, "schedule:").start,
      rangeOf(document, "*/6").start,
    );
    const expected = WIDE.replace("schedule:    ", "schedule: ");
    await runUntil(document, "editor.action.formatSelection", expected);
    assert.deepEqual(editor.selection.active, rangeOf(document, "*/6").start);
  },

  async "saving formats where the setting says so, and only there"() {
    const editor = await open("saved.amp.yaml", WIDE);
    const { document } = editor;
    const end = () => document.positionAt(document.getText().length);
    const setting = () => vscode.workspace.getConfiguration("editor", document);
    const set = (value) =>
      setting().update("formatOnSave", value, vscode.ConfigurationTarget.Workspace, true);
    assert.equal(setting().get("formatOnSave"), false);
    await findings(document, 0);
    await editor.edit((edit) => edit.insert(end(), "# one\n"));
    await document.save();
    assert.equal(document.getText(), `${WIDE}# one\n`);
    await set(true);
    await until("the setting", () => setting().get("formatOnSave"));
    await editor.edit((edit) => edit.insert(end(), "# two\n"));
    await document.save();
    assert.equal(document.getText(), `${LAID_OUT}# one\n# two\n`);
    const bytes = await vscode.workspace.fs.readFile(document.uri);
    assert.equal(new TextDecoder().decode(bytes), document.getText());
    await set(undefined);
  },
};
