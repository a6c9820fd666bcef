"""What messages say that the platform does, against what its deploy tool did."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

from amp_lint.linter.engine import lint
from amp_lint.linter.finding import Finding
from amp_lint.text.source import Source
from amp_lint.yaml.nodes import Scalar, follow
from amp_lint.yaml.reader import read

CASES: list[dict[str, Any]] = json.loads(
    Path(__file__).with_name("decoder_cases.json").read_text("utf-8")
)
BECOMES = re.compile(r"(?:becomes|turns into) the string `([^`]*)`")
IGNORES = "so the platform ignores it"
USES, OTHER = "the platform uses this value and ignores", "the platform ignores this value and uses"
STEP = re.compile(r"\.([A-Za-z]+)|\[(\d+)\]")
PATH = re.compile(r"\$(?:\.[A-Za-z]+|\[\d+\])*")
NOWHERE = object()


def at(manifest: object, path: str) -> object:
    """Return the value that the platform reads at a path; NOWHERE if there is none."""
    # The names of keys that the reference does not know may hold any characters.
    value: object = manifest if PATH.fullmatch(path) else NOWHERE
    for key, number in STEP.findall(path):
        if key and isinstance(value, dict):
            value = next(
                (one for name, one in value.items() if name.lower() == key.lower()), NOWHERE
            )
        elif number and isinstance(value, list) and int(number) < len(value):
            value = value[int(number)]
        else:
            return NOWHERE
    return value


def written(text: str, finding: Finding) -> str | None:
    """Return the text behind the key that a finding is about."""
    for mapping in read(Source.from_text(text)).mappings:
        for entry in mapping.entries:
            if entry.key.span == finding.span:
                value = follow(entry.value)
                return value.value if isinstance(value, Scalar) else None
    return None


def check(row: dict[str, Any], tried: Counter[str]) -> None:
    """Check the claims of all findings on a manifest that the platform reads."""
    for finding in lint(Source.from_text(row["text"])).findings:
        found = at(row["manifest"], finding.path)
        becomes = BECOMES.search(finding.message)
        if becomes is not None and found is not NOWHERE:
            tried["becomes"] += 1
            assert str(found) == becomes[1], (finding.message, found)
        elif IGNORES in finding.message:
            tried["ignores"] += 1
            assert found is NOWHERE, (finding.message, found)
        elif USES in finding.message or OTHER in finding.message:
            text = written(row["text"], finding)
            if text is not None and found is not NOWHERE and isinstance(found, str):
                tried["uses"] += 1
                # The value that is ignored may be the same text.
                assert found == text or OTHER in finding.message, (finding.message, found)


def test_claims_of_messages_on_the_cases() -> None:
    tried: Counter[str] = Counter()
    for case in CASES:
        if "manifest" in case:
            check(case, tried)
    assert tried["becomes"] >= 5
    assert tried["ignores"] >= 1
    assert tried["uses"] >= 1


def test_claims_of_messages_on_the_whole_table(shared: Path) -> None:
    tried: Counter[str] = Counter()
    with gzip.open(shared / "facts" / "decoder.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if "manifest" in row:
                check(row, tried)
    assert all(tried[claim] > 20 for claim in ("becomes", "ignores", "uses")), tried
