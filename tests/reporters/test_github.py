"""Annotations: no more than GitHub shows, the worst first, and no command but ours."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from amp_lint.linter.engine import Report
from amp_lint.reporters import Run, load
from amp_lint.reporters.console import Console
from amp_lint.reporters.github import MAX_ANNOTATIONS

MakeReport = Callable[..., Report]


def lines_of(run: Run) -> list[str]:
    return list(load("github")(run, Console()))


def test_the_first_ten_of_each_severity_are_annotations_errors_first(
    make_report: MakeReport,
) -> None:
    text = "".join(f"key{number:02}: 1\n" for number in range(36))
    levels = ["info", "warning", "error"] * 12
    found = [{"at": f"key{number:02}", "severity": level} for number, level in enumerate(levels)]
    lines = lines_of(Run((make_report(text, *found),)))
    commands = [re.match(r"::(\w+) ", line) for line in lines]
    names = [command[1] for command in commands if command]
    assert names == [name for name in ("error", "warning", "notice") for _ in range(10)]
    assert MAX_ANNOTATIONS == 10
    others = [line for line in lines[30:] if re.match(r"(error|warning|info): amp.yaml:", line)]
    assert [line.split(":")[0] for line in others] == ["error"] * 2 + ["warning"] * 2 + ["info"] * 2
    assert lines[-1] == "12 errors, 12 warnings, 12 infos in 1 manifest"


@pytest.mark.parametrize("text", ["::error::x", "##[error]x", "a ##[add-mask]b", "a\n::error::x"])
def test_a_plain_line_is_no_command(text: str, make_report: MakeReport) -> None:
    found = [{"at": "a", "message": text, "rule": text}] * (MAX_ANNOTATIONS + 1)
    lines = lines_of(Run((make_report("a\n", *found, path=text),)))
    others = [line for line in lines if not line.startswith("::error file=")]
    assert len(others) == 2
    assert not any(line.lstrip().startswith("::") or "##[" in line for line in others)


def test_what_separates_properties_is_escaped(make_report: MakeReport) -> None:
    report = make_report("a\n", {"at": "a", "message": "50%, a: b\r\nc"}, path="a,b:c%.yaml")
    (command, _) = lines_of(Run((report,)))
    assert command == (
        "::error file=a%2Cb%3Ac%25.yaml,line=1,endLine=1,col=1,endColumn=2,"
        "title=amp-lint (some-rule)::"
        "a,b:c%25.yaml:1:1: error[some-rule] 50%25, a: b\\r\\nc"
    )
