"""Documentation made from the rules' docstrings, so that it cannot lie.

`python -m amp_lint.docs` writes `docs/rules/` and the table of rules; `--check` only says whether
they are current.
"""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass

from amp_lint.rule import Rule

_SECTION = re.compile(r"^## +(?P<title>.+)$", re.M)
_FENCE = re.compile(r"^```yaml\n(?P<text>.*?)^```$", re.S | re.M)


@dataclass(frozen=True, slots=True)
class RuleDoc:
    """A docstring in its parts. `summary` is the first paragraph, `why` what follows it."""

    rule: Rule
    summary: str
    why: str
    wrong: tuple[str, ...]
    right: tuple[str, ...]
    sections: dict[str, str]


def rule_doc(rule: Rule) -> RuleDoc:
    """Take a rule's docstring apart."""
    text = inspect.cleandoc(rule.doc)
    marks = list(_SECTION.finditer(text))
    head = text[: marks[0].start()] if marks else text
    sections: dict[str, str] = {}
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        end = following.start() if following else len(text)
        sections[mark["title"].strip()] = text[mark.end() : end].strip("\n")
    summary, _, why = head.strip().partition("\n\n")
    return RuleDoc(
        rule=rule,
        summary=" ".join(summary.split()),
        why=why.strip(),
        wrong=_snippets(sections.get("Wrong", "")),
        right=_snippets(sections.get("Right", "")),
        sections=sections,
    )


def _snippets(section: str) -> tuple[str, ...]:
    return tuple(match["text"] for match in _FENCE.finditer(section))
