"""Doing what a message says removes its finding, and brings no finding on what was written."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from amp_lint.linter.engine import Report, lint
from amp_lint.linter.finding import Finding
from amp_lint.linter.registry import rules
from amp_lint.linter.rule import Group
from amp_lint.text.source import Source

from .advice import Followed, followed
from .seeds import ROOT, seeds

# Advice that is right and shows the next mistake, which was there before and could not be seen.
NEXT = frozenset(
    (
        # The value could not be read, or was not the one that the platform uses.
        ("yaml-syntax", "schedule-syntax"),
        ("yaml-syntax", "invalid-type"),
        ("invalid-type", "schedule-syntax"),
        ("invalid-type", "write-inherit-mapping"),
        ("yaml-ambiguous-scalar", "destination-name-format"),
        ("yaml-ambiguous-scalar", "watch-fields-no-nesting"),
        # What was written for example has to be declared elsewhere, too.
        ("required-field", "subscribe-requires-read"),
        ("field-identity", "user-mapping-incomplete"),
        # The rule that was meant to be suppressed is not reported.
        ("unknown-ignore", "unused-ignore"),
    )
)
# Rules whose messages leave to the author what to write, or which of several entries to remove.
LEFT_TO_THE_AUTHOR = frozenset(
    (
        *("duplicate-integration-name", "duplicate-object-mapping", "duplicate-read-object"),
        *("duplicate-subscribe-object", "duplicate-write-object", "field-mapping-unique"),
        *("destination-exists", "integration-name-length", "integration-name-format"),
        *("provider-capability-proxy", "provider-capability-read"),
        *("provider-capability-subscribe", "provider-capability-write"),
        *("large-backfill-risk", "merge-order", "read-without-fields"),
        *("salesforce-subscribe-limit", "schedule-never-runs"),
        *("subscribe-minimum-events", "subscribe-objects", "yaml-extra-document"),
    )
)
ELSEWHERE = (Group.PROJECT, Group.CHANGES)


def manifests() -> Iterator[str]:
    slips = json.loads((ROOT / "tests" / "slips" / "cases.json").read_text("utf-8"))
    yield from dict.fromkeys([*seeds(Path("none")), *(case["text"] for case in slips)])


def stays(finding: Finding, before: Report, after: Report) -> bool:
    """Whether a finding is still there. Of several with the same words, one less will do."""

    def same(report: Report) -> list[int]:
        words = (finding.rule, finding.message)
        return [one.span.start for one in report.findings if (one.rule, one.message) == words]

    return len(same(after)) >= len(same(before)) and finding.span.start in same(after)


def brought(finding: Finding, before: Report, after: Report, done: Followed) -> list[Finding]:
    """Return the findings on what was written that were not there before."""
    known = {(one.rule, one.message) for one in before.findings}
    more = Counter(one.rule for one in after.findings)
    more.subtract(Counter(one.rule for one in before.findings))
    return [
        one
        for one in after.findings
        if (one.rule, one.message) not in known
        and (more[one.rule] > 0 or one.rule == finding.rule)
        and (finding.rule, one.rule) not in NEXT
        and one.span.start <= done.written.end
        and done.written.start <= one.span.end
    ]


def test_advice_to_the_letter() -> None:
    tried: Counter[str] = Counter()
    for text in manifests():
        before = lint(Source.from_text(text))
        for finding in before.findings:
            done = followed(before, finding)
            if done is None:
                continue
            after = lint(Source.from_text(done.text))
            shown = f"{finding.rule}: {finding.message}\n{done.text}"
            assert not stays(finding, before, after), shown
            assert not brought(finding, before, after, done), shown
            assert after.parses or not before.parses, shown
            tried[finding.rule] += 1
    assert sum(tried.values()) > 700
    known = {name for name, rule in rules().items() if rule.group not in ELSEWHERE}
    assert known - tried.keys() == LEFT_TO_THE_AUTHOR
