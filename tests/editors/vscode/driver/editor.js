// What the checks do in the editor, and how they wait.
const vscode = require("vscode");

const SECONDS = 15;

/** A manifest that is right, to be made wrong in one place. */
exports.GOOD = `specVersion: 1.0.0
integrations:
  - name: contact-sync
    provider: hubspot
    read:
      objects:
        - objectName: contacts
          destination: crm
          schedule: "0 */6 * * *"
          requiredFields:
            - fieldName: email
    subscribe:
      objects:
        - objectName: contacts
          destination: crm
          inheritFieldsAndMapping: true
          createEvent:
            enabled: always
`;

/** Call until the answer is a truth. */
exports.until = async (what, ask, seconds = SECONDS) => {
  let last;
  for (const end = Date.now() + seconds * 1000; Date.now() < end; ) {
    last = await ask();
    if (last) {
      return last;
    }
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`not in ${seconds} s: ${what}`);
};

/** Write a file into the workspace and show it. */
exports.open = async (name, text) => {
  const uri = exports.place(name);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  const document = await vscode.workspace.openTextDocument(uri);
  const editor = await vscode.window.showTextDocument(document);
  await exports.until("the text on the screen", () => document.getText() === text);
  return editor;
};

exports.place = (name) =>
  vscode.Uri.joinPath(vscode.workspace.workspaceFolders[0].uri, ...name.split("/"));

/** Where `words` stand in a document: the range of the first, or of the one behind `after`. */
exports.rangeOf = (document, words, after = "") => {
  const text = document.getText();
  const start = text.indexOf(words, text.indexOf(after));
  if (start < 0) {
    throw new Error(`there is no ${words} in ${text}`);
  }
  return new vscode.Range(document.positionAt(start), document.positionAt(start + words.length));
};

/** The findings of a document, once there are as many as expected. */
exports.findings = (document, count, seconds = SECONDS) =>
  exports.until(`${count} findings`, () => {
    const found = vscode.languages.getDiagnostics(document.uri);
    return found.length === count ? found : undefined;
  }, seconds).catch((error) => {
    const found = vscode.languages.getDiagnostics(document.uri).map(({ message }) => message);
    throw new Error(`${error.message}; instead: ${JSON.stringify(found)}`);
  });

/** The code of a finding: the id of its rule. */
exports.ruleOf = ({ code }) => code?.value ?? code;

/** Call a command until its answer is not empty: a server that has just started is not asked yet. */
exports.ask = (command, ...args) =>
  exports.until(`an answer of ${command}`, async () => {
    const answer = await vscode.commands.executeCommand(command, ...args);
    return answer?.length > 0 || answer?.items?.length > 0 || answer?.size > 0 ? answer : undefined;
  });
