#!/usr/bin/env bash
# JupyterLab 4.6.4 with jupyterlab-lsp 5.3.0 (PyPI), Chromium of Debian 12, seen on 2026-11-30.
#
# A language server answers a completion request in a YAML file with an item whose `textEdit` replaces
# the word in front of the caret. JupyterLab ignores the edit and replaces the token of its own
# highlighting instead, and the YAML highlighting has no tokens for words without quotes. So the
# completion is put behind what was typed: accepting `shelf` behind `she` gives `sheshelf`. If there is
# an emoji anywhere above, nothing is inserted at all: the list closes, and the console says `Invalid
# position`, because one part counts in UTF-16 units and the other in characters.
#
# Output seen:
#     plain.yaml: sheshelf
#     emoji.yaml: she
#     RangeError: Invalid position
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
    elif method == "textDocument/completion":
        at = params["position"]["line"]
        edit = {"range": span(at, 0, 3), "newText": "shelf"}
        result = [{"label": "shelf", "textEdit": edit}]
    if "id" in message and method:
        send({"id": message["id"], "result": result})
PY
mkdir -p home/.jupyter project
cat >home/.jupyter/jupyter_server_config.json <<JSON
{"LanguageServerManager": {"language_servers": {"words": {
  "version": 2, "argv": ["python3", "$folder/server.py"], "languages": ["yaml"],
  "mime_types": ["text/yaml", "text/x-yaml"], "display_name": "words"}}}}
JSON
printf 'a: b\nshe' >project/plain.yaml
printf 'a: 🙂\nshe' >project/emoji.yaml

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

async function accepted(browser, url, file) {
  const page = await opened(browser, url, file);
  const errors = [];
  page.on("console", (one) => errors.push(...(one.text().match(/RangeError: Invalid position/) ?? [])));
  const line = page.locator(".jp-FileEditor .cm-line").nth(1);
  await line.click();
  await page.keyboard.press("End");
  await page.keyboard.press("Tab");
  await page.locator(".jp-Completer-item").first().waitFor();
  await page.keyboard.press("Enter");
  await page.locator(".jp-Completer-item").first().waitFor({ state: "hidden" });
  await until("an end", async () => errors.length || (await line.textContent()) !== "she");
  return [await line.textContent(), errors[0]];
}

async function main(browser, url) {
  const [plain] = await accepted(browser, url, "plain.yaml");
  const [emoji, error] = await accepted(browser, url, "emoji.yaml");
  console.log(`plain.yaml: ${plain}\nemoji.yaml: ${emoji}\n${error}`);
  return plain === "sheshelf" && emoji === "she" && error ? 0 : 1;
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
