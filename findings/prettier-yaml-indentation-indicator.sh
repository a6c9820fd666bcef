#!/usr/bin/env bash
# prettier 3.10.1 (npm), PyYAML 6.0.3 (PyPI); 2026-11-29.
#
# A block scalar can say how far it is indented (`|2`), which is needed when its text begins with
# spaces. Prettier re-indents the mapping around it, but leaves the lines of such a block scalar in
# the column where they are, and its number as it is. In a file that is indented by 4, formatting
# therefore adds spaces to the value:
#
#     server:                            server:
#         motd: |2                         motd: |2
#               hello                                hello
#
# before: {'server': {'motd': '    hello\n'}}    after: {'server': {'motd': '      hello\n'}}
#
# Deeper in, the lines can end up in front of their key, and the result is another document or none.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund prettier@3.10.1 >/dev/null
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check PyYAML==6.0.3 2>/dev/null

printf 'server:\n    motd: |2\n          hello\n' > before.yaml
npx --no-install prettier before.yaml > after.yaml
cat after.yaml
value() { venv/bin/python -c 'import sys, yaml; print(yaml.safe_load(open(sys.argv[1])))' "$1"; }
value before.yaml
value after.yaml
[ "$(value before.yaml)" = "{'server': {'motd': '    hello\n'}}" ]
[ "$(value after.yaml)" = "{'server': {'motd': '      hello\n'}}" ]
