"""One of three integrations is broken: one finding on the fault itself, the others untouched."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from amp_lint.ide.workspace_index import manifest_index
from amp_lint.linter.engine import Report, Settings, judge
from amp_lint.linter.finding import Finding
from amp_lint.text.source import Source
from amp_lint.yaml.document import Document
from amp_lint.yaml.reader import read

NAMES = ("alpha", "bravo", "charlie")
HEAD = "specVersion: 1.0.0\nintegrations:\n"
# ruamel's own parser is slow, and the position is the same to it.
PLACES = pytest.mark.parametrize(
    ("broken", "pure"),
    [(0, False), (1, False), (2, False), (1, True)],
    ids=["first", "second", "third", "second-pure"],
)
PARSERS = pytest.mark.parametrize("pure", [False, True], ids=["C", "pure"])
SYNTAX = ("yaml-syntax", "yaml-unsupported")

# Six mistakes, of several groups of rules, each in a value of its own.
INTEGRATION = """\
  - name: NAME
    displayName: TITLE sync
    provider: hubspot
    read:
      objects:
        - objectName: contacts
          destination: NAME-hook
          schedule: "*/25 * * * *"
          requiredFields:
            - fieldName: email
            - fieldName: phone
              mapToName: telephone
          optionalFields:
            - fieldName: email
        - objectName: companies
          destination: NAME-hook
          schedule: "*/5 * * * *"
          optionalFieldsAuto: all
          requiredFields:
            - fieldName: domain
    write:
      objects:
        - objectName: contacts
          inheritmapping: true
    subscribe:
      objects:
        - objectName: contacts
          destination: NAME-hook
          inheritFieldsAndMapping: true
          updateEvent:
            enabled: always
            requiredWatchFields:
              - telefone
    proxy:
      enabled: maybe
