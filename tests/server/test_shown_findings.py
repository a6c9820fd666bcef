"""What is shown of the findings while a word is typed, on a clock of the test's own."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amp_language_server.state.shown import HOLD, ShownFindings, moved
from amp_lint import lint_text
from amp_lint.linter.finding import Finding, Related, Severity
from amp_lint.text.edits import Edit, Fix, apply
from amp_lint.text.source import Span

MANIFEST = """\
specVersion: 1.0.0
integrations:
  - name: crm
    provider: salesforce
    read:
      objects:
        - objectName: account
          destination: account-webhook
          schedule: "0 * * * *"
          requiredFields:
            - fieldName: id
        - objectName: contact
          destination: account-webhook
          schedule: "0 * * * *"
          requiredFields:
            - fieldName: id
    subscribe:
      objects:
        - objectName: account
          destination: account-webhook
          inheritFieldsAndMapping: true
          updateEvent:
            enabled: always
"""


@dataclass
class Editing:
    """A document that is typed, analysed after each key."""

    text: str = MANIFEST
    now: float = 100.0
    shown: ShownFindings = field(default_factory=ShownFindings)

    def __post_init__(self) -> None:
        self.look()

    def edit(self, start: int, end: int, text: str) -> set[str]:
        self.now += 0.15
        edit = Edit(Span(start, end), text)
        self.text = apply(self.text, [edit])
        self.shown.edited([edit], self.now)
        return self.look()

    def type(self, after: str, word: str) -> list[set[str]]:
        """Type a word behind a part of the text, a key at a time."""
        at = self.text.index(after) + len(after)
        return [self.edit(at + i, at + i, key) for i, key in enumerate(word)]

    def look(self) -> set[str]:
        self.shown.analysed()
        found = lint_text(self.text).findings
        return {one.rule for one in self.shown.of(found, self.text, self.now)}

    def all(self) -> set[str]:
        return {one.rule for one in lint_text(self.text).findings}


def with_line(after: str, indent: int) -> Editing:
    """A document with a new line in which nothing is written yet."""
    at = MANIFEST.index(after) + len(after)
    return Editing(f"{MANIFEST[:at]}\n{' ' * indent}{MANIFEST[at:]}")


def test_a_key_of_which_half_is_typed_is_not_called_wrong() -> None:
    editing = with_line("destination: account-webhook", 10)
    typed = editing.type("destination: account-webhook\n" + " " * 10, "backfill: ")

    assert {"yaml-syntax", "unknown-key"}.isdisjoint(set().union(*typed))


@pytest.mark.parametrize(
    ("after", "typed", "rule"),
    [
        ("provider: ", "x", "provider-not-supported"),
        ("requiredFiel", "x", "unknown-key"),
        ("destination: account-webhook", "s", "destination-near-miss"),
    ],
)
def test_a_wrong_name_at_the_caret_is_shown_after_a_second(
    after: str, typed: str, rule: str
) -> None:
    editing = Editing()
    (shown,) = editing.type(after, typed)
    assert rule not in shown
    assert rule in editing.all()
    assert editing.shown.rest_of_hold(editing.now) == HOLD

    editing.now += HOLD
    assert rule in editing.look()
    assert editing.shown.rest_of_hold(editing.now) == 0


def test_a_wrong_name_is_shown_when_the_caret_leaves() -> None:
    editing = Editing()
    editing.type("requiredFiel", "x")

    assert "unknown-key" in editing.type("name: crm", "2")[0]


def test_a_wrong_value_at_the_caret_is_shown_at_once() -> None:
    editing = Editing()
    (shown,) = editing.type('"0 * * * *', " *")[-1:]

    assert "schedule-syntax" in shown


@pytest.mark.parametrize("text", ["x\n", "x\r"])
def test_pasted_lines_are_not_an_unfinished_word(text: str) -> None:
    editing = Editing()
    at = MANIFEST.index("provider")
    shown = editing.edit(at, at, f"providr: y{text[1:]}    ")

    assert shown == editing.all()


def test_a_word_stays_unfinished_while_its_end_is_deleted() -> None:
    editing = Editing()
    editing.type("requiredFiel", "x")
    at = editing.text.index("requiredFielx") + len("requiredFielx")

    assert "unknown-key" not in editing.edit(at - 1, at, "")


def test_a_deletion_elsewhere_is_no_word_that_is_typed() -> None:
    editing = Editing()
    at = MANIFEST.index("requiredFields")

    assert "unknown-key" in editing.edit(at, at + 1, "")


def test_other_findings_do_not_flicker_while_a_key_is_typed() -> None:
    editing = with_line("enabled: always", 12)
    assert editing.look() == {"update-event-watch-fields"}
    typed = editing.type("enabled: always\n" + " " * 12, "description")

    assert "update-event-watch-fields" not in editing.all()
    assert all("update-event-watch-fields" in shown for shown in typed)
    editing.now += HOLD
    assert editing.look() == editing.all()


def test_a_whole_text_starts_anew() -> None:
    editing = Editing()
    editing.type("requiredFiel", "x")
    editing.shown.edited(None, editing.now)

    assert editing.look() == editing.all()
    assert editing.shown.from_then(()) == ()


def test_findings_of_an_earlier_text_are_moved() -> None:
    shown = ShownFindings()
    shown.analysed()
    shown.edited([Edit(Span(0, 0), "ab")], 0.0)
    shown.edited([Edit(Span(1, 2), "")], 0.0)
    finding = finding_at(3, 5)

    assert shown.from_then([finding]) == (finding_at(4, 6),)
    shown.edited(None, 0.0)
    assert shown.from_then([finding]) is None


def finding_at(start: int, end: int) -> Finding:
    span = Span(start, end)
    return Finding(
        "unknown-key",
        Severity.ERROR,
        "wrong",
        span,
        "$",
        related=(Related("see", span),),
        fixes=(Fix("Fix", (Edit(span, "x"),)),),
    )


TEXT = "abcdefghijklmnopqrstuvwxyz"
SPANS = st.tuples(st.integers(0, 26), st.integers(0, 26)).map(lambda pair: Span(*sorted(pair)))
EDITS = st.builds(Edit, SPANS, st.text("01", max_size=3))


@given(span=SPANS, edits=st.lists(EDITS, max_size=4))
def test_what_is_moved_keeps_its_text(span: Span, edits: list[Edit]) -> None:
    text = TEXT
    for edit in edits:
        end = min(edit.span.end, len(text))
        text = apply(text, [Edit(Span(min(edit.span.start, end), end), edit.text)])
    found = moved([finding_at(*span)], edits)

    for one in found:
        assert text[one.span.start : one.span.end] == TEXT[span.start : span.end]
        assert one.related[0].span == one.fixes[0].edits[0].span == one.span
