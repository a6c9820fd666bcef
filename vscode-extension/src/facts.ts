// What the extension knows of a project's snapshot. Does not use the editor's API, so that it can be tested without an editor.

import * as path from "node:path";

import type { Server } from "./discovery";

const SERVER = /^amp-language-server(\.exe)?$/i;
const DAY = 24 * 60 * 60 * 1000;

/** A program with its arguments. */
export interface CommandLine {
  command: string;
  args: readonly string[];
}

/** Return the command line of `amp-lint` that belongs to a server. */
export function linterOf({ command, args }: Pick<Server, "command" | "args">): CommandLine {
  const name = path.basename(command);
  if (SERVER.test(name)) {
    return { command: path.join(path.dirname(command), name.replace(/amp-language-server/i, "amp-lint")), args: [] };
  }
  if (args.includes("amp_language_server")) {
    return { command, args: args.map((one) => (one === "amp_language_server" ? "amp_lint" : one)) };
  }
  return { command: "amp-lint", args: [] };
}

/** Describe a snapshot by its project and age; undefined if the text is not a snapshot. */
export function describeSnapshot(text: string, now: Date): string | undefined {
  let data: { asOf?: unknown; project?: { name?: unknown } } | null;
  try {
    data = JSON.parse(text) as typeof data;
  } catch {
    return undefined;
  }
  const { asOf, project } = data ?? {};
  const day = typeof asOf === "string" ? Date.parse(asOf) : NaN;
  if (Number.isNaN(day) || typeof project?.name !== "string") {
    return undefined;
  }
  const days = Math.max(0, Math.floor((now.getTime() - day) / DAY));
  const age = days === 0 ? "today" : days === 1 ? "1 day old" : `${days} days old`;
  return `${project.name.slice(0, 60)}, ${age}`;
}
