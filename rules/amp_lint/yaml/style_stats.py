"""How the author of a manifest indents and quotes, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from amp_lint.yaml.emitter import Style
from amp_schema.lite_dataclasses import dataclass, field


@dataclass(slots=True)
class StyleStats:
    """How often each way of writing is met: how far the keys (`steps`) and the dashes of a list
    (`dashes`) are indented below the key above, and which quotes are used."""

    steps: Counter[int] = field(default_factory=Counter)
    dashes: Counter[int] = field(default_factory=Counter)
    quotes: Counter[str] = field(default_factory=Counter)

    @classmethod
    def together(cls, parts: Iterable[StyleStats]) -> StyleStats:
        """Those of the parts of a file."""
        every = cls()
        for part in parts:
            # Of hundreds of small ones, `update` would be a third of a key's time.
            for number, count in part.steps.items():
                every.steps[number] += count
            for number, count in part.dashes.items():
                every.dashes[number] += count
            for quote, count in part.quotes.items():
                every.quotes[quote] += count
        return every

    def style(self, line_break: str) -> Style:
        """The style they make; what does not show is as in most manifests."""
        step = _most(self.steps, 2, low=1)
        return Style(
            step=step,
            dash=_most(self.dashes, step, low=0),
            quote="'" if self.quotes["'"] > self.quotes['"'] else '"',
            line_break=line_break,
        )


def _most(counts: Counter[int], otherwise: int, *, low: int) -> int:
    """The most frequent number that makes sense, the smallest of several."""
    sensible = [(-count, number) for number, count in counts.items() if low <= number <= 8]
    return min(sensible)[1] if sensible else otherwise
