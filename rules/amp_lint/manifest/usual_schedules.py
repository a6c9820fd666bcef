"""A quick look at schedules, which most manifests pass: every quarter of an hour, every six hours,
once a day.

The rules about schedules, and all that reads cron, are neither asked nor imported for them, which
saves 5 % of a clean run.
"""

from __future__ import annotations

from amp_lint.yaml.nodes import Mapping, Scalar

_EVERY_DAY = ["*", "*", "*"]
# Steps that divide the hour and the day.
_MINUTE_STEPS = frozenset(("*/10", "*/12", "*/15", "*/20", "*/30"))
_HOUR_STEPS = frozenset(("*", "*/2", "*/3", "*/4", "*/6", "*/8", "*/12"))
_MINUTES = frozenset(map(str, range(60)))
_HOURS = frozenset(map(str, range(24)))


def has_usual_schedule(mapping: Mapping) -> bool:
    """Whether no rule has anything to say about the `schedule` of a mapping, if it has one."""
    entry = mapping.find("schedule")
    if entry is None:
        return True
    value = entry.value
    if not isinstance(value, Scalar) or value.tag is not None or not mapping.is_plain:
        return False
    # `watchSchema` may run once an hour at most. It is in no list, and an anchor may be used in it.
    is_of_read = isinstance(mapping.slot, int) and mapping.anchor is None
    return _is_usual(value.value, may_be_often=is_of_read)


def _is_usual(text: str, *, may_be_often: bool) -> bool:
    minute, *others = text.split(" ")
    if others[1:] != _EVERY_DAY:
        return False
    if minute in _MINUTE_STEPS:
        return may_be_often and others[0] == "*"
    return minute in _MINUTES and (others[0] in _HOUR_STEPS or others[0] in _HOURS)
