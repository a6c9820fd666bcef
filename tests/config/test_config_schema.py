"""The published schema of the configuration: valid, documented, and the quick look keeps to it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from amp_lint.config import read_configuration
from amp_schema.config_schema import schema
from amp_schema.quick_validate import surely_valid

VALIDATOR = Draft202012Validator(schema())
KEYS = tuple(schema()["properties"])
WORDS = st.sampled_from(["", "error", "off", "never", "key-case", "a/"])
SCALARS = st.one_of(WORDS, st.integers(), st.booleans(), st.none(), st.floats(allow_nan=False))
LISTS = st.lists(SCALARS, max_size=3)
VALUES = st.one_of(SCALARS, LISTS, st.dictionaries(WORDS, st.one_of(SCALARS, LISTS), max_size=3))
TABLES = st.dictionaries(st.sampled_from([*KEYS, "other"]), VALUES, max_size=4)


def fits(table: Any) -> bool:
    return surely_valid(table, schema(), schema()["$defs"])


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(schema())


@given(TABLES)
def test_the_quick_look_accepts_nothing_that_jsonschema_refuses(table: dict[str, Any]) -> None:
    if fits(table):
        assert VALIDATOR.is_valid(table)


def test_examples_fit_and_the_quick_look_sees_it() -> None:
    for key, said in schema()["properties"].items():
        for value in [*said.get("examples", ()), *said.get("enum", ())]:
            assert VALIDATOR.is_valid({key: value}), key
            assert fits({key: value}), key


def test_every_key_is_documented(repository: Path) -> None:
    text = (repository / "docs" / "configuration.md").read_text("utf-8")
    assert re.findall(r"^### `(.+)`$", text, re.M) == list(KEYS)
    for said in schema()["properties"].values():
        assert said["description"] in text


def test_the_documented_examples_can_be_used(repository: Path, tmp_path: Path) -> None:
    file = tmp_path / "amp-lint.toml"
    page = (repository / "docs" / "configuration.md").read_text("utf-8")
    readme = (repository / "README.md").read_text("utf-8").partition("## Configuration")[2]
    for text in (page.partition("<!-- example -->")[2], readme):
        fence = re.search(r"```toml\n(.*?)```", text, re.S)
        assert fence is not None
        file.write_text(fence[1], encoding="utf-8")
        found = read_configuration(file)
        assert found.fail_on is not None
        assert "crmWebhook" in found.settings.destinations
