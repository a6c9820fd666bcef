// Checks of what is shown for a manifest, and of what can be asked about it.
const assert = require("node:assert/strict");
const vscode = require("vscode");

const { ask, findings, GOOD, open, rangeOf, ruleOf } = require("./editor");

module.exports = {
  async "a manifest has a language of its own"() {
    for (const name of ["amp.yaml", "amp.yml", "crm.amp.yaml", "deep/crm.amp.yml"]) {
      assert.equal((await open(name, GOOD)).document.languageId, "amp-yaml", name);
    }
    for (const name of ["values.yaml", "my-amp.yaml"]) {
      assert.notEqual((await open(name, "a: 1\n")).document.languageId, "amp-yaml", name);
    }
  },

  async "a finding stands under the text that is wrong"() {
    const text = GOOD.replace("contact-sync", "contact-sync # 🎸").replace("hubspot", "Hubspot");
    const { document } = await open("diagnostics.amp.yaml", text);
    const [finding] = await findings(document, 1);
    assert.equal(document.getText(finding.range), "Hubspot");
    assert.equal(finding.message.split(";")[0], "there is no provider `Hubspot`");
    assert.equal(ruleOf(finding), "provider-not-supported");
    // A command, which opens the rule's page.
    const [id] = JSON.parse(finding.code.target.query);
    assert.equal(finding.code.target.scheme + ":" + finding.code.target.path, "command:ampLint.explainRule");
    assert.equal(id, "provider-not-supported");
    assert.equal(finding.source, "amp-lint");
    assert.equal(finding.severity, vscode.DiagnosticSeverity.Error);
  },

  async "a manifest that is plain YAML to the editor has findings"() {
    const { document } = await open("plain.amp.yaml", GOOD.replace("hubspot", "Hubspot"));
    assert.equal(document.languageId, "yaml");
    const [finding] = await findings(document, 1);
    await vscode.commands.executeCommand("ampLint.fixAll");
    const actions = await ask("vscode.executeCodeActionProvider", document.uri, finding.range);
    assert.ok(actions.some(({ title }) => title.includes("hubspot")));
  },

  async "columns behind an emoji are right"() {
    const { document } = await open("emoji.amp.yaml", `{specVersion: 1.0.0, "🎸": 1}\n`);
    const found = await findings(document, 2);
    const texts = found.map(({ range }) => document.getText(range));
    assert.ok(texts.includes(`"🎸"`), JSON.stringify(texts));
  },

  async "a hover explains a schedule"() {
    const { document } = await open("hover.amp.yaml", GOOD);
    const { start } = rangeOf(document, "*/6");
    const hovers = await ask("vscode.executeHoverProvider", document.uri, start);
    const text = hovers.flatMap(({ contents }) => contents).map(({ value }) => value).join("\n");
    assert.match(text, /every 6 hours/);
  },

  async "a definition leads to the read object"() {
    const { document } = await open("definition.amp.yaml", GOOD);
    const { start } = rangeOf(document, "contacts", "subscribe");
    const [place] = await ask("vscode.executeDefinitionProvider", document.uri, start);
    const range = place.targetSelectionRange ?? place.range;
    assert.deepEqual(range, rangeOf(document, "contacts"));
  },

  async "the outline shows integration, actions and objects"() {
    const { document } = await open("outline.amp.yaml", GOOD);
    const [integration] = await ask("vscode.executeDocumentSymbolProvider", document.uri);
    assert.equal(integration.name, "contact-sync");
    assert.deepEqual(integration.children.map(({ name }) => name), ["read", "subscribe"]);
    const [read] = integration.children;
    assert.equal(read.children[0].name, "contacts");
    assert.equal(read.children[0].children[0].name, "email");
  },

  async "a hint tells the schedule in words"() {
    const { document } = await open("hint.amp.yaml", GOOD);
    const whole = new vscode.Range(0, 0, document.lineCount, 0);
    const hints = await ask("vscode.executeInlayHintProvider", document.uri, whole);
    const { end } = rangeOf(document, `"0 */6 * * *"`);
    const hint = hints.find(({ position }) => position.isEqual(end));
    const label = typeof hint.label === "string" ? hint.label : hint.label[0].value;
    assert.match(label, /every 6 hours/);
  },

  async "a rename changes a destination everywhere in the manifest"() {
    const { document } = await open("rename.amp.yaml", GOOD);
    const { start } = rangeOf(document, "crm");
    const edit = await ask("vscode.executeDocumentRenameProvider", document.uri, start, "lake");
    assert.ok(await vscode.workspace.applyEdit(edit));
    assert.equal(document.getText(), GOOD.replaceAll("crm", "lake"));
  },
};
