// Fetches the facts of a project with `amp-lint pull`, and shows how old they are.

import * as vscode from "vscode";

import { describeSnapshot, linterOf } from "./facts";
import { MANIFESTS } from "./language";
import type { LanguageServer } from "./server";

const PROJECT = "ampLint.project";
const SNAPSHOTS = "**/.amp-lint/project.json";
// A larger file is not worth reading for two words.
const LARGEST = 32 * 1024 * 1024;

/** Run `amp-lint pull` in a terminal. The project is asked for once, the key if the environment has none. */
export async function pull(server: LanguageServer, memory: vscode.Memento, other = false): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === "file");
  const found = vscode.workspace.isTrusted ? await server.command() : undefined;
  if (folder === undefined || found === undefined) {
    void vscode.window.showErrorMessage("amp-lint: a project is pulled in a trusted folder, and with a language server.");
    return;
  }
  const project = (other ? undefined : memory.get<string>(PROJECT)) ?? (await askForProject());
  if (project === undefined) {
    return;
  }
  await memory.update(PROJECT, project);
  const key = process.env["AMP_API_KEY"] ?? (await askForKey());
  if (key === undefined) {
    return;
  }
  const { command, args } = linterOf(found);
  const execution = new vscode.ProcessExecution(command, [...args, "pull", "--project", project], {
    cwd: folder.uri.fsPath,
    env: { AMP_API_KEY: key },
  });
  const task = new vscode.Task({ type: "amp-lint" }, folder, "pull", "amp-lint", execution);
  task.presentationOptions = { reveal: vscode.TaskRevealKind.Always, clear: true };
  await vscode.tasks.executeTask(task);
}

function askForProject(): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: "Pull the project's facts",
    prompt: "The name or id of the project, as the dashboard has it",
    validateInput: (text) => (text.trim() === "" || text.startsWith("-") ? "A name or an id" : undefined),
  });
}

/** The key is handed to the one process and kept nowhere. */
function askForKey(): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: "Pull the project's facts",
    prompt: "An API key of the project. It is not stored; set AMP_API_KEY to be asked no more.",
    password: true,
    ignoreFocusOut: true,
    validateInput: (text) => (text === "" ? "A key" : undefined),
  });
}

/** The age of the snapshot in the language status menu; nothing while there is none. */
export class SnapshotStatus implements vscode.Disposable {
  private item: vscode.LanguageStatusItem | undefined;
  private readonly watcher = vscode.workspace.createFileSystemWatcher(SNAPSHOTS);

  constructor() {
    for (const event of [this.watcher.onDidCreate, this.watcher.onDidChange, this.watcher.onDidDelete]) {
      event(() => void this.update());
    }
    void this.update();
  }

  dispose(): void {
    this.watcher.dispose();
    this.item?.dispose();
  }

  private async update(): Promise<void> {
    const text = await readSnapshot();
    const said = text === undefined ? undefined : describeSnapshot(text, new Date());
    if (said === undefined) {
      this.item?.dispose();
      this.item = undefined;
      return;
    }
    this.item ??= vscode.languages.createLanguageStatusItem("ampLint.snapshot", [...MANIFESTS]);
    this.item.name = "amp-lint: project";
    this.item.text = said;
    this.item.detail = "facts of the project";
    this.item.command = { command: "ampLint.pull", title: "Pull" };
  }
}

async function readSnapshot(): Promise<string | undefined> {
  try {
    const [file] = await vscode.workspace.findFiles(SNAPSHOTS, "**/node_modules/**", 1);
    if (file === undefined || (await vscode.workspace.fs.stat(file)).size > LARGEST) {
      return undefined;
    }
    return Buffer.from(await vscode.workspace.fs.readFile(file)).toString("utf8");
  } catch {
    // The search cannot run, or the file was deleted in the meantime.
    return undefined;
  }
}
