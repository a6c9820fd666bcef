"""The documentation of a rule: its docstring taken apart, and its page in Markdown."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from amp_lint.linter.rule import Group, Rule
from amp_lint.linter.suppressions import NEVER_SUPPRESSED

if TYPE_CHECKING:
    from amp_lint.linter.engine import Report
    from amp_lint.project.snapshot import Snapshot

_SECTION = re.compile(r"^## +(?P<title>.+)$", re.M)
_FENCE = re.compile(r"^```yaml\n(?P<text>.*?)^```$", re.S | re.M)
_JSON = re.compile(r"^```json\n(?P<text>.*?)^```$", re.S | re.M)

_ABOUT_SNAPSHOT = (
    "The rule runs only with a snapshot of the project (`amp-lint pull`, then `snapshot` in the "
    "configuration or `--snapshot`) or with `--project`. The examples are compared with this one:"
)


_ABOUT_BEFORE = (
    "The rule runs only in `amp-lint changes`. The examples are compared with this old manifest:"
)
_ABOUT = {"Snapshot": _ABOUT_SNAPSHOT, "Before": _ABOUT_BEFORE}


@dataclass(frozen=True, slots=True)
class RuleDoc:
    """A docstring in its parts: `summary` is its first paragraph, `why` what follows up to the
    first heading, `sections` the text under each heading; `wrong` and `right` are the manifests
    shown under these headings; `snapshot` is the project that they are compared with, if the
    heading `Snapshot` shows one, `before` the old manifest under the heading `Before`."""

    rule: Rule
    summary: str
    why: str
    snapshot: Snapshot | None
    before: str | None
    wrong: tuple[str, ...]
    right: tuple[str, ...]
    sections: dict[str, str]


def rule_doc(rule: Rule) -> RuleDoc:
    """Take a rule's docstring apart."""
    text = inspect.cleandoc(rule.doc)
    marks = list(_SECTION.finditer(text))
    head = text[: marks[0].start()] if marks else text
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    sections = {
        mark["title"].strip(): text[mark.end() : end].strip("\n")
        for mark, end in zip(marks, ends, strict=False)  # no heading, no section
    }
    summary, _, why = head.strip().partition("\n\n")
    return RuleDoc(
        rule=rule,
        summary=" ".join(summary.split()),
        why=why.strip(),
        snapshot=example_snapshot(sections.get("Snapshot", "")),
        before=next(iter(_snippets(sections.get("Before", ""))), None),
        wrong=_snippets(sections.get("Wrong", "")),
        right=_snippets(sections.get("Right", "")),
        sections=sections,
    )


def example_snapshot(section: str) -> Snapshot | None:
    """Return the snapshot that a block of JSON shows; what every snapshot has is left out there."""
    match = _JSON.search(section)
    if match is None:
        return None
    from amp_lint.project.snapshot import snapshot_from

    common = {"version": 1, "asOf": "2026-11-29", "failed": {}}
    project = {"id": "p1", "name": "acme-dev"}
    return snapshot_from({**common, "project": project, **json.loads(match["text"])})


def _snippets(section: str) -> tuple[str, ...]:
    return tuple(match["text"] for match in _FENCE.finditer(section))


def page(doc: RuleDoc, *, alone: bool = False) -> str:
    """A rule's page in Markdown, with what the linter says of each wrong manifest. One that is
    shown alone has no links to other pages."""
    rule = doc.rule
    state = "" if rule.on else ", off by default"
    parts = [
        f"# {rule.id}",
        f"{rule.group.value} · {rule.severity.value}{state} · "
        f"[the platform's documentation]({rule.url})",
        doc.summary,
        doc.why,
    ]
    for title, body in doc.sections.items():
        shown = with_output(doc) if title == "Wrong" else body.strip()
        about = _ABOUT.get(title, "")
        parts += [f"## {title}", about, shown]
    parts += ["## Switch it off or on", _switch(rule, alone=alone)]
    return "\n\n".join(part for part in parts if part) + "\n"


def with_output(doc: RuleDoc) -> str:
    """The wrong manifests in Markdown, each with what the linter says of it and offers to fix."""
    shown = (
        f"```yaml\n{report.source.text}```\n\n```text\n" + "\n".join(_said(report)) + "\n```"
        for report in _reports(doc)
    )
    return "\n\n".join(shown)


def _reports(doc: RuleDoc) -> Iterator[Report]:
    """What the linter says of the wrong manifests."""
    from amp_lint.linter.engine import Settings, lint
    from amp_lint.text.source import Source
    from amp_lint.yaml.reader import read

    names = ("crmWebhook", "default-webhook") if doc.rule.id == "destination-exists" else ()
    # Which findings a comment suppresses shows only if every rule runs.
    alone = None if doc.rule.group is Group.SUPPRESSIONS else frozenset({doc.rule.id})
    settings = Settings(
        select=alone,
        destinations=names,
        snapshot=doc.snapshot,
        deployed_elsewhere=None if doc.snapshot is None else frozenset(),
        old=None if doc.before is None else read(Source.from_text(doc.before)),
    )
    for text in doc.wrong:
        yield lint(Source.from_text(text), settings)


def _said(report: Report) -> Iterator[str]:
    for finding in report.findings:
        at = report.source.position(finding.span.start)
        yield f"{at.line}:{at.column}: {finding.severity.value}: {finding.message}"
        for fix in finding.fixes:
            yield f"  = fix ({fix.applicability.value}): {fix.title}"


def fixable(doc: RuleDoc) -> str:
    """How far the fixes may be trusted that the wrong manifests are offered."""
    fixes = (fix for report in _reports(doc) for one in report.findings for fix in one.fixes)
    return ", ".join(sorted({fix.applicability.value for fix in fixes}))


def _switch(rule: Rule, *, alone: bool) -> str:
    words = (
        f"`amp-lint check --ignore {rule.id}` switches it off; `--severity {rule.id}=LEVEL` sets "
        "its severity: `error`, `warning`, `info` or `off`."
    )
    if not rule.on:
        words = f"`amp-lint check --severity {rule.id}={rule.severity.value}` switches it on."
    return f"{words}\n\n{_comment(rule, alone=alone)}"


def _comment(rule: Rule, *, alone: bool) -> str:
    if rule.id in NEVER_SUPPRESSED:
        return "No comment in the manifest suppresses it."
    more = "" if alone else "; see [Suppressions](../suppressions.md)"
    return (
        f"In the manifest, the comment `# amp:ignore[{rule.id}]` on the line above or at the end "
        f"of the line suppresses it there, and `# amp:ignore-file[{rule.id}]` in the whole "
        f"file{more}."
    )
