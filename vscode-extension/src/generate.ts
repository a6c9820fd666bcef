// Generates a manifest: asks what it should contain, has the server write it, and shows it.

import * as vscode from "vscode";

import { LANGUAGE } from "./language";
import type { LanguageServer } from "./server";

/** What a manifest should contain; the person is asked for what is missing. */
export interface Wishes {
  provider?: string;
  module?: string | null;
  actions?: readonly string[];
  objects?: readonly string[];
  destination?: string;
}

interface Module {
  name: string;
  displayName: string;
  actions: string[];
}

interface Provider extends Module {
  defaultModule: string | null;
  modules: Module[];
}

interface KnownObject {
  name: string;
  displayName: string | null;
  fields: number;
}

const ACTIONS: Record<string, string> = {
  read: "on a schedule, and deliver to a destination",
  write: "create and update records",
  subscribe: "be told of changes as they happen; the objects are read as well",
  proxy: "call the provider's API through Ampersand",
};
const DEFAULT_DESTINATION = "default-webhook";

/** Ask for what `wishes` lacks and show the manifest; do nothing if the person cancels. */
export async function generate(server: LanguageServer, wishes: Wishes = {}): Promise<void> {
  const whole = await complete(server, wishes);
  if (whole === undefined) {
    return;
  }
  const { text } = await server.ask<{ text: string }>("generateManifest", whole);
  await show(text, whole.provider);
}

async function complete(server: LanguageServer, wishes: Wishes) {
  const providers = await server.ask<Provider[]>("providers", {});
  const provider =
    wishes.provider === undefined
      ? await pickProvider(providers)
      : (providers.find(({ name }) => name === wishes.provider) ?? unknown(wishes.provider));
  const module = provider && (await pickModule(provider, wishes.module));
  if (provider === undefined || module === undefined) {
    return undefined;
  }
  const able = provider.modules.find(({ name }) => name === module) ?? provider;
  const actions = wishes.actions ?? (await pickActions(able.actions));
  if (actions === undefined) {
    return undefined;
  }
  const about = { provider: provider.name, ...(module === null ? {} : { module }) };
  const objects = wishes.objects ?? (await pickObjects(server, about, actions));
  if (objects === undefined) {
    return undefined;
  }
  const destination = wishes.destination ?? (await pickDestination(actions));
  if (destination === undefined) {
    return undefined;
  }
  return { ...about, actions, objects, ...(destination === "" ? {} : { destination }) };
}

async function pickProvider(providers: readonly Provider[]): Promise<Provider | undefined> {
  const items = providers.map((provider) => ({
    label: provider.displayName,
    description: provider.name,
    detail: provider.actions.join(", "),
    provider,
  }));
  const options = { title: "Generate a manifest: provider", matchOnDescription: true };
  return (await vscode.window.showQuickPick(items, options))?.provider;
}

/** Return the module; null if the manifest should not name one. */
async function pickModule(
  provider: Provider,
  wish: string | null | undefined,
): Promise<string | null | undefined> {
  // There is nothing to choose from one module.
  if (wish !== undefined || provider.modules.length < 2) {
    return wish ?? null;
  }
  const items = provider.modules
    .map(({ name, displayName, actions }) => ({
      label: displayName,
      description: name === provider.defaultModule ? `${name}, the default` : name,
      detail: actions.join(", "),
      name,
    }))
    .sort((a, b) => Number(b.name === provider.defaultModule) - Number(a.name === provider.defaultModule));
  return (await vscode.window.showQuickPick(items, { title: "Generate a manifest: module" }))?.name;
}

async function pickActions(able: readonly string[]): Promise<string[] | undefined> {
  const items = able.map((label, index) => ({
    label,
    description: ACTIONS[label] ?? "",
    picked: index === 0,
  }));
  const title = "Generate a manifest: what to do";
  const picked =
    items.length > 1
      ? await vscode.window.showQuickPick(items, { title, canPickMany: true })
      : items;
  return picked?.map(({ label }) => label);
}

