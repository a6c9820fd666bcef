#!/usr/bin/env bash
# Vim with ALE and YouCompleteMe, and terminals for it: Debian 12 has Vim 9.0, ALE 3.3.0 and
# YouCompleteMe of January 2023.
set -euo pipefail

editors="${AMP_LINT_EDITORS:-$HOME/.cache/amp-lint-editors}"

"$(dirname "$0")/from-apt" vim-nox vim-ale vim-youcompleteme ycmd tmux xterm
mkdir -p "$editors/vim"
if [ -x /usr/bin/vim.nox ] && [ -e /usr/share/vim-ale ]; then
    ln -sfn /usr/bin/vim.nox "$editors/vim/vim"
else
    echo "No Vim with ALE here." >&2
fi
if [ -x /usr/bin/vim.nox ] && [ -e /usr/share/vim-youcompleteme ] && [ -x /usr/bin/tmux ]; then
    ln -sfn /usr/bin/tmux "$editors/vim/tmux"
else
    echo "No Vim with YouCompleteMe, or no tmux here." >&2
fi
