"""The Markdown report: a table that GitHub shows as it is meant, and never refuses."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from amp_lint.linter.engine import Report
from amp_lint.reporters import Run, load, markdown
from amp_lint.reporters.console import Console

MakeReport = Callable[..., Report]
# A job summary that is longer is refused as a whole.
GITHUB_LIMIT = 1024 * 1024


def lines_of(run: Run) -> list[str]:
    return list(load("markdown")(run, Console()))


def rows(run: Run) -> list[str]:
    return [line for line in lines_of(run) if re.match(r"\| (error|warning|info) ", line)]


def test_the_worst_come_first(make_report: MakeReport) -> None:
    levels = ["info", "error", "warning", "error"]
    found = [{"at": (at, at + 1), "severity": level} for at, level in enumerate(levels)]
    shown = [row.split(" | ")[:2] for row in rows(Run((make_report("a: b\n", *found),)))]
    assert shown == [
        ["| error", "amp.yaml:1:2"],
        ["| error", "amp.yaml:1:4"],
        ["| warning", "amp.yaml:1:3"],
        ["| info", "amp.yaml:1:1"],
    ]


@pytest.mark.parametrize(
    ("message", "cell"),
    [
        ("`a` is *not* <b>", "`a` is &#42;not&#42; &#60;b&#62;"),
        ("`*/13 * * * *` runs", "`*/13 * * * *` runs"),
        ("`a|b` | c", r"`a\|b` &#124; c"),
        ("an open ` quote", "an open &#96; quote"),
        ("`` nothing", " nothing"),
        ("see #1 and @someone", "see &#35;1 and &#64;someone"),
    ],
)
def test_a_message_keeps_its_meaning(message: str, cell: str, make_report: MakeReport) -> None:
    (row,) = rows(Run((make_report("a\n", {"at": "a", "message": message}),)))
    assert row.endswith(f"| {cell} |")
    assert len(re.findall(r"(?<!\\)\|", row)) == 5


def test_the_rule_is_a_link_to_its_page(make_report: MakeReport) -> None:
    (row,) = rows(Run((make_report("a\n", {"at": "a"}),)))
    assert "[some-rule](https://example.com/topic)" in row


@pytest.mark.parametrize("count", [4_000, 30_000])
def test_the_report_stays_below_the_limit_and_says_what_is_left_out(
    count: int, make_report: MakeReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(markdown, "MAX_BYTES", 400_000)
    found = [{"at": "a", "message": "é" * 100, "severity": "warning"}] * (count - 1)
    report = make_report("a\n", {"at": "a", "severity": "info"}, *found)
    run = Run((report,), problems=("x" * 1_000,) * 1_000, unread=1_000)
    lines = lines_of(run)
    assert len("\n".join(lines).encode()) < 410_000 < GITHUB_LIMIT
    left = count - len(rows(run))
    assert lines[-1] == f"{left} more findings; `amp-lint check` lists them all."
    assert any(re.fullmatch(r"- \d+ more problems", line) for line in lines)


def test_the_limit_leaves_room_for_other_text_of_the_step() -> None:
    assert GITHUB_LIMIT - 100_000 > markdown.MAX_BYTES


def test_a_clean_run_has_no_table(make_report: MakeReport) -> None:
    assert lines_of(Run((make_report("a\n"),))) == ["### amp-lint", "", "The manifest is clean", ""]
