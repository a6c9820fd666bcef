"""A Markdown table for job summaries and pull-request comments, the worst findings first.

GitHub refuses a job summary over 1,024 KiB, so the table ends below that and says what is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from amp_lint.linter.finding import Finding
from amp_lint.reporters import Run
from amp_lint.reporters.console import Console
from amp_lint.reporters.summary import fixable_words, number_of, summary
from amp_lint.reporters.text import words
from amp_lint.text.source import Source

# The summary of a step may hold other text besides this report.
MAX_BYTES = 900 * 1024

_PLAIN = Console()
_CODE = re.compile(r"`([^`]*)`")
# Characters that mean something in Markdown, in HTML, in a table, or to GitHub (`@name`, `#12`).
_SPECIAL = re.compile(r"[\\`*_{}\[\]()#+!|<>&~@$]")


def report(run: Run, console: Console) -> Iterator[str]:  # noqa: ARG001  (same for all reporters)
    """Yield a heading, the counts, what could not be linted, and the table."""
    yield "### amp-lint changes" if run.compares else "### amp-lint"
    yield ""
    if run.compares:
        from amp_lint.reporters.change_summary import change_lines

        yield from (f"- {escaped(words(line, _PLAIN))}" for line in change_lines(run))
        yield ""
    elif run.reports:
        fixable = fixable_words(run)
        yield f"{summary(run)}: {fixable}" if fixable else summary(run)
        yield ""
    size = 0
    for number, problem in enumerate(run.problems):
        line = f"- **{escaped(words(problem, _PLAIN))}**"
        size += len(line.encode()) + 1
        if size > MAX_BYTES // 2:
            yield f"- {number_of(len(run.problems) - number, 'more problem')}"
            break
        yield line
    if run.problems:
        yield ""
    yield from _table(run, MAX_BYTES - size)


def _table(run: Run, free: int) -> Iterator[str]:
    found = [(one.source, finding) for one in run.reports for finding in one.findings]
    if not found:
        return
    yield "| Severity | Place | Rule | Message |"
    yield "|---|---|---|---|"
    for number, (source, finding) in enumerate(
        sorted(found, key=lambda pair: -pair[1].severity.rank)
    ):
        row = _row(run, source, finding)
        free -= len(row.encode()) + 1
        if free < 0:
            yield ""
            more = number_of(len(found) - number, "more finding")
            yield f"{more}; `amp-lint check` lists them all."
            return
        yield row


def _row(run: Run, source: Source, finding: Finding) -> str:
    at = source.position(finding.span.start)
    place = f"{words(run.file_name(source), _PLAIN)}:{at.line}:{at.column}"
    rule = f"[{escaped(finding.rule)}]({finding.url})" if finding.url else escaped(finding.rule)
    message = _marked_up(words(finding.message, _PLAIN))
    return f"| {finding.severity.value} | {escaped(place)} | {rule} | {message} |"


def _marked_up(text: str) -> str:
    """Return a message with its quoted names as code, and all else without a meaning."""
    parts = _CODE.split(text)
    if "`" in "".join(parts[::2]):
        return escaped(text)
    # In a table a pipe ends its cell, even within code.
    return "".join(
        f"`{part.replace('|', chr(92) + '|')}`" if at % 2 and part else escaped(part)
        for at, part in enumerate(parts)
    )


def escaped(text: str) -> str:
    """Return a text without anything that means something in Markdown, HTML or to GitHub."""
    return _SPECIAL.sub(lambda one: f"&#{ord(one[0])};", text)
