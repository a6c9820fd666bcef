// Finds the language server. Does not use the editor's API, so that it can be tested without an editor.

import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import * as path from "node:path";

const SERVER = "amp-language-server";
const ENVIRONMENTS = [".venv", "venv"];

/** The input of the search. */
export interface Surroundings {
  /** The setting `ampLint.server.path`; empty if it is not set. */
  setting: string;
  /** The folders of the workspace; none are searched if the person chose the extension's own server. */
  folders: readonly string[];
  /** Whether programs of the workspace may run (workspace trust). */
  trusted: boolean;
  home: string;
  /** The search path of the shell. */
  searchPath: string;
  windows: boolean;
}

export type Origin = "setting" | "workspace" | "path" | "private";

/** The command line of a server, and how it was found. */
export interface Server {
  command: string;
  args: readonly string[];
  origin: Origin;
}

/** The setting names a program that cannot be run. The search ends with this error. */
export class WrongSetting extends Error {
  constructor(readonly program: string) {
    super(`The setting ampLint.server.path names ${program}, which is not a program.`);
  }
}

/** Return the first server of: the setting, the environments of the workspace, the search path. */
export async function findServer(around: Surroundings): Promise<Server | undefined> {
  if (around.setting.trim() !== "") {
    const command = resolve(around.setting.trim(), around);
    if (!(await isProgram(command))) {
      throw new WrongSetting(command);
    }
    return { command, args: [], origin: "setting" };
  }
  const local = around.trusted ? await first(inEnvironments(around)) : undefined;
  if (local !== undefined) {
    return { command: local, args: [], origin: "workspace" };
  }
  const global = await findProgram(SERVER, around);
  return global === undefined ? undefined : { command: global, args: [], origin: "path" };
}

/** Return the path of a program on the search path. */
export function findProgram(
  name: string,
  { searchPath, windows }: Pick<Surroundings, "searchPath" | "windows">,
): Promise<string | undefined> {
  const folders = searchPath
    .split(windows ? ";" : ":")
    // A relative folder would point into the workspace, which may not be trusted.
    .filter((folder) => path.isAbsolute(folder));
  return first(folders.map((folder) => path.join(folder, executable(name, windows))));
}

/** Return the path of the Python interpreter of a virtual environment. */
export function interpreter(environment: string, windows: boolean): string {
  return inEnvironment(environment, "python", windows);
}

function inEnvironments({ folders, windows }: Surroundings): string[] {
  return folders.flatMap((folder) =>
    ENVIRONMENTS.map((name) => inEnvironment(path.join(folder, name), SERVER, windows)),
  );
}

function inEnvironment(environment: string, name: string, windows: boolean): string {
  return path.join(environment, windows ? "Scripts" : "bin", executable(name, windows));
}

function executable(name: string, windows: boolean): string {
  return windows ? `${name}.exe` : name;
}

function resolve(setting: string, { folders, home }: Surroundings): string {
  const folder = folders[0] ?? home;
  const named = setting
    .replace(/^~(?=$|[\\/])/, () => home)
    .replaceAll("${workspaceFolder}", () => folder);
  return path.resolve(folder, named);
}

async function first(candidates: readonly string[]): Promise<string | undefined> {
  for (const candidate of candidates) {
    if (await isProgram(candidate)) {
      return candidate;
    }
  }
  return undefined;
}

async function isProgram(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}
