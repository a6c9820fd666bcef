// A private virtual environment for the server that comes with the extension. Does not use the editor's API.

import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rename, rm, stat } from "node:fs/promises";
import * as path from "node:path";

import { findProgram, interpreter, type Server, type Surroundings } from "./discovery";
import { answers } from "./handshake";

const OLDEST = [3, 10] as const;
const PYTHONS = ["python3", "python", "python3.14", "python3.13", "python3.12", "python3.11", "python3.10", "py"];
// With pip's default of five, a person without a network waits a minute and a half for the message.
const RETRIES = "1";

// Prints the version, then whether the modules that make an environment are there.
const PROBE = `
import sys
print(sys.version_info[0], sys.version_info[1])
try:
    import ensurepip, venv
    print("complete")
except ImportError:
    print("incomplete")
`;

// What pip logs when it cannot connect; its last line says only that a version was not found.
const UNREACHABLE =
  /NewConnectionError|NameResolutionError|ConnectTimeoutError|ReadTimeoutError|ProxyError|SSLError|Max retries exceeded|Connection (broken|refused|reset)/;

/** An error that a person can act on; its message is shown. */
export class NotInstalled extends Error {}

/** Receives the progress of an installation and can cancel it. */
export interface Watcher {
  step(text: string): void;
  log(text: string): void;
  signal: AbortSignal;
}

/** The wheels that come with the extension. */
export class Packages {
  /** The wheel of amp-lint itself. */
  readonly wheel: string;
  /** Whether its dependencies are there too: the extension was built for one platform. */
  readonly complete: boolean;

  constructor(readonly folder: string) {
    const wheels = readdirSync(folder).filter((name) => name.endsWith(".whl"));
    const own = wheels.find((name) => name.startsWith("amp_lint-"));
    if (own === undefined) {
      throw new Error(`There is no wheel of amp-lint in ${folder}.`);
    }
    this.wheel = path.join(folder, own);
    this.complete = wheels.length > 1;
  }

  /** The version of amp-lint, as the name of the wheel has it. */
  get version(): string {
    return path.basename(this.wheel).split("-")[1] ?? "";
  }

  /** The name of the environment: two builds of one version differ in the hash of the wheel. */
  get environment(): string {
    const hash = createHash("sha256").update(readFileSync(this.wheel)).digest("hex");
    return `amp_lint-${this.version}-${hash.slice(0, 12)}`;
  }
}

/** The private environments in the extension's storage: one per version of the server. */
export class PrivateEnvironment {
  constructor(
    private readonly storage: string,
    private readonly packages: Packages,
    private readonly around: Pick<Surroundings, "searchPath" | "windows">,
  ) {}

  /** The server of the version that comes with the extension, if it is installed. */
  async server(): Promise<Server | undefined> {
    return (await exists(this.folder)) ? this.serverIn(this.folder) : undefined;
  }

  /** The newest server of another version that is still installed. */
  async earlier(): Promise<Server | undefined> {
    const newest = (await this.others()).at(-1);
    return newest === undefined ? undefined : this.serverIn(newest);
  }

  /**
   * Create the environment of the current version.
   *
   * It appears under its name only when its server has answered, so that a failed installation
   * leaves nothing behind and two windows may install at once. Raises NotInstalled, or AbortError
   * when the person cancels.
   */
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
      await this.fill(partial, watcher);
      watcher.step("Starting the language server once");
      const { command, args } = this.serverIn(partial);
      await answers(command, args, watcher.signal).catch((error: Error) => {
        throw watcher.signal.aborted
          ? error
          : new NotInstalled(`The installed language server does not start: ${error.message}`);
      });
      await this.adopt(partial);
    } finally {
      await rm(partial, { recursive: true, force: true });
    }
    return this.serverIn(this.folder);
  }

  /** Remove the environments of other versions; one that another window uses may stay. */
  async removeEarlier(): Promise<void> {
    for (const folder of await this.others()) {
      await rm(folder, { recursive: true, force: true }).catch(() => undefined);
    }
  }

  /** Remove all environments. */
  async remove(): Promise<void> {
    await this.removeEarlier();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Install the wheels that come with the extension; what they lack comes from the index. */
  private async fill(environment: string, watcher: Watcher): Promise<void> {
    const { wheel, folder, complete } = this.packages;
    const python = interpreter(environment, this.around.windows);
    const pip = ["-I", "-m", "pip", "--disable-pip-version-check", "--no-input", "install"];
    if (complete) {
      try {
        await run(python, [...pip, "--no-index", "--find-links", folder, wheel], watcher);
        return;
      } catch (error) {
        if (watcher.signal.aborted) {
          throw error;
        }
        // A newer Python than the wheels are built for.
        watcher.step("Downloading packages");
      }
    }
    await run(python, [...pip, "--retries", RETRIES, "--find-links", folder, wheel], watcher);
  }

  private get folder(): string {
    return path.join(this.storage, this.packages.environment);
  }

  private serverIn(folder: string): Server {
    return {
      command: interpreter(folder, this.around.windows),
      // Isolated: the server runs in the workspace, whose modules must not shadow its own.
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

  /** The folders of other versions, the newest last. */
  private async others(): Promise<string[]> {
    const names = (await exists(this.storage)) ? await readdir(this.storage) : [];
    const folders = names
      .filter((name) => name.startsWith("amp_lint-") && name !== this.packages.environment)
      .map((name) => path.join(this.storage, name));
    const dated = await Promise.all(
      folders.map(async (folder) => ({ folder, time: (await stat(folder)).mtimeMs })),
    );
    return dated.sort((a, b) => a.time - b.time).map(({ folder }) => folder);
  }
}

/** Return a Python interpreter that can create the environment. Raises NotInstalled. */
export async function findPython(around: Pick<Surroundings, "searchPath" | "windows">): Promise<string> {
  const problems: string[] = [];
  for (const name of PYTHONS) {
    const program = await findProgram(name, around);
    const problem = program === undefined ? undefined : await problemOf(program);
    if (program !== undefined && problem === undefined) {
      return program;
    }
    if (problem !== undefined) {
      problems.push(problem);
    }
  }
  const needed = `amp-lint needs Python ${OLDEST.join(".")} or newer`;
  if (problems.length === 0) {
    throw new NotInstalled(`${needed}, and there is no Python on your PATH.`);
  }
  throw new NotInstalled(`${needed}. ${[...new Set(problems)].join(" ")}`);
}

async function problemOf(python: string): Promise<string | undefined> {
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
      } else if (UNREACHABLE.test(stderr)) {
        fail(new NotInstalled("The package index that pip uses cannot be reached."));
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
