"""Rounds of fixes, with findings made by hand: what touches, what undoes itself, what breaks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amp_lint.linter import fixer
from amp_lint.linter.engine import Report, Settings
from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.fixer import MAX_ROUNDS, fix_source, safe_edits
from amp_lint.text.edits import Applicability, Edit, Fix, apply, joined
from amp_lint.text.source import Source, Span

Change = tuple[str, str, Applicability]
SAFE, UNSAFE = Applicability.SAFE, Applicability.UNSAFE


@pytest.fixture
def linting(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """Make lint find each pattern and fix it with its replacement; return the linted texts."""

    def use(*changes: Change, unreadable: str = "!") -> list[str]:
        texts: list[str] = []

        def findings(text: str) -> Iterator[Finding]:
            for pattern, replacement, applicability in changes:
                for match in re.finditer(pattern, text):
                    span = Span(*match.span())
                    fix = Fix("Change", (Edit(span, match.expand(replacement)),), applicability)
                    yield Finding("r", Severity.ERROR, "wrong", span, "$", fixes=(fix,))

        def lint(source: Source, _: Settings) -> Report:
            texts.append(source.text)
            found = sorted(findings(source.text), key=lambda finding: finding.span)
            return Report(source, tuple(found), parses=unreadable not in source.text)

        monkeypatch.setattr("amp_lint.linter.fixer.lint", lint)
        return texts

    return use


def fixed(text: str, *, unsafe: bool = False) -> tuple[str, int]:
    outcome = fix_source(Source.from_text(text), unsafe=unsafe)
    return outcome.report.source.text, outcome.fixed


def test_all_fixes_that_do_not_touch_are_made_in_one_round(linting: Callable) -> None:
    texts = linting(("a", "b", SAFE))
    assert fixed("a a a") == ("b b b", 3)
    assert texts == ["a a a", "b b b"]


def test_what_touches_waits_for_the_next_round(linting: Callable) -> None:
    texts = linting(("ax", "b", SAFE), ("(?<=x)c", "d", SAFE))
    assert fixed("axc c") == ("bc c", 1)
    assert texts == ["axc c", "bc c"]


@pytest.mark.parametrize(
    ("objects", "item", "end"),
    [
        ("[{objectName: lead, destination: d}]", "{{objectName: {name}, deleteEvent: *on}}", "]"),
        ("\n  - objectName: lead", "\n  - objectName: {name}\n    deleteEvent: *on", ""),
    ],
    ids=["flow", "block"],
)
def test_many_items_for_one_list_are_added_at_once(objects: str, item: str, end: str) -> None:
    names = [f"custom{number}" for number in range(3 * MAX_ROUNDS)]
    missing = (", " if end else "").join(item.format(name=name) for name in names)
    text = f"""\
specVersion: 1.0.0
integrations:
- name: crm
  provider: salesforce
  subscribe:
    objects: {"[" if end else ""}{missing.replace(chr(10), chr(10) + "  ")}{end}
  read:
    objects: {objects.replace(chr(10), chr(10) + "  ")}
""".replace("*on", "&on {enabled: always}", 1)
    outcome = fix_source(Source.from_text(text), unsafe=True)
    added = outcome.report.source.text.partition("read:")[2]
    assert outcome.report.parses
    assert re.findall(r"objectName: (\w+)", added) == ["lead", *names]


def test_an_item_is_added_once(linting: Callable) -> None:
    linting(("(?<=a)$", "\n - x: Y\n   z: 1", SAFE), ("(?<=a)$", "\n - x: y\n   z: 2", SAFE))
    assert fixed("a") == ("a\n - x: Y\n   z: 1", 1)


def test_what_a_fix_brings_to_light_is_mended_too(linting: Callable) -> None:
    linting(("a", "b", SAFE), ("b", "c", SAFE))
    assert fixed("a") == ("c", 2)


def test_unsafe_fixes_are_made_only_when_asked_for(linting: Callable) -> None:
    linting(("a", "b", UNSAFE), ("c", "d", SAFE))
    assert fixed("ac") == ("ad", 1)
    assert fixed("a c", unsafe=True) == ("b d", 2)


def test_fixes_that_undo_each_other_end(linting: Callable) -> None:
    texts = linting(("a", "b", SAFE), ("b", "a", SAFE))
    assert fixed("a") == ("b", 1)
    assert len(texts) == 2


def test_fixes_without_an_end_are_bounded(linting: Callable) -> None:
    texts = linting(("a$", "aa", SAFE))
    text, count = fixed("a")
    assert (len(text), count) == (MAX_ROUNDS + 1, MAX_ROUNDS)
    assert len(texts) == MAX_ROUNDS + 1


def test_a_round_that_breaks_the_text_is_taken_back_and_told(linting: Callable) -> None:
    linting(("a", "b", SAFE), ("b", "!", SAFE))
    outcome = fix_source(Source.from_text("a"))
    assert (outcome.report.source.text, outcome.fixed) == ("b", 1)
    assert "cannot be read" in outcome.report.notices[0].message


def test_text_that_stays_unreadable_is_left_alone(linting: Callable) -> None:
    linting(("a", "b", SAFE))
    outcome = fix_source(Source.from_text("a !"))
    assert (outcome.report.source.text, outcome.fixed) == ("a !", 0)
    assert len(outcome.report.findings) == 1


def test_text_that_becomes_readable_is_kept(linting: Callable) -> None:
    linting(("a", "b", SAFE), ("!", "", SAFE))
    assert fixed("a !") == ("b ", 2)


def test_a_byte_order_mark_and_the_name_stay(linting: Callable) -> None:
    linting(("a", "b", SAFE))
    outcome = fix_source(Source.from_bytes(b"\xef\xbb\xbfa", "x.amp.yaml"))
    assert outcome.report.source.bom
    assert outcome.report.source.path == "x.amp.yaml"
    assert outcome.report.source.text == "b"


def test_the_edits_of_all_rounds_are_told_as_edits_of_the_first_text(linting: Callable) -> None:
    linting(("a", "bb", SAFE), ("bb", "c", SAFE), ("d", "", SAFE))
    report = fixer.lint(Source.from_text("xaxdxax"), Settings())
    edits, _ = safe_edits(report, Settings())
    assert [(edit.span, edit.text) for edit in edits] == [
        ((1, 2), "c"),
        ((3, 4), ""),
        ((5, 6), "c"),
    ]


def test_in_text_that_stays_unreadable_one_round_is_made(linting: Callable) -> None:
    linting(("a", "b", SAFE), ("b", "c", SAFE))
    report = fixer.lint(Source.from_text("a !"), Settings())
    assert apply("a !", safe_edits(report, Settings())[0]) == "b !"


@given(st.text(max_size=30), st.lists(st.lists(st.tuples(st.integers(0, 9), st.text(max_size=3)))))
def test_joined_rounds_make_the_same_text(text: str, plans: list[list[tuple[int, str]]]) -> None:
    made, rounds = text, []
    for plan in plans:
        at, edits = 0, []
        for width, put in plan:
            start, end = min(at + width // 3, len(made)), min(at + width, len(made))
            edits.append(Edit(Span(start, end), put))
            at = end
        rounds.append(edits)
        made = apply(made, edits)
    one = joined(rounds, len(text))
    assert apply(text, one) == made
    assert all(first.span.end < second.span.start for first, second in pairwise(one))
