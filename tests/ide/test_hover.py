"""What is said of the thing under the caret."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amp_lint.ide.hover import HoverText, explain
from amp_lint.ide.workspace_index import DestinationUse
from amp_lint.text.source import Source
from amp_lint.yaml.reader import read

NOW = datetime(2026, 1, 31, 12, 7, tzinfo=timezone.utc)
TEXT = """\
specVersion: 1.0.0
integrations:
  - name: support # amp:ignore[integration-structure, no-such-rule]
    provider: zendeskSupport
    read:
      objects:
        - objectName: activities
          destination: hook
          schedule: "*/15 * * * *"
          mapToDisplayName: What happened
          requiredFields:
            - fieldName: user_id
              mapToName: user
            - {fieldName: my_own, mapToDisplayName: "a `b`"}
        - OBJECTNAME: &custom my_objects
          destination: hook
    subscribe:
      objects:
        - objectName: *custom
          destination: hook
          updateEvent:
            enabled: always
            requiredWatchFields: [user_id]
        - objectName: activities
          updateEvent: {requiredWatchFields: [subject, verb]}
    proxy: {enabled: true, useModule: no}
  - name: mail
    provider: google
    module: gmail
    delivery: auto
    watchSchema:
      destination: hook
      schedule: 0 0 31 2 *
"""
KEY = """\
**Use the module's base URL** (`useModule`): `true` or `false`

`true` sends requests to the base URL of the module rather than to that of the provider.

Default: `false`

