"""Texts that end in the middle of something, and texts with a random slip."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from .broken_manifests import (
    INTEGRATION,
    NAMES,
    PARSERS,
    by_path,
    faults,
    filled,
    judged,
    manifest,
    said,
)


@PARSERS
@pytest.mark.parametrize(
    ("tail", "blamed"),
    [
        ("    read:\n      objects:\n        - objectName: a\n          sched", "sched"),
        ("    displayName", "displayName"),
        ('    displayName: "Charlie', '"Charlie'),
        ("    displayName: 'Charlie\n", "'Charlie"),
        ("    displayName: [a, b\n", "["),
        ("    displayName: {a: b", "{"),
        ("    displayName:x", "displayName:"),
        ("    displayName: *", "*"),
        ("    displayName: @", "@"),
        ("\tdisplayName: x", "\t"),
        ("   displayName: x\n", "displayName"),
        ("      - x", "-"),
        ("    }", "}"),
        ("<<<<<<< HEAD\n", "<<<<<<< HEAD"),
        (">>>>>>> other\n", ">>>>>>> other"),
        ("=======\n", "======="),
    ],
)
def test_half_typed_at_the_end_of_the_file(tail: str, blamed: str, pure: bool) -> None:
    head = manifest().split("  - name: charlie")[0] + "  - name: charlie\n    provider: hubspot\n"
    text = head + "    proxy:\n      enabled: true\n" + tail
    _, report = judged(text, pure)
    assert [fault.text for fault in faults(report)] == [blamed]
    _, plain = judged(manifest(), pure)
    for number in (0, 1):
        assert by_path(report, number) == by_path(plain, number)
    assert by_path(report, 2) == []


@PARSERS
def test_integrations_in_flow_style(pure: bool) -> None:
    """There are no lines to go by, so nothing but the fault is reported."""
    text = "specVersion: 2\nintegrations: [{name: a, provider: hubspot}, {name: b\n"
    _, report = judged(text, pure)
    assert [(one.rule, one.text) for one in faults(report)] == [("yaml-syntax", "[")] or [
        (one.rule, one.text) for one in faults(report)
    ] == [("yaml-syntax", "{")]
    assert {finding.rule for finding in report.findings} <= {"yaml-syntax", "spec-version"}


@PARSERS
@pytest.mark.parametrize(
    "text",
    [
        "[",
        "{",
        "'",
        '"',
        "a: b: c",
        "- - [",
        "*",
        "&",
        "!",
        "@",
        "%",
        "a: |x",
        "?\t",
        "}",
        "]",
        ",",
        "\t",
        "\ta",
        "a:\n\t- b",
        "[,]",
        "integrations:\n\t- a",
        "integrations:\n  - [",
        "integrations: [",
        "'a",
        "- a\nb",
        "a\nb:",
        ": :",
        "integrations:\n- a\n b",
        "integrations:\n  -a\n",
        "<<<<<<< a",
    ],
)
def test_no_text_raises_and_every_broken_one_has_one_fault(text: str, pure: bool) -> None:
    document, report = judged(text, pure)
    if not document.whole:
        assert len(faults(report)) == 1
        finding = report.findings[0]
        assert 0 <= finding.span.start < finding.span.end <= len(text) or text == ""


CHARACTERS = ":-#'\"[]{},|>%@`? \n\t\\abz0=~<"
JUNK = ("???\n", "some words\n", "      x\n", "{\n", "      \tk: v\n", "\n", "# c\n")


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """An integration with one character or line deleted, inserted, replaced or shifted."""
    text = INTEGRATION
    if draw(st.booleans()):
        at = draw(st.integers(0, len(text) - 1))
        put = draw(st.sampled_from(["", *CHARACTERS]))
        return text[:at] + put + text[at + draw(st.integers(0 if put else 1, 1)) :]
    lines = text.splitlines(keepends=True)
    number = draw(st.integers(0, len(lines) - 1))
    line = lines[number]
    indent = len(line) - len(line.lstrip(" "))
    lines[number : number + 1] = draw(
        st.one_of(
            st.just([]),
            st.sampled_from(JUNK).map(lambda junk: [junk, line]),
            st.integers(1, 4).map(lambda width: [" " * width + line]),
            st.integers(1, indent).map(lambda width: [line[width:]]),
        )
    )
    return "".join(lines)


# What one slip can make of a text without the result being a consequence of the syntax error: it
# closes or opens a list, or cuts a word in two.
OWN_MERIT = {
    "unknown-key",
    "field-identity",
    "invalid-type",
    "read-objects",
    "write-objects",
    "subscribe-objects",
}


# The same examples everywhere: a few in a thousand slips make a text of which nobody could say
# what was meant, and those must not make a build fail by chance.
@settings(derandomize=True, max_examples=150)
@given(damaged(), st.integers(0, 2))
def test_one_slip_disturbs_nothing_else(body: str, broken: int) -> None:
    expected = judged(manifest(), False)[1]
    document, report = judged(manifest(broken, filled(body, NAMES[broken])), False)
    assume(not document.whole)
    assert len(faults(report)) == 1
    every = [said(report, finding) for finding in report.findings]
    for number in range(3):
        if number == broken:
            new = set(by_path(report, number)) - set(by_path(expected, number))
            new -= set(by_path(expected, (number + 1) % 3)) | set(
                by_path(expected, (number + 2) % 3)
            )
            lines = set(body.splitlines()) - set(INTEGRATION.splitlines())
            touched = "\n".join(filled(line, NAMES[broken]) for line in lines)
            assert {
                one for one in new if one.rule not in OWN_MERIT and one.text not in touched
            } == set()
        else:
            assert [one for one in by_path(expected, number) if one not in every] == []
