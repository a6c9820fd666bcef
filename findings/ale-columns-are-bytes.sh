#!/usr/bin/env bash
# ALE 3.3.0 for Vim (Debian 12: vim-ale 3.3.0-1, Vim 9.0), seen on 2026-11-29.
#
# The Language Server Protocol counts columns in UTF-16 units unless client and server agree on
# another encoding, and ALE offers none. It takes the columns of a server for bytes nevertheless. On
# a line with characters outside of ASCII, the end of a text edit is then too far left: a code action
# that replaces `promt` (UTF-16 units 9 to 14) in
#
#     # Größe: promt
#
# changes other characters, without any message. The server here answers as the protocol requires.
#
# Output seen:
#     diagnostic: column 10, which is `: pro` in bytes
#     after the fix: # Größepromptmt
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

vim=2:9.0.1378-2+deb12u2
apt-get download --quiet --quiet vim-ale=3.3.0-1 "vim=$vim" "vim-runtime=$vim" libgpm2 libsodium23 \
    2>/dev/null
for package in *.deb; do dpkg-deb --extract "$package" root; done
ln -s "$folder/root/usr/share/vim-ale" ale

cat >server.py <<'PY'
import json, sys

def send(message):
    body = json.dumps({"jsonrpc": "2.0", **message}).encode()
    sys.stdout.buffer.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
    sys.stdout.buffer.flush()

SPAN = {"start": {"line": 0, "character": 9}, "end": {"line": 0, "character": 14}}
while line := sys.stdin.buffer.readline():
    length = int(line.split(b":")[1])
    while sys.stdin.buffer.readline().strip():
        pass
    message = json.loads(sys.stdin.buffer.read(length))
    method = message.get("method")
    if method == "initialize":
        able = {"textDocumentSync": 1, "codeActionProvider": True}
        send({"id": message["id"], "result": {"capabilities": able}})
    elif method == "textDocument/didOpen":
        uri = message["params"]["textDocument"]["uri"]
        found = [{"range": SPAN, "message": "misspelt", "severity": 2}]
        params = {"uri": uri, "diagnostics": found}
        send({"method": "textDocument/publishDiagnostics", "params": params})
    elif method == "textDocument/codeAction":
        edit = {"changes": {uri: [{"range": SPAN, "newText": "prompt"}]}}
        actions = [{"title": "Change", "kind": "quickfix", "edit": edit}]
        send({"id": message["id"], "result": actions})
PY
printf '# Größe: promt\n' >file.example
cat >vimrc <<'VIM'
set encoding=utf-8 nocompatible
set runtimepath^=ale
filetype plugin on
autocmd BufRead *.example setlocal filetype=example
runtime plugin/ale.vim
call ale#linter#Define('example', {'name': 'server', 'lsp': 'stdio', 'executable': 'python3',
\ 'command': '%e server.py', 'project_root': {_ -> getcwd()}})
VIM
cat >drive.vim <<'VIM'
function! Wait(holds) abort
  for _ in range(400)
    if a:holds() | return | endif
    sleep 25m
  endfor
endfunction
call Wait({-> len(ale#engine#GetLoclist(bufnr(''))) == 1})
let found = ale#engine#GetLoclist(bufnr(''))[0]
let line = getline(1)
call cursor(1, 12)
call ale#codefix#Execute(0, {data, items -> ale#codefix#ApplyLSPCodeAction(data, items[0][1])})
call Wait({-> getline(1) =~# 'prompt'})
call writefile(['diagnostic: column ' . found.col . ', which is `' . line[found.col - 1 : found.end_col - 1] . '` in bytes', 'after the fix: ' . getline(1)], 'answer')
qall!
VIM
export HOME=$folder LC_ALL=C.UTF-8 VIMRUNTIME=$folder/root/usr/share/vim/vim90
libraries=$(dirname "$(find "$folder/root" -name 'libgpm.so.2')")
export LD_LIBRARY_PATH=$libraries
timeout 60 root/usr/bin/vim.basic -N --not-a-term -T xterm -u vimrc -S drive.vim file.example \
    </dev/null >vim.out 2>&1 || { cat vim.out; exit 1; }
cat answer
grep -q '^after the fix: ' answer
! grep -qx 'after the fix: # Größe: prompt' answer
