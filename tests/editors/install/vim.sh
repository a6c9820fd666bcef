#!/usr/bin/env bash
# Vim with ALE: Debian 12 has Vim 9.0 and ALE 3.3.0.
set -euo pipefail

editors="${AMP_LINT_EDITORS:-$HOME/.cache/amp-lint-editors}"

"$(dirname "$0")/from-apt" vim-nox vim-ale
mkdir -p "$editors/vim"
if [ -x /usr/bin/vim.nox ] && [ -e /usr/share/vim-ale ]; then
    ln -sfn /usr/bin/vim.nox "$editors/vim/vim"
else
    echo "No Vim with ALE here." >&2
fi
