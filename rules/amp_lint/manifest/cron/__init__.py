"""Five-field cron: a strict parser, the exact shortest gap, words, next runs.

The package stands alone: it knows nothing of manifests, findings or YAML. All times are UTC.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from amp_lint.manifest.cron.intervals import Gap, never_runs, shortest_gap
from amp_lint.manifest.cron.model import CronField, CronItem, Schedule, ScheduleError
from amp_lint.manifest.cron.parser import parse
from amp_lint.manifest.cron.steps import (
    even_step,
    is_sound,
    nearest_legal_step,
    once_an_hour,
    overflowing_steps,
    plain_value,
    replaced,
    uneven_steps,
)
from amp_lint.manifest.cron.sundays import lost_sundays, with_sunday_as_zero

if TYPE_CHECKING:
    from amp_lint.manifest.cron.describe import describe, length, moment
    from amp_lint.manifest.cron.next_runs import next_runs
    from amp_lint.manifest.cron.suggestions import meant, mended

__all__ = [
    "CronField",
    "CronItem",
    "Gap",
    "Schedule",
    "ScheduleError",
    "describe",
    "even_step",
    "is_sound",
    "length",
    "lost_sundays",
    "meant",
    "mended",
    "moment",
    "nearest_legal_step",
    "never_runs",
    "next_runs",
    "once_an_hour",
    "overflowing_steps",
    "parse",
    "plain_value",
    "replaced",
    "shortest_gap",
    "uneven_steps",
    "with_sunday_as_zero",
]

# What only messages need is imported when it is first used.
_LATER = {
    "describe": "describe",
    "length": "describe",
    "meant": "suggestions",
    "mended": "suggestions",
    "moment": "describe",
    "next_runs": "next_runs",
}


def __getattr__(name: str) -> object:
    """Import a name of `_LATER`. Raises AttributeError for any other."""
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
