"""The text report on narrow and wide terminals, and the diff of a fix."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amp_lint.linter.engine import Report, lint
from amp_lint.reporters import Run, load
from amp_lint.reporters.console import Console
from amp_lint.reporters.fix_preview import changed_lines
from amp_lint.text.edits import Edit, Fix, apply
from amp_lint.text.source import Source, Span

MakeReport = Callable[..., Report]
TEXT = """\
specVersion: 1.0.0
integrations:
  - name: crm-sync
    provider: hubspot
    read:
      objects:
        - objectName: contacts
          destination: contactWebhook
          schedule: "*/13 * * * *"
          requiredField:
            - fieldName: email
"""


def printed(run: Run, console: Console) -> list[str]:
    return list(load("text")(run, console))


def words_of(lines: list[str]) -> list[str]:
    """All words, without the margins."""
    return " ".join(re.sub(r"^ *\d* \|", "", line) for line in lines).split()


@pytest.mark.parametrize("width", [60, 80, 120])
def test_real_findings_fit_the_terminal(width: int) -> None:
    run = Run((lint(Source.from_text(TEXT)),))
    lines = printed(run, Console(width=width))
    assert max(map(len, lines)) <= width
    assert words_of(lines) == words_of(printed(run, Console()))


def test_a_quoted_text_stays_on_one_line_if_it_fits() -> None:
    console = Console(width=40)
    text = "the platform allows 10; write `*/15 * * * *` or `0 * * * *` instead"
    assert console.wrap(text) == [
        "the platform allows 10; write",
        "  `*/15 * * * *` or `0 * * * *` instead",
    ]
    long = f"write `{'a b ' * 20}`"
    assert len(console.wrap(long)) > 2
    assert console.wrap("an open ` quote, then words to wrap at any space")[0].endswith("wrap at")


@settings(max_examples=100, deadline=None)
@given(
    line=st.text("ab: 日\t\x1b", min_size=1, max_size=200),
    data=st.data(),
    label=st.text("ab ", max_size=60),
)
def test_no_excerpt_is_wider_than_the_terminal(line: str, data: st.DataObject, label: str) -> None:
    start = data.draw(st.integers(0, len(line)))
    end = data.draw(st.integers(start, len(line)))
    report = lint(Source.from_text("a"))
    source = Source.from_text(f"x\n{line}")
    finding = report.findings[0]
    span = Span(min(start + 2, len(source.text)), min(end + 2, len(source.text)))
    made = Report(source, (replace(finding, span=span, label=" ".join(label.split()), fixes=()),))
    console = Console(width=60)
    rows = [row for row in printed(Run((made,)), console) if re.match(r"[ \d]+ \|", row)]
    for row in rows:
        # Signs below a single wide character or escape may go past the edge.
        assert console.columns(row) <= 60 + 10


def test_a_label_without_room_goes_below_its_underline(make_report: MakeReport) -> None:
    text = "schedule: " + "a" * 20 + "\n"
    label = "fires at minutes 0 13 26 39 52 of each hour"
    found = {"at": "a" * 20, "label": label}
    lines = printed(Run((make_report(text, found),)), Console(width=60))
    at = next(number for number, line in enumerate(lines) if "^" in line)
    assert lines[at : at + 2] == [
        "  |           " + "^" * 20,
        "  |           fires at minutes 0 13 26 39 52 of each hour",
    ]


def test_the_line_above_is_shown_unless_it_is_blank(make_report: MakeReport) -> None:
    report = make_report("first: 1\nsecond: 2\n\nthird: 3\n", {"at": "second"}, {"at": "third"})
    rows = [line for line in printed(Run((report,)), Console()) if re.match(r"\d \|", line)]
    assert rows == ["1 | first: 1", "2 | second: 2", "4 | third: 3"]


def test_of_a_large_fix_the_first_lines_are_shown(make_report: MakeReport) -> None:
    added = "".join(f"key{number}: 1\n" for number in range(20))
    report = make_report("a: b\nc: d\n", {"at": "a", "fixes": [("Add", "safe", [("a", added)])]})
    lines = printed(Run((report,)), Console())
    assert sum(re.match(r" ?\d+ [-+] ", line) is not None for line in lines) == 8
    assert "..." in lines


@given(st.data())
def test_the_diff_of_a_fix_turns_the_text_into_the_fixed_one(data: st.DataObject) -> None:
    text = data.draw(st.text("ab\n", max_size=30))
    places = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=6)))
    pieces = st.text("ab\n", max_size=5)
    edits = tuple(
        Edit(Span(start, end), data.draw(pieces))
        for start, end in zip(places[::2], places[1::2], strict=False)
    )
    lines = text.split("\n")
    changes = list(changed_lines(Source.from_text(text), Fix("Fix", edits)))
    for change in sorted((one for one in changes if one.sign == "-"), key=lambda c: -c.number):
        assert lines.pop(change.number - 1) == change.text
    for change in (one for one in changes if one.sign == "+"):
        lines.insert(change.number - 1, change.text)
    assert "\n".join(lines) == apply(text, edits)
