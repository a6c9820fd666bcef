import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { afterEach, beforeEach, test } from "node:test";

import { findPython, NotInstalled, Packages, PrivateEnvironment, type Watcher } from "../src/environment";

let root: string;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "environment-"));
});

afterEach(() => rmSync(root, { recursive: true }));

/** Create a program from lines of shell. */
function program(name: string, script: string): string {
  const file = path.join(root, "bin", name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return file;
}

const around = () => ({ searchPath: path.join(root, "bin"), windows: false });

test("the first Python that is new enough and complete is taken", async () => {
  program("python3", "echo 3 8; echo complete");
  program("python", "exit 9");
  program("python3.13", "echo 3 13; echo incomplete");
  const right = program("python3.12", "echo 3 12; echo complete");
  program("python3.11", "echo 3 11; echo complete");
  assert.equal(await findPython(around()), right);
});

test("the problem of each Python is reported", async () => {
  program("python3", "echo 3 9; echo complete");
  program("python", "exit 9");
  program("python3.13", "echo 3 13; echo incomplete");
  await assert.rejects(findPython(around()), (error: Error) => {
    assert.ok(error instanceof NotInstalled);
    assert.match(error.message, /^amp-lint needs Python 3\.10 or newer\. /);
    assert.match(error.message, /python3 is Python 3\.9\./);
    assert.match(error.message, /python does not run\./);
    assert.match(error.message, /python3\.13 lacks the modules venv and ensurepip .*python3-venv/);
    return true;
  });
});

test("a missing Python is reported", async () => {
  await assert.rejects(findPython(around()), /there is no Python on your PATH/);
});

// Stands for Python, and, copied into the environment that it creates, for that environment's Python.
const PYTHON = `
case "$*" in
  "-I -c "*) echo 3 12; echo complete;;
  *"-m venv"*) for folder; do :; done; mkdir -p "$folder/bin"; cp "$0" "$folder/bin/python";;
  *"pip"*) echo "$*" >> "$PIP_LOG"; sh -c "$PIP_DOES" pip "$@";;
  *amp_language_server) sh -c "$SERVER_DOES";;
esac
`;
const ANSWERS = `echo '{"jsonrpc": "2.0", "id": 1, "result": {}}'; cat >/dev/null`;

/** The environments of a build whose wheel has this version; `more` wheels lie beside it. */
function environment(version: string, more: readonly string[] = []): PrivateEnvironment {
  const folder = path.join(root, "server");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  writeFileSync(path.join(folder, `amp_lint-${version}-py3-none-any.whl`), `what is in ${version}`);
  more.forEach((name) => writeFileSync(path.join(folder, name), ""));
  program("python3", PYTHON);
  return new PrivateEnvironment(path.join(root, "storage"), new Packages(folder), around());
}

function watcher(signal = new AbortController().signal): Watcher & { steps: string[] } {
  const steps: string[] = [];
  return { steps, step: (text) => steps.push(text), log: () => undefined, signal };
}

async function install(
  environment: PrivateEnvironment,
  { pip = "exit 0", server = ANSWERS, told = watcher() } = {},
) {
  Object.assign(process.env, { PIP_DOES: pip, SERVER_DOES: server, PIP_LOG: path.join(root, "pip.log") });
  try {
    return await environment.install(told);
  } finally {
    for (const name of ["PIP_DOES", "SERVER_DOES", "PIP_LOG"]) {
      delete process.env[name];
    }
  }
}

/** The environments in the storage, without the hashes. */
function installed(): string[] {
  return readdirSync(path.join(root, "storage")).map((name) => name.replace(/-[0-9a-f]{12}$/, ""));
}

/** The calls of pip, one a line. */
function calls(): string[] {
  return readFileSync(path.join(root, "pip.log"), "utf8").trim().split("\n");
}

test("an installation reports its steps and is found afterwards", async () => {
  const fresh = environment("1.0.0");
  assert.equal(await fresh.server(), undefined);
  const told = watcher();
  const server = await install(fresh, { told });
  assert.ok(existsSync(server.command));
  assert.deepEqual(server.args, ["-I", "-m", "amp_language_server"]);
  assert.deepEqual(await fresh.server(), server);
  assert.deepEqual(told.steps, [
    "Looking for Python",
    "Creating a virtual environment",
    "Installing amp-lint",
    "Starting the language server once",
  ]);
});

test("without its dependencies the wheel is installed with the index", async () => {
  await install(environment("1.0.0"));
  assert.equal(calls().length, 1);
  assert.doesNotMatch(calls()[0]!, /--no-index/);
});

test("with its dependencies the wheel is installed without the index", async () => {
  await install(environment("1.0.0", ["pygls-2.1.1-py3-none-any.whl"]));
  assert.equal(calls().length, 1);
  assert.match(calls()[0]!, /--no-index --find-links .*server .*amp_lint-1\.0\.0-py3-none-any\.whl$/);
});

test("what the wheels lack comes from the index", async () => {
  const told = watcher();
  const pip = `case "$*" in *--no-index*) exit 1;; esac`;
  await install(environment("1.0.0", ["pygls-2.1.1-py3-none-any.whl"]), { pip, told });
  assert.equal(calls().length, 2);
  assert.match(calls()[1]!, /--find-links/);
  assert.ok(told.steps.includes("Downloading packages"));
});

test("an installation that fails says why and leaves nothing", async () => {
  const fresh = environment("1.0.0");
  const pip = "echo collecting >&2; echo no space left on device >&2; exit 1";
  await assert.rejects(
    install(fresh, { pip }),
    (error) => error instanceof NotInstalled && error.message === "no space left on device",
  );
  assert.deepEqual(installed(), []);
  assert.equal(await fresh.server(), undefined);
});

test("an index that cannot be reached is named, not the version that was not found", async () => {
  const warning = "WARNING: Retrying (Retry(total=0)) after connection broken by 'NewConnectionError()'";
  const pip = `echo "${warning}" >&2; echo "ERROR: No matching distribution found for pygls" >&2; exit 1`;
  await assert.rejects(install(environment("1.0.0"), { pip }), {
    message: "The package index that pip uses cannot be reached.",
  });
});

test("a server that does not answer is not installed", async () => {
  const fresh = environment("1.0.0");
  await assert.rejects(install(fresh, { server: "echo No module named pygls >&2; exit 1" }), {
    message: "The installed language server does not start: No module named pygls",
  });
  assert.deepEqual(installed(), []);
});

test("a cancelled installation leaves nothing", async () => {
  const fresh = environment("1.0.0");
  const abort = new AbortController();
  const told = watcher(abort.signal);
  told.step = (text) => {
    if (text === "Installing amp-lint") {
      abort.abort();
    }
  };
  await assert.rejects(install(fresh, { told }), { name: "AbortError" });
  assert.deepEqual(installed(), []);
});

test("the earlier version stays until it is removed", async () => {
  const before = await install(environment("1.0.0"));
  const next = environment("1.1.0");
  assert.equal(await next.server(), undefined);
  assert.deepEqual(await next.earlier(), before);
  await assert.rejects(install(next, { pip: "exit 1" }));
  assert.deepEqual(await next.earlier(), before);
  await install(next);
  assert.deepEqual(installed().sort(), ["amp_lint-1.0.0", "amp_lint-1.1.0"]);
  await next.removeEarlier();
  assert.deepEqual(installed(), ["amp_lint-1.1.0"]);
  assert.equal(await next.earlier(), undefined);
  await next.remove();
  assert.deepEqual(installed(), []);
});

test("another build of the same version is installed again", async () => {
  await install(environment("1.0.0"));
  const folder = path.join(root, "server");
  writeFileSync(path.join(folder, "amp_lint-1.0.0-py3-none-any.whl"), "something else");
  const rebuilt = new PrivateEnvironment(path.join(root, "storage"), new Packages(folder), around());
  assert.equal(await rebuilt.server(), undefined);
  assert.notEqual(await rebuilt.earlier(), undefined);
});

test("two windows may install at once", async () => {
  const both = [environment("1.0.0"), environment("1.0.0")];
  const servers = await Promise.all(both.map((one) => install(one)));
  assert.deepEqual(servers[0], servers[1]);
  assert.deepEqual(installed(), ["amp_lint-1.0.0"]);
});
