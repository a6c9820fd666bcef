"""Five-field cron: a strict parser, the exact shortest gap, words, next runs.

What only messages need is not imported here: `describe`, `next_runs` and `suggestions`.

The package stands alone: it knows nothing of manifests, findings or YAML. All times are UTC.
"""

from __future__ import annotations

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
    swapped,
    uneven_steps,
)
from amp_lint.manifest.cron.sundays import lost_sundays, with_sunday_as_zero

__all__ = [
    "CronField",
    "CronItem",
    "Gap",
    "Schedule",
    "ScheduleError",
    "even_step",
    "is_sound",
    "lost_sundays",
    "nearest_legal_step",
    "never_runs",
    "once_an_hour",
    "overflowing_steps",
    "parse",
    "plain_value",
    "replaced",
    "shortest_gap",
    "swapped",
    "uneven_steps",
    "with_sunday_as_zero",
]
