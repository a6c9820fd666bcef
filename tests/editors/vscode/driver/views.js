// Checks of what opens beside a manifest, and of the comparison with an old version.
const assert = require("node:assert/strict");
const vscode = require("vscode");

const { findings, GOOD, open, place, rangeOf, until } = require("./editor");

/** The text of the open document of a scheme; empty if there is none. */
function shown(scheme) {
  return vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === scheme)?.getText() ?? "";
}

module.exports = {
  async "a manifest is shown as the platform reads it"() {
    const editor = await open("shown.amp.yaml", GOOD.replace("name: contact-sync", "Name: 017"));
    await until("the manifest", async () => {
      await vscode.commands.executeCommand("ampLint.showManifest");
      return shown("amp-lint-manifest").includes('"name": "15"');
    });
    const whole = new vscode.WorkspaceEdit();
    whole.replace(editor.document.uri, rangeOf(editor.document, "017"), "contacts-2");
    assert.ok(await vscode.workspace.applyEdit(whole));
    await until("the edit", () => shown("amp-lint-manifest").includes('"name": "contacts-2"'));
  },

  async "a manifest is compared until that is stopped"() {
    const { document } = await open("compared.amp.yaml", GOOD);
    const old = place("old.txt");
    const text = GOOD.replace("destination: crm", "destination: lake");
    await vscode.workspace.fs.writeFile(old, new TextEncoder().encode(text));
    await findings(document, 0);
    await vscode.commands.executeCommand("ampLint.compare", old.fsPath);
    const [finding] = await findings(document, 1);
    assert.equal(finding.code.value ?? finding.code, "destination-changed");
    await vscode.commands.executeCommand("ampLint.compare", "");
    await findings(document, 0);
  },

  async "a picture of the manifest opens beside it"() {
    await open("drawn.amp.yaml", GOOD.replace("crm", "a<b>"));
    const page = await until("the picture", () => vscode.commands.executeCommand("ampLint.showGraph"));
    assert.match(page, /<svg [^]*contacts[^]*a&lt;b/);
    await until("the tab of the picture", () => {
      const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
      return tabs.some(({ label }) => label === "Graph of drawn.amp.yaml");
    });
  },
};
