"""What is written otherwise is no change, and each single change gives exactly its finding."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings

from amp_lint import compare_text, decode_text, format_text
from amp_lint.linter.registry import rules
from amp_lint.linter.rule import Group

from .revisions import SINGLE_CHANGES, Edit, equal_values, manifests, randoms, written


def found(old: str, new: str) -> list[str]:
    report = compare_text(old, new)
    assert not report.notices, report.notices[0].traceback
    return [one.rule for one in report.findings]


@settings(max_examples=30)
@given(manifests, randoms)
def test_another_way_to_write_a_manifest_is_no_change(data: Any, random: Random) -> None:
    one, other = written(data, random), written(data, random)
    assert decode_text(one).manifest == decode_text(other).manifest
    assert found(one, other) == []
    assert found(one, format_text(one)) == []


@settings(max_examples=30)
@given(manifests, randoms)
def test_other_values_of_the_same_meaning_are_no_change(data: Any, random: Random) -> None:
    other = written(equal_values(data, random), random)
    assert found(written(data, random), other) == []
    assert found(other, written(data, random)) == []


@pytest.mark.parametrize(
    ("rule", "before", "after"),
    SINGLE_CHANGES,
    ids=[f"{number}-{one[0]}" for number, one in enumerate(SINGLE_CHANGES)],
)
@settings(max_examples=3)
@given(data=manifests, random=randoms)
def test_a_single_change_gives_exactly_its_finding(
    rule: str, before: Edit, after: Edit, data: Any, random: Random
) -> None:
    integration = random.choice(data["integrations"])
    before(integration)
    old = deepcopy(data)
    after(integration)
    assert found(written(old, random), written(data, random)) == [rule]


@settings(max_examples=10)
@given(manifests, randoms)
def test_a_removed_integration_gives_exactly_its_finding(data: Any, random: Random) -> None:
    old = deepcopy(data)
    old["integrations"].insert(0, {**deepcopy(data["integrations"][0]), "name": "gone"})
    assert found(written(old, random), written(data, random)) == ["integration-removed"]
    assert found(written(data, random), written(old, random)) == []


@settings(max_examples=10)
@given(manifests, randoms)
def test_an_inherited_mapping_that_changes_is_reported_for_writes_too(
    data: Any, random: Random
) -> None:
    integration = data["integrations"][0]
    read = integration["read"]["objects"][0]
    read["requiredFields"] = [{"fieldName": "b", "mapToName": "bee"}]
    integration["write"]["objects"] = [{"objectName": read["objectName"], "inheritMapping": True}]
    old = deepcopy(data)
    integration["write"]["objects"][0]["inheritMapping"] = False
    assert found(written(old, random), written(data, random)) == ["write-mapping-changed"]


def test_each_rule_of_changes_is_generated() -> None:
    tested = {rule for rule, _, _ in SINGLE_CHANGES}
    elsewhere = {"integration-removed", "write-mapping-changed"}
    assert tested | elsewhere == {one.id for one in rules().values() if one.group is Group.CHANGES}


def test_real_manifests_written_otherwise_are_no_change(corpus: Path) -> None:
    for path in sorted(corpus.rglob("*.y*ml")):
        text = path.read_text("utf-8")
        assert found(text, format_text(text)) == [], path
        assert found(json.dumps(decode_text(text).manifest), text) == [], path
