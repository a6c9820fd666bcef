"""Rules about schedules have nothing to say about the usual ones, and are asked about others."""

from __future__ import annotations

from itertools import product

import pytest

from amp_lint.linter.registry import rules
from amp_lint.linter.rule import SCHEDULES
from amp_lint.linter.rule_filter import RuleFilter
from amp_lint.manifest.cron import (
    lost_sundays,
    never_runs,
    overflowing_steps,
    parse,
    shortest_gap,
    uneven_steps,
)
from amp_lint.manifest.model import READ_MINIMUM, WATCH_MINIMUM
from amp_lint.manifest.usual_schedules import has_usual_schedule
from amp_lint.text.source import Source
from amp_lint.yaml.nodes import Mapping
from amp_lint.yaml.reader import read

PARTS = [str(number) for number in range(-1, 62)] + [f"*/{number}" for number in range(62)]
HOURS = ["*", *PARTS, "07", "1-5", "1,2", "?"]


def usual(*, in_list: bool) -> list[str]:
    """Return all schedules of these parts that are usual."""
    found = []
    for minute, hour, day in product(HOURS, HOURS, ("*", "1", "?")):
        text = f"{minute} {hour} {day} * *"
        manifest = f"- schedule: '{text}'" if in_list else f"watchSchema: {{schedule: '{text}'}}"
        node = read(Source.from_text(manifest)).mappings[-1]
        if has_usual_schedule(node):
            found.append(text)
    return found


@pytest.mark.parametrize(("in_list", "minimum"), [(True, READ_MINIMUM), (False, WATCH_MINIMUM)])
def test_nothing_is_wrong_with_a_usual_schedule(in_list: bool, minimum: int) -> None:
    every = usual(in_list=in_list)
    assert len(every) > 60 * 24
    for text in every:
        schedule = parse(text)
        gap = shortest_gap(schedule)
        assert gap is not None, text
        assert gap.minutes >= minimum, text
        assert not never_runs(schedule), text
        assert not schedule.nonstandard, text
        found = (overflowing_steps(schedule), lost_sundays(schedule), uneven_steps(schedule))
        assert not any(map(list, found)), text


OBJECT = "{objectName: contacts, destination: hook, %s}"
MANIFEST = """\
specVersion: 1.0.0
integrations:
  - name: crm-sync
    provider: hubspot
    read: {objects: [%s]}
"""
ABOUT_SCHEDULES = [rule for rule in rules().values() if SCHEDULES in rule.needs]


def asks(text: str) -> bool:
    """Return whether the rules about schedules are asked about a manifest."""
    relevance = RuleFilter(read(Source.from_text(text)), dict, False)
    answers = {relevance.concerns(rule) for rule in ABOUT_SCHEDULES}
    assert len(answers) == 1
    return answers.pop()


@pytest.mark.parametrize(
    "entry",
    [
        "schedule: '*/15 * * * *'",
        "schedule: 0 */6 * * *",
        'schedule: "30 2 * * *"',
        "Schedule: '0 0 * * *'",
        "enabled: always",
    ],
)
def test_they_are_not_asked_about_usual_schedules(entry: str) -> None:
    assert not asks(MANIFEST % OBJECT % entry)


@pytest.mark.parametrize(
    "entry",
    [
        "schedule: '*/5 * * * *'",
        "schedule: '*/15 0 * * *'",
        "schedule: '0 0 * * 7'",
        "schedule: '0 0 * *'",
        "schedule: ' 0 0 * * *'",
        "schedule: '60 * * * *'",
        "schedule: 5",
        "schedule: ",
        "schedule: []",
        "schedule: !!binary '0 0 * * *'",
        "schedule: '0 0 * * *', Schedule: hourly",
        "schedule: hourly, schedule: '0 0 * * *'",
        "mapToName: &x hourly, schedule: *x",
    ],
)
def test_they_are_asked_about_others(entry: str) -> None:
    assert asks(MANIFEST % OBJECT % entry)


@pytest.mark.parametrize(
    "lines",
    [
        "    watchSchema: {schedule: '*/15 * * * *'}",
        "    watchSchema: *often",
        "    watchSchema: {<<: *often}",
    ],
)
def test_a_usual_schedule_of_reads_may_be_too_often_for_watch_schema(lines: str) -> None:
    listed = OBJECT % "schedule: '*/15 * * * *'"
    assert asks(f"{MANIFEST % f'&often {listed}'}{lines}\n")


def test_a_mapping_without_a_schedule_has_no_odd_one() -> None:
    assert has_usual_schedule(Mapping(0, 0))
