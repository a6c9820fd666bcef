"""What fixes never do, judged by what the platform reads before and after."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from amp_lint import decode_text
from amp_lint.linter.engine import Report, Settings, lint
from amp_lint.linter.fixer import Fixed, fix_report
from amp_lint.manifest.decode.values import Decoder, Value
from amp_lint.text.edits import Edit, joined
from amp_lint.text.source import Source, Span
from amp_lint.yaml.reader import read
from amp_schema.manifest_schema import root

from .mutations import MUTATIONS
from .seeds import seeds

LONGEST = 6000
MUTANTS = 250
# The rules whose fixes delete a value: one of two that are equal (or would be, without a typo), one
# of two that exclude each other, and one that switches off what it belongs to.
DELETING = (
    *("duplicate-", "yaml-duplicate-key", "field-kind-exclusive", "backfill-config"),
    *("delivery-mode", "update-event-watch-fields", "always-enabled-fields", "invalid-value"),
    *("write-inherit-mapping", "snowflake-backfill", "merge-order", "yaml-syntax"),
    *("watch-field-undeclared", "other-event-standard"),
)
Leaf = tuple[tuple[str, ...], object]


def values(text: str) -> list[tuple[Leaf, Span]] | None:
    """Return the scalars that the platform reads, by the keys above them, each with its place; None
    if it refuses the text. With an alias a value would have several places."""
    document = read(Source.from_text(text))
    if document.root is None or document.aliases or decode_text(text).manifest is None:
        return None
    return list(leaves(Decoder().value(document.root, root()), ()))


def leaves(value: object, way: tuple[str, ...]) -> Iterator[tuple[Leaf, Span]]:
    if not isinstance(value, Value):
        return
    if isinstance(value.data, dict):
        for key, inner in value.data.items():
            yield from leaves(inner, (*way, key))
    elif isinstance(value.data, list):
        for inner in value.data:
            yield from leaves(inner, way)
    elif value.data is not None:
        yield (way, value.data), value.node.span


def check_fixes(text: str, *, unsafe: bool) -> bool:
    """Check a run of fixes; whether it changed the text."""
    before = values(text)
    report = lint(Source.from_text(text))
    fixed = fix_report(report, Settings(), unsafe=unsafe)
    after = fixed.report.source.text
    if not report.findings:
        assert after == text, "a clean file was changed"
    if after == text or before is None:
        return after != text
    left = values(after)
    # An unsafe fix may rename a key that was ignored, and what is under it lacks something.
    assert unsafe or left is not None, f"now refused\n{text}\n{after}"
    if left is None:
        return True
    edits = joined(fixed.rounds, len(text))
    rules = {one.rule for one in fixed.applied}
    if "merge-order" not in rules:
        gone = Counter(leaf for leaf, span in before if not is_touched(span, edits))
        gone -= Counter(leaf for leaf, _ in left)
        assert not gone, f"{gone}, which no fix was about\n{text}\n{after}"
    deleted = [span for _, span in before if is_deleted(span, edits)]
    assert not deleted or any(one.startswith(DELETING) for one in rules), (rules, text, after)
    check_counts(report, fixed)
    return True


def is_touched(span: Span, edits: tuple[Edit, ...]) -> bool:
    return any(edit.span.start <= span.end and edit.span.end >= span.start for edit in edits)


def is_deleted(span: Span, edits: tuple[Edit, ...]) -> bool:
    return any(
        not edit.text and edit.span.start <= span.start and edit.span.end >= span.end
        for edit in edits
        if span.end > span.start
    )


def check_counts(report: Report, fixed: Fixed) -> None:
    """Check that no integration, object or field is lost but as a duplicate."""
    if any("duplicate" in one.rule for one in fixed.applied):
        return
    before, after = (counts(one.source.text) for one in (report, fixed.report))
    assert not before - after, f"{before - after} lost\n{report.source.text}"


def counts(text: str) -> Counter[str]:
    """Return how many names there are of integrations, objects and fields."""
    names = (way[-1] for (way, _), _ in values(text) or ())
    return Counter(name for name in names if name in ("name", "objectName", "fieldName"))


@pytest.mark.parametrize("unsafe", [False, True], ids=["safe", "unsafe"])
def test_fixes_of_examples_and_real_manifests(unsafe: bool, shared: Path) -> None:
    texts = [text for text in seeds(shared) if len(text) < LONGEST]
    assert sum(check_fixes(text, unsafe=unsafe) for text in texts) > 20


@pytest.mark.parametrize("unsafe", [False, True], ids=["safe", "unsafe"])
def test_fixes_of_mutants(unsafe: bool, shared: Path) -> None:
    texts = [text for text in seeds(shared) if len(text) < LONGEST]
    random = Random(f"fixes {unsafe}")
    changed = 0
    for _ in range(MUTANTS):
        text = random.choice(texts)
        for _ in range(random.choice((1, 1, 2, 3))):
            text = random.choice(MUTATIONS)(text, random, texts)
        text = text.encode("utf-8", "replace").decode()
        changed += check_fixes(text, unsafe=unsafe)
    assert changed > 10
