#!/usr/bin/env bash
# CodeMirror with two clients for language servers, a bundler, and a browser to run them in.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
editors=${AMP_LINT_EDITORS:-$HOME/.cache/amp-lint-editors}
folder=$editors/codemirror-2

"$here/from-apt" chromium
if [ ! -e "$folder/ready" ]; then
    node=$("$here/node" 24.19.0)
    export PATH=$node:$PATH
    rm -rf "$folder"
    mkdir -p "$folder"
    cd "$folder"
    ln -s "$node/node" node
    echo '{"private": true}' >package.json
    npm install --ignore-scripts --no-audit --no-fund --loglevel=error \
        @codemirror/lsp-client@6.3.0 codemirror@6.0.2 codemirror-languageserver@1.22.1 \
        esbuild@0.25.12 playwright-core@1.65.1
    touch ready
fi
