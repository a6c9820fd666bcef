// Runs inside the extension host: works through the checks that $AMP_LINT_CHECKS names, with nothing but
// VS Code's public interface, and writes to $AMP_LINT_RESULT what became of each.
const { renameSync, writeFileSync } = require("node:fs");
const vscode = require("vscode");

const CHECKS = {
  ...require("./typing"),
  ...require("./finding"),
  ...require("./layout"),
  ...require("./views"),
  ...require("./server"),
};

exports.activate = async () => {
  const file = process.env.AMP_LINT_RESULT;
  const result = { vscode: vscode.version, checks: {} };
  for (const name of JSON.parse(process.env.AMP_LINT_CHECKS)) {
    try {
      await CHECKS[name]();
      result.checks[name] = "passed";
    } catch (error) {
      result.checks[name] = String(error?.stack ?? error);
    }
    writeFileSync(`${file}.partial`, JSON.stringify(result, null, 1));
  }
  // The other side takes the file for whole when it is there.
  renameSync(`${file}.partial`, file);
};