async function pickObjects(
  server: LanguageServer,
  about: { provider: string; module?: string },
  actions: readonly string[],
): Promise<string[] | undefined> {
  if (actions.length > 0 && actions.every((action) => action === "proxy")) {
    return [];
  }
  const action = actions.find((one) => one !== "proxy") ?? "read";
  const known = await server.ask<KnownObject[]>("objects", { ...about, action });
  if (known.length === 0) {
    return typeObjects();
  }
  const other = { label: "$(edit) Others...", description: "type their names" };
  const items = known.map(({ name, displayName, fields }) => ({
    label: name,
    description: [displayName, fields > 0 ? `${fields} known fields` : ""].filter(Boolean).join(", "),
  }));
  const options = { title: "Generate a manifest: objects", canPickMany: true as const };
  const picked = await vscode.window.showQuickPick([...items, other], options);
  if (picked === undefined) {
    return undefined;
  }
  const named = picked.filter((item) => item !== other).map(({ label }) => label);
  // A person who typed a name and checked nothing meant an object that is not listed.
  const typed = named.length === picked.length && named.length > 0 ? [] : await typeObjects();
  return typed && [...named, ...typed];
}

async function typeObjects(): Promise<string[] | undefined> {
  const text = await vscode.window.showInputBox({
    title: "Generate a manifest: objects",
    prompt: "The names of the provider's objects, with commas between them",
    validateInput: (value) => (names(value).length === 0 ? "At least one is needed." : undefined),
  });
  return text === undefined ? undefined : names(text);
}

function names(text: string): string[] {
  return text
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}

/** Return the destination; empty if nothing is delivered. */
async function pickDestination(actions: readonly string[]): Promise<string | undefined> {
  if (!actions.some((action) => action === "read" || action === "subscribe")) {
    return "";
  }
  const title = "Generate a manifest: destination";
  const known = vscode.workspace.getConfiguration("ampLint").get<string[]>("destinations", []);
  if (known.length > 0) {
    return vscode.window.showQuickPick(known, { title });
  }
  return vscode.window.showInputBox({
    title,
    prompt: "Where records are delivered: the name of a destination of your project",
    value: DEFAULT_DESTINATION,
    validateInput: (value) =>
      /^[A-Za-z0-9-]+$/.test(value) ? undefined : "Letters, digits and dashes only.",
  });
}

/** Show the manifest as an unsaved file with a name that is not in use. */
async function show(text: string, provider: string): Promise<void> {
  const uri = await freeName(provider);
  if (uri === undefined) {
    const document = await vscode.workspace.openTextDocument({ language: LANGUAGE, content: text });
    await vscode.window.showTextDocument(document);
    return;
  }
  const document = await vscode.workspace.openTextDocument(uri);
  const edit = new vscode.WorkspaceEdit();
  edit.insert(uri, new vscode.Position(0, 0), text);
  await vscode.workspace.applyEdit(edit);
  await vscode.window.showTextDocument(document);
}

async function freeName(provider: string): Promise<vscode.Uri | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (folder === undefined) {
    return undefined;
  }
  const open = new Set(vscode.workspace.textDocuments.map(({ uri }) => uri.path));
  for (const name of candidates(provider)) {
    const uri = vscode.Uri.joinPath(folder.uri, name);
    if (!open.has(uri.path) && !(await exists(uri))) {
      return uri.with({ scheme: "untitled" });
    }
  }
  return undefined;
}

function* candidates(provider: string): Generator<string> {
  yield "amp.yaml";
  yield `${provider}.amp.yaml`;
  for (let number = 2; number < 100; number++) {
    yield `${provider}-${number}.amp.yaml`;
  }
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}

function unknown(provider: string): never {
  throw new Error(`There is no provider ${provider} in the catalog.`);
}
