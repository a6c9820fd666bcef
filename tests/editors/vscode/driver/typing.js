// Checks of what changes a manifest.
const assert = require("node:assert/strict");
const vscode = require("vscode");

const { ask, findings, GOOD, open, rangeOf, until } = require("./editor");

const SECONDS_TO_PROPOSE = 3;

/** Show a manifest with the caret at `|`. */
async function openAtCaret(name, text) {
  const editor = await open(name, text.replace("|", ""));
  const caret = editor.document.positionAt(text.indexOf("|"));
  editor.selection = new vscode.Selection(caret, caret);
  return editor;
}

/** Take the first proposal at the caret, as a person does with a key, who asks again if none comes. */
async function accept(document) {
  const before = document.getText();
  const taken = async () => {
    await vscode.commands.executeCommand("acceptSelectedSuggestion");
    return document.getText() !== before;
  };
  await until("a proposal taken", async () => {
    await vscode.commands.executeCommand("editor.action.triggerSuggest");
    return until("a proposal", taken, SECONDS_TO_PROPOSE).catch(() => false);
  });
}

module.exports = {
  async "an accepted completion replaces the prefix"() {
    const text = GOOD.replace("provider: hubspot", "provider: hubs|");
    const { document } = await openAtCaret("value.amp.yaml", text);
    await ask("vscode.executeCompletionItemProvider", document.uri, rangeOf(document, "hubs").end);
    await accept(document);
    assert.equal(document.getText(), GOOD);
    await findings(document, 0);
  },

  async "an accepted key is a snippet in the document's indentation"() {
    const text = GOOD.replace("          destination: crm\n", "          dest|\n");
    const editor = await openAtCaret("key.amp.yaml", text);
    const { document } = editor;
    await ask("vscode.executeCompletionItemProvider", document.uri, rangeOf(document, "dest").end);
    await accept(document);
    const line = document.lineAt(rangeOf(document, "destination").start.line).text;
    assert.match(line, /^ {10}destination: /);
    assert.equal(editor.selection.active.line, rangeOf(document, "destination").start.line);
  },

  async "a quick fix is applied"() {
    const { document } = await open("fix.amp.yaml", GOOD.replace("hubspot", "Hubspot"));
    const [finding] = await findings(document, 1);
    const actions = await ask(
      "vscode.executeCodeActionProvider",
      document.uri,
      finding.range,
      vscode.CodeActionKind.QuickFix.value,
    );
    const preferred = actions.find(({ isPreferred }) => isPreferred) ?? actions[0];
    assert.ok(await vscode.workspace.applyEdit(preferred.edit));
    await findings(document, 0);
    assert.equal(document.getText(), GOOD);
  },

  async "a comment suppresses a finding"() {
    const { document } = await open("ignore.amp.yaml", GOOD.replace("hubspot", "Hubspot"));
    const [finding] = await findings(document, 1);
    const actions = await ask("vscode.executeCodeActionProvider", document.uri, finding.range);
    const ignore = actions.find(({ title }) => title.startsWith("Ignore "));
    assert.ok(await vscode.workspace.applyEdit(ignore.edit));
    await findings(document, 0);
    assert.match(document.getText(), /# amp:ignore\[provider-not-supported\]/);
  },

  async "fix all makes the safe fixes"() {
    const wrong = GOOD.replace("fieldName", "fieldname").replace("objectName", "objectname");
    const { document } = await open("all.amp.yaml", wrong);
    await until("findings", () => vscode.languages.getDiagnostics(document.uri).length > 0);
    await until("all fixed", async () => {
      await vscode.commands.executeCommand("ampLint.fixAll");
      return document.getText() === GOOD;
    });
    await findings(document, 0);
  },

  async "the comment key makes a comment"() {
    const editor = await openAtCaret("comment.amp.yaml", `|${GOOD}`);
    await vscode.commands.executeCommand("editor.action.commentLine");
    await until("a comment", () => editor.document.getText() === `# ${GOOD}`);
  },

  async "the enter key begins the next item below a finished one"() {
    // A file that is open already would keep its text.
    let round = 0;
    for (const item of ["- fieldName: email", "- email", '- "email"  # a comment']) {
      const lines = ["requiredFields:", `  ${item}`];
      await until(`the next item below ${item}`, async () => {
        const { document } = await openAtCaret(`item-${round++}.amp.yaml`, `${lines.join("\n")}|`);
        await vscode.commands.executeCommand("type", { text: "\n" });
        return document.getText() === [...lines, "  - "].join("\n");
      });
    }
  },

  async "the enter key indents below a key"() {
    const typed = ["\n", "- name: a", "\n", "read:", "\n", "objects:", "\n", "- backfill:", "\n", "x"];
    const expected = [
      "specVersion: 1.0.0",
      "integrations:",
      "  - name: a",
      "    read:",
      "      objects:",
      "        - backfill:",
      "            x",
    ].join("\n");
    let round = 0;
    // A document that was just opened may not be coloured yet, and then Enter knows no rules for it.
    await until("the lines with their indentation", async () => {
      const name = `enter-${round++}.amp.yaml`;
      const { document } = await openAtCaret(name, "specVersion: 1.0.0\nintegrations:|");
      for (const text of typed) {
        await vscode.commands.executeCommand("type", { text });
      }
      return document.getText() === expected;
    });
  },
};