"""
MISTAKES = {
    "schedule-uneven",
    "duplicate-field",
    "schedule-minimum-interval",
    "key-case",
    "watch-field-undeclared",
    "invalid-type",
}


class Break(NamedTuple):
    """What is replaced in an integration, by what, and the characters that are to blame."""

    id: str
    old: str
    new: str
    blamed: str


class Said(NamedTuple):
    rule: str
    message: str
    text: str


BREAKS = [
    Break(
        "no-space-colon",
        "provider: hubspot",
        "provider:hubspot",
        "provider:",
    ),
    Break(
        "no-colon-key",
        "provider: hubspot",
        "provider hubspot",
        "provider hubspot",
    ),
    Break(
        "half-typed-key",
        "          optionalFieldsAuto: all\n",
        "          optionalFieldsAuto: all\n          sched\n",
        "sched",
    ),
    Break(
        "half-typed-key-first",
        '          destination: NAME-hook\n          schedule: "*/5',
        '          destination: NAME-hook\n          sched\n          schedule: "*/5',
        "sched",
    ),
    Break(
        "unquoted-cron",
        '"*/5 * * * *"',
        "*/5 * * * *",
        "*/5 * * * *",
    ),
    Break(
        "unquoted-at",
        'NAME-hook\n          schedule: "*/25',
        '@hook\n          schedule: "*/25',
        "@hook",
    ),
    Break(
        "backtick",
        "fieldName: phone",
        "fieldName: `phone`",
        "`phone`",
    ),
    Break(
        "percent-value",
        "fieldName: phone",
        "fieldName: %phone",
        "%phone",
    ),
    Break(
        "open-double",
        "mapToName: telephone",
        'mapToName: "telephone',
        '"telephone',
    ),
    Break(
        "open-single",
        "mapToName: telephone",
        "mapToName: 'telephone",
        "'telephone",
    ),
    Break(
        "open-quote-cron",
        '"*/25 * * * *"',
        '"*/25 * * * *',
        '"*/25 * * * *',
    ),
    Break(
        "open-end-quote",
        '"*/25 * * * *"',
        '*/25 * * * *"',
        '*/25 * * * *"',
    ),
    Break(
        "mixed-quotes",
        '"*/25 * * * *"',
        "\"*/25 * * * *'",
        "\"*/25 * * * *'",
    ),
    Break(
        "apostrophe",
        "displayName: TITLE sync",
        "displayName: 'it's TITLE'",
        "'it's TITLE'",
    ),
    Break(
        "after-quote",
        "displayName: TITLE sync",
        'displayName: "TITLE" sync',
        "sync",
    ),
    Break(
        "second-colon",
        "displayName: TITLE sync",
        "displayName: note: TITLE",
        "note: TITLE",
    ),
    Break(
        "bad-escape",
        "displayName: TITLE sync",
        'displayName: "a\\d"',
        "\\d",
    ),
    Break(
        "tab-indent",
        "          optionalFieldsAuto: all",
        "\t\toptionalFieldsAuto: all",
        "\t\t",
    ),
    Break(
        "tab-mixed",
        "          optionalFieldsAuto: all",
        "        \toptionalFieldsAuto: all",
        "\t",
    ),
    Break(
        "tab-item",
        "            - fieldName: phone",
        "\t    - fieldName: phone",
        "\t",
    ),
    Break(
        "too-deep-key",
        "    provider: hubspot",
        "      provider: hubspot",
        "provider",
    ),
    Break(
        "too-deep-key1",
        "    provider: hubspot",
        "     provider: hubspot",
        "provider",
    ),
    Break(
        "too-shallow-key",
        "    provider: hubspot",
        "   provider: hubspot",
        "provider",
    ),
    Break(
        "too-shallow-key2",
        "    provider: hubspot",
        "  provider: hubspot",
        "provider",
    ),
    Break(
        "zero-key",
        "    provider: hubspot",
        "provider: hubspot",
        "provider",
    ),
    Break(
        "deep-object-key",
        "          optionalFieldsAuto: all",
        "            optionalFieldsAuto: all",
        "optionalFieldsAuto",
    ),
    Break(
        "shallow-object-key",
        "          optionalFieldsAuto: all",
        "         optionalFieldsAuto: all",
        "optionalFieldsAuto",
    ),
    Break(
        "shallow-item",
        "            - fieldName: phone",
        "           - fieldName: phone",
        "-",
    ),
    Break(
        "deep-item",
        "            - fieldName: phone",
        "             - fieldName: phone",
        "-",
    ),
    Break(
        "deep-item2",
        "            - fieldName: phone",
        "              - fieldName: phone",
        "-",
    ),
    Break(
        "shallow-object-item",
        "        - objectName: companies",
        "       - objectName: companies",
        "-",
    ),
    Break(
        "deep-object-item",
        "        - objectName: companies",
        "         - objectName: companies",
        "-",
    ),
    Break(
        "tight-dash",
        "            - fieldName: phone",
        "            -fieldName: phone",
        "-",
    ),
    Break(
        "tight-dash-object",
        "        - objectName: companies",
        "        -objectName: companies",
        "-",
    ),
    Break(
        "missing-dash",
        "            - fieldName: phone",
        "            fieldName: phone",
        "fieldName",
    ),
    Break(
        "missing-dash-object",
        "        - objectName: companies",
        "        objectName: companies",
        "objectName",
    ),
    Break(
        "open-bracket",
        "optionalFields:\n            - fieldName: email",
        "optionalFields: [email, phone",
        "[",
    ),
    Break(
        "open-brace",
        "optionalFields:\n            - fieldName: email",
        "optionalFields: {a: b",
        "{",
    ),
    Break(
        "stray-close",
        "provider: hubspot",
        "provider: hubspot\n    ]",
        "]",
    ),
    Break(
        "stray-close-key",
        "    provider: hubspot",
        "    }: hubspot",
        "}",
    ),
    Break(
        "missing-comma",
        "optionalFields:\n            - fieldName: email",
        "optionalFields: [ {fieldName: email} {fieldName: fax} ]",
        "}",
    ),
    Break(
        "list-on-key-line",
        "objects:\n        - objectName: contacts\n          destination: NAME-hook\n          sch",
        "objects: - objectName: contacts\n          destination: NAME-hook\n          sch",
        "- objectName: contacts",
    ),
    Break(
        "conflict",
        "    provider: hubspot\n",
        "<<<<<<< HEAD\n    provider: hubspot\n=======\n    provider: salesforce\n>>>>>>> other\n",
        "<<<<<<< HEAD",
    ),
    Break(
        "conflict-list",
        "            - fieldName: phone\n              mapToName: telephone\n",
        "<<<<<<< HEAD\n            - fieldName: phone\n=======\n"
        "            - fieldName: phone\n              mapToName: telephone\n>>>>>>> 12ab\n",
        "<<<<<<< HEAD",
    ),
    Break(
        "conflict-start-only",
        "    provider: hubspot\n",
        "<<<<<<< HEAD\n    provider: hubspot\n",
        "<<<<<<< HEAD",
    ),
    Break(
        "words",
        "    provider: hubspot\n",
        "    provider: hubspot\n    some words of prose\n",
        "some words of prose",
    ),
    Break(
        "double-value",
        "    provider: hubspot\n",
        "    provider: hubspot\n      really: true\n",
        "really",
    ),
    Break(
        "colon-only",
        "    provider: hubspot\n",
        "    provider: hubspot\n    : x\n",
        ":",
    ),
    Break(
        "two-anchors",
        "provider: hubspot",
        "provider: &a &b hubspot",
        "&a &b hubspot",
    ),
    Break(
        "bad-anchor",
        "provider: hubspot",
        "provider: &a.b hubspot",
        "&a.b hubspot",
    ),
    Break(
        "lone-amp",
        "provider: hubspot",
        "provider: & hubspot",
        "& hubspot",
    ),
    Break(
        "bad-tag",
        "provider: hubspot",
        "provider: !h!x hubspot",
        "!h!x hubspot",
    ),
    Break(
        "open-tag",
        "provider: hubspot",
        "provider: !<x hubspot",
        "!<x hubspot",
    ),
    Break(
        "comma-start",
        "provider: hubspot",
        "provider: , hubspot",
        ", hubspot",
    ),
    Break(
        "block-junk",
        "displayName: TITLE sync",
        "displayName: | junk\n      text",
        "| junk",
    ),
    Break(
        "bracket-close",
        "provider: hubspot",
        "provider: ]",
        "]",
    ),
    Break(
        "key-bracket",
        "provider: hubspot",
        "[provider: hubspot",
        "[",
    ),
    Break(
        "tab-blank",
        "    provider: hubspot\n",
        "    provider: hubspot\n\t\n",
        "\t",
    ),
    Break(
        "template",
        "provider: hubspot",
        "provider: {{ a }}-x",
        "{{ a }}-x",
    ),
    Break(
        "dash-nothing-deeper",
        "            - fieldName: phone\n",
        "              -\n            - fieldName: phone\n",
        "-",
    ),
    Break(
        "json-comma",
        "          optionalFieldsAuto: all\n",
        '          "optionalFieldsAuto": "all",\n',
        ",",
    ),
    Break(
        "equals",
        "provider: hubspot",
        "provider = hubspot",
        "provider = hubspot",
    ),
    Break(
        "slashes",
        "    provider: hubspot\n",
        "    // comment\n    provider: hubspot\n",
        "// comment",
    ),
    Break(
        "bullet",
        "            - fieldName: phone\n",
        "            * fieldName: phone\n",
        "* fieldName: phone",
    ),
]


def filled(text: str, name: str) -> str:
    return text.replace("NAME", name).replace("TITLE", name.title())


def manifest(broken: int = -1, body: str = "") -> str:
    parts = [body if i == broken else filled(INTEGRATION, name) for i, name in enumerate(NAMES)]
    return HEAD + "".join(parts)


def judged(text: str, pure: bool) -> tuple[Document, Report]:
    document = read(Source.from_text(text), pure=pure)
    report = judge(document, Settings())
    assert report.notices == ()
    return document, report


def said(report: Report, finding: Finding) -> Said:
    shown = report.source.text[slice(*finding.span)]
    return Said(finding.rule, finding.message, shown)


def by_path(report: Report, number: int) -> list[Said]:
    start = f"$.integrations[{number}]"
    return [
        said(report, finding)
        for finding in report.findings
        if finding.path.startswith(start) and finding.rule not in SYNTAX
    ]


def faults(report: Report) -> list[Said]:
    return [said(report, one) for one in report.findings if one.rule in SYNTAX]


@pytest.fixture(scope="module")
def unbroken() -> Report:
    return judged(manifest(), False)[1]


def test_the_unbroken_manifest_has_the_same_mistakes_three_times(unbroken: Report) -> None:
    rules = Counter(finding.rule for finding in unbroken.findings)
    assert rules == dict.fromkeys(MISTAKES, 3)


@PLACES
@pytest.mark.parametrize("one", BREAKS, ids=[one.id for one in BREAKS])
def test_a_break_costs_one_finding(one: Break, broken: int, pure: bool, unbroken: Report) -> None:
    name = NAMES[broken]
    whole = filled(INTEGRATION, name)
    old = filled(one.old, name)
    assert old in whole
    body = whole.replace(old, filled(one.new, name), 1)
    document, report = judged(manifest(broken, body), pure)
    assert [fault.text for fault in faults(report)] == [filled(one.blamed, name)]
    assert not document.whole
    for number in range(3):
        if number == broken:
            assert set(by_path(report, number)) <= set(by_path(unbroken, number))
        else:
            assert by_path(report, number) == by_path(unbroken, number)
    assert all(
        finding.path.startswith("$.integrations[")
        for finding in report.findings
        if finding.rule not in SYNTAX
    )


TABBED = """\
specVersion: 1.0.0
integrations:
  - name: first
