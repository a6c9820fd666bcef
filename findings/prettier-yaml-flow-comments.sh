#!/usr/bin/env bash
# prettier 3.10.1 (npm), yaml 2.9.1 (npm, the parser that Prettier uses); 2026-11-29.
#
# Comments in flow collections make Prettier write YAML that nobody can read, itself included:
#
# 1. An empty sequence that holds a comment gets a comma in front of it:
#
#        - [ # none yet                 - [
#          ]                                ,
#                                           # none yet
#                                         ]
#
# 2. A comment that follows a comma at the start of a line ends up in front of the comma, which is
#    then a part of the comment, as is everything behind it:
#
#        a: { b: c                      a: { b:
#              , # note                       c
#           d: e }                            # note, d: e }
#
# The input is valid: `yaml` reads it. In both cases Prettier exits 0.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund prettier@3.10.1 yaml@2.9.1 >/dev/null

errors() {
  node -e '
    const text = require("fs").readFileSync(process.argv[1], "utf8");
    console.log(require("yaml").parseDocument(text).errors.length);' "$1"
}
printf -- '- [ # none yet\n  ]\n' > empty.yaml
printf 'a: { b: c\n          , # note\n   d: e }\n' > comma.yaml
for name in empty comma; do
  [ "$(errors $name.yaml)" = 0 ]
  npx --no-install prettier $name.yaml > $name.after.yaml
  cat $name.after.yaml
  errors $name.after.yaml
  [ "$(errors $name.after.yaml)" -gt 0 ]
done
