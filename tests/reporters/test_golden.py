"""What the reporters print, as files to read: `golden/<case>.<format>`.

After a wanted change, run with AMP_LINT_WRITE_GOLDEN=1 and review the difference.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from amp_lint.linter.engine import Report
from amp_lint.reporters import Run, load
from amp_lint.reporters.console import Console

GOLDEN = Path(__file__).parent / "golden"
FORMATS = ("text", "concise", "json", "sarif", "github", "gitlab", "junit", "markdown")
MakeReport = Callable[..., Report]

MANIFEST = """\
specVersion: 1.0.0
integrations:
  - name: crm-sync
    provider: salesforce
    read:
      objects:
        - objectName: contact
          destination: crmWebhook
          scheduel: "*/30 * * * *"
        - objectName: account
          destination: crmWebhook
          schedule: "*/13 * * * *"
"""


def typical(make: MakeReport) -> Run:
    broken = make(
        MANIFEST,
        {
            "at": "scheduel",
            "severity": "warning",
            "rule": "unknown-key",
            "message": "`scheduel` is no key of a read object; did you mean `schedule`?",
        },
        {
            "at": "*/13 * * * *",
            "rule": "schedule-minimum-interval",
            "message": "runs at :52 and :00, 8 minutes apart; the platform allows 10",
            "label": "fires at minutes 0 13 26 39 52",
        },
    )
    advice = make(
        "specVersion: 1.0.0\n",
        {"at": "1.0.0", "severity": "info", "rule": "advice", "message": "advice"},
        path="sub/crm.amp.yaml",
    )
    return Run((broken, make("specVersion: 1.0.0\n", path="clean.amp.yaml"), advice))


def fixes(make: MakeReport) -> Run:
    guess = ("Change to `*/15`", "unsafe", [("*/13 * * * *", "*/15 * * * *")])
    sure = ("Rename to `schedule`", "safe", [("scheduel", "schedule")])
    text = MANIFEST.replace("salesforce", "hubspot")
    return Run(
        (
            make(
                text,
                {"at": "scheduel", "fixes": [sure, guess]},
                {"at": "*/13 * * * *", "fixes": [guess], "message": "eight minutes"},
                {
                    "at": "hubspot",
                    "fixes": [("Take `salesforce`\x1b", "safe", [("hubspot", "salesforce")])],
                },
            ),
            make(
                "a: b\nc: d\n",
                {
                    "at": "c",
                    "message": "two edits",
                    "fixes": [("`a` away, é in", "unsafe", [("a: b\n", ""), ("d", "é\r\n")])],
                },
                path="two.amp.yaml",
            ),
        )
    )


def escapes(make: MakeReport) -> Run:
    """What means something in one format or another."""
    message = '100% <b> & "it\'s" ]]> [link](1), ::error::x {0} \\ \uffff\ufffe'
    paths = ["a b,c:d%.yaml", "é名.yaml", "/abs/x.yaml", "<stdin>", "..%2f../#?&\"'<>.yaml"]
    return Run(
        tuple(
            make("a: <&>\n", {"at": "<&>", "message": message, "rule": "x"}, path=path)
            for path in paths
        )
    )


def repeated(make: MakeReport) -> Run:
    """Equal findings, of which each needs a fingerprint of its own."""
    twice = ({"at": (0, 1), "message": "one"}, {"at": (0, 1), "message": "two"})
    return Run((make("a\n", *twice), make("a\n", *twice, path="b.amp.yaml")))


def unread(make: MakeReport) -> Run:
    problems = (
        "cannot read <gone>: no such file",
        "cannot lint odd\x1b\udcff: ValueError: & [a](b)",
    )
    return Run((make("a: b\n"),), unread=2, problems=problems)


def related(make: MakeReport) -> Run:
    names = "".join(f"- name: a{n}\n" for n in range(8))
    flow = "# {name: x}\n- {name: one, other: two}\n"
    return Run(
        (
            make(
                names,
                {
                    "at": "a6",
                    "message": "far from the first",
                    "label": "again",
                    "related": [("a0", "first used here")],
                },
                {
                    "at": "a1",
                    "message": "related places around it",
                    "related": [("a0", "before"), ("a2", "after")],
                },
                {
                    "at": "a0",
                    "message": "five related places",
                    "related": [(f"a{n}", f"use {n}") for n in range(1, 6)],
                },
                path="list.amp.yaml",
            ),
            make(
                flow,
                {
                    "at": "two",
                    "message": "both on one line",
                    "label": "here",
                    "related": [("one", "and here")],
                },
                path="flow.amp.yaml",
            ),
        )
    )


def widths(make: MakeReport) -> Run:
    lines = [
        "\tname:\tTAB",
        "名前: WIDE",
        "emoji 😀: EMOJI",
        "e\u0301e\u0301: COMBINING",
        "👩\u200d💻: JOINED",
        "\u1112\u1161\u11ab: HANGUL",
        "esc \x1b[31m: ESCAPE",
        "nul \x00 bell \x07 del \x7f: CONTROL",
        "bidi \u202e: BIDI",
        "zero \u200b\ufeff: ZERO",
        "next \x85 line \u2028: BREAKS",
        "ÀÉ: 名前😀",
    ]
    ats = ["TAB", "WIDE", "EMOJI", "COMBINING", "JOINED", "HANGUL", "ESCAPE", "CONTROL", "BIDI"]
    ats += ["ZERO", "BREAKS", "名前😀", "\x1b[31m", "\u200b\ufeff", "\tname:\t"]
    return Run((make("\n".join(lines), *({"at": at, "label": "here"} for at in ats)),))


def long_lines(make: MakeReport) -> Run:
    text = "key: " + "a" * 300 + "NEEDLE" + "b" * 300 + "END\n"
    return Run(
        (
            make(
                text,
                {"at": "key", "message": "at the start", "label": "here"},
                {"at": "NEEDLE", "message": "in the middle", "related": [("key", "first")]},
                {"at": "END", "message": "at the end"},
                {"at": (5, 600), "message": "longer than what is shown", "label": "long"},
                {"at": (611, 614), "message": "m" * 600, "label": "l" * 600},
            ),
        )
    )


def edges(make: MakeReport) -> Run:
    lines = "first:\r\n  second\r\rlast"
    return Run(
        (
            make("", {"at": (0, 0), "message": "an empty file"}, path="empty"),
            make("a: b\n", {"at": (5, 5), "message": "at the very end"}, path="end"),
            make(
                lines,
                {"at": (6, 6), "message": "at the end of a line"},
                {"at": (0, 16), "message": "over two lines", "label": "from here"},
                {"at": "second", "message": "between carriage returns"},
                {"at": (17, 17), "message": "an empty line"},
                {"at": "last", "message": "no line break behind"},
                path="lines",
            ),
            make(
                "\ufeffkey: \udc80\n",
                {"at": "\udc80", "message": "a\nb\x1b[2J\udc80", "label": "c\rd"},
                path="odd\nname\udcff\x1b.amp.yaml",
            ),
        )
    )


def one_clean(make: MakeReport) -> Run:
    return Run((make("specVersion: 1.0.0\n"),))


def all_clean(make: MakeReport) -> Run:
    return Run(tuple(make("a: b\n", path=f"{n}.amp.yaml") for n in range(3)))


CASES = [
    typical,
    fixes,
    escapes,
    repeated,
    unread,
    related,
    widths,
    long_lines,
    edges,
    one_clean,
    all_clean,
]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_golden(case: Callable[[MakeReport], Run], form: str, make_report: MakeReport) -> None:
    printed = "".join(f"{line}\n" for line in load(form)(case(make_report), Console()))
    file = GOLDEN / f"{case.__name__}.{form}"
    if os.environ.get("AMP_LINT_WRITE_GOLDEN"):
        file.write_bytes(printed.encode())
    assert printed == file.read_bytes().decode()


def test_every_golden_file_has_its_case() -> None:
    assert {file.name for file in GOLDEN.iterdir()} == {
        f"{case.__name__}.{form}" for case in CASES for form in FORMATS
    }
