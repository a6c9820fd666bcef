import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { afterEach, beforeEach, test } from "node:test";

import { findPython, NotInstalled, PrivateEnvironment, type Watcher } from "../src/environment";

let root: string;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "environment-"));
});

afterEach(() => rmSync(root, { recursive: true }));

/** A program that does what a few lines of shell say. */
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

test("what is wrong with each Python is said", async () => {
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

test("a missing Python is said", async () => {
  await assert.rejects(findPython(around()), /there is no Python on your PATH/);
});

// Stands for Python and, copied into the environment it makes, for that environment's Python.
const PYTHON = `
case "$*" in
  "-I -c "*) echo 3 12; echo complete;;
  *"-m venv"*) for folder; do :; done; mkdir -p "$folder/bin"; cp "$0" "$folder/bin/python";;
  *"pip"*) echo installing; sh -c "$PIP_DOES";;
esac
`;

function environment(version: string): PrivateEnvironment {
  const wheel = path.join(root, `amp_lint-${version}-py3-none-any.whl`);
  writeFileSync(wheel, `what is in ${version}`);
  program("python3", PYTHON);
  return new PrivateEnvironment(path.join(root, "storage"), wheel, around());
}

function watcher(signal = new AbortController().signal): Watcher & { steps: string[] } {
  const steps: string[] = [];
  return { steps, step: (text) => steps.push(text), log: () => undefined, signal };
}

async function withPip<Result>(script: string, act: () => Promise<Result>): Promise<Result> {
  process.env["PIP_DOES"] = script;
  try {
    return await act();
  } finally {
    delete process.env["PIP_DOES"];
  }
}

/** What the storage holds, without the sums. */
function installed(): string[] {
  return readdirSync(path.join(root, "storage")).map((name) => name.replace(/-[0-9a-f]{12}$/, ""));
}

test("an installation tells its steps and is found afterwards", async () => {
  const fresh = environment("1.0.0");
  assert.equal(await fresh.server(), undefined);
  const told = watcher();
  const server = await withPip("exit 0", () => fresh.install(told));
  assert.ok(existsSync(server.command));
  assert.deepEqual(server.args, ["-I", "-m", "amp_language_server"]);
  assert.deepEqual(await fresh.server(), server);
  assert.deepEqual(told.steps, [
    "Looking for Python",
    "Creating a virtual environment",
    "Installing amp-lint",
  ]);
});

test("an installation that fails says why and leaves nothing", async () => {
  const fresh = environment("1.0.0");
  const failing = "echo collecting >&2; echo no index can be reached >&2; exit 1";
  await assert.rejects(
    withPip(failing, () => fresh.install(watcher())),
    (error) => error instanceof NotInstalled && error.message === "no index can be reached",
  );
  assert.deepEqual(readdirSync(path.join(root, "storage")), []);
  assert.equal(await fresh.server(), undefined);
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
  await assert.rejects(withPip("exit 0", () => fresh.install(told)), { name: "AbortError" });
  assert.deepEqual(readdirSync(path.join(root, "storage")), []);
});

test("a new version takes the place of the earlier one", async () => {
  await withPip("exit 0", () => environment("1.0.0").install(watcher()));
  const next = environment("1.1.0");
  assert.equal(await next.server(), undefined);
  assert.equal(await next.hasEarlier(), true);
  await withPip("exit 0", () => next.install(watcher()));
  assert.equal(await next.hasEarlier(), false);
  assert.deepEqual(installed(), ["amp_lint-1.1.0"]);
});

test("a wheel that was built anew is installed anew, even under the same version", async () => {
  const before = environment("1.0.0");
  await withPip("exit 0", () => before.install(watcher()));
  writeFileSync(path.join(root, "amp_lint-1.0.0-py3-none-any.whl"), "something else");
  assert.equal(await before.server(), undefined);
  assert.equal(await before.hasEarlier(), true);
});

test("two windows may install at once", async () => {
  const both = [environment("1.0.0"), environment("1.0.0")];
  const servers = await withPip("exit 0", () =>
    Promise.all(both.map((one) => one.install(watcher()))),
  );
  assert.deepEqual(servers[0], servers[1]);
  assert.deepEqual(installed(), ["amp_lint-1.0.0"]);
});
