// Stands in for @vscode/spdlog, which would have to be compiled: writes logs at once, and never rotates.
const { appendFileSync, mkdirSync } = require("node:fs");
const path = require("node:path");

class Logger {
  constructor(_type, _name, file) {
    mkdirSync(path.dirname(file), { recursive: true });
    this.file = file;
  }

  setPattern() {}
  setLevel() {}
  clearFormatters() {}
  flush() {}
  drop() {}
}

for (const level of ["trace", "debug", "info", "warn", "error", "critical"]) {
  Logger.prototype[level] = function (text) {
    appendFileSync(this.file, text.endsWith("\n") ? text : `${text}\n`);
  };
}

const create = async (...about) => new Logger("rotating", ...about);

// One by one, so that a module that imports this by name finds the names.
exports.version = 0;
exports.Logger = Logger;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.createRotatingLogger = create;
exports.createAsyncRotatingLogger = create;
