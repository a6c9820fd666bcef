import assert from "node:assert/strict";
import * as path from "node:path";
import { test } from "node:test";

import { describeSnapshot, linterOf } from "../src/facts";

const NOW = new Date("2026-11-29T23:30:00Z");

function snapshot(asOf: string): string {
  return JSON.stringify({ version: 1, asOf, project: { id: "p1", name: "acme-dev" } });
}

test("the linter lies beside the server", () => {
  const command = path.join("some", "bin", "amp-language-server");
  assert.deepEqual(linterOf({ command, args: [] }), { command: path.join("some", "bin", "amp-lint"), args: [] });
  assert.equal(linterOf({ command: "amp-language-server.exe", args: [] }).command, "amp-lint.exe");
});

test("a module is run by the same interpreter", () => {
  const args = ["-I", "-m", "amp_language_server"];
  assert.deepEqual(linterOf({ command: "python", args }), { command: "python", args: ["-I", "-m", "amp_lint"] });
});

test("a server of another name leaves the search path", () => {
  assert.deepEqual(linterOf({ command: "/opt/server", args: [] }), { command: "amp-lint", args: [] });
});

test("a snapshot is described by its project and age", () => {
  assert.equal(describeSnapshot(snapshot("2026-11-29"), NOW), "acme-dev, today");
  assert.equal(describeSnapshot(snapshot("2026-11-28"), NOW), "acme-dev, 1 day old");
  assert.equal(describeSnapshot(snapshot("2026-10-29"), NOW), "acme-dev, 31 days old");
  assert.equal(describeSnapshot(snapshot("2027-01-01"), NOW), "acme-dev, today");
});

test("what is not a snapshot is not described", () => {
  for (const text of ["", "{", "null", "[]", "5", '{"asOf": 5}', snapshot("soon"), '{"asOf": "2026-11-29"}']) {
    assert.equal(describeSnapshot(text, NOW), undefined);
  }
});
