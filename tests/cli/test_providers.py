"""`amp-lint providers`: a search in the catalog."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from amp_schema.catalog import catalog

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("text", ["google", "calendar", "zoom"])
def test_a_search_looks_as_before(text: str, run: Callable) -> None:
    outcome = run("providers", text)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == (GOLDEN / f"providers-{text}.txt").read_text("utf-8")


def test_without_a_text_all_are_listed(run: Callable) -> None:
    head, *lines = run("providers").out.split("\n")
    assert head.split() == ["name", "display", "name", "actions", "modules"]
    names = [line.split()[0] for line in lines[: lines.index("")]]
    assert sorted(names) == sorted(catalog().providers)
    assert f"{len(names)} providers in the catalog of {catalog().as_of}" in lines


def names(outcome: str) -> list[str]:
    return [one["name"] for one in json.loads(outcome)["providers"]]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("hubspot", "hubspot"),
        ("HUBSPOT", "hubspot"),
        ("Amazon Web Services", "aws"),
        ("google calendar", "google"),
        ("google-calendar", "google"),
        ("zoom", "zoom"),
    ],
)
def test_the_best_match_comes_first(text: str, first: str, run: Callable) -> None:
    outcome = run("providers", *text.split(), "--output-format", "json")
    assert outcome.code == 0
    assert names(outcome.out)[0] == first


def test_json_tells_actions_and_modules(run: Callable) -> None:
    found = json.loads(run("providers", "salesforce", "--output-format", "json").out)
    assert found["as_of"] == catalog().as_of
    salesforce = found["providers"][0]
    assert salesforce["actions"] == ["read", "write", "subscribe", "proxy"]
    assert salesforce["default_module"] == "crm"
    assert "account-engagement" in [module["name"] for module in salesforce["modules"]]


@pytest.mark.parametrize(
    ("text", "hint"),
    [("hubspto", "; did you mean `hubspot`?"), ("qqqqqqq", ""), ("---x\x1b", ""), ("-", "")],
)
def test_nothing_found(text: str, hint: str, run: Callable) -> None:
    outcome = run("providers", "--", text)
    assert (outcome.code, outcome.out) == (1, "")
    shown = text.replace("\x1b", "\\x1b")
    as_of = catalog().as_of
    assert outcome.err == f"amp-lint: the catalog of {as_of} has no match for `{shown}`{hint}\n"


def test_nothing_found_as_json(run: Callable) -> None:
    outcome = run("providers", "qqqqqqq", "--output-format", "json")
    assert outcome.code == 1
    assert names(outcome.out) == []
