#!/usr/bin/env bash
# prettier 3.10.1 (npm), PyYAML 6.0.3 (PyPI); 2026-11-29.
#
# In double quotes `\ ` is a space that stays where YAML folds a line. Prettier trims each line of a
# quoted text, so the space goes, and the backslash that is left escapes the line break instead:
#
#     a: "one\              a: "one\
#       two"                  two"
#         ^ there is a space behind the backslash on the left
#
# before: 'one  two'    after: 'onetwo'
#
# The trim is JavaScript's, which also removes a no-break space (U+00A0) at the end of a line, in
# plain and single-quoted texts too: 'one<U+00A0>\n two' is 'one\xa0 two' before and 'one two' after.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund prettier@3.10.1 >/dev/null
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check PyYAML==6.0.3 2>/dev/null

value() { venv/bin/python -c 'import sys, yaml; print(ascii(yaml.safe_load(open(sys.argv[1], encoding="utf-8"))["a"]))' "$1"; }
printf 'a: "one\\ \n  two"\n' > escaped.yaml
printf 'a: one\302\240\n  two\n' > no-break.yaml
for name in escaped no-break; do
  npx --no-install prettier $name.yaml > $name.after.yaml
  value $name.yaml
  value $name.after.yaml
done
[ "$(value escaped.yaml)" = "'one  two'" ]
[ "$(value escaped.after.yaml)" = "'onetwo'" ]
[ "$(value no-break.yaml)" = "'one\\xa0 two'" ]
[ "$(value no-break.after.yaml)" = "'one two'" ]
