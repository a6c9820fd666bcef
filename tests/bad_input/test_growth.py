"""Eight times the input takes about eight times the work, in every function, for every mistake.

Steps are counted, not seconds: how often the interpreter enters a line of each function.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from types import CodeType, FrameType
from typing import Any

import pytest

from amp_lint.linter.changes import compare
from amp_lint.linter.engine import Report, Settings, lint
from amp_lint.linter.fixer import fix_source
from amp_lint.manifest.revision import matching
from amp_lint.text.source import Source

FEW, MANY = 12, 96
TIMES = MANY // FEW
# Sorting takes a little more than eight times the steps.
TOLERANCE = 1.6
# Functions with few steps say nothing about growth.
SLACK = 600

HEAD = "specVersion: 1.0.0\nintegrations:\n"
OPEN = "  - name: crm\n    provider: salesforce\n"


def items(text: str, count: int) -> str:
    # All numbers have the same length, because longer ones would take more steps.
    return "".join(text.replace("NUMBER", str(number)) for number in range(100, 100 + count))


def reads(objects: str) -> str:
    return f"{HEAD}{OPEN}    read:\n      objects:\n{objects}"


def subscribes(objects: str) -> str:
    return f"{HEAD}{OPEN}    subscribe:\n      objects:\n{objects}"


READ = "        - objectName: o{0}\n          destination: {1}\n          schedule: '{2}'\n"
FIELDS = "          requiredFields:\n"
EVENT = "          updateEvent:\n            enabled: always\n            requiredWatchFields:\n"

KINDS: dict[str, Callable[[int], str]] = {
    "equal integrations": lambda n: HEAD + items(OPEN, n),
    "integrations that lack everything": lambda n: HEAD + items("  - nme: cNUMBER\n", n),
    "near-equal providers": lambda n: (
        HEAD + items("  - name: cNUMBER\n    provider: salesforcNUMBER\n", n)
    ),
    "equal objects": lambda n: reads(items(READ.format("", "crm", "*/13 * * * *"), n)),
    "near-equal objects": lambda n: reads(items(READ.format("pportunityNUMBER", "c", "* * *"), n)),
    "near-equal destinations": lambda n: reads(
        items(READ.format("NUMBER", "crm-webhoNUMBERk", "0 0 31 2 *"), n)
        + items(READ.format("xNUMBER", "crm-webhook", "@hourly"), n)
    ),
    "equal fields": lambda n: reads(
        READ.format("", "crm", "")
        + FIELDS
        + items("            - fieldName: a\n              mapToName: b\n", n)
    ),
    "fields of one name": lambda n: reads(
        READ.format("", "crm", "")
        + FIELDS
        + items("            - fieldName: aNUMBER\n              mapToName: b\n", n)
    ),
    "unknown keys": lambda n: HEAD + OPEN + items("    provideNUMBER: x\n", n),
    "equal keys": lambda n: HEAD + OPEN + items("    proxy: {enabled: no}\n", n),
    "subscriptions without a read": lambda n: subscribes(
        items("        - objectName: oNUMBER\n          destination: crm\n", n)
    ),
    "undeclared watch fields": lambda n: subscribes(
        "        - objectName: o\n          destination: crm\n"
        + EVENT
        + items("              - fNUMBER\n              - fNUMBER\n", n)
    ),
    # One misspelt id, because the suggestions for one run are limited.
    "suppressions": lambda n: (
        HEAD
        + OPEN
        + items("    # amp:ignore[unknown-kye, unknown-key]\n    x: NUMBER # amp:ignore\n", n)
    ),
    "one line": lambda n: (
        f"{HEAD}  - {{name: a, provider: x, proxy: {{{items('aNUMBER: b, ', n)}}}}}\n"
    ),
    "schedules": lambda n: reads(READ.format("", "crm", ",".join("*/7" for _ in range(n)))),
    "aliases": lambda n: HEAD + "  - &a {name: a, provider: x}\n" + items("  - *a\n", n),
    "broken integrations": lambda n: HEAD + items('  - name: "x\n    provider: hubspot\n', n),
    "tabs": lambda n: HEAD + items("  - name: xNUMBER\n\tprovider: hubspot\n", n),
    "words that are none": lambda n: reads(
        items("        - objectName: no\n          destination: 1.0\n", n)
    ),
}


def steps(work: Callable[[], object]) -> Counter[CodeType]:
    """Return how many lines of each of our functions are executed."""
    counts: Counter[CodeType] = Counter()

    def enter(frame: FrameType, _event: str, _argument: object) -> Any:
        code = frame.f_code
        if "amp_" not in code.co_filename:
            return None
        counts[code] += 1

        def step(_frame: FrameType, event: str, _argument: object) -> Any:
            if event == "line":
                counts[code] += 1
            return step

        return step

    before = sys.gettrace()
    sys.settrace(enter)
    try:
        work()
    finally:
        sys.settrace(before)
    return counts


def growth(before: Counter[CodeType], after: Counter[CodeType]) -> dict[str, tuple[int, int]]:
    """Return the functions whose steps grew more than the text, with both counts."""
    return {
        f"{code.co_filename.rpartition('/')[2]}:{code.co_firstlineno} {code.co_name}": (
            before[code],
            count,
        )
        for code, count in after.items()
        if count > before[code] * TIMES * TOLERANCE + SLACK
    }


def judged(text: str) -> Report:
    return lint(Source.from_text(text), Settings(destinations=("crm-webhook", "crm")))


def fixed(text: str) -> object:
    return fix_source(Source.from_text(text), unsafe=True)


@pytest.mark.parametrize("work", [judged, fixed], ids=["lint", "fix"])
@pytest.mark.parametrize("kind", KINDS.values(), ids=[name.replace(" ", "-") for name in KINDS])
def test_work_grows_as_the_text_does(
    kind: Callable[[int], str], work: Callable[[str], object]
) -> None:
    few, many = kind(FEW), kind(MANY)
    work(few)  # imports, and caches that outlive a run
    work(many)

    before, after = steps(lambda: work(few)), steps(lambda: work(many))

    assert not growth(before, after)


@pytest.mark.parametrize("kind", KINDS.values(), ids=[name.replace(" ", "-") for name in KINDS])
def test_each_kind_has_something_wrong(kind: Callable[[int], str]) -> None:
    assert judged(kind(FEW)).findings


MAPPED = "            - fieldName: fNUMBER\n              mapToName: mNUMBER\n"
# The old text, and what to replace in it to get the new one.
CHANGED: dict[str, tuple[Callable[[int], str], str, str]] = {
    "renamed integrations": (
        lambda n: HEAD + items("  - name: cNUMBER\n    provider: x\n", n),
        "name: c",
        "name: d",
    ),
    "removed objects": (
        lambda n: reads(items(READ.format("NUMBER", "crm", "0 * * * *"), n)),
        "objectName: o",
        "objectName: p",
    ),
    "other schedules": (
        lambda n: reads(items(READ.format("NUMBER", "crm", "0 * * * *"), n)),
        "0 * * * *",
        "0 0 * * *",
    ),
    "other names of fields": (
        lambda n: reads(READ.format("", "crm", "") + FIELDS + items(MAPPED, n)),
        "mapToName: m",
        "mapToName: n",
    ),
    "other sources of fields": (
        lambda n: reads(READ.format("", "crm", "") + FIELDS + items(MAPPED, n)),
        "fieldName: f",
        "fieldName: g",
    ),
}


@pytest.mark.parametrize("change", CHANGED.values(), ids=[one.replace(" ", "-") for one in CHANGED])
def test_the_work_of_a_comparison_grows_as_the_text_does(
    change: tuple[Callable[[int], str], str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matching, "_MAX_COMPARED", FEW)
    kind, before, after = change

    def compared(count: int) -> Report:
        text = kind(count)
        return compare(
            Source.from_text(text), Source.from_text(text.replace(before, after)), Settings()
        )

    assert compared(MANY).findings
    few, many = steps(lambda: compared(FEW)), steps(lambda: compared(MANY))
    assert not growth(few, many)
