// Finds, starts, watches and stops the one language server of a window.

import { homedir } from "node:os";

import * as vscode from "vscode";
import { CloseAction, ErrorAction, type ErrorHandler, LanguageClient, RevealOutputChannelOn, State } from "vscode-languageclient/node";

import { findServer, type Origin, type Server } from "./discovery";
import { PrivateEnvironment } from "./environment";
import { tryToInstall, wantsInstallation } from "./installation";
import { MANIFESTS } from "./language";
import type { Status } from "./status";

const RESTARTS = 4;

const ORIGINS: Record<Origin, string> = {
  setting: "named by the setting ampLint.server.path",
  workspace: "from the workspace's virtual environment",
  path: "from your PATH",
  private: "installed by the extension",
};

/** The server of this window: none yet, or the latest that was started. */
export class LanguageServer {
  private client: LanguageClient | undefined;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly environment: PrivateEnvironment,
    private readonly memory: vscode.Memento,
    private readonly log: vscode.LogOutputChannel,
    private readonly status: Status,
  ) {}

  /** Start the server anew, wherever it is found by now. */
  restart(): Promise<void> {
    this.running = this.running.then(async () => {
      try {
        await this.stop();
        await this.start();
      } catch (error) {
        this.failed(error);
      }
    });
    return this.running;
  }

  /** What the server answers to one of its commands. */
  async ask<Answer>(command: string, given: object): Promise<Answer> {
    await this.running;
    if (this.client?.isRunning() !== true) {
      throw new Error("The language server of amp-lint is not running.");
    }
    return this.client.sendRequest<Answer>("workspace/executeCommand", {
      command: `amp-lint.server.${command}`,
      arguments: [given],
    });
  }

  /** Stop the server for good. */
  async end(): Promise<void> {
    await this.running;
    await this.stop();
  }

  private async start(): Promise<void> {
    if (!onDisk()) {
      this.status.idle("no folder or file on a disk");
      return;
    }
    this.status.busy("looking for the language server");
    const server = await this.find();
    if (server === undefined) {
      this.log.info("There is no language server.");
      this.status.missing();
      void this.offer();
      return;
    }
    const { command, args, origin } = server;
    this.log.info(`Starting ${[command, ...args].join(" ")} (${ORIGINS[origin]})`);
    this.client = this.connected(server);
    try {
      await this.client.start();
    } catch (error) {
      this.log.error(String(error));
      throw new Error(`The language server ${command} does not start.`);
    }
  }

  private async find(): Promise<Server | undefined> {
    const server =
      (await findServer(surroundings())) ?? (await this.environment.server());
    if (server !== undefined || !(await this.environment.hasEarlier())) {
      return server;
    }
    return (await tryToInstall(this.environment, this.log)) ? this.environment.server() : undefined;
  }

  /** Install a server of the extension's own, and start what is found then. */
  async install(): Promise<void> {
    if (await tryToInstall(this.environment, this.log)) {
      await this.restart();
    }
  }

  private async offer(): Promise<void> {
    if (await wantsInstallation(this.memory)) {
      await this.install();
    }
  }

  private connected({ command, args, origin }: Server): LanguageClient {
    const client = new LanguageClient(
      "amp-lint",
      "amp-lint",
      { command, args: [...args] },
      {
        documentSelector: MANIFESTS,
        outputChannel: this.log,
        revealOutputChannelOn: RevealOutputChannelOn.Never,
        errorHandler: {
          // What cannot be written to a server that has crashed is no reason to give it up.
          error: () => ({ action: ErrorAction.Continue }),
          closed: () =>
            hasRun ? bounded.closed() : { action: CloseAction.DoNotRestart, handled: true },
        },
        // That it does not start is told by us.
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
    // One that failed to start, or crashed for good, refuses to be stopped.
    await client?.dispose().catch((error: unknown) => this.log.debug(String(error)));
  }

  private failed(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    this.log.error(message);
    this.status.failed(message);
    void vscode.window.showErrorMessage(`amp-lint: ${message}`, "Show Log").then((answer) => {
      if (answer !== undefined) {
        this.log.show();
      }
    });
  }
}

/** What the search for a server may look at in this window. */
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

/** Whether anything is open that a server could read. */
function onDisk(): boolean {
  const folders = vscode.workspace.workspaceFolders;
  return folders === undefined || folders.some(({ uri }) => uri.scheme === "file");
}
