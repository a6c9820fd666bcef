"""What the schema says about a place in a manifest."""

from __future__ import annotations

import pytest

from amp_schema.manifest_schema import canonical_key, place, places_of_key, root

from .manifest_cases import PAGES, PERIOD, READ, SUBSCRIBE, UPDATE, WATCH, properties


def test_a_place_is_found_by_its_path() -> None:
    found = place(READ)
    assert found is not None
    assert found.kind == "read object"
    assert list(found.properties)[:3] == ["objectName", "mapToName", "mapToDisplayName"]
    assert found.required == ("objectName", "destination")
    assert found.url == "https://docs.withampersand.com/read-actions"


def test_the_empty_path_is_the_manifest() -> None:
    assert place(()) is root()
    assert root().kind == "manifest"
    assert list(root().properties) == ["specVersion", "integrations"]


def test_words_beside_a_reference_win_over_those_of_the_definition() -> None:
    created, deleted = (
        place((*WATCH, "allObjects", key)) for key in ("fieldCreated", "fieldDeleted")
    )
    assert created is not None
    assert deleted is not None
    assert created.title == "Field created"
    assert created.kind == deleted.kind == "field event"
    assert created.description != deleted.description
    assert "$ref" not in created.schema
    assert created.type == "object"


def test_a_place_says_what_may_stand_there() -> None:
    mode = place((*READ, "delivery", "mode"))
    assert mode is not None
    assert (mode.type, mode.values, mode.default) == ("string", ("auto", "onRequest"), "auto")
    assert mode.examples == ("onRequest",)
    assert mode.kind is None
    assert not mode.deprecated
    days = place((*PERIOD, "days"))
    assert days is not None
    assert (days.type, days.values, days.default) == ("integer", (), 0)
    watched = place((*UPDATE, "requiredWatchFields", 7))
    assert watched is not None
    assert (watched.type, watched.title) == ("string", "Watched field")
    delivery = place((*READ, "delivery"))
    assert delivery is not None
    assert delivery.deprecated


def test_every_place_answers_every_question() -> None:
    waiting, seen = [root()], 0
    while waiting:
        here = waiting.pop()
        seen += 1
        assert here.type in {"object", "array", "string", "integer", "boolean"}
        assert (here.type == "object") == (here.kind is not None) == bool(here.properties)
        assert (here.type == "array") == (here.item is not None)
        assert here.title
        assert here.description
        assert here.url in PAGES
        assert set(here.required) <= set(here.properties)
        waiting += [*here.properties.values(), *([] if here.item is None else [here.item])]
    assert seen > len(properties())


@pytest.mark.parametrize(
    "path",
    [
        ("nope",),
        (0,),
        ("integrations", "name"),
        ("integrations", 0, 0),
        ("specVersion", "x"),
        ("specVersion", 0),
        ("integrations", 0, "nope", "objects", 0),
    ],
)
def test_a_path_that_leaves_the_manifest_leads_nowhere(path: tuple[str | int, ...]) -> None:
    assert place(path) is None


def test_a_path_is_followed_in_any_case_as_the_platform_does() -> None:
    assert place(("INTEGRATIONS", 3, "Read", "objects", 1)) is place(READ)


@pytest.mark.parametrize(
    ("key", "canonical"),
    [
        ("objectName", "objectName"),
        ("objectname", "objectName"),
        ("OBJECTNAME", "objectName"),
        ("\u017fchedule", "schedule"),  # the long s is an s to the platform
        ("bac\u212afill", "backfill"),  # and so is the Kelvin sign a k
        ("object_name", None),
        ("object-name", None),
        (" objectName", None),
        ("", None),
        ("back\ufb01ll", None),  # a ligature is not two letters
    ],
)
def test_keys_match_without_case_and_in_no_other_way(key: str, canonical: str | None) -> None:
    found = place(READ)
    assert found is not None
    assert canonical_key(found, key) == canonical


def test_the_platform_never_takes_a_sharp_s_for_two_letters() -> None:
    found = place(SUBSCRIBE)
    assert found is not None
    assert canonical_key(found, "a\u00dfociationChangeEvent") is None
    assert canonical_key(found, "ASSOCIATIONCHANGEEVENT") == "associationChangeEvent"


@pytest.mark.parametrize(
    ("key", "places"),
    [
        ("specVersion", ["the top level of the manifest"]),
        ("provider", ["an integration"]),
        ("SCHEDULE", ["a read object", "a watchSchema section"]),
        ("requiredWatchFields", ["an update event"]),
        ("mapToName", ["a read object", "a field entry"]),
        ("objects", ["a read section", "a write section", "a subscribe section"]),
        (
            "enabled",
            [
                "a read object",
                "a create event",
                "an update event",
                "a delete event",
                "an association change event",
                "a proxy section",
                "a field event",
            ],
        ),
        ("frequency", []),
        ("", []),
    ],
)
def test_a_key_knows_where_it_belongs(key: str, places: list[str]) -> None:
    assert list(places_of_key(key)) == places
