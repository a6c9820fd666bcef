"""At every place of the manifest, every value of a wrong type is an error at that value."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from amp_lint import Severity, lint_text
from amp_lint.manifest.model import ACTIONS
from amp_schema.manifest_schema import Place, place, root

Path = tuple[str | int, ...]

# Written in flow style, so that one line replaces a value whatever stood there.
VALUES = {
    "object": "{xyzzy: 1}",
    "array": "[xyzzy]",
    "string": '"xyzzy"',
    "integer": "7",
    # Written back it has a digit less: were it `7.5`, nothing would be lost and little be said.
    "number": "7.50",
    "boolean": "true",
    "empty object": "{}",
    "empty array": "[]",
}
# What a value of each type is taken for; text without quotes is a number's or boolean's own rule.
FITS = {
    "object": {"object", "empty object"},
    "array": {"array", "empty array"},
    "string": {"string"},
    "integer": {"integer"},
    "boolean": {"boolean"},
}


def places(here: Place, path: Path = ()) -> Iterator[tuple[Path, Place]]:
    """Every place of the schema, by the path to it; the first item stands for a list."""
    yield path, here
    for key, inner in here.properties.items():
        yield from places(inner, (*path, key))
    if here.item is not None:
        yield from places(here.item, (*path, 0))


def manifest(path: Path, value: str) -> tuple[str, int]:
    """A manifest in flow style with a value at a path, and the offset of that value. What leads
    there has the other keys it needs, so that little else is wrong."""
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
    """A value that fits a place."""
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
    # A whole number where text is due arrives as that text: a warning, as the catalogue has it.
    return severity is Severity.ERROR or (value == "7" and severity is Severity.WARNING)


def test_every_place_is_tried() -> None:
    tried = {path for path, _ in places(root())}

    assert len(tried) > 60
    assert {("integrations", 0, action) for action in ACTIONS} <= tried
