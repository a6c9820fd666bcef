"""SARIF 2.1.0, the interchange format of static analysis, for code scanning and editors."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import Any

from amp_lint import __version__
from amp_lint.linter.finding import Finding, Severity
from amp_lint.reporters import Run
from amp_lint.reporters.console import Console
from amp_lint.reporters.fingerprints import fingerprinted, posix, unicode
from amp_lint.text.edits import Fix
from amp_lint.text.source import Source, Span

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
Json = dict[str, Any]


def report(run: Run, console: Console) -> Iterator[str]:  # noqa: ARG001  (same for all reporters)
    """Yield the log: one run, with the rules that report something."""
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [_run(run)]}
    yield from json.dumps(log, indent=2).split("\n")


def _run(run: Run) -> Json:
    ids = sorted({finding.rule for one in run.reports for finding in one.findings})
    index = {rule_id: number for number, rule_id in enumerate(ids)}
    return {
        "tool": {
            "driver": {"name": "amp-lint", "version": __version__, "rules": list(_rules(ids))}
        },
        "invocations": [_invocation(run.problems)],
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "results": [
            _result(one.source, finding, index[finding.rule], fingerprint)
            for one, finding, fingerprint in fingerprinted(run.reports)
        ],
    }


def _invocation(problems: Iterable[str]) -> Json:
    notes = [{"level": "error", "message": _message(words)} for words in problems]
    return {"executionSuccessful": not notes, "toolExecutionNotifications": notes}


def _rules(ids: Iterable[str]) -> Iterator[Json]:
    """What the rules are about, from their docstrings."""
    from inspect import cleandoc

    from amp_lint.linter.registry import rules
    from amp_lint.linter.rule_docs import rule_doc

    for rule_id in ids:
        rule = rules().get(rule_id)
        if rule is None:
            yield {"id": rule_id}
            continue
        doc = rule_doc(rule)
        why = f"{doc.summary}\n\n{doc.why}" if doc.why else doc.summary
        yield {
            "id": rule_id,
            "shortDescription": {"text": doc.summary},
            "fullDescription": {"text": why},
            "help": {"text": why, "markdown": cleandoc(rule.doc)},
            "helpUri": rule.url,
            "defaultConfiguration": {"enabled": rule.on, "level": _LEVELS[rule.severity]},
            "properties": {"tags": sorted({rule.group.value, *rule.tags})},
        }


def _result(source: Source, finding: Finding, index: int, fingerprint: str) -> Json:
    result: Json = {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": _message(finding.message),
        "locations": [
            {
                "physicalLocation": _place(source, finding.span),
                "logicalLocations": [{"fullyQualifiedName": unicode(finding.path)}],
            }
        ],
        "partialFingerprints": {"ampLint/v1": fingerprint},
    }
    if finding.related:
        result["relatedLocations"] = [
            {
                "id": number,
                "physicalLocation": _place(source, related.span),
                "message": _message(related.message),
            }
            for number, related in enumerate(finding.related, 1)
        ]
    # The schema forbids two that are equal.
    fixes = [_fix(source, fix) for fix in dict.fromkeys(finding.fixes) if fix.edits]
    if fixes:
        result["fixes"] = fixes
    return result


def _fix(source: Source, fix: Fix) -> Json:
    replacements = [
        {
            "deletedRegion": _region(source, edit.span),
            "insertedContent": {"text": unicode(edit.text)},
        }
        for edit in fix.edits
    ]
    return {
        "description": _message(fix.title),
        "artifactChanges": [{"artifactLocation": _file(source), "replacements": replacements}],
        "properties": {"applicability": fix.applicability.value},
    }


def _message(text: str) -> Json:
    """A message whose words, which may quote a manifest, are not taken for a link."""
    return {"text": unicode(text.replace("[", "\\[") if "](" in text else text)}


def _place(source: Source, span: Span) -> Json:
    return {"artifactLocation": _file(source), "region": _region(source, span)}


def _region(source: Source, span: Span) -> Json:
    start, end = source.position(span.start), source.position(span.end)
    return {
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    }


def _file(source: Source) -> Json:
    """The address of a file. A relative one starts where the linter did: at `%SRCROOT%`."""
    from urllib.parse import quote

    try:
        name = posix(source.path).encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # a surrogate that stands for no byte, so the name of no file
        name = posix(unicode(source.path)).encode()
    address = quote(name)
    if not PurePath(source.path).is_absolute():
        return {"uri": address, "uriBaseId": "%SRCROOT%"}
    return {"uri": f"file://{address}" if address.startswith("/") else f"file:///{address}"}
