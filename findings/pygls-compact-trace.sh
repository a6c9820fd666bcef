#!/usr/bin/env bash
# vscode-jsonrpc 10.0.0 (in vscode-languageclient 11.0.0) on Node.js 20 or newer, with pygls 2.1.1 and
# lsprotocol 2025.0.0 on CPython 3.10 or newer, seen on 2026-11-30.
#
# The client library of VS Code extensions knows four levels of the setting `....trace.server`: `off`,
# `messages`, `compact` and `verbose`, and sends the level in `trace` of the request `initialize`. The
# protocol has only three of them. lsprotocol refuses the whole request for the fourth, so that no server
# built on pygls starts for a user who has chosen `compact`. Its first message is no answer to the request
# but a message for the user.
#
# Output seen:
#     the client sends: off messages compact verbose
#     off: initialized
#     messages: initialized
#     compact: Error in server: Invalid Params
#     verbose: initialized
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{}' >package.json
npm install --silent --no-audit --no-fund vscode-jsonrpc@10.0.0 >/dev/null
python3 -m venv venv
venv/bin/python -m pip --disable-pip-version-check --quiet install pygls==2.1.1 lsprotocol==2025.0.0

cat >levels.cjs <<'JS'
const { Trace } = require("vscode-jsonrpc");
const levels = ["off", "messages", "compact", "verbose"];
console.log(levels.map((level) => Trace.toString(Trace.fromString(level))).join(" "));
JS
levels=$(node levels.cjs)
echo "    the client sends: $levels"

cat >server.py <<'PYTHON'
from pygls.lsp.server import LanguageServer

LanguageServer("server", "1").start_io()
PYTHON

cat >client.py <<'PYTHON'
import json
import subprocess
import sys


def answer(trace):
    params = {"processId": None, "rootUri": None, "capabilities": {}, "trace": trace}
    request = {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": params}
    body = json.dumps(request).encode()
    server = subprocess.Popen(
        [sys.executable, "server.py"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    server.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
    server.stdin.flush()
    try:
        while True:
            length = 0
            while (line := server.stdout.readline().strip()):
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            if not length:
                raise SystemExit("the server has ended without an answer")
            message = json.loads(server.stdout.read(length))
            if message.get("id") == 1 and "result" in message:
                return "initialized"
            if message.get("method") == "window/showMessage":
                return message["params"]["message"]
    finally:
        server.kill()
        server.communicate()


seen = {}
for trace in sys.argv[1:]:
    seen[trace] = answer(trace)
    print(f"    {trace}: {seen[trace]}")
usual = all(seen[trace] == "initialized" for trace in ("off", "messages", "verbose"))
raise SystemExit(not usual or seen["compact"] != "Error in server: Invalid Params")
PYTHON
# shellcheck disable=SC2086 -- one argument a level
venv/bin/python client.py $levels
