#!/usr/bin/env bash
# Kate, with a screen that only exists in memory and a hand for its keyboard: Debian 12 has 22.12.
set -euo pipefail

editors="${AMP_LINT_EDITORS:-$HOME/.cache/amp-lint-editors}"

"$(dirname "$0")/from-apt" kate xvfb xdotool openbox fonts-dejavu-core
mkdir -p "$editors/kate"
for program in kate Xvfb xdotool openbox; do
    if [ -x "/usr/bin/$program" ]; then
        ln -sfn "/usr/bin/$program" "$editors/kate/$program"
    else
        echo "No $program here." >&2
    fi
done
