"""The number of comparisons for suggestions is limited."""

from __future__ import annotations

import pytest

from amp_lint import lint_text
from amp_lint.linter.rule_bases import near_misses
from amp_schema.objects import objects_of

HEAD = """\
specVersion: 1.0.0
integrations:
  - name: billing-sync
    provider: stripe
    write:
      objects:
"""


def reported(names: list[str]) -> int:
    text = HEAD + "".join(f"        - objectName: {name}\n" for name in names)
    return sum(one.rule == "object-near-miss" for one in lint_text(text).findings)


def test_guesses_end_and_the_linting_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    names = ["invocies", "custmers", "chargez"]
    assert reported(names) == 3
    monkeypatch.setattr(near_misses, "_MOST_COMPARISONS", 2 * len(objects_of("stripe")))
    assert reported(names) == 2


def test_a_name_is_compared_once_however_often_it_is_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(near_misses, "_MOST_COMPARISONS", len(objects_of("stripe")))
    assert reported(["invocies", "invocies", "invocies"]) == 3


def test_a_known_name_costs_no_comparison(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(near_misses, "_MOST_COMPARISONS", len(objects_of("stripe")))
    assert reported(["customers", "charges", "events", "invocies"]) == 1
