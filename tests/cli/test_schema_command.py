"""`amp-lint schema`: the file as it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import amp_schema

FOLDER = Path(amp_schema.__file__).parent


@pytest.mark.parametrize("name", [[], ["manifest"]])
@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "utf-16"])
def test_the_schema_is_printed_byte_for_byte(
    name: list[str], encoding: str, spawn: Callable
) -> None:
    done = spawn("schema", *name, env={"PYTHONIOENCODING": encoding})
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == (FOLDER / "manifest.schema.json").read_bytes()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["manifets"], "there is no schema `manifets`; did you mean `manifest`?"),
        (["../manifest"], "there is no schema `../manifest`"),
        (["manifest", "manifest"], "one schema at a time"),
    ],
)
def test_wrong_use(arguments: list[str], said: str, run: Callable) -> None:
    outcome = run("schema", *arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith(f"amp-lint: {said}")
