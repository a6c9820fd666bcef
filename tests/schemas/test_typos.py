from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amp_schema.typos import misspelt, near_field, near_object, words_of

WORDS = frozenset({"created", "at", "by", "first", "last", "name", "email", "status"})


@pytest.fixture(scope="module")
def bench(repository: Path) -> ModuleType:
    path = repository / "benchmarks" / "near_misses.py"
    if not path.is_file():
        pytest.skip(f"needs {path}")
    spec = importlib.util.spec_from_file_location("near_misses_benchmark", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    # A dataclass looks its module up by name.
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, spec.name, module)
        spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("name", "known", "meant"),
    [
        ("stauts", ["status", "name"], "status"),
        # Case or number alone.
        ("statuses", ["status"], None),
        ("company", ["companies"], None),
        ("companys", ["companies"], "companies"),
        ("STATUS", ["status"], None),
        ("createdAt", ["created_at"], "created_at"),
        ("craeted_ta", ["created_at"], "created_at"),
        # Known words make another name.
        ("created_by", ["created_at"], None),
        ("address_line2", ["address_line1"], None),
        # Two are equally near, or none is near enough.
        ("stats", ["state", "stat"], None),
        ("stauts", ["stabts", "status", "stants"], None),
        ("sattsu", ["status"], None),
        ("surname", ["name"], None),
        # Too short, too long, empty, no letters.
        ("nmae", ["name"], None),
        ("", ["name"], None),
        ("_____", ["name", "-"], None),
        ("x" * 3_000_000, ["x" * 79], None),
        # Custom names.
        ("status__c", ["statusc"], None),
        ("ns__Status", ["status"], None),
        ("custom_status", ["customstatus"], None),
        ("customfield_10010", ["customfield_10011"], None),
        ("$['stauts']", ["$['status']"], None),
    ],
    ids=lambda text: str(text)[:20],
)
def test_a_misspelling_is_told_from_a_similar_name(
    name: str, known: list[str], meant: str | None
) -> None:
    assert misspelt(name, known, WORDS | {"address", "line"}) == meant


def test_a_known_name_is_not_a_misspelling() -> None:
    assert near_object("stripe", None, "invoices") is None
    assert near_field("stripe", None, "invoices", "currency") is None
    assert near_field("stripe", None, "nothing", "curency") is None
    assert near_object("nobody", None, "invocies") is None


def test_objects_are_one_edit_away_at_most() -> None:
    assert near_object("helpScoutMailbox", None, "webhook") is None
    assert near_object("helpScoutMailbox", None, "Webhooks") is None
    assert near_object("helpScoutMailbox", None, "webohoks") == "webhooks"
    assert near_object("stripe", None, "aplication_fess") is None


def test_any_object_may_be_right_where_customers_add_some() -> None:
    assert near_object("hubspot", None, "contcts") is None
    assert near_object("salesforce", None, "Acount") is None
    assert near_object("salesforce", "account-engagement", "prspects") == "prospects"


def test_fields_are_compared_where_the_platform_lists_them() -> None:
    assert near_field("stripe", None, "invoices", "amuont_reamining") == "amount_remaining"
    assert near_field("stripe", None, "invoices", "AMOUNT_DUE") is None
    assert near_field("hubspot", None, "lists", "procesingType") == "processingType"
    assert near_field("hubspot", None, "contacts", "lastnmae") is None


def test_words_are_told_apart_by_case_and_signs() -> None:
    assert words_of("createdAt") == ["created", "at"]
    assert words_of("HTTPUrl_of-line2") == ["http", "url", "of", "line"]
    assert words_of("2") == []


@given(st.text(max_size=90), st.lists(st.text(max_size=90)))
def test_any_text_gets_an_answer_that_is_known(name: str, known: list[str]) -> None:
    assert misspelt(name, known, WORDS) in {None, *known}


# Limits a little below what `benchmarks/near_misses.md` shows for all names.
@pytest.mark.parametrize(
    ("of_fields", "kind", "recall"),
    [(False, "one edit", 0.93), (True, "one edit", 0.93), (True, "two edits", 0.68)],
)
def test_most_misspellings_are_put_right(
    bench: ModuleType, of_fields: bool, kind: str, recall: float
) -> None:
    got = bench.score(bench.sample(of_fields, 1500), kind)
    assert got.right / got.made > recall
    assert got.right / got.suggested > 0.995


@pytest.mark.parametrize("of_fields", [False, True], ids=["objects", "fields"])
@pytest.mark.parametrize("kind", ["case", "plural or singular"])
def test_case_and_number_alone_are_never_reported(
    bench: ModuleType, of_fields: bool, kind: str
) -> None:
    got = bench.score(bench.sample(of_fields, 1500), kind)
    assert got.made > 1000
    assert got.suggested == 0


@pytest.mark.parametrize("of_fields", [False, True], ids=["objects", "fields"])
def test_a_name_that_the_catalog_lacks_is_seldom_taken_for_a_misspelling(
    bench: ModuleType, of_fields: bool
) -> None:
    known = bench.sample(of_fields, 4000)
    assert len(known) == 4000
    assert len(bench.held_out(known)) / len(known) < 0.005
