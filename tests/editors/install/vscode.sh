#!/usr/bin/env bash
# usage: vscode.sh [VERSION...]    The workbench and the extension host of VS Code, as code-server
# packs them, cached by version; a browser for the workbench to run in. Default: the newest version
# and the oldest that the extension allows. PYTHON is an interpreter with pip.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
editors=${AMP_LINT_EDITORS:-$HOME/.cache/amp-lint-editors}
(($#)) || set -- 4.139.1 4.93.1

# The scripts of the packages are left out: they fetch from places that are no registry. So are the
# modules that need a compiler; the workbench does without them.
packages() {
    npm install --omit=dev --ignore-scripts --no-audit --no-fund --loglevel=error "$@"
}

code_server() {
    local version=$1 node=$2 folder=$editors/code-server-$1
    [ ! -e "$folder/ready" ] || return 0
    rm -rf "$folder"
    mkdir -p "$folder"
    cd "$folder"
    export PATH=$node:$PATH
    ln -s "$node/node" node
    # An argon2 that needs no compiler either.
    echo '{"private": true, "overrides": {"argon2": "0.44.0"}}' >package.json
    packages "code-server@$version" playwright-core@1.65.1
    cd node_modules/code-server/lib/vscode
    packages
    cd extensions
    packages
    touch "$folder/ready"
}

"$here/from-apt" chromium
for version in "$@"; do
    # Each release runs on one major version of Node.js.
    case $version in
    4.93.*)
        node=$("$here/node" 20.18.0)
        # Its packages disagree on the peers of one another.
        export npm_config_legacy_peer_deps=true
        ;;
    *)
        node=$("$here/node" 24.19.0)
        unset npm_config_legacy_peer_deps
        ;;
    esac
    (code_server "$version" "$node")
done
