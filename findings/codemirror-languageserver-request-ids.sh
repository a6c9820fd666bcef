#!/usr/bin/env bash
# codemirror-languageserver 1.22.1 (npm), seen on 2026-11-30.
#
# In JSON-RPC each side numbers its own requests, so a request of the server may have the id of a
# request of the client. This client looks only at the id: a request of the server whose id is that of
# an open request of the client is taken for the answer. The client's promise is fulfilled with
# `undefined`, the real answer is dropped, and the server gets no answer either. Both sides usually
# count from 0 (servers made with vscode-languageserver do). A request with the id 0 is never answered
# in any case, because the client takes 0 for the absence of an id.
#
# Output seen:
#     the hover that the client gets: undefined
#     answers to the server's request 1: 0
#     answers to the server's request 0: 0
#     answers to the server's request 7: 1
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private": true, "type": "module"}' >package.json
npm install --silent --no-audit --no-fund --ignore-scripts codemirror-languageserver@1.22.1 \
    @codemirror/autocomplete@6.20.0 @codemirror/lint@6.9.2 @codemirror/state@6.5.3 \
    @codemirror/view@6.39.4

cat >drive.mjs <<'JS'
import { LanguageServerClient } from "codemirror-languageserver";

// A server that asks for something of its own before it answers a hover.
const sent = [];
let receive;
const answer = (message) => receive(JSON.stringify({ jsonrpc: "2.0", ...message }));
const register = (id) =>
  answer({ id, method: "client/registerCapability", params: { registrations: [] } });
const transport = {
  send(text) {
    const message = JSON.parse(text);
    sent.push(message);
    if (message.method === "initialize") {
      queueMicrotask(() => answer({ id: message.id, result: { capabilities: { hoverProvider: true } } }));
    } else if (message.method === "textDocument/hover") {
      queueMicrotask(() => {
        register(message.id);
        answer({ id: message.id, result: { contents: "what it means" } });
      });
    }
  },
  onMessage(callback) { receive = callback; },
  onClose() {},
  onError() {},
  close() {},
};
const client = new LanguageServerClient({ transport, rootUri: "file:///", workspaceFolders: null });
await client.initializePromise;
register(0);
register(7);
const hover = await client.textDocumentHover({
  textDocument: { uri: "file:///a" },
  position: { line: 0, character: 0 },
});
const answers = (id) => sent.filter((one) => one.id === id && !one.method).length;
console.log("the hover that the client gets:", hover);
for (const id of [1, 0, 7]) console.log(`answers to the server's request ${id}:`, answers(id));
process.exit(hover === undefined && [1, 0, 7].map(answers).join() === "0,0,1" ? 0 : 1);
JS
node drive.mjs
