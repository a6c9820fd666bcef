"""A value of the wrong type is an error at that value, everywhere in the manifest."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from amp_lint import Severity, lint_text
from amp_lint.manifest.model import ACTIONS
from amp_schema.manifest_schema import Place, place, root

Path = tuple[str | int, ...]

# In flow style, so that any value is replaced within one line.
VALUES = {
    "object": "{xyzzy: 1}",
    "array": "[xyzzy]",
    "string": '"xyzzy"',
    "integer": "7",
    # The platform writes it back with one digit less; `7.5` would lose nothing, so it is accepted.
    "number": "7.50",
    "boolean": "true",
    "empty object": "{}",
    "empty array": "[]",
}
# The name of each type in messages; for plain numbers and booleans there is another rule.
FITS = {
    "object": {"object", "empty object"},
    "array": {"array", "empty array"},
    "string": {"string"},
    "integer": {"integer"},
    "boolean": {"boolean"},
}


def places(here: Place, path: Path = ()) -> Iterator[tuple[Path, Place]]:
    """Yield each place of the schema with its path; a sequence is represented by its first item."""
    yield path, here
    for key, inner in here.properties.items():
        yield from places(inner, (*path, key))
    if here.item is not None:
        yield from places(here.item, (*path, 0))


def manifest(path: Path, value: str) -> tuple[str, int]:
    """Return a manifest in flow style with a value at a path, and the offset of that value. The
    mappings on the path have their other required keys, so that little else is wrong."""
    before, after = "", ""
    for depth, step in enumerate(path):
        if isinstance(step, int):
            before, after = before + "[", "]" + after
            continue
        above: Any = place(path[:depth])
        needed = [key for key in above.required if key != step]
        others = "".join(f"{key}: {sample(above.properties[key])}, " for key in needed)
        before, after = f"{before}{{{others}{step}: ", "}" + after
    return f"{before}{value}{after}\n", len(before)


def sample(here: Place) -> str:
    """Return a valid value for a place."""
    if here.values:
        return f'"{here.values[0]}"'
    if here.type == "object":
        inner = ", ".join(f"{key}: {sample(here.properties[key])}" for key in here.required)
        return f"{{{inner}}}"
    if here.type == "array" and here.item is not None:
        return f"[{sample(here.item)}]"
    return {"string": '"text"', "integer": "100", "boolean": "true"}[here.type]


def cases() -> Iterator[Any]:
    for path, here in places(root()):
        for kind, value in VALUES.items():
            if kind not in FITS[here.type]:
                where = ".".join(map(str, path)) or "top"
                yield pytest.param(path, value, id=f"{where}-{kind.replace(' ', '-')}")


@pytest.mark.parametrize(("path", "value"), list(cases()))
def test_a_wrong_type_is_an_error_at_the_value(path: Path, value: str) -> None:
    text, start = manifest(path, value)

    report = lint_text(text)

    assert not report.notices, report.notices[0].traceback
    inside = [
        finding
        for finding in report.findings
        if start <= finding.span.start <= finding.span.end <= start + len(value)
    ]
    assert any(_is_loud(finding.severity, value) for finding in inside), (text, report.findings)


def _is_loud(severity: Severity, value: str) -> bool:
    # A whole number or boolean in place of a string arrives as that string: only a warning.
    return severity is Severity.ERROR or (value in ("7", "true") and severity is Severity.WARNING)


def test_every_place_is_tried() -> None:
    tried = {path for path, _ in places(root())}

    assert len(tried) > 60
    assert {("integrations", 0, action) for action in ACTIONS} <= tried