[Documentation](https://docs.withampersand.com/proxy-actions)"""


def at(thing: str, text: str = TEXT, behind: str = "") -> HoverText | None:
    """Return the hover of the first `thing` after some other text."""
    start = text.index(thing, text.index(behind) + len(behind))
    return explain(read(Source.from_text(text)), start, NOW)


def said(thing: str, text: str = TEXT, behind: str = "") -> str:
    """The same, where it is about exactly that thing."""
    found = at(thing, text, behind)
    assert found is not None
    assert text[slice(*found.span)] == thing
    return found.text


def test_a_key_is_explained_with_type_default_and_link() -> None:
    assert said("useModule") == KEY


def test_a_value_that_has_no_story_is_explained_by_its_key() -> None:
    assert said("no", behind="useModule: ") == KEY


def test_allowed_values_need_and_age_of_a_key_are_told() -> None:
    text = TEXT.replace("mapToDisplayName: What happened", "delivery: {mode: auto}")
    assert "(`delivery`): a mapping, deprecated" in said("delivery", text)
    assert "Allowed: `auto`, `onRequest`" in said("mode", text)
    assert "(`provider`): a string, required" in said("provider")


def test_keys_are_known_whatever_their_case() -> None:
    assert "(`objectName`): a string, required" in said("OBJECTNAME")


def test_a_provider_is_told_with_what_it_supports_and_its_modules() -> None:
    text = said("google")
    assert text.startswith("**Google** (`google`)\n\nSupports read, write, subscribe, proxy.")
    assert "- `calendar`, Google Calendar (default): read, write, subscribe, proxy" in text
    assert "- `gmail`, Gmail: read, write, subscribe, proxy" in text


def test_a_module_is_told_with_what_it_supports() -> None:
    text = said("gmail")
    assert text.startswith("**Gmail** (`gmail`), a module of Google\n\nSupports read, write")
    assert "applies if the integration names no module" not in text
    default = TEXT.replace("gmail", "calendar")
    assert "applies if the integration names no module" in said(
        "calendar", default, behind="module: "
    )


def test_names_that_the_catalog_lacks_are_explained_by_their_key() -> None:
    text = TEXT.replace("google", "gogle").replace("gmail", "gmial")
    assert "(`provider`)" in said("gogle", text)
    assert "(`module`)" in said("gmial", text)


def test_a_schedule_is_told_with_its_shortest_gap_and_next_runs() -> None:
    assert (
        said('"*/15 * * * *"')
        == """\
Runs every 15 minutes (UTC).

Shortest gap: 15 minutes, between :00 and :15; the platform requires at least 10 minutes.

Next runs:

- 2026-01-31 12:15 UTC, Sat
- 2026-01-31 12:30 UTC, Sat
- 2026-01-31 12:45 UTC, Sat
- 2026-01-31 13:00 UTC, Sat
- 2026-01-31 13:15 UTC, Sat"""
    )


def test_a_schedule_that_never_comes_has_no_runs() -> None:
    assert said("0 0 31 2 *") == "Runs never, as no year has such a day (UTC)."


def test_the_schedule_of_watch_schema_is_held_to_an_hour() -> None:
    text = TEXT.replace("0 0 31 2 *", "0 */6 * * *")
    assert "the platform requires at least 1 hour." in said("0 */6 * * *", text)


def test_a_schedule_that_cannot_be_read_is_explained_by_its_key() -> None:
    text = TEXT.replace("*/15", "often")
    assert "(`schedule`)" in said('"often * * * *"', text)


def test_an_object_is_told_by_its_names() -> None:
    text = said("activities")
    assert text.startswith("**Activities** (`activities`)\n\nShown to customers as `What happened`")
    assert "known fields" in text


def test_an_object_that_the_catalog_lacks_is_no_mistake() -> None:
    text = said("my_objects")
    assert text.startswith("The object `my_objects`\n\nNot in the catalog of ")


def test_an_alias_is_told_by_what_it_stands_for() -> None:
    assert said("*custom") == said("my_objects")


def test_a_field_is_told_by_its_object_and_names() -> None:
    known = said("user_id")
    assert known.startswith("The field `user_id` of Activities\n\nDelivered as `user`.")
    assert "From the catalog" in known
    custom = said("my_own")
    assert custom == "The field `my_own` of Activities\n\nShown to customers as `` a `b` ``."


def test_a_watched_field_is_told_as_a_field() -> None:
    assert said("subject").startswith("The field `subject` of Activities")


def test_a_destination_is_told_by_its_uses() -> None:
    assert (
        said("hook")
        == """\
The destination `hook`, used 4 times in this file

- line 8: read object `activities` of `support`
- line 16: read object `my_objects` of `support`
- line 20: subscribe object `my_objects` of `support`
- line 32: `watchSchema` of `mail`"""
    )


def test_of_many_uses_the_first_are_told() -> None:
    objects = "".join(
        f"        - destination: hook\n          objectName: o{n}\n" for n in range(30)
    )
    text = f"integrations:\n  - read:\n      objects:\n{objects}"
    lines = said("hook", text).splitlines()
    assert len(lines) == 2 + 20 + 1
    assert lines[-1] == "- and 10 more"


def test_a_rule_in_a_comment_is_explained() -> None:
    text = said("integration-structure")
    assert text.startswith("**integration-structure**: error (")
    assert text.endswith(")")
    assert at("no-such-rule") is None
    assert at("amp:ignore") is None


@pytest.mark.parametrize("thing", ["unknown", "value", "# free", " value"])
def test_nothing_is_said_of_what_is_not_known(thing: str) -> None:
    text = TEXT.replace("    read:", "    unknown: value # free\n    read:", 1)
    assert at(thing, text) is None


@pytest.mark.parametrize("text", ["", "- - a", "? {a: b}\n: c", "a b c"])
def test_nothing_is_said_in_what_is_no_manifest(text: str) -> None:
    document = read(Source.from_text(text))
    assert {explain(document, offset, NOW) for offset in range(len(text) + 2)} == {None}


def test_the_end_of_a_word_counts_and_the_next_word_wins() -> None:
    text = "{specVersion: '1.0.0',integrations: []}"
    found = explain(read(Source.from_text(text)), text.index(":"), NOW)
    assert found is not None
    assert text[slice(*found.span)] == "specVersion"


def test_a_broken_part_costs_no_more_than_itself() -> None:
    text = TEXT.replace('"*/15 * * * *"', '"*/15 * * * *')
    assert said("google", text).startswith("**Google**")
    assert said("activities", text).startswith("**Activities**")


@given(st.text(alphabet="-:{}[]&*<#\"'|> \nab,!?", max_size=60), st.integers(0, 60))
def test_any_text_has_an_answer(text: str, offset: int) -> None:
    found = explain(read(Source.from_text(f"integrations: {text}")), offset, NOW)
    assert found is None or found.span.start <= offset <= found.span.end


@given(st.integers(0, len(TEXT)), st.integers(0, len(TEXT)))
def test_any_cut_of_a_manifest_has_an_answer(cut: int, offset: int) -> None:
    explain(read(Source.from_text(TEXT[:cut])), offset, NOW)


def test_a_destination_is_shown_where_other_files_use_it() -> None:
    elsewhere = [
        ("../b/amp.yaml", [DestinationUse("hook", 7, "subscribe", "a`b", "sales")]),
        ("c.amp.yaml", [DestinationUse("other", 1, "read", None, None)]),
        ("d.amp.yaml", [DestinationUse("hook", 2, "watchSchema", None, None)] * 30),
    ]
    found = explain(read(Source(TEXT)), TEXT.index("hook") + 1, NOW, elsewhere)
    assert found is not None
    *_, heading, others = found.text.split("\n\n")
    assert heading == "In other files"
    lines = others.split("\n")
    assert lines[0] == "- `../b/amp.yaml`, line 7: subscribe object `` a`b `` of `sales`"
    assert lines[1:20] == ["- `d.amp.yaml`, line 2: `watchSchema`"] * 19
    assert lines[20:] == ["- and 11 more"]


@pytest.mark.parametrize(
    "merge", ["<<: *shared", "<<: [*shared]", "<<: &both\n            <<: *shared"]
)
def test_a_key_of_an_anchored_mapping_means_what_it_does_where_it_is_merged(merge: str) -> None:
    text = f"""\
x-shared: &shared
  destination: crm-hook
  schedule: "*/15 * * * *"
integrations:
  - name: crm
    provider: hubspot
    read:
      objects:
        - objectName: contacts
          {merge}
"""
    assert said("destination", text).startswith("**Destination** (`destination`)")
    assert said('"*/15 * * * *"', text).startswith("Runs every 15 minutes (UTC).")
    assert at("x-shared", text) is None
