"""Five-field cron: a strict parser, the exact shortest gap, words, next runs.

The package stands alone: it knows nothing of manifests, findings or YAML. All times are UTC.
"""

from __future__ import annotations

from amp_lint.schedule.fields import Field, Item, Schedule, ScheduleError
from amp_lint.schedule.gap import Gap, never_runs, shortest_gap
from amp_lint.schedule.mend import meant, mended
from amp_lint.schedule.parse import parse
from amp_lint.schedule.runs import next_runs
from amp_lint.schedule.steps import (
    even_step,
    is_sound,
    nearest_legal_step,
    overflowing_steps,
    plain_value,
    replaced,
    uneven_steps,
)
from amp_lint.schedule.words import describe, length, moment

__all__ = [
    "Field",
    "Gap",
    "Item",
    "Schedule",
    "ScheduleError",
    "describe",
    "even_step",
    "is_sound",
    "length",
    "meant",
    "mended",
    "moment",
    "nearest_legal_step",
    "never_runs",
    "next_runs",
    "overflowing_steps",
    "parse",
    "plain_value",
    "replaced",
    "shortest_gap",
    "uneven_steps",
]
