#!/usr/bin/env bash
# usage: vscode.sh [VERSION...]    The workbench and the extension host of VS Code, as code-server
# packs them, cached by version; a browser for the workbench to run in. Default: the newest version
# and the oldest that the extension allows.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
editors=${AMP_LINT_EDITORS:-$HOME/.cache/amp-lint-editors}
(($#)) || set -- 4.139.1 4.93.1

# The scripts of the packages are left out: they compile, or fetch from places that are no registry.
packages() {
    npm install --omit=dev --ignore-scripts --no-audit --no-fund --loglevel=error "$@"
}

# Put a module of ours in the place of one that needs a compiler, wherever this release has it.
stand_in() {
    local module=$1 place
    shift
    for place in "$@"; do
        [ ! -d "$place" ] || cp "$here/without-compiler/$module.js" "$place/index.js"
    done
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
    stand_in spdlog node_modules/@vscode/spdlog
    stand_in watchdog node_modules/native-watchdog node_modules/@vscode/native-watchdog
    (cd extensions && packages)
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
