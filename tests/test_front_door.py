"""The public names of the library: a handful, imported when they are first used."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import amp_lint
from amp_lint import Finding, Related, Report, Settings, Severity, Source, Span

CLEAN = """\
specVersion: 1.0.0
integrations:
  - name: crm-sync
    provider: hubspot
    proxy:
      enabled: true
"""
TWICE = CLEAN + CLEAN.partition("integrations:\n")[2]


def test_a_clean_text_gives_an_empty_report() -> None:
    report = amp_lint.lint_text(CLEAN)

    assert isinstance(report, Report)
    assert (report.findings, report.notices, report.worst) == ((), (), None)
    assert report.source.path == "amp.yaml"


def test_a_finding_has_everything_a_caller_needs() -> None:
    (finding,) = amp_lint.lint_text(TWICE, path="crm.yaml").findings

    assert isinstance(finding, Finding)
    assert (finding.rule, finding.severity) == ("duplicate-integration-name", Severity.ERROR)
    assert isinstance(finding.span, Span)
    assert TWICE[slice(*finding.span)] == "crm-sync"
    assert finding.path == "$.integrations[1].name"
    (related,) = finding.related
    assert isinstance(related, Related)
    assert related.span.start == TWICE.index("crm-sync")


def test_the_name_of_the_source_is_the_caller_s() -> None:
    report = amp_lint.lint_text(TWICE, path="no/such/file.yaml")

    assert isinstance(report.source, Source)
    assert report.source.path == "no/such/file.yaml"
    assert report.source.position(report.findings[0].span.start) == (7, 11)


def test_settings_are_heard() -> None:
    off = Settings(ignore=frozenset({"duplicate-integration-name"}))
    milder = Settings(severity={"duplicate-integration-name": Severity.INFO})

    assert amp_lint.lint_text(TWICE, settings=off).findings == ()
    assert amp_lint.lint_text(TWICE, settings=milder).worst is Severity.INFO


def test_offsets_count_from_behind_a_byte_order_mark() -> None:
    plain = amp_lint.lint_text(TWICE)
    marked = amp_lint.lint_text("\ufeff" + TWICE)

    assert marked.findings == plain.findings


@pytest.mark.parametrize("as_path", [str, Path])
def test_a_file_is_judged_like_its_text(tmp_path: Path, as_path: type[str] | type[Path]) -> None:
    file = tmp_path / "any.name"
    file.write_text(TWICE, encoding="utf-8")

    report = amp_lint.lint_file(as_path(file))

    assert report.findings == amp_lint.lint_text(TWICE).findings
    assert report.source.path == str(file)


@pytest.mark.parametrize("name", ["missing.yaml", "."])
def test_a_file_that_cannot_be_read_raises_oserror(tmp_path: Path, name: str) -> None:
    with pytest.raises(OSError, match=r"No such file|directory|Permission denied"):
        amp_lint.lint_file(tmp_path / name)


def test_lone_surrogates_are_a_finding_and_not_an_exception() -> None:
    report = amp_lint.lint_text(CLEAN + "# \ud83d\n")

    assert [finding.rule for finding in report.findings] == ["yaml-unsupported"]


def test_every_public_name_is_there_and_documented() -> None:
    for name in amp_lint.__all__:
        assert name in dir(amp_lint)
        assert (getattr(amp_lint, name).__doc__ or "").strip()


def test_every_public_name_can_be_imported_first() -> None:
    lines = [f"from amp_lint import {name}" for name in amp_lint.__all__]
    for line in (*lines, "from amp_lint import *"):
        subprocess.run([sys.executable, "-c", line], check=True, timeout=60)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'lint_everything'"):
        _ = amp_lint.lint_everything  # type: ignore[attr-defined]


def test_importing_the_package_loads_nothing_else() -> None:
    code = "import sys, amp_lint; print([name for name in sys.modules if 'amp_lint.' in name])"
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )

    assert result.stdout == "[]\n"
