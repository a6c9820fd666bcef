#!/usr/bin/env bash
# Emacs with eglot and lsp-mode: Debian 12 has 28.2, and both as packages of their own.
set -euo pipefail

editors="${AMP_LINT_EDITORS:-$HOME/.cache/amp-lint-editors}"

"$(dirname "$0")/from-apt" emacs-nox elpa-eglot elpa-lsp-mode
mkdir -p "$editors/emacs"
for emacs in /usr/bin/emacs "$(command -v emacs || true)"; do
    if [ -x "$emacs" ] &&
        "$emacs" --batch -q -f package-activate-all --eval "(require 'eglot)" 2>/dev/null; then
        ln -sfn "$emacs" "$editors/emacs/emacs"
        exit
    fi
done
echo "No Emacs with eglot here." >&2
