"""What the reports for other programs share: clean text, addresses of files, fingerprints."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from amp_lint.linter.engine import Report
    from amp_lint.linter.finding import Finding

# What is marked may be megabytes long; its beginning tells it from others well enough.
_LONGEST_MARKED = 500


def unicode(text: str) -> str:
    """The text without lone surrogates, which many readers of JSON and XML refuse."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def posix(path: str) -> str:
    """The name of a file with slashes, as reports spell it on every system."""
    return path.replace(os.sep, "/")


def fingerprinted(reports: Iterable[Report]) -> Iterator[tuple[Report, Finding, str]]:
    """Every finding with a name of its own that stays when lines above it come or go.

    It is made from the file, the rule, the path of the node and the marked text; equal ones are
    numbered in the order of the text.
    """
    from hashlib import sha256

    seen: Counter[str] = Counter()
    for report in reports:
        for finding in report.findings:
            start, end = finding.span
            marked = report.source.text[start : min(end, start + _LONGEST_MARKED)]
            parts = (posix(report.source.path), finding.rule, finding.path, marked)
            base = "\0".join(parts)
            whole = f"{base}\0{seen[base]}"
            seen[base] += 1
            yield report, finding, sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()
