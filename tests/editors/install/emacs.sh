#!/usr/bin/env bash
# Emacs with eglot: Debian 12 has 28.2, and eglot as a package of its own.
set -euo pipefail

editors="${AMP_LINT_EDITORS:-$HOME/.cache/amp-lint-editors}"

"$(dirname "$0")/from-apt" emacs-nox elpa-eglot
if emacs="$(command -v /usr/bin/emacs || command -v emacs)"; then
    mkdir -p "$editors/emacs"
    ln -sfn "$emacs" "$editors/emacs/emacs"
fi
