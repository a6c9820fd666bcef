"""Writing what a message says removes its finding and brings no finding about what was written."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from amp_lint.linter.engine import lint
from amp_lint.linter.finding import Finding
from amp_lint.text.source import Source

from .seeds import seeds

# Rules whose messages name what to write in place of the characters that they are on.
RULES = frozenset(
    (
        *("schedule-minimum-interval", "schedule-step-overflow", "schedule-sunday-range"),
        *("schedule-nonstandard", "octal-integer", "yaml-ambiguous-scalar", "provider-module"),
        *("provider-not-supported", "object-near-miss", "field-near-miss", "destination-near-miss"),
        *("key-case", "invalid-value", "unknown-key"),
    )
)
ADVICE = re.compile(r"(?:write|did you mean) `([^`…]+)`")
# What following the advice must not bring: these say that the advice was wrong.
NEW_MISTAKES = ("yaml-syntax", "yaml-unsupported", "unknown-key", "key-case", "schedule-syntax")


def followed(text: str, finding: Finding) -> str | None:
    """Return the text with what the message of a finding says in place of the characters that it is
    on; None if it says something else."""
    advice = ADVICE.search(finding.message)
    old = text[slice(*finding.span)]
    # A block scalar is shown by its first line.
    if advice is None or "\n" in old or ": " in advice[1] or old.startswith((">", "|")):
        return None
    # Quotes around the old text stay.
    quote = old[0] if old[:1] in ("'", '"') and old[-1:] == old[0] != advice[1][0] else ""
    return f"{text[: finding.span.start]}{quote}{advice[1]}{quote}{text[finding.span.end :]}"


def test_advice_to_the_letter() -> None:
    tried: Counter[str] = Counter()
    for text in seeds(Path("none")):
        report = lint(Source.from_text(text))
        before = Counter(one.rule for one in report.findings)
        for finding in report.findings:
            changed = followed(text, finding) if finding.rule in RULES else None
            if changed is None:
                continue
            after = Counter(one.rule for one in lint(Source.from_text(changed)).findings)
            shown = f"{finding.rule}: {finding.message}\n{changed}"
            assert after[finding.rule] < before[finding.rule], shown
            assert not [rule for rule in NEW_MISTAKES if after[rule] > before[rule]], shown
            tried[finding.rule] += 1
    assert sum(tried.values()) > 100
    assert len(tried) >= 12
