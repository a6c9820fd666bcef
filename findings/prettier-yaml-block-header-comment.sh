#!/usr/bin/env bash
# prettier 3.10.1 (npm), PyYAML 6.0.3 (PyPI); 2026-11-29.
#
# A comment behind the `|` of a block scalar whose text begins with an empty line: each run of
# Prettier adds one more empty line, which belongs to the value. With "format on save" the value
# grows with every save.
#
#     a: | # note        a: | # note        a: | # note
#
#       text                                ...
#                          text
#
# values: '\ntext\n', '\n\ntext\n', '\n\n\ntext\n'
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund prettier@3.10.1 >/dev/null
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check PyYAML==6.0.3 2>/dev/null

printf 'a: | # note\n\n  text\n' > 0.yaml
npx --no-install prettier 0.yaml > 1.yaml
npx --no-install prettier 1.yaml > 2.yaml
values() { venv/bin/python -c 'import sys, yaml; print([yaml.safe_load(open(f))["a"] for f in sys.argv[1:]])' "$@"; }
values 0.yaml 1.yaml 2.yaml
[ "$(values 0.yaml 1.yaml 2.yaml)" = "['\\ntext\\n', '\\n\\ntext\\n', '\\n\\n\\ntext\\n']" ]
