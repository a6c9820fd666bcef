// A private environment that holds the server that came with the extension. Knows nothing of the editor.

import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rename, rm, stat } from "node:fs/promises";
import * as path from "node:path";

import { findProgram, interpreter, type Server, type Surroundings } from "./discovery";

const OLDEST = [3, 10] as const;
const PYTHONS = ["python3", "python", "python3.14", "python3.13", "python3.12", "python3.11", "python3.10", "py"];

// Prints the version, then whether the modules are there that make an environment.
const PROBE = `
import sys
print(sys.version_info[0], sys.version_info[1])
try:
    import ensurepip, venv
    print("complete")
except ImportError:
    print("incomplete")
`;

/** What a person can do something about; the text is for their eyes. */
export class NotInstalled extends Error {}

/** Tells how far an installation is, and whether to go on. */
export interface Watcher {
  step(text: string): void;
  log(text: string): void;
  signal: AbortSignal;
}

/** The private environment of one version of the server, in a folder of the extension's own. */
export class PrivateEnvironment {
  /** `wheel` is the file that the extension brings. */
  constructor(
    private readonly storage: string,
    private readonly wheel: string,
    private readonly around: Pick<Surroundings, "searchPath" | "windows">,
  ) {}

  /** The server in it, if it is installed. */
  async server(): Promise<Server | undefined> {
    return (await exists(this.folder)) ? this.serverIn(this.folder) : undefined;
  }

  /** Whether an earlier version is installed: the person has agreed to that once. */
  async hasEarlier(): Promise<boolean> {
    return (await this.earlier()).length > 0;
  }

  /** Make the environment. It appears when it is complete, so that two windows may do this at once. */
  async install(watcher: Watcher): Promise<Server> {
    watcher.step("Looking for Python");
    const python = await findPython(this.around);
    watcher.log(`Python: ${python}`);
    await mkdir(this.storage, { recursive: true });
    const partial = await mkdtemp(path.join(this.storage, "partial-"));
    try {
      watcher.step("Creating a virtual environment");
      await run(python, ["-I", "-m", "venv", partial], watcher);
      watcher.step("Installing amp-lint");
      const pip = ["-I", "-m", "pip", "--disable-pip-version-check", "--no-input", "install"];
      await run(interpreter(partial, this.around.windows), [...pip, this.wheel], watcher);
      await this.adopt(partial);
    } finally {
      await rm(partial, { recursive: true, force: true });
    }
    for (const folder of await this.earlier()) {
      // Another window may still run it.
      await rm(folder, { recursive: true, force: true }).catch(() => undefined);
    }
    return this.serverIn(this.folder);
  }

  /** Named after what is in the wheel: two that were built one after the other may share a version. */
  private get folder(): string {
    const [name, version] = path.basename(this.wheel).split("-");
    const sum = createHash("sha256").update(readFileSync(this.wheel)).digest("hex");
    return path.join(this.storage, `${name}-${version}-${sum.slice(0, 12)}`);
  }

  private serverIn(folder: string): Server {
    return {
      command: interpreter(folder, this.around.windows),
      // Isolated: the server starts in the workspace, whose modules must not take the place of its own.
      args: ["-I", "-m", "amp_language_server"],
      origin: "private",
    };
  }

  private async adopt(partial: string): Promise<void> {
    try {
      await rename(partial, this.folder);
    } catch (error) {
      if (!(await exists(this.folder))) {
        throw error;
      }
    }
  }

  private async earlier(): Promise<string[]> {
    const current = this.folder;
    const names = (await exists(this.storage)) ? await readdir(this.storage) : [];
    return names
      .filter((name) => name.startsWith("amp_lint-"))
      .map((name) => path.join(this.storage, name))
      .filter((folder) => folder !== current);
  }
}

/** An interpreter that can make the environment. */
export async function findPython(around: Pick<Surroundings, "searchPath" | "windows">): Promise<string> {
  const complaints: string[] = [];
  for (const name of PYTHONS) {
    const program = await findProgram(name, around);
    const complaint = program === undefined ? undefined : await complaintAbout(program);
    if (program !== undefined && complaint === undefined) {
      return program;
    }
    if (complaint !== undefined) {
      complaints.push(complaint);
    }
  }
  const needed = `amp-lint needs Python ${OLDEST.join(".")} or newer`;
  if (complaints.length === 0) {
    throw new NotInstalled(`${needed}, and there is no Python on your PATH.`);
  }
  throw new NotInstalled(`${needed}. ${[...new Set(complaints)].join(" ")}`);
}

async function complaintAbout(python: string): Promise<string | undefined> {
  const output = await new Promise<string>((done) => {
    execFile(python, ["-I", "-c", PROBE], { timeout: 20_000 }, (error, stdout) => {
      done(error === null ? stdout : "");
    });
  });
  const match = /^(\d+) (\d+)\s+(\w+)/.exec(output);
  if (match === null) {
    return `${python} does not run.`;
  }
  const [major, minor] = [Number(match[1]), Number(match[2])];
  if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
    return `${python} is Python ${major}.${minor}.`;
  }
  if (match[3] !== "complete") {
    return `${python} lacks the modules venv and ensurepip (Debian, Ubuntu: package python3-venv).`;
  }
  return undefined;
}

function run(command: string, args: readonly string[], { log, signal }: Watcher): Promise<void> {
  return new Promise((done, fail) => {
    log([command, ...args].join(" "));
    const options = { signal, maxBuffer: 16 * 1024 * 1024 };
    execFile(command, args, options, (error, stdout, stderr) => {
      for (const text of [stdout, stderr].filter((text) => text.trim() !== "")) {
        log(text.trimEnd());
      }
      if (error === null) {
        done();
      } else if (signal.aborted) {
        fail(error);
      } else {
        fail(new NotInstalled(lastLine(stderr) || error.message));
      }
    });
  });
}

function lastLine(text: string): string {
  return text.trim().split("\n").at(-1)?.trim() ?? "";
}

async function exists(file: string): Promise<boolean> {
  try {
    await stat(file);
    return true;
  } catch {
    return false;
  }
}
