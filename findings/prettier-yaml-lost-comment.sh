#!/usr/bin/env bash
# prettier 3.10.1 (npm); 2026-11-29.
#
# Below a key without a value, at the end of a document that another one follows, Prettier keeps the
# first comment and drops all that come after an empty line:
#
#     next:                    next:
#     # one                    # one
#
#     # two                    ---
#     ---                      a: 1
#     a: 1
#
# Exit code 0, no message. With a value behind the key, or without the next document, both stay.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund prettier@3.10.1 >/dev/null

printf 'next:\n# one\n\n# two\n---\na: 1\n' > before.yaml
npx --no-install prettier before.yaml > after.yaml
cat after.yaml
[ "$(cat after.yaml)" = "$(printf 'next:\n# one\n\n---\na: 1')" ]

printf 'next: 1\n# one\n\n# two\n---\na: 1\n' > value.yaml
npx --no-install prettier value.yaml | grep -q '# two'