\tprovider: hubspot
    read:
      objects:
        - objectName: contacts
\t\t\tdestination: hook
          optionalFieldsAuto: all
    proxy:
      enabled: "true"
"""


@PARSERS
def test_a_tabbed_entry_costs_no_other_line(pure: bool) -> None:
    document, report = judged(TABBED, pure)
    assert [fault.text for fault in faults(report)] == ["\t", "\t\t\t"]
    assert "invalid-type" in {finding.rule for finding in report.findings}
    assert [one.name for one in manifest_index(document).items] == ["first", "contacts"]


@PARSERS
@pytest.mark.parametrize("text", [manifest(), "integrations: []\nspecVersion: 1.0.0\n"])
def test_a_first_line_that_is_indented_costs_no_other(text: str, pure: bool) -> None:
    document, report = judged(f"# A comment\n\n   {text}", pure)
    (fault,) = faults(report)
    assert fault.text == text.partition(":")[0]
    assert "starts in column 4" in fault.message
    unbroken = manifest_index(judged(text, pure)[0])
    assert [one.name for one in manifest_index(document).items] == [
        one.name for one in unbroken.items
    ]


@PARSERS
def test_what_hangs_on_a_tabbed_line_goes_with_it(pure: bool) -> None:
    text = TABBED.replace("    read:", "\tread:").replace("\t\t\t", " " * 10)
    document, report = judged(text, pure)
    assert [fault.text for fault in faults(report)] == ["\t"]
    assert [one.name for one in manifest_index(document).items] == ["first"]


@PLACES
def test_all_of_an_integration_indented_by_tabs(broken: int, pure: bool, unbroken: Report) -> None:
    lines = filled(INTEGRATION, NAMES[broken]).splitlines(keepends=True)
    tabbed = [line[:4].replace("    ", "\t\t") + line[4:] for line in lines]
    _, report = judged(manifest(broken, "".join(tabbed)), pure)
    assert [fault.text for fault in faults(report)] == ["\t\t"]
    for number in {0, 1, 2} - {broken}:
        assert by_path(report, number) == by_path(unbroken, number)
    assert by_path(report, broken) == []


@PLACES
@pytest.mark.parametrize("column", [0, 1, 3, 4])
def test_an_integration_in_another_column(
    column: int, broken: int, pure: bool, unbroken: Report
) -> None:
    """Every integration is still read, and its dash is pointed at."""
    shift = column - 2
    lines = filled(INTEGRATION, NAMES[broken]).splitlines(keepends=True)
    moved = [" " * shift + line if shift > 0 else line[-shift:] for line in lines]
    text = manifest(broken, "".join(moved))
    _, report = judged(text, pure)
    assert [fault.text for fault in faults(report)] == ["-"]
    dash = next(one.span.start for one in report.findings if one.rule == "yaml-syntax")
    assert report.source.position(dash).line == 3 + 35 * broken
    expected = [one for number in range(3) for one in by_path(unbroken, number)]
    found = [one for number in range(3) for one in by_path(report, number)]
    assert set(found) <= set(expected)
    for number in {0, 1, 2} - {broken, broken - 1}:
        assert by_path(report, number) == by_path(unbroken, number)


@PARSERS
@pytest.mark.parametrize("eol", ["\r\n", "\r"], ids=["CRLF", "CR"])
@pytest.mark.parametrize("one", BREAKS[::4], ids=[one.id for one in BREAKS[::4]])
def test_line_ends_change_nothing(one: Break, eol: str, pure: bool) -> None:
    body = filled(INTEGRATION, "bravo").replace(filled(one.old, "bravo"), one.new, 1)
    text = manifest(1, filled(body, "bravo"))
    _, report = judged(text, pure)
    _, other = judged(text.replace("\n", eol), pure)
    assert [(one.rule, one.message, one.path) for one in other.findings] == [
        (one.rule, one.message, one.path) for one in report.findings
    ]
    starts = [
        (a.source.position(f.span.start), a.source.position(f.span.end))
        for a in (report, other)
        for f in a.findings
    ]
    half = len(starts) // 2
    assert starts[:half] == starts[half:]


@PARSERS
def test_a_byte_order_mark_changes_nothing(pure: bool) -> None:
    text = manifest(1, filled(INTEGRATION, "bravo").replace("provider: h", "provider:h"))
    _, report = judged(text, pure)
    _, other = judged("\ufeff" + text, pure)
    assert other.findings == report.findings


@PLACES
def test_comments_and_empty_lines_between(broken: int, pure: bool, unbroken: Report) -> None:
    body = filled(INTEGRATION, NAMES[broken]).replace("provider: hub", "provider:hub")
    text = manifest(broken, body).replace("  - name", "\n# one\n\n   # two: 'open\n  - name")
    _, report = judged(text, pure)
    assert [fault.text for fault in faults(report)] == ["provider:"]
    for number in range(3):
        assert by_path(report, number) == by_path(unbroken, number)


@PLACES
def test_lists_without_indentation(broken: int, pure: bool, unbroken: Report) -> None:
    body = filled(INTEGRATION, NAMES[broken]).replace("provider: hub", "provider:hub")
    head, items = manifest(broken, body).split("integrations:\n")
    text = (
        head
        + "integrations:\n"
        + "".join(line.removeprefix("  ") for line in items.splitlines(keepends=True))
    )
    _, report = judged(text, pure)
    assert [fault.text for fault in faults(report)] == ["provider:"]
    for number in range(3):
        assert by_path(report, number) == by_path(unbroken, number)


@PLACES
def test_several_breaks_at_once(broken: int, pure: bool, unbroken: Report) -> None:
    bodies = [filled(INTEGRATION, name) for name in NAMES]
    for number in {0, 1, 2} - {broken}:
        bodies[number] = bodies[number].replace("provider: hub", "provider:hub")
    _, report = judged(HEAD + "".join(bodies), pure)
    assert [fault.text for fault in faults(report)] == ["provider:"] * 2
    for number in range(3):
        assert by_path(report, number) == by_path(unbroken, number)


@PARSERS
def test_two_breaks_in_one_integration(pure: bool, unbroken: Report) -> None:
    body = filled(INTEGRATION, "bravo").replace("provider: hub", "provider:hub")
    body = body.replace("destination: bravo-hook\n          inh", "destination: @x\n          inh")
    _, report = judged(manifest(1, body), pure)
    assert [fault.text for fault in faults(report)] == ["provider:", "@x"]
    assert by_path(report, 1) == by_path(unbroken, 1)


@PARSERS
def test_fields_called_name_are_no_integrations(pure: bool) -> None:
    """`- name: email` in a list of fields is a mistake people make."""
    body = filled(INTEGRATION, "bravo").replace("- fieldName:", "- name:")
    _, plain = judged(manifest(1, body), pure)
    broken = body.replace("provider: hub", "provider:hub")
    _, report = judged(manifest(1, broken), pure)
    assert [fault.text for fault in faults(report)] == ["provider:"]
    for number in range(3):
        assert by_path(report, number) == by_path(plain, number)


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
