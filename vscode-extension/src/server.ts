// Finds, starts, watches and stops the one language server of a window.

import { homedir } from "node:os";

import * as vscode from "vscode";
import { CloseAction, ErrorAction, type ErrorHandler, LanguageClient, RevealOutputChannelOn, State } from "vscode-languageclient/node";

import { findServer, type Origin, type Server } from "./discovery";
import { PrivateEnvironment } from "./environment";
import { pagesOfRules } from "./explain";
import { tryToInstall, wantsInstallation } from "./installation";
import { MANIFESTS, whenManifest } from "./language";
import type { Status } from "./status";

const RESTARTS = 4;
// Set in a workspace whose person chose the extension's own server over a broken one.
const USE_OWN = "ampLint.useOwnServer";
const VERSION_TOLD = "ampLint.versionTold";
const OWN = "Use the Extension's Own";

const ORIGINS: Record<Origin, string> = {
  setting: "named by the setting ampLint.server.path",
  workspace: "from the workspace's virtual environment",
  path: "from your PATH",
  private: "installed by the extension",
};

/** What the extension remembers: for this workspace, and for all. */
export interface Memories {
  workspace: vscode.Memento;
  global: vscode.Memento;
}

/** A client that shows no messages of its own: this module reports each failure once. */
class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}

/** The server of this window: none yet, or the latest that was started. */
export class LanguageServer {
  private client: LanguageClient | undefined;
  private running: Promise<void> = Promise.resolve();

  /** `version` is the version of the extension and of the server that comes with it. */
  constructor(
    private readonly environment: PrivateEnvironment,
    private readonly needsIndex: boolean,
    private readonly version: string,
    private readonly memories: Memories,
    private readonly log: vscode.LogOutputChannel,
    private readonly status: Status,
  ) {}

  /** Start the server when there is a manifest: now, or when one is opened. */
  startForManifests(): vscode.Disposable {
    return whenManifest(() => void this.restart());
  }

  /** Search for a server again and start it; `offers` to install one if there is none. */
  restart(offers = true): Promise<void> {
    this.running = this.running.then(async () => {
      try {
        await this.stop();
        await this.start(offers);
      } catch (error) {
        this.failed(error);
      }
    });
    return this.running;
  }

  /** Return the server's answer to one of its commands; start the server if it is not running. */
  async ask<Answer>(command: string, given: object): Promise<Answer> {
    await this.running;
    if (this.client === undefined) {
      await this.restart();
    }
    if (this.client?.isRunning() !== true) {
      throw new Error("The language server of amp-lint is not running.");
    }
    return this.client.sendRequest<Answer>("workspace/executeCommand", {
      command: `amp-lint.server.${command}`,
      arguments: [given],
    });
  }

  /** Return the command line of the server that is found now; undefined if there is none. */
  command(): Promise<Server | undefined> {
    return this.find();
  }

  /** Stop the server for good. */
  async end(): Promise<void> {
    await this.running;
    await this.stop();
  }

  /** Install the extension's own server and start what is found then. */
  async install(): Promise<void> {
    if (await tryToInstall(this.environment, this.log)) {
      await this.restart();
    }
  }

  /** Stop the server and remove the extension's own. */
  async uninstall(): Promise<void> {
    await this.end();
    await this.environment.remove();
    await this.restart(false);
  }

  private async start(offers: boolean): Promise<void> {
    if (!onDisk()) {
      this.status.idle("no folder or file on a disk");
      return;
    }
    this.status.busy("looking for the language server");
    const server = await this.find();
    if (server === undefined) {
      this.log.info("There is no language server.");
      this.status.missing();
      if (offers) {
        void this.offer();
      }
      return;
    }
    const { command, args, origin } = server;
    this.log.info(`Starting ${[command, ...args].join(" ")} (${ORIGINS[origin]})`);
    this.client = this.connected(server);
    try {
      await this.client.start();
    } catch (error) {
      this.log.error(String(error));
      throw new DoesNotStart(server);
    }
    void this.started(origin, this.client.initializeResult?.serverInfo?.version);
  }

  private async find(): Promise<Server | undefined> {
    const around = surroundings();
    const useOwn = this.memories.workspace.get(USE_OWN, false);
    const outside = useOwn ? { ...around, folders: [], searchPath: "" } : around;
    const server = (await findServer(outside)) ?? (await this.environment.server());
    if (server !== undefined) {
      return server;
    }
    const earlier = await this.environment.earlier();
    if (earlier !== undefined) {
      void this.upgrade();
    }
    return earlier;
  }

