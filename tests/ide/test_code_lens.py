"""What is told above the read objects of a manifest."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amp_lint.ide.code_lens import code_lenses
from amp_lint.manifest.model import manifest_of
from amp_lint.text.source import Source
from amp_lint.yaml.reader import read

TEXT = """\
integrations:
  - name: crm
    read:
      objects:
        - objectName: Account
          requiredFields: [{fieldName: id}, {fieldName: name}]
          optionalFields:
            - fieldName: city
        - destination: hook
          objectName: "lead"
          optionalFieldsAuto: all
        - {objectName: contact, requiredFields: [{fieldName: id}], optionalFieldsAuto: all}
        - destination: hook
        - requiredFields: [{fieldName: id}]
    subscribe:
      objects:
        - objectName: account
          deleteEvent: {enabled: always}
          createEvent: {enabled: always}
          associationChangeEvent: {enabled: always}
        - objectName: lead
          otherEvents: [lead.merged, lead.split]
          updateEvent: {enabled: always}
        - objectName: contact
        - objectName: deal
"""


def shown(text: str) -> list[str]:
    """Return each lens with the text that it is shown above."""
    found = code_lenses(manifest_of(read(Source.from_text(text)).root))
    words = (re.match(r'[\w*"<]+', text[one.offset :]) for one in found)
    return [f"{word[0]}: {one.words}" for word, one in zip(words, found, strict=True) if word]


def test_fields_are_counted_and_subscriptions_named() -> None:
    assert shown(TEXT) == [
        "Account: 3 fields",
        "Account: subscribed: create, delete, association change",
        '"lead": fields that customers pick',
        '"lead": subscribed: update, 2 other events',
        "contact: 1 field and what customers pick",
        "contact: subscribed",
        "destination: no fields",
        "requiredFields: 1 field",
    ]


def test_a_subscription_in_another_integration_is_not_told() -> None:
    text = """\
integrations:
  - {name: a, read: {objects: [{objectName: account}]}}
  - {name: b, subscribe: {objects: [{objectName: account, createEvent: {enabled: always}}]}}
"""
    assert shown(text) == ["account: no fields"]


def test_what_two_places_say_of_one_object_is_told_once() -> None:
    text = """\
integrations:
  - {name: a, read: {objects: [{objectName: x}]}, subscribe: {objects: [
      {objectName: x, createEvent: {enabled: always}, otherEvents: [one]},
      {objectName: X, createEvent: {enabled: always}, otherEvents: [one]}]}}
"""
    assert shown(text) == ["x: no fields", "x: subscribed: create, 1 other event"]


def test_an_alias_has_lenses_of_its_own_and_a_shared_list_one() -> None:
    text = """\
integrations:
  - name: a
    read: &both
      objects:
        - &x {objectName: x, requiredFields: [{fieldName: id}]}
  - {name: b, read: {objects: [*x]}}
  - {name: c, read: *both}
  - {name: d, read: {objects: [{<<: *x, destination: hook}]}}
"""
    assert shown(text) == ["x: 1 field", "*x: 1 field", "<<: 1 field"]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ("- fieldName: id\n            - fieldName: [", "1 field or more"),
        ('- "', "fields unknown"),
    ],
)
def test_a_number_that_cannot_be_known_is_not_told(fields: str, words: str) -> None:
    text = f"""\
integrations:
  - read:
      objects:
        - objectName: lead
          requiredFields:
            {fields}
        - objectName: account
          requiredFields: [{{fieldName: id}}]
"""
    found = shown(text)
    assert found[0] == f"lead: {words}"
    assert found[1].startswith("account: 1 field")


@given(st.text(max_size=6), st.integers(0, len(TEXT)))
def test_any_text_is_borne(insert: str, at: int) -> None:
    text = TEXT[:at] + insert + TEXT[at:]
    found = code_lenses(manifest_of(read(Source.from_text(text)).root))
    assert all(0 <= one.offset < len(text) and one.words for one in found)
