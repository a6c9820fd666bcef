"""Lines and integrations in another column, or indented by tabs."""

from __future__ import annotations

import pytest

from amp_lint.ide.workspace_index import manifest_index
from amp_lint.linter.engine import Report

from .broken_manifests import (
    INTEGRATION,
    NAMES,
    PARSERS,
    PLACES,
    by_path,
    faults,
    filled,
    judged,
    manifest,
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
