"""The manifests that are mutated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
LONGEST = 20_000  # code points; longer ones find nothing new and are slow
_YAML = re.compile(r"^```yaml[^\n]*\n(.*?)^```", re.M | re.S)


def seeds(shared: Path) -> list[str]:
    """Return the manifests of the rule pages and edge cases, and the real ones if they exist."""
    samples = sorted((shared / "corpus" / "samples").rglob("*amp.y*ml"))
    found = [*_written_down(), *(path.read_text("utf-8") for path in samples)]
    return [text for text in dict.fromkeys(found) if len(text) < LONGEST]


def _written_down() -> Iterator[str]:
    for folder in (ROOT / "docs" / "rules", ROOT / "tests" / "rules"):
        for path in sorted(folder.glob("*.md")):
            yield from _YAML.findall(path.read_text("utf-8"))
    yield (ROOT / "docs" / "examples" / "amp.yaml").read_text("utf-8")
