"""What the linter tells its users."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from amp_lint.text.edits import Applicability, Fix
from amp_lint.text.source import Source, Span
from amp_schema.lite_dataclasses import dataclass


class Severity(str, Enum):
    """How bad a finding is.

    ERROR: the platform refuses the manifest. WARNING: it deploys and almost surely does not do
    what its author meant. INFO: advice.
    """

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """2 for an error down to 0 for advice."""
        return _RANKS[self]


_RANKS = {Severity.INFO: 0, Severity.WARNING: 1, Severity.ERROR: 2}


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that a finding is about, such as the first of two equal names.

    `source` is the text that `span` lies in, None for the manifest of the finding itself.
    """

    message: str
    span: Span
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One mistake, on the characters that are wrong.

    `message` is one sentence or two in the words of the manifest; `label` a few words
    beside the underlined characters; `path` the route to the node, such as
    `$.integrations[0].name`; `url` the platform's page on the topic; `fixes` the fixes for it,
    the preferred one first; `claims` the characters about which it says all: a finding of another
    rule on exactly these is dropped.
    """

    rule: str
    severity: Severity
    message: str
    span: Span
    path: str
    label: str = ""
    related: tuple[Related, ...] = ()
    url: str = ""
    fixes: tuple[Fix, ...] = ()
    claims: tuple[Span, ...] = ()

    @property
    def fixable(self) -> Applicability | None:
        """The best applicability among the fixes: safe, then unsafe, then manual; None without
        fixes."""
        found = {fix.applicability for fix in self.fixes}
        return next((one for one in Applicability if one in found), None)


def worst(findings: Sequence[Finding], most: int) -> Sequence[Finding]:
    """The findings to show, in the order of the text: of more than `most` the worst."""
    if len(findings) <= most:
        return findings
    first = sorted(findings, key=lambda finding: -finding.severity.rank)[:most]
    return sorted(first, key=lambda finding: finding.span)


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that went wrong inside the linter itself: the rule that failed, and how."""

    rule: str
    message: str
    traceback: str
