#!/usr/bin/env bash
# hypothesis-jsonschema 0.23.1 (the newest) with hypothesis 6.170.10 and later, 2026-11-29.
#
# `from_schema` fails for every schema of type object: it uses an internal class of Hypothesis whose
# method `more` was removed in a patch release. pip installs the two together without a word, as
# 0.23.1 asks for hypothesis>=6.84 and sets no upper bound. With 6.170.9 it works.
#
# Seen:
#   6.170.9 ok
#   6.170.10 AttributeError: 'many' object has no attribute 'more'
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"

cat > "$folder/try.py" <<'PYTHON'
import hypothesis
from hypothesis import given, settings
from hypothesis_jsonschema import from_schema

SCHEMA = {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}}


@given(from_schema(SCHEMA))
@settings(max_examples=5, database=None)
def draw(value):
    assert isinstance(value["name"], str)


try:
    draw()
    print(hypothesis.__version__, "ok")
except Exception as error:
    print(hypothesis.__version__, f"{type(error).__name__}: {error}".splitlines()[0])
PYTHON

for version in 6.170.9 6.170.10; do
  "$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
    hypothesis-jsonschema==0.23.1 "hypothesis==$version" 2> "$folder/pip.log"
  "$folder/venv/bin/python" "$folder/try.py"
done > "$folder/seen"
cat "$folder/seen"
diff - "$folder/seen" <<'EXPECTED'
6.170.9 ok
6.170.10 AttributeError: 'many' object has no attribute 'more'
EXPECTED
