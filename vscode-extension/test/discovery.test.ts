import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { afterEach, beforeEach, test } from "node:test";

import { findServer, type Surroundings, WrongSetting } from "../src/discovery";

let root: string;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "discovery-"));
});

afterEach(() => rmSync(root, { recursive: true }));

function program(...names: string[]): string {
  const file = path.join(root, ...names);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, "");
  chmodSync(file, 0o755);
  return file;
}

function around(what: Partial<Surroundings> = {}): Surroundings {
  return {
    setting: "",
    folders: [path.join(root, "workspace")],
    trusted: true,
    home: path.join(root, "home"),
    searchPath: path.join(root, "bin"),
    windows: false,
    ...what,
  };
}

test("nothing is found where there is nothing", async () => {
  assert.equal(await findServer(around()), undefined);
});

test("the setting comes before all else", async () => {
  program("workspace", ".venv", "bin", "amp-language-server");
  program("bin", "amp-language-server");
  const command = program("own", "server");
  const found = await findServer(around({ setting: ` ${command} ` }));
  assert.deepEqual(found, { command, args: [], origin: "setting" });
});

test("the setting may start at the home or the workspace", async () => {
  const atHome = program("home", "server");
  const inWorkspace = program("workspace", "tools", "server");
  for (const [setting, command] of [
    ["~/server", atHome],
    ["${workspaceFolder}/tools/server", inWorkspace],
    ["tools/server", inWorkspace],
  ] as const) {
    assert.equal((await findServer(around({ setting })))?.command, command);
  }
});

test("a setting that names nothing is an error, and not searched on", async () => {
  program("bin", "amp-language-server");
  await assert.rejects(findServer(around({ setting: "~/nowhere" })), WrongSetting);
});

test("a folder and a file that cannot be run are no servers", async () => {
  mkdirSync(path.join(root, "workspace", ".venv", "bin", "amp-language-server"), { recursive: true });
  chmodSync(program("bin", "amp-language-server"), 0o644);
  assert.equal(await findServer(around()), undefined);
});

test("the workspace's environments come before the search path, .venv before venv", async () => {
  program("bin", "amp-language-server");
  const venv = program("workspace", "venv", "bin", "amp-language-server");
  assert.deepEqual(await findServer(around()), { command: venv, args: [], origin: "workspace" });
  const hidden = program("workspace", ".venv", "bin", "amp-language-server");
  assert.equal((await findServer(around()))?.command, hidden);
});

test("each folder of the workspace is searched, in order", async () => {
  const command = program("second", ".venv", "bin", "amp-language-server");
  const folders = [path.join(root, "workspace"), path.join(root, "second")];
  assert.equal((await findServer(around({ folders })))?.command, command);
});

test("without trust the workspace's environments are left alone", async () => {
  program("workspace", ".venv", "bin", "amp-language-server");
  assert.equal(await findServer(around({ trusted: false })), undefined);
  const command = program("bin", "amp-language-server");
  const found = await findServer(around({ trusted: false }));
  assert.deepEqual(found, { command, args: [], origin: "path" });
});

test("a relative folder of the search path is left out: it would lead into the workspace", async () => {
  program("workspace", "amp-language-server");
  const before = process.cwd();
  process.chdir(path.join(root, "workspace"));
  try {
    assert.equal(await findServer(around({ searchPath: ".::" })), undefined);
  } finally {
    process.chdir(before);
  }
});

test("on Windows programs end in .exe and lie in Scripts", async () => {
  const command = program("workspace", ".venv", "Scripts", "amp-language-server.exe");
  assert.equal((await findServer(around({ windows: true })))?.command, command);
});
