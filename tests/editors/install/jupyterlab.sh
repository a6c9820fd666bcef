#!/usr/bin/env bash
# JupyterLab with its client for language servers; the browser is that of codemirror.sh.
set -euo pipefail

editors="${AMP_LINT_EDITORS:-$HOME/.cache/amp-lint-editors}"
home="$editors/jupyterlab-4.6.4"

# The stamp is written last, so that an interrupted installation is made again.
if [ ! -e "$home/installed" ]; then
    "${PYTHON:-python3}" -m venv --clear "$home"
    "$home/bin/python" -m pip --disable-pip-version-check --no-input install --quiet \
        jupyterlab==4.6.4 jupyterlab-lsp==5.3.0
    touch "$home/installed"
fi
