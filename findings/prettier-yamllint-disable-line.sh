#!/usr/bin/env bash
# prettier 3.10.1 (npm), yamllint 1.38.0 (PyPI); 2026-11-29.
#
# yamllint's `# yamllint disable-line rule:X`, alone on a line, is for the next line. Prettier moves a
# comment that is the first thing below a dash onto the line of the dash. There it is "behind
# something", so it is for that line, and the problem on the next line is reported again:
#
#     -                                                 - # yamllint disable-line rule:truthy
#       # yamllint disable-line rule:truthy               enabled: yes
#       enabled: yes
#
# Any tool whose comments cover "the next line" or "this line" meets this.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund prettier@3.10.1 >/dev/null
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check yamllint==1.38.0 2>/dev/null

printf -- '---\n-\n  # yamllint disable-line rule:truthy\n  enabled: yes\n' > before.yaml
npx --no-install prettier before.yaml > after.yaml
cat after.yaml
lint() { venv/bin/yamllint --strict -f parsable -d '{extends: default, rules: {comments: disable}}' "$1"; }
lint before.yaml
if lint after.yaml; then exit 1; fi
(lint after.yaml || true) | grep -q '(truthy)'