  /** Install the version that comes with the extension while the earlier one serves. */
  private async upgrade(): Promise<void> {
    const failed = `amp-lint ${this.version} could not be installed; the earlier version serves on.`;
    if (await tryToInstall(this.environment, this.log, failed)) {
      await this.restart();
    }
  }

  private async offer(): Promise<void> {
    if (await wantsInstallation(this.memories.global, this.needsIndex)) {
      await this.install();
    }
  }

  /** Clean up after a good start, and mention once that the versions differ. */
  private async started(origin: Origin, version: string | undefined): Promise<void> {
    if (origin === "private") {
      const current = await this.environment.server();
      if (current !== undefined) {
        await this.environment.removeEarlier();
      }
      return;
    }
    const told = `${version} ${this.version}`;
    if (version === undefined || version === this.version || this.memories.workspace.get(VERSION_TOLD) === told) {
      return;
    }
    await this.memories.workspace.update(VERSION_TOLD, told);
    void vscode.window.showInformationMessage(
      `The amp-lint ${ORIGINS[origin]} is version ${version}; the extension is version ${this.version}. ` +
        "Findings are those of the former.",
    );
  }

  private connected({ command, args, origin }: Server): LanguageClient {
    const client = new QuietClient(
      "amp-lint",
      "amp-lint",
      { command, args: [...args] },
      {
        documentSelector: MANIFESTS,
        outputChannel: this.log,
        revealOutputChannelOn: RevealOutputChannelOn.Never,
        initializationOptions: { completionCommand: "editor.action.triggerSuggest" },
        middleware: {
          ...pagesOfRules,
          // VS Code underlines links, which would look like findings; hovers have the same links.
          provideDocumentLinks: () => [],
        },
        errorHandler: {
          // A failed write to a crashed server must not end the restarts.
          error: () => ({ action: ErrorAction.Continue, handled: true }),
          closed: () =>
            hasRun ? bounded.closed() : { action: CloseAction.DoNotRestart, handled: true },
        },
        // `start` reports that the server does not start.
        initializationFailedHandler: () => false,
      },
    );
    const bounded: ErrorHandler = client.createDefaultErrorHandler(RESTARTS);
    let hasRun = false;
    client.onDidChangeState(({ newState }) => {
      switch (newState) {
        case State.Running:
          hasRun = true;
          this.status.running(client.initializeResult?.serverInfo?.version, ORIGINS[origin]);
          break;
        case State.Starting:
          this.status.busy("starting");
          break;
        default:
          this.status.stopped();
      }
    });
    return client;
  }

  private async stop(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    // A client that failed to start, or whose server crashed for good, cannot be stopped.
    await client?.dispose().catch((error: unknown) => this.log.debug(String(error)));
  }

  private failed(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    this.log.error(message);
    this.status.failed(message);
    const isForeign = error instanceof DoesNotStart && ["workspace", "path"].includes(error.server.origin);
    void this.choose(message, isForeign ? [OWN, "Show Log"] : ["Show Log"]);
  }

  private async choose(message: string, buttons: readonly string[]): Promise<void> {
    const answer = await vscode.window.showErrorMessage(`amp-lint: ${message}`, ...buttons);
    if (answer === "Show Log") {
      this.log.show();
    }
    if (answer === OWN) {
      await this.memories.workspace.update(USE_OWN, true);
      await ((await this.environment.server()) === undefined ? this.install() : this.restart());
    }
  }
}

/** The server was found, but ended before it was ready. */
class DoesNotStart extends Error {
  constructor(readonly server: Server) {
    super(`The language server ${server.command} (${ORIGINS[server.origin]}) does not start.`);
  }
}

/** Return what the search for a server needs to know about this window. */
export function surroundings() {
  return {
    setting: vscode.workspace.getConfiguration("ampLint").get("server.path", ""),
    folders: (vscode.workspace.workspaceFolders ?? [])
      .filter(({ uri }) => uri.scheme === "file")
      .map(({ uri }) => uri.fsPath),
    trusted: vscode.workspace.isTrusted,
    home: homedir(),
    searchPath: process.env["PATH"] ?? "",
    windows: process.platform === "win32",
  };
}

/** Return whether anything is open that a server could read. */
function onDisk(): boolean {
  const folders = vscode.workspace.workspaceFolders;
  return folders === undefined || folders.some(({ uri }) => uri.scheme === "file");
}
