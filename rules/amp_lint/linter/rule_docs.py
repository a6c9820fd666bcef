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
from amp_lint.text.edits import Applicability, Edit, apply

if TYPE_CHECKING:
    from amp_lint.linter.engine import Report, Settings
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

FIX_SAFETY = "Fix safety"
_SAFETY = {
    Applicability.SAFE: (
        "Safe: the platform reads the same, or nothing else can be meant. `--fix` applies it."
    ),
    Applicability.UNSAFE: "Unsafe: a good guess to review. `--fix --unsafe-fixes` applies it.",
    Applicability.MANUAL: (
        "Manual: the author must decide or fill something in. Editors and `--format json` offer "
        "it, `--fix` does not apply it."
    ),
}


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
    for title, body in shown_sections(doc).items():
        shown = body.strip()
        about = _ABOUT.get(title, "")
        parts += [f"## {title}", about, shown]
    parts += ["## Switch it off or on", _switch(rule, alone=alone)]
    return "\n\n".join(part for part in parts if part) + "\n"


def shown_sections(doc: RuleDoc) -> dict[str, str]:
    """Return the sections of a docstring, in Markdown, with what is generated.

    Each wrong manifest is followed by its findings and by the text after their fixes. `Fix safety`,
    where the docstring does not explain it, says how far the fixes can be trusted.
    """
    sections = dict(doc.sections)
    if FIX_SAFETY not in sections:
        # Before the examples, behind the advice.
        at = list(sections).index("Fix") + 1 if "Fix" in sections else 0
        before, behind = list(sections.items())[:at], list(sections.items())[at:]
        sections = {**dict(before), FIX_SAFETY: _fix_safety(doc), **dict(behind)}
    return {**sections, "Wrong": _with_output(doc)} if "Wrong" in sections else sections


def _fix_safety(doc: RuleDoc) -> str:
    offered = fixable(doc).split(", ")
    kinds = [_SAFETY[kind] for kind in Applicability if kind.value in offered]
    return "\n\n".join(kinds) or "The rule offers no fix."


def _with_output(doc: RuleDoc) -> str:
    """Return the wrong manifests, each with its findings and the text after the first fixes."""
    return "\n\n".join(
        f"```yaml\n{report.source.text}```\n\n```text\n"
        + "\n".join(_said(report))
        + "\n```"
        + _after_fixes(report, doc)
        for report in _reports(doc)
    )


def _after_fixes(report: Report, doc: RuleDoc) -> str:
    text = fixed_text(report)
    if text == report.source.text:
        return ""
    if text in doc.right:
        return "\n\nAfter the fix it is the manifest under Right."
    return f"\n\nAfter the fix:\n\n```yaml\n{text}```"


def fixed_text(report: Report) -> str:
    """Return a manifest after the preferred fix of each finding, also of those that no run applies.

    A fix that overlaps one before it is left out.
    """
    made: list[Edit] = []
    for finding in report.findings:
        edits = finding.fixes[0].edits if finding.fixes else ()
        free = all(
            one.span.end <= other.span.start or other.span.end <= one.span.start
            for one in edits
            for other in made
        )
        made += edits if free else ()
    return apply(report.source.text, made)


def _reports(doc: RuleDoc) -> Iterator[Report]:
    """Yield what the linter says of the wrong manifests."""
    from amp_lint.linter.engine import lint
    from amp_lint.text.source import Source

    settings = example_settings(doc)
    return (lint(Source.from_text(text), settings) for text in doc.wrong)


def example_settings(doc: RuleDoc) -> Settings:
    """Return the settings with which the examples of a rule are judged."""
    from amp_lint.linter.engine import Settings
    from amp_lint.text.source import Source
    from amp_lint.yaml.reader import read

    names = ("crmWebhook", "default-webhook") if doc.rule.id == "destination-exists" else ()
    # Which findings a comment suppresses shows only if every rule runs.
    alone = None if doc.rule.group is Group.SUPPRESSIONS else frozenset({doc.rule.id})
    return Settings(
        select=alone,
        destinations=names,
        snapshot=doc.snapshot,
        deployed_elsewhere=None if doc.snapshot is None else frozenset(),
        old=None if doc.before is None else read(Source.from_text(doc.before)),
    )


def _said(report: Report) -> Iterator[str]:
    for finding in report.findings:
        at = report.source.position(finding.span.start)
        yield f"{at.line}:{at.column}: {finding.severity.value}: {finding.message}"
        for fix in finding.fixes:
            yield f"  = fix ({fix.applicability.value}): {fix.title}"


def fixable(doc: RuleDoc) -> str:
    """Return the kinds of fixes that the wrong manifests are offered: safe, unsafe, manual."""
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
