"""One of three integrations is broken: one finding on the fault itself, the others untouched."""

from __future__ import annotations

from collections import Counter

import pytest

from amp_lint.linter.engine import Report
from amp_lint.yaml.nodes import walk

from .breaks import BREAKS, Break
from .broken_manifests import (
    HEAD,
    INTEGRATION,
    MISTAKES,
    NAMES,
    PARSERS,
    PLACES,
    SYNTAX,
    by_path,
    faults,
    filled,
    judged,
    manifest,
)


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
def test_a_list_reaches_as_far_as_its_items(pure: bool) -> None:
    """An editor finds the node at a place from the outside in."""
    text = "integrations:\n  - name: crm\n error: [x] words\n            - fieldName: a\n"
    document, _ = judged(text, pure)
    assert document.root is not None
    for node in walk(document.root):
        if node.parent is not None:
            assert node.parent.start <= node.start <= node.end <= node.parent.end
