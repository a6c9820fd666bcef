from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pkgutil import iter_modules

import pytest

from amp_lint import reporters
from amp_lint.linter.engine import Report, lint
from amp_lint.linter.finding import Notice
from amp_lint.reporters import Run, load, names
from amp_lint.reporters.console import Console
from amp_lint.reporters.summary import closing_lines, fixable_words, summary
from amp_lint.reporters.text import MAX_SHOWN, report
from amp_lint.text.source import Source

MakeReport = Callable[..., Report]


@pytest.mark.parametrize(
    ("severities", "files", "words"),
    [
        ("e", 1, "1 error in 1 manifest"),
        ("ee", 2, "2 errors in 2 manifests"),
        ("eew", 3, "2 errors, 1 warning in 3 manifests"),
        ("wwii", 1, "2 warnings, 2 infos in 1 manifest"),
        ("ie", 1, "1 error, 1 info in 1 manifest"),
        ("", 1, "The manifest is clean"),
        ("", 2, "All 2 manifests are clean"),
    ],
)
def test_counts(severities: str, files: int, words: str, make_report: MakeReport) -> None:
    full = {"e": "error", "w": "warning", "i": "info"}
    found = [{"at": (0, 1), "severity": full[letter]} for letter in severities]
    clean = make_report("a: b\n")
    assert summary(Run((make_report("a: b\n", *found), *[clean] * (files - 1)))) == words


@pytest.mark.parametrize(
    ("trusts", "words"),
    [
        (["safe"], "1 fixable with --fix"),
        (["safe", "unsafe", "safe"], "2 fixable with --fix, 1 more with --unsafe-fixes"),
        (["safe", "unsafe", ""], "1 fixable with --fix, 1 more with --unsafe-fixes, 1 by hand"),
        (["unsafe", "unsafe", ""], "2 fixable with --fix --unsafe-fixes, 1 by hand"),
        (["unsafe+safe", ""], "1 fixable with --fix, 1 by hand"),
        (["", ""], ""),
    ],
)
def test_what_can_be_fixed_is_counted_by_how(
    trusts: list[str], words: str, make_report: MakeReport
) -> None:
    found = [
        {"at": "a", "fixes": [("Do", trust, [("a", "b")]) for trust in trusts_.split("+") if trust]}
        for trusts_ in trusts
    ]
    run = Run((make_report("a\n", *found),))
    assert fixable_words(run) == words
    safe = sum("safe" in trust.split("+") for trust in trusts)
    assert f'"fixable": {safe},' in "".join(load("json")(run, Console()))


def test_clean_does_not_speak_for_what_could_not_be_linted(make_report: MakeReport) -> None:
    clean = make_report("a: b\n")
    words = "All 2 manifests that could be linted are clean"
    assert summary(Run((clean, clean), unread=1)) == words
    assert summary(Run((clean,), unread=2)) == "The manifest that could be linted is clean"


def test_clean_does_not_speak_for_a_manifest_on_which_a_rule_failed(
    make_report: MakeReport,
) -> None:
    clean = make_report("a: b\n")
    failed = replace(clean, notices=(Notice("some-rule", "it failed", ""),))
    assert summary(Run((failed,))) == "No manifest could be linted completely"
    assert summary(Run((clean, failed))) == "The manifest that could be linted is clean"


def test_nothing_is_said_of_no_manifests() -> None:
    assert list(load("text")(Run((), unread=1), Console())) == []


def test_quiet_leaves_the_findings(make_report: MakeReport) -> None:
    broken = make_report("a: b\n", {"at": "b"})
    loud = list(load("text")(Run((broken,)), Console()))
    assert list(load("text")(Run((broken,), quiet=True), Console())) == loud[:-3]
    assert list(load("text")(Run((make_report("a: b\n"),), quiet=True), Console())) == []


def test_the_hint_is_for_findings_only(make_report: MakeReport) -> None:
    broken, clean = Run((make_report("a\n", {"at": "a"}),)), Run((make_report("a\n"),))
    assert list(closing_lines(clean, Console(), hint=True)) == ["The manifest is clean"]
    assert list(closing_lines(broken, Console(), hint=True)) == [
        "1 error in 1 manifest",
        "amp-lint rule ID explains a rule",
    ]
    assert list(closing_lines(broken, Console())) == ["1 error in 1 manifest"]


def test_a_reporter_is_found_by_its_name() -> None:
    assert set(names()) <= {module.name for module in iter_modules(reporters.__path__)}
    for name in names():
        assert callable(load(name))


def test_of_very_many_findings_the_first_are_shown_and_all_are_counted() -> None:
    count = MAX_SHOWN + 3
    keys = "".join(f"key{number}: 1\n" for number in range(count))
    one = "{name: a, provider: hubspot, proxy: {enabled: true}}"
    manifest = f"specVersion: 1.0.0\nintegrations:\n  - {one}\n"
    reports = (lint(Source.from_text(manifest + keys)),)

    lines = list(report(Run(reports), Console()))

    assert sum("warning[unknown-key]" in line for line in lines) == MAX_SHOWN
    assert lines[-4:] == [
        "amp.yaml: 3 more findings; --output-format concise shows them all",
        "",
        f"{count} warnings in 1 manifest",
        "amp-lint rule ID explains a rule",
    ]
