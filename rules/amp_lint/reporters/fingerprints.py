"""Fingerprints: identities of findings that survive edits elsewhere in the manifest."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from amp_schema.lite_dataclasses import dataclass

if TYPE_CHECKING:
    from amp_lint.linter.engine import Report
    from amp_lint.linter.finding import Finding
    from amp_lint.reporters import Run
    from amp_lint.yaml.nodes import Node, Sequence

# A marked text may be megabytes long; its beginning is enough to tell it from others.
_LONGEST_MARKED = 500

# The keys whose value identifies an item of a list, the first that is there.
_NAMING_KEYS = ("name", "objectName", "fieldName", "mapToName")

_STEP = re.compile(
    r'\.(?P<key>[A-Za-z_$][\w$-]*)|\[(?P<index>\d+)\]|\[(?P<text>"(?:[^"\\]|\\.)*")\]'
)
_QUOTED = re.compile(r"`[^`]*`")


@dataclass(frozen=True, slots=True)
class Identified:
    """A finding with its fingerprint.

    `digest` is a hexadecimal SHA-256 of what identifies the mistake; `number` (from 1) tells equal
    mistakes of a manifest apart, in the order of the text.
    """

    report: Report
    finding: Finding
    digest: str
    number: int

    @property
    def fingerprint(self) -> str:
        """A single word that is unique within the run."""
        return self.digest if self.number == 1 else f"{self.digest}-{self.number}"


def identified(run: Run) -> Iterator[Identified]:
    """Yield every finding with a fingerprint that no other finding of the run has.

    It is made from the file, the rule and the place in the manifest, where a list item counts by
    its name instead of its position. So it survives shifted lines, items added or removed above,
    and reordered keys.
    """
    from hashlib import sha256

    seen: Counter[str] = Counter()
    for report in run.reports:
        if not report.findings:
            continue
        places = _Places(report)
        file = run.file_name(report.source)
        for finding in report.findings:
            parts = (file, finding.rule, *places.identity(finding))
            digest = sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
            seen[digest] += 1
            yield Identified(report, finding, digest, seen[digest])


class _Places:
    """The identities of places in one manifest, which is parsed for them once more."""

    def __init__(self, report: Report) -> None:
        from amp_lint.yaml.reader import read

        self._report = report
        self._root = read(report.source).root

    def identity(self, finding: Finding) -> tuple[str, str]:
        """Return the path by names, and the words that tell findings on one path apart."""
        from amp_lint.yaml.nodes import Collection

        path, node = self._walk(finding.path)
        if self._report.parses and isinstance(node, Collection):
            # The mark is the first key or item, which changes with the order of the keys.
            return path, " ".join(_QUOTED.findall(finding.message))
        start, end = finding.span
        return path, self._report.source.text[start : min(end, start + _LONGEST_MARKED)]

    def _walk(self, path: str) -> tuple[str, Node | None]:
        from amp_lint.yaml.nodes import Mapping, Sequence, follow

        named: list[str] = []
        node = self._root
        for step in _STEP.finditer(path):
            node = follow(node)
            if step["index"] is None:
                named.append(step[0])
                entry = node.find(_key(step)) if isinstance(node, Mapping) else None
                node = entry.value if entry else None
            elif isinstance(node, Sequence) and int(step["index"]) < len(node.items):
                named.append(f"[{_item_name(node, int(step['index']))}]")
                node = node.items[int(step["index"])]
            else:
                named.append("[]")
                node = None
        return "".join(named), follow(node)


def _key(step: re.Match[str]) -> str:
    import json

    return step["key"] or str(json.loads(step["text"]))


def _item_name(items: Sequence, index: int) -> str:
    """Return the name of an item, or "" if it has none."""
    from amp_lint.yaml.nodes import Mapping, Scalar, follow

    item = follow(items.items[index])
    if isinstance(item, Scalar):
        return item.value
    if isinstance(item, Mapping):
        for key in _NAMING_KEYS:
            entry = item.find(key)
            value = follow(entry.value) if entry else None
            if isinstance(value, Scalar):
                return value.value
    return ""
