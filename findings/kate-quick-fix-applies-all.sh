#!/usr/bin/env bash
# Kate 22.12.3 (Debian 12: kate 4:22.12.3-1), seen on 2026-11-30. Needs root for apt-get.
#
# *LSP Client, Quick Fix* (Ctrl+.) asks the language server for the code actions of the diagnostic in the
# line of the caret. If the server offers several, such as a correction, another correction and a
# comment that ignores the diagnostic, Kate shows no list and does not look at `isPreferred`: it
# applies all of them, one after the other, although each edit is made for the text as it was.
#
# Output seen:
#     before: colour
#     after:  color /* ignore */
set -euo pipefail

export DEBIAN_FRONTEND=noninteractive
apt-get install --quiet --quiet --yes --no-install-recommends kate xvfb xdotool openbox >/dev/null
folder=$(mktemp -d)
processes=()
trap 'kill "${processes[@]}" 2>/dev/null; wait; rm -rf "$folder"' EXIT
cd "$folder"
mkdir -p home/.config/kate/lspclient project/.git
printf 'colour\n' >project/words.yaml

cat >server.py <<'PY'
import json, sys

def send(message):
    body = json.dumps({"jsonrpc": "2.0", **message}).encode()
    sys.stdout.buffer.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
    sys.stdout.buffer.flush()

def span(start, end):
    return {"start": {"line": 0, "character": start}, "end": {"line": 0, "character": end}}

def action(title, place, text, preferred):
    edit = {"changes": {uri: [{"range": place, "newText": text}]}}
    return {"title": title, "kind": "quickfix", "isPreferred": preferred, "edit": edit}

while line := sys.stdin.buffer.readline():
    length = int(line.split(b":")[1])
    while sys.stdin.buffer.readline().strip():
        pass
    message = json.loads(sys.stdin.buffer.read(length))
    method, params, result = message.get("method"), message.get("params") or {}, None
    if method == "initialize":
        result = {"capabilities": {"textDocumentSync": 1, "codeActionProvider": True}}
    elif method == "textDocument/didOpen":
        uri = params["textDocument"]["uri"]
        found = [{"range": span(0, 6), "message": "misspelt", "severity": 2, "code": "spelling"}]
        told = {"uri": uri, "diagnostics": found}
        send({"method": "textDocument/publishDiagnostics", "params": told})
        open("opened", "w").close()
    elif method == "textDocument/codeAction":
        result = [
            action("Write `color`", span(4, 6), "r", True),
            action("Ignore this", span(6, 6), " /* ignore */", False),
        ]
    if "id" in message and method:
        send({"id": message["id"], "result": result})
PY
cat >home/.config/kate/lspclient/settings.json <<JSON
{"servers": {"words": {"command": ["python3", "$folder/server.py"], "root": "$folder",
  "rootIndicationFileNames": [".git"], "highlightingModeRegex": "^YAML$"}}}
JSON
printf '[General]\nShow welcome view for new window=false\n[Kate Plugins]\nlspclientplugin=true\n' \
    >home/.config/katerc

until_true() {
    for _ in $(seq 600); do
        ! "$@" || return 0
        sleep 0.1
    done
    echo "never: $*" >&2
    exit 1
}
titled() { xdotool getactivewindow getwindowname 2>/dev/null | grep -q "^$1"; }
changed() {
    xdotool key ctrl+period ctrl+s
    [ "$(cat project/words.yaml)" != colour ]
}

export HOME=$folder/home XDG_CONFIG_HOME=$folder/home/.config XDG_RUNTIME_DIR=$folder/home LC_ALL=C.UTF-8
export DBUS_SESSION_BUS_ADDRESS=unix:path=/dev/null QT_QPA_PLATFORM=xcb
mkfifo number
Xvfb -displayfd 3 -nolisten tcp -screen 0 1000x600x24 3>number 2>/dev/null &
processes+=($!)
DISPLAY=:$(head -1 number)
export DISPLAY
openbox >/dev/null 2>&1 &
processes+=($!)
kate --startanon project/words.yaml >/dev/null 2>&1 &
processes+=($!)
until_true titled "LSP server start"
xdotool key alt+y
until_true titled words.yaml
until_true test -e opened
until_true changed
echo "before: colour"
echo "after:  $(cat project/words.yaml)"
[ "$(cat project/words.yaml)" = "color /* ignore */" ]
