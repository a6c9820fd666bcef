"""Properties of every refactoring and every suppression comment that is offered, in real manifests
and in the snippets of the rules."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amp_lint.ide.refactor import refactorings_at
from amp_lint.ide.refactor.context import Refactoring
from amp_lint.ide.suppress_action import SuppressAction
from amp_lint.linter.engine import Report, lint
from amp_lint.linter.finding import Severity
from amp_lint.linter.registry import rules
from amp_lint.linter.rule_docs import rule_doc
from amp_lint.linter.suppressions import NEVER_SUPPRESSED
from amp_lint.manifest.model import manifest_of
from amp_lint.text.edits import apply
from amp_lint.text.source import Source, Span
from amp_lint.yaml.nodes import Mapping, walk
from amp_lint.yaml.reader import read

from .conftest import counts
from .test_every_fix import FENCE, SNIPPETS

# A misspelt name is misspelt wherever it is written, and a comment whose finding is gone is of no
# use. Of a section that is missing, each object that is in need of it is told once it is there.
EXPECTED = {
    "object-near-miss",
    "destination-near-miss",
    "field-near-miss",
    "unused-ignore",
    "subscribe-requires-read",
}


def snippets() -> list[object]:
    found: list[object] = []
    for rule_id, rule in rules().items():
        doc = rule_doc(rule)
        texts = [*doc.wrong, *doc.right]
        file = SNIPPETS / f"{rule_id}.md"
        if file.is_file():
            texts += [match["text"] for match in FENCE.finditer(file.read_text("utf-8"))]
        found += [
            pytest.param(text, id=f"{rule_id}-{number}") for number, text in enumerate(texts, 1)
        ]
    return found


def offered(text: str) -> list[Refactoring]:
    """Return what is offered anywhere in a text."""
    document = read(Source.from_text(text))
    places = [node for node in walk(document.root) if isinstance(node, Mapping)]
    found = (refactorings_at(document, Span(one.start, one.start)) for one in places)
    return list(dict.fromkeys(one for some in found for one in some))


def comments(text: str) -> Counter[str]:
    return Counter(re.findall(r"(?<=\s)# .*", text))


def names(text: str) -> tuple[list[str], list[str]]:
    """Return the names under which fields are delivered, and the objects of all actions."""
    integrations = manifest_of(read(Source.from_text(text)).root).integrations
    objects = [one for each in integrations for one in each.read_objects]
    fields = [one.delivered_name for each in objects for one in each.fields]
    others = [[*each.subscribe_objects, *each.write_objects] for each in integrations]
    every = [one.name for each in (objects, *others) for one in each]
    return (
        [one.value for one in fields if one is not None],
        [one.value for one in every if one is not None],
    )


def check(text: str, refactoring: Refactoring, before: list[Refactoring]) -> str:
    """Return the text after a refactoring, and check the properties of all of them."""
    spans = [edit.span for edit in refactoring.edits]
    assert spans == sorted(spans)
    assert all(before.end <= after.start for before, after in pairwise(spans))
    after = apply(text, refactoring.edits)
    was, now = lint(Source.from_text(text)), lint(Source.from_text(after))
    shown = f"{refactoring.title}\n{after}"
    assert now.parses or not was.parses, shown
    assert set(counts(now) - counts(was)) <= EXPECTED, f"{counts(now) - counts(was)}\n{shown}"
    assert not comments(text) - comments(after), shown
    assert _times(refactoring, offered(after)) < _times(refactoring, before), shown
    (fields, objects), (fields_now, objects_now) = names(text), names(after)
    if refactoring.title.startswith("Turn"):
        assert (fields_now, objects_now) == (fields, objects), shown
    else:
        assert len(list((Counter(objects_now) - Counter(objects)).elements())) == 1, shown
        assert not Counter(fields) - Counter(fields_now), shown
    return after


def _times(refactoring: Refactoring, found: list[Refactoring]) -> int:
    return sum(one.title == refactoring.title for one in found)


@pytest.mark.parametrize("text", snippets())
def test_a_refactoring_of_a_snippet_does_what_it_says(text: str) -> None:
    found = offered(text)
    for one in found:
        check(text, one, found)


@pytest.mark.parametrize("text", snippets())
def test_a_refactoring_keeps_the_line_breaks(text: str) -> None:
    text = text.replace("\n", "\r\n")
    for one in offered(text):
        after = apply(text, one.edits)
        assert "\n" not in after.replace("\r\n", ""), one.title
        assert lint(Source.from_text(after)).parses or not lint(Source.from_text(text)).parses


def test_a_refactoring_of_a_real_manifest_does_what_it_says(corpus: Path) -> None:
    files = sorted(corpus.rglob("amp.yaml"))
    titles = Counter[str]()
    for file in files:
        text = file.read_bytes().decode()
        found = offered(text)
        for one in found[:8]:
            check(text, one, found)
            titles[one.title.partition("`")[0] + one.title.rpartition("`")[2]] += 1
    assert len(titles) > 1


def suppressed(text: str) -> None:
    report = lint(Source.from_text(text))
    suppressing = SuppressAction(read(report.source))
    was = _said(report)
    for one in report.findings:
        edits = suppressing.edits(one.rule, one.span.start)
        assert (edits is None) is (one.rule in NEVER_SUPPRESSED)
        if edits is None:
            continue
        after = apply(text, edits)
        now = lint(Source.from_text(after))
        shown = f"{one.rule}: {one.message}\n{after}"
        assert now.parses is report.parses, shown
        assert _said(now)[one.rule, one.message] < was[one.rule, one.message], shown
        assert not errors(now) - errors(report), shown


def _said(report: Report) -> Counter[tuple[str, str]]:
    return Counter((one.rule, one.message) for one in report.findings)


def errors(report: Report) -> Counter[str]:
    return Counter(one.rule for one in report.findings if one.severity is Severity.ERROR)


@pytest.mark.parametrize("text", snippets())
def test_every_finding_can_be_suppressed_on_its_line(text: str) -> None:
    suppressed(text)
    suppressed(text.replace("\n", "\r\n").removesuffix("\r\n"))


@given(st.data())
def test_any_text_is_refactored_without_harm(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(SEEDS))
    at = data.draw(st.integers(0, len(text)))
    put = data.draw(st.text(alphabet="-:{}[]&*<\"'| \nab#?!", max_size=8))
    text = text[:at] + put + text[at:]
    was = lint(Source.from_text(text))
    for one in refactorings_at(read(Source.from_text(text)), Span(0, len(text))):
        now = lint(Source.from_text(apply(text, one.edits)))
        assert now.parses or not was.parses, one
    for finding in was.findings[:3]:
        edits = SuppressAction(read(was.source)).edits(finding.rule, finding.span.start)
        assert lint(Source.from_text(apply(text, edits or ()))).parses or not was.parses


SEEDS = [
    *rule_doc(rules()["subscribe-requires-read"]).wrong,
    *rule_doc(rules()["user-mapping-incomplete"]).right,
    *rule_doc(rules()["field-kind-exclusive"]).right,
]
