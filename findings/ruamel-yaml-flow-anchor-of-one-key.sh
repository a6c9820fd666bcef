#!/usr/bin/env bash
# ruamel.yaml 0.19.1 (PyPI, pure and C emitter but for `safe` with C), PyYAML 6.0.3; 2026-11-30.
#
# A mapping of one key that occurs twice in the data, dumped in flow style inside a sequence, is
# written in the compact form, and its anchor ends up in front of the key:
#
#     {"a": [shared], "b": [shared]}   ->   {a: [&id001 fieldName: email], b: [*id001]}
#
# There `&id001` is the anchor of the key, so the alias stands for the text `fieldName`. ruamel.yaml
# itself and PyYAML read {"a": [{"fieldName": "email"}], "b": ["fieldName"]}: the second mapping is
# lost without an error. PyYAML writes `[&id001 {fieldName: email}]`, which reads back as it was.
# Found by a property test that writes manifests in many ways and reads them again.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check ruamel.yaml==0.19.1 PyYAML==6.0.3
"$folder/venv/bin/python" - <<'END'
import io

import yaml as pyyaml
from ruamel.yaml import YAML

shared = {"fieldName": "email"}
data = {"a": [shared], "b": [shared]}
lost = {"a": [{"fieldName": "email"}], "b": ["fieldName"]}

for kind in ("rt", "safe"):
    writer = YAML(typ=kind, pure=True)
    writer.default_flow_style = True
    stream = io.StringIO()
    writer.dump(data, stream)
    text = stream.getvalue()
    assert text == "{a: [&id001 fieldName: email], b: [*id001]}\n", text
    assert YAML(typ="safe", pure=True).load(text) == lost
    assert pyyaml.safe_load(text) == lost

assert pyyaml.safe_load(pyyaml.safe_dump(data, default_flow_style=True)) == data
print("as stated")
END
