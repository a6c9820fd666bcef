"""What a long or rare schedule costs, in calls, and what the package imports."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import amp_lint.manifest.cron as package
from amp_lint.manifest.cron import (
    nearest_legal_step,
    overflowing_steps,
    parse,
    shortest_gap,
    uneven_steps,
)
from amp_lint.manifest.cron.calendar import closest_days
from amp_lint.manifest.cron.describe import describe

from .expressions import EDGES, calls, fault

LONG = {
    "distinct numbers": lambda count: ",".join(str(at % 60) for at in range(count)),
    "one range": lambda count: ",".join(["*/7"] * count),
    "distinct steps": lambda count: ",".join(f"*/{at}" for at in range(1, count + 1)),
}


@pytest.mark.parametrize("parts", LONG.values(), ids=LONG)
def test_a_long_list_costs_in_proportion_to_its_length(parts: Callable[[int], str]) -> None:
    def judge(count: int) -> int:
        text = f"{parts(count)} * * * *"

        def work() -> None:
            schedule = parse(text)
            shortest_gap(schedule)
            uneven_steps(schedule)
            overflowing_steps(schedule)
            nearest_legal_step(schedule, 10)
            describe(schedule)

        return calls(work)

    judge(100)  # fills the caches
    small, large = judge(1_000), judge(4_000)
    assert large < 4.2 * small
    assert small < 60 * 1_000


def test_a_hundred_thousand_parts_are_judged() -> None:
    parts = [str(at % 60) for at in range(100_000)]
    schedule = parse(",".join(parts) + " * * * *")
    assert len(schedule.minute.items) == len(parts)
    gap = shortest_gap(schedule)
    assert gap is not None
    assert gap.minutes == 1
    last = ",".join(parts) + ",60"
    assert fault(f"{last} * * * *").start == len(last) - 2


@pytest.mark.parametrize("text", EDGES)
def test_the_rarest_days_cost_a_few_thousand_calls(text: str) -> None:
    schedule = parse(text)
    closest_days.cache_clear()
    shortest_gap.cache_clear()
    assert calls(lambda: shortest_gap(schedule)) < 6_000


# What a clean check has loaded anyway.
STANDS_ON = ("amp_lint.manifest.cron", "amp_schema.lite_dataclasses", "amp_schema.patterns")


def test_the_package_stands_alone_and_imports_croniter_late() -> None:
    folder = Path(package.__file__).parent
    for module in folder.glob("*.py"):
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and str(node.module).startswith("amp_"):
                assert str(node.module).startswith(STANDS_ON)
    code = "import sys, amp_lint.manifest.cron; sys.exit('croniter' in sys.modules)"
    environment = {"PYTHONPATH": str(folder.parent.parent)}
    assert (
        subprocess.run([sys.executable, "-c", code], env=environment, check=False).returncode == 0
    )
