"""Fixes of a backfill that a provider does not support."""

from __future__ import annotations

from amp_lint.linter.common_fixes import drop, exchange
from amp_lint.linter.rule import Context
from amp_lint.manifest.objects import DefaultPeriod
from amp_lint.text.edits import Fix


def one_left(context: Context, period: DefaultPeriod, old: str, new: str, value: int) -> Fix | None:
    """Put one key in the place of the other; where it is there already, remove the other."""
    if period.has(new):
        return drop(context, period, old)
    return exchange(context, period, old, new, value)
