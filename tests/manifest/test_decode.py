"""What the platform reads: the verdict and the values of its deploy tool."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from amp_lint.linter.engine import Settings, judge, lint
from amp_lint.linter.finding import Severity
from amp_lint.manifest.decode import refusals
from amp_lint.manifest.decode.missing import missing
from amp_lint.manifest.decode.values import Decoder, Value, plain
from amp_lint.text.source import Source
from amp_lint.yaml.nodes import Mapping, Scalar, Sequence
from amp_lint.yaml.reader import read
from amp_schema.manifest_schema import root

CASES: list[dict[str, Any]] = json.loads(
    Path(__file__).with_name("decoder_cases.json").read_text("utf-8")
)
# Rules that say that a text, or a value in it, cannot be read.
READING = ("yaml-syntax", "yaml-unsupported", "invalid-type", "invalid-value")


def decoded(text: str, *, pure: bool = False) -> tuple[str | None, object]:
    """The verdict, `parse`, `validate` or None, and the values as plain data."""
    document = read(Source.from_text(text), pure=pure)
    decoder = Decoder()
    value = decoder.value(document.root, root()) if document.root is not None else None
    if not document.parses or decoder.refusals or refusals(document):
        return "parse", None
    data = plain(value) if value is not None else {}
    assert isinstance(data, dict)
    return ("validate" if any(missing(data)) else None), data


def comparable(value: object) -> object:
    """A value without what the table leaves out: empty text, null, empty mappings."""
    if isinstance(value, dict):
        kept = {key: comparable(one) for key, one in value.items()}
        return {
            key: one
            for key, one in kept.items()
            if one not in ("", None, {}) and (key, one) != ("inheritFieldsAndMapping", False)
        }
    if isinstance(value, list):
        return [comparable(one) for one in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


@pytest.mark.parametrize("pure", [False, True], ids=["C", "pure"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_verdict_and_value(case: dict[str, Any], pure: bool) -> None:
    verdict, value = decoded(case["text"], pure=pure)
    assert verdict == case.get("refused")
    if verdict is None:
        assert comparable(value) == comparable(case["manifest"])


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_a_refused_file_has_an_error_and_no_other_is_called_unreadable(
    case: dict[str, Any],
) -> None:
    report = lint(Source.from_text(case["text"]))
    errors = {one.rule for one in report.findings if one.severity is Severity.ERROR}
    if case.get("refused") == "parse":
        assert errors.intersection(READING)
    elif case.get("refused") == "validate":
        assert errors
    else:
        assert not errors.intersection(("yaml-syntax", "yaml-unsupported"))
        assert report.parses


@pytest.mark.parametrize(
    ("data", "fatal"),
    [
        ("specVersion: 1.0.0\n".encode("utf-16"), False),
        (b"# caf\xe9\nspecVersion: 1.0.0\n", True),
    ],
    ids=["utf-16", "a byte that is not UTF-8"],
)
def test_bytes(data: bytes, fatal: bool) -> None:
    document = read(Source.from_bytes(data))
    assert [one.fatal for one in document.faults] == [fatal]


def facts(shared: Path) -> list[dict[str, Any]]:
    with gzip.open(shared / "facts" / "decoder.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def test_the_whole_table(shared: Path) -> None:
    wrong: list[str] = []
    for row in facts(shared):
        verdict, value = decoded(row["text"])
        wanted = row.get("refused")
        # Keys at the top that are indented by mistake end the document: said as a syntax error.
        same = verdict == wanted or (verdict, wanted) == ("parse", "validate")
        if same and verdict is None:
            same = comparable(value) == comparable(row["manifest"])
        if not same:
            wrong.append(row["id"])
    assert wrong == []


def test_the_verdict_on_the_whole_table(shared: Path) -> None:
    rules = Settings(
        select=frozenset((*READING, "required-field", "integration-structure", "spec-version"))
        | {"read-objects", "write-objects", "subscribe-objects"}
    )
    wrong: list[str] = []
    for row in facts(shared):
        report = judge(read(Source.from_text(row["text"])), rules)
        errors = {one.rule for one in report.findings if one.severity is Severity.ERROR}
        if row.get("refused") == "parse":
            right = bool(errors.intersection(READING))
        elif row.get("refused") == "validate":
            right = bool(errors)
        else:
            right = not errors.intersection(("yaml-syntax", "yaml-unsupported"))
        if not right or report.notices:
            wrong.append(row["id"])
    assert wrong == []


def leaves(value: Value) -> Iterator[Value]:
    data = value.data
    children: list[Value] = []
    if isinstance(data, dict):
        children = [*data.values()]
    elif isinstance(data, list):
        children = data
    yield value
    for child in children:
        yield from leaves(child)


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_every_value_knows_the_characters_it_comes_from(case: dict[str, Any]) -> None:
    source = Source.from_text(case["text"])
    document = read(source)
    if document.root is None or not document.parses:
        return
    value = Decoder().value(document.root, root())
    for one in leaves(value) if value is not None else ():
        start, end = one.node.span
        assert 0 <= start <= end <= len(source.text)
        kinds = {dict: Mapping, list: Sequence}
        if one.data not in ("", None) and type(one.data) in kinds and one.data:
            assert isinstance(one.node, kinds[type(one.data)])
        elif isinstance(one.data, str) and isinstance(one.node, Scalar) and not one.node.tag:
            same = one.node.value == one.data
            assert same or not isinstance(one.node.data, str)
