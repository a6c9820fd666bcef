// Checks of the server's life: how it is found and installed, and what happens when it crashes.
const assert = require("node:assert/strict");
const { readdirSync, readFileSync } = require("node:fs");
const vscode = require("vscode");

const { findings, GOOD, open, until } = require("./editor");

const WRONG = GOOD.replace("hubspot", "Hubspot");
const CRASHES = 5;
const SECONDS_TO_INSTALL = 90;

/** The language servers that this extension host has started: id and command line of each. */
function servers() {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((id) => {
      try {
        const parent = /^PPid:\s*(\d+)$/m.exec(readFileSync(`/proc/${id}/status`, "utf8"))[1];
        const command = readFileSync(`/proc/${id}/cmdline`, "utf8").split("\0").join(" ");
        return [{ id: Number(id), parent: Number(parent), command }];
      } catch {
        return [];
      }
    })
    .filter(({ parent, command }) => parent === process.pid && /amp.language.server/.test(command));
}

/** The one server, once it is another than `before`. */
function serverAfter(before) {
  return until("a server", () => servers().find(({ id }) => id !== before?.id));
}

async function works(name, seconds) {
  const { document } = await open(name, WRONG);
  await findings(document, 1, seconds);
}

module.exports = {
  async "the extension starts"() {
    await vscode.extensions.getExtension("amp-lint.amp-lint").activate();
  },

  async "a server that crashes is started again"() {
    await works("crash.amp.yaml");
    const first = await serverAfter(undefined);
    process.kill(first.id, "SIGKILL");
    await serverAfter(first);
    await works("after-the-crash.amp.yaml");
  },

  async "a server that keeps crashing is given up until it is asked for"() {
    let server = servers()[0];
    for (let crash = 2; crash < CRASHES; crash++) {
      process.kill(server.id, "SIGKILL");
      server = await serverAfter(server);
      await works(`crash-${crash}.amp.yaml`);
    }
    process.kill(server.id, "SIGKILL");
    await until("the end of the server", () => servers().length === 0);
    await vscode.commands.executeCommand("ampLint.restart");
    assert.notEqual((await serverAfter(server)).id, server.id);
    await works("after-the-restart.amp.yaml");
  },

  async "a changed setting is followed"() {
    const { document } = await open("setting.amp.yaml", WRONG);
    await findings(document, 1);
    const settings = vscode.workspace.getConfiguration("ampLint");
    const off = { "provider-not-supported": "off" };
    await settings.update("severity", off, vscode.ConfigurationTarget.Workspace);
    await findings(document, 0);
    await settings.update("severity", undefined, vscode.ConfigurationTarget.Workspace);
    await findings(document, 1);
  },

  async "a manifest is generated from what was picked"() {
    const picked = {
      provider: "salesforce",
      module: null,
      actions: ["read"],
      objects: ["account"],
      destination: "lake",
    };
    await vscode.commands.executeCommand("ampLint.generate", picked);
    const { document } = vscode.window.activeTextEditor;
    assert.equal(document.uri.scheme, "untitled");
    assert.equal(document.languageId, "amp-yaml");
    assert.match(document.getText(), /provider: salesforce[^]*objectName: account[^]*destination: lake/);
    await findings(document, 0);
  },

  async "a rule is explained"() {
    await vscode.commands.executeCommand("ampLint.explainRule", "schedule-minimum-interval");
    const page = await until("the page", () =>
      vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === "amp-lint-rule"),
    );
    assert.match(page.getText(), /^# schedule-minimum-interval/);
  },

  async "the server is the one of the workspace's environment"() {
    await works("environment.amp.yaml");
    assert.match(servers()[0].command, /\.venv/);
  },

  async "the server is the one of the private environment"() {
    await works("private.amp.yaml", SECONDS_TO_INSTALL);
    assert.match(servers()[0].command, /amp_lint-[^/]*\/bin\/python -I -m amp_language_server/);
  },

  async "the server is the earlier one"() {
    await works("earlier.amp.yaml");
    assert.match(servers()[0].command, /amp_lint-0\.0\.1-/);
  },

  async "the update has taken over"() {
    await works("update.amp.yaml");
    const isNew = ({ command }) => /amp_lint-(?!0\.0\.1-)[^/]*\/bin\/python/.test(command);
    await until("the new server", () => servers().some(isNew), SECONDS_TO_INSTALL);
    await works("updated.amp.yaml");
    await until("the end of the earlier server", () => servers().every(isNew));
  },

  async "the extension's own server can be removed"() {
    await vscode.commands.executeCommand("ampLint.uninstall");
    assert.deepEqual(servers(), []);
  },

  async "a server that does not start is no server"() {
    await open("amp.yaml", WRONG);
    await vscode.commands.executeCommand("ampLint.restart");
    assert.deepEqual(servers(), []);
  },

  async "a workspace without trust starts nothing of its own"() {
    assert.equal(vscode.workspace.isTrusted, false);
    const { document } = await open("untrusted.amp.yaml", WRONG);
    assert.equal(document.languageId, "amp-yaml");
    const extension = vscode.extensions.getExtension("amp-lint.amp-lint");
    await until("the extension", () => extension.isActive);
    // Whatever was to be started is started when this is done.
    await vscode.commands.executeCommand("ampLint.restart");
    assert.deepEqual(servers(), []);
  },
};
