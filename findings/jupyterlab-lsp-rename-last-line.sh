#!/usr/bin/env bash
# JupyterLab 4.6.4 with jupyterlab-lsp 5.3.0 (PyPI), Chromium of Debian 12, seen on 2026-11-30.
#
# A language server answers a rename with one edit, of a word in the first line. jupyterlab-lsp makes
# the edit and also drops the line break at the end of the file, which the edit does not touch, so every
# rename leaves a file without it. Its shortcut F2 does nothing in the file editor, because it names a
# command, `lsp:rename-symbol-file_editor`, that does not exist; the entry of the context menu works.
#
# Output seen:
#     before: "one: 'x'\ntwo: 2\n"
#     after:  "one: 'y'\ntwo: 2"
#     F2: command 'lsp:rename-symbol-file_editor' is not registered
set -euo pipefail

folder=$(mktemp -d)
trap '[ -z "$lab" ] || kill "$lab"; wait; rm -rf "$folder"' EXIT
lab=
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip --disable-pip-version-check --quiet install jupyterlab==4.6.4 \
    jupyterlab-lsp==5.3.0 2>/dev/null
echo '{"private": true}' >package.json
npm install --silent --no-audit --no-fund --ignore-scripts playwright-core@1.65.1

cat >server.py <<'PY'
import json, sys

def send(message):
    body = json.dumps({"jsonrpc": "2.0", **message}).encode()
    sys.stdout.buffer.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
    sys.stdout.buffer.flush()

def span(line, start, end):
    return {"start": {"line": line, "character": start}, "end": {"line": line, "character": end}}

while line := sys.stdin.buffer.readline():
    length = int(line.split(b":")[1])
    while sys.stdin.buffer.readline().strip():
        pass
    message = json.loads(sys.stdin.buffer.read(length))
    method, params = message.get("method"), message.get("params") or {}
    result = None
    if method == "initialize":
        able = {"textDocumentSync": 1, "completionProvider": {}, "renameProvider": True}
        result = {"capabilities": able}
    elif method == "textDocument/rename":
        uri = params["textDocument"]["uri"]
        result = {"changes": {uri: [{"range": span(0, 6, 7), "newText": params["newName"]}]}}
    if "id" in message and method:
        send({"id": message["id"], "result": result})
PY
mkdir -p home/.jupyter project
cat >home/.jupyter/jupyter_server_config.json <<JSON
{"LanguageServerManager": {"language_servers": {"words": {
  "version": 2, "argv": ["python3", "$folder/server.py"], "languages": ["yaml"],
  "mime_types": ["text/yaml", "text/x-yaml"], "display_name": "words"}}}}
JSON
printf "one: 'x'\ntwo: 2\n" >project/words.yaml

HOME=$folder/home JUPYTER_RUNTIME_DIR=$folder/runtime venv/bin/jupyter-lab --no-browser --allow-root \
    --port=0 --ServerApp.ip=127.0.0.1 --IdentityProvider.token= --ServerApp.root_dir="$folder/project" \
    >lab.log 2>&1 &
lab=$!

cat >drive.cjs <<'JS'
const { readdirSync, readFileSync } = require("node:fs");
const { chromium } = require("playwright-core");

async function until(what, holds) {
  for (const end = Date.now() + 60000; Date.now() < end; await new Promise((go) => setTimeout(go, 50))) {
    const value = await holds();
    if (value) return value;
  }
  throw new Error(`never: ${what}`);
}

function address() {
  try {
    const [file] = readdirSync("runtime").filter((name) => /^jpserver-.*json$/.test(name));
    return JSON.parse(readFileSync(`runtime/${file}`, "utf8")).url;
  } catch {
    return undefined;
  }
}

async function opened(browser, url, file) {
  const page = await browser.newPage();
  page.setDefaultTimeout(60000);
  await page.goto(`${url}lab/tree/${file}?reset`);
  await page.getByText("Fully initialized").waitFor();
  return page;
}

async function main(browser, url) {
  const read = () => readFileSync("project/words.yaml", "utf8");
  const before = read();
  const page = await opened(browser, url, "words.yaml");
  let shortcut;
  page.on("console", (one) => {
    shortcut ??= /command 'lsp:rename-symbol-file_editor' is not registered/.exec(one.text())?.[0];
  });
  const word = page.locator(".jp-FileEditor .cm-line").first().getByText("'x'");
  await word.click();
  await page.keyboard.press("F2");
  await until("a word on F2", () => shortcut);
  await word.click({ button: "right" });
  await page.getByText("Rename symbol").click();
  await page.locator(".jp-Dialog input").fill("y");
  await page.keyboard.press("Enter");
  await page.locator(".jp-FileEditor .cm-line", { hasText: "'y'" }).waitFor();
  await page.locator(".jp-FileEditor .cm-content").press("Control+S");
  await until("a saved file", () => read().includes("'y'"));
  console.log(`before: ${JSON.stringify(before)}\nafter:  ${JSON.stringify(read())}\nF2: ${shortcut}`);
  return read() === before.trimEnd().replace("x", "y") ? 0 : 1;
}

(async () => {
  const url = await until("JupyterLab", address);
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
  try {
    process.exitCode = await main(browser, url);
  } finally {
    await browser.close();
  }
})();
JS
node drive.cjs
