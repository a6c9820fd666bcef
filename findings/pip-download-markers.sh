#!/usr/bin/env bash
# pip 26.3 (the newest) and earlier, 2026-11-29.
#
# `pip download --python-version 3.10 --platform ...` chooses wheels for Python 3.10, but evaluates
# the environment markers of dependencies for the Python that runs it. Under 3.11 or newer,
# `exceptiongroup; python_version < "3.11"`, which cattrs needs on 3.10, is left out without a
# warning: the folder is incomplete, and an offline installation from it fails on 3.10. The same holds
# for `sys_platform` and --platform. `uv pip compile --python-version` evaluates them for the target.
#
# Seen:
#   pip: attrs cattrs typing_extensions
#   uv: attrs cattrs exceptiongroup typing-extensions
#
# Here: vscode-extension/wheels.py resolves with uv, downloads with `pip download --no-deps`.
set -euo pipefail
python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "needs Python 3.11"; exit 1; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
python=$folder/venv/bin/python
"$python" -m pip install --quiet --disable-pip-version-check pip==26.3 uv==0.13.9 2> "$folder/log"

"$python" -m pip download --quiet --only-binary :all: --python-version 3.10 \
  --dest "$folder/wheels" cattrs==26.2.1 2>> "$folder/log"
pip=$(cd "$folder/wheels" && ls | sed 's/-.*//' | sort | xargs)
uv=$(echo cattrs==26.2.1 | "$python" -m uv pip compile --quiet --no-header --no-annotate \
  --python-version 3.10 - | sed 's/==.*//' | sort | xargs)
echo "pip: $pip"
echo "uv: $uv"
[ "$pip" = "attrs cattrs typing_extensions" ]
[ "$uv" = "attrs cattrs exceptiongroup typing-extensions" ]
