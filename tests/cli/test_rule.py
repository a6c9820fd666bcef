"""`amp-lint rule`: the documentation of a rule in a terminal, and the table of all."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from amp_lint.linter.registry import rules
from amp_lint.linter.rule import Group

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture(autouse=True)
def word_rules() -> None:
    """Here the real rules count, not those that the other tests of the command line make up."""


def golden(name: str) -> str:
    return (GOLDEN / name).read_text("utf-8")


@pytest.mark.parametrize("rule_id", ["write-inherit-mapping", "large-backfill-risk", "yaml-syntax"])
def test_a_rule_looks_as_before(rule_id: str, run: Callable) -> None:
    outcome = run("rule", rule_id)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == golden(f"rule-{rule_id}.txt")


def test_colours_only_paint_headings_and_the_severity(run: Callable) -> None:
    plain = run("rule", "write-inherit-mapping").out
    painted = run("rule", "write-inherit-mapping", "--color", "always").out
    assert "\x1b[1;38;5;130mwarning\x1b[0m" in painted
    assert "\x1b[1mWrong\x1b[0m" in painted
    for code in ("\x1b[1;38;5;130m", "\x1b[1m", "\x1b[0m"):
        painted = painted.replace(code, "")
    assert painted == plain


@pytest.mark.parametrize("rule_id", rules())
def test_every_rule_reads_as_plain_text(rule_id: str, run: Callable) -> None:
    outcome = run("rule", rule_id)
    assert outcome.code == 0
    assert "```" not in outcome.out
    assert "\n## " not in outcome.out
    assert "\n\n\n" not in outcome.out
    assert f"--severity {rule_id}=" in outcome.out
    assert outcome.out.endswith(f"{rules()[rule_id].url}\n")


def test_the_table_lists_every_rule_once_below_its_chapter(run: Callable) -> None:
    outcome = run("rule")
    listed: dict[str, str] = {}
    for block in outcome.out.split("\n\n"):
        chapter, *lines = block.rstrip("\n").split("\n")
        listed |= {line.split()[0]: chapter for line in lines}
    assert listed == {rule.id: rule.group.value for rule in rules().values()}
    assert [block.split("\n")[0] for block in outcome.out.split("\n\n")] == [g.value for g in Group]


def test_the_table_says_which_rules_are_off(run: Callable) -> None:
    (line,) = [line for line in run("rule").out.split("\n") if "large-backfill-risk" in line]
    assert line.split()[1:3] == ["info", "(off)"]


def test_json_of_all_rules_and_of_one(run: Callable) -> None:
    everything = json.loads(run("rule", "--output-format", "json").out)
    assert [one["id"] for one in everything] == list(rules())
    (one,) = json.loads(run("rule", "large-backfill-risk", "--output-format", "json").out)
    assert one in everything
    assert (one["severity"], one["on"]) == ("info", False)
    assert one["group"] == "Schedule, backfill, delivery"
    assert one["documentation"].startswith("A backfill of more than 180 days")
    assert one["url"].startswith("https://")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["unknown-kye"], "there is no rule `unknown-kye`; did you mean `unknown-key`?"),
        (["zzz"], "there is no rule `zzz`"),
        (["unknown-key", "key-case"], "one ID at a time"),
        (["--output-format", "yaml"], "--output-format: must be one of text, json, not `yaml`"),
    ],
)
def test_wrong_use(arguments: list[str], said: str, run: Callable) -> None:
    outcome = run("rule", *arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith(f"amp-lint: {said}\n")
