"""A manifest as the platform reads it, with the findings that go with it."""

from __future__ import annotations

from amp_lint.linter.engine import Report, Settings, judge
from amp_lint.linter.finding import Finding
from amp_lint.manifest.decode import complete_manifest
from amp_lint.text.source import Source
from amp_lint.yaml.reader import read
from amp_schema.lite_dataclasses import dataclass


@dataclass(frozen=True)
class Decoded:
    """A manifest as the platform reads it.

    `manifest` has the keys in their canonical case and in the order of the reference. Aliases and
    merge keys are resolved, unknown keys are gone, and defaults are not filled in. It is None where
    the deploy tool refuses the file, because it cannot be read or because something required is
    missing. `report` has all findings on the file, with the errors that say so.
    """

    manifest: dict[str, object] | None
    report: Report

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings on the file, in the order of the text."""
        return self.report.findings


def decode_source(source: Source, settings: Settings | None = None) -> Decoded:
    """Decode one manifest. Never raises for what it holds."""
    document = read(source)
    report = judge(document, settings or Settings())
    return Decoded(complete_manifest(document) if report.parses else None, report)
