"""SARIF 2.1.0, the interchange format of static analysis, for code scanning and editors."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import Any

from amp_lint import __version__
from amp_lint.linter.finding import Severity
from amp_lint.manifest import doc_urls
from amp_lint.reporters import Run
from amp_lint.reporters.azure_pipeline import automation_details
from amp_lint.reporters.console import Console
from amp_lint.reporters.fingerprints import Identified, identified
from amp_lint.reporters.locations import without_surrogates
from amp_lint.text.edits import Fix
from amp_lint.text.source import Source, Span

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
Json = dict[str, Any]


def report(run: Run, console: Console) -> Iterator[str]:  # noqa: ARG001  (same for all reporters)
    """Yield the log: one run, with the rules that have findings."""
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [_run(run)]}
    yield from json.dumps(log, indent=2).split("\n")


def _run(run: Run) -> Json:
    ids = sorted({finding.rule for one in run.reports for finding in one.findings})
    index = {rule_id: number for number, rule_id in enumerate(ids)}
    return {
        "tool": {
            "driver": {
                "name": "amp-lint",
                "fullName": f"amp-lint {__version__}",
                "version": __version__,
                "semanticVersion": __version__,
                "informationUri": doc_urls.MANIFEST,
                "rules": list(_rules(ids)),
            }
        },
        # In code scanning the part in front of the slash is the category.
        "automationDetails": automation_details(os.environ) or {"id": "amp-lint/"},
        "invocations": [_invocation(run.problems)],
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "results": [_result(run, one, index[one.finding.rule]) for one in identified(run)],
    }


def _invocation(problems: Iterable[str]) -> Json:
    notes = [{"level": "error", "message": _message(words)} for words in problems]
    return {"executionSuccessful": not notes, "toolExecutionNotifications": notes}


def _rules(ids: Iterable[str]) -> Iterator[Json]:
    """Yield the descriptions of rules, from their docstrings."""
    from inspect import cleandoc

    from amp_lint.linter.registry import rules
    from amp_lint.linter.rule_docs import rule_doc

    for rule_id in ids:
        rule = rules().get(rule_id)
        if rule is None:
            yield {"id": rule_id, "name": _rule_name(rule_id)}
            continue
        doc = rule_doc(rule)
        why = f"{doc.summary}\n\n{doc.why}" if doc.why else doc.summary
        yield {
            "id": rule_id,
            "name": _rule_name(rule_id),
            "shortDescription": {"text": doc.summary},
            "fullDescription": {"text": why},
            "help": {"text": why, "markdown": cleandoc(rule.doc)},
            "helpUri": rule.url,
            "defaultConfiguration": {"enabled": rule.on, "level": _LEVELS[rule.severity]},
            "properties": {"tags": sorted({rule.group.value, *rule.tags})},
        }


def _rule_name(rule_id: str) -> str:
    """Return the id of a rule in the case that SARIF asks of names: `UnknownKey`."""
    return "".join(word.capitalize() for word in rule_id.split("-"))


def _result(run: Run, one: Identified, index: int) -> Json:
    source, finding = one.report.source, one.finding
    file = _file(run.file_name(source))
    result: Json = {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": _message(finding.message),
        "locations": [
            {
                "physicalLocation": _place(file, source, finding.span),
                "logicalLocations": [{"fullyQualifiedName": without_surrogates(finding.path)}],
            }
        ],
        "partialFingerprints": {
            # The only one that code scanning looks at.
            "primaryLocationLineHash": f"{one.digest[:16]}:{one.number}",
            "ampLint/v2": one.fingerprint,
        },
    }
    if any(related.source is None for related in finding.related):
        result["relatedLocations"] = [
            {
                "id": number,
                "physicalLocation": _place(file, source, related.span),
                "message": _message(related.message),
            }
            # Code scanning knows the files of one commit only, so no places in an old manifest.
            for number, related in enumerate(finding.related, 1)
            if related.source is None
        ]
    # The schema forbids two that are equal.
    fixes = [_fix(file, source, fix) for fix in dict.fromkeys(finding.fixes) if fix.edits]
    if fixes:
        result["fixes"] = fixes
    return result


def _fix(file: Json, source: Source, fix: Fix) -> Json:
    replacements = [
        {
            "deletedRegion": _region(source, edit.span),
            "insertedContent": {"text": without_surrogates(edit.text)},
        }
        for edit in fix.edits
    ]
    return {
        "description": _message(fix.title),
        "artifactChanges": [{"artifactLocation": file, "replacements": replacements}],
        "properties": {"applicability": fix.applicability.value},
    }


def _message(text: str) -> Json:
    """Return a message; text that it quotes from a manifest is not taken for a link."""
    text = without_surrogates(text.replace("[", "\\[") if "](" in text else text)
    return {"text": text}


def _place(file: Json, source: Source, span: Span) -> Json:
    return {"artifactLocation": file, "region": _region(source, span)}


def _region(source: Source, span: Span) -> Json:
    start, end = source.position(span.start), source.position(span.end)
    return {
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    }


def _file(name: str) -> Json:
    """Return the address of a file: relative to the root of the report, or a `file:` URI.

    There is no `uriBaseId`: code scanning does not resolve it.
    """
    from urllib.parse import quote

    try:
        address = quote(name.encode("utf-8", "surrogateescape"))
    except UnicodeEncodeError:  # a surrogate that does not come from a byte of a file name
        address = quote(without_surrogates(name).encode())
    if not PurePath(name).is_absolute():
        return {"uri": address}
    return {"uri": f"file://{address}" if address.startswith("/") else f"file:///{address}"}
