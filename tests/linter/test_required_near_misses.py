"""A required key that is misspelt is one mistake: not an unknown key and a missing one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from amp_lint.linter.engine import lint
from amp_lint.text.source import Source
from amp_lint.yaml.nodes import Entry, Mapping, Node, Sequence
from amp_lint.yaml.reader import read
from amp_schema.manifest_schema import Place, root

# Each mapping of the schema that requires a key, with all of them, and nothing to report.
MANIFEST = """\
specVersion: 1.0.0
integrations:
  - name: crm-sync
    provider: salesforce
    read:
      objects:
        - objectName: contact
          destination: contact-webhook
          schedule: "*/30 * * * *"
          requiredFields:
            - fieldName: Email
          backfill:
            defaultPeriod:
              days: 30
    write:
      objects:
        - objectName: contact
    subscribe:
      objects:
        - objectName: contact
          destination: contact-webhook
          inheritFieldsAndMapping: true
          createEvent:
            enabled: always
          updateEvent:
            enabled: always
            watchFieldsAuto: all
          deleteEvent:
            enabled: always
    watchSchema:
      destination: schema-webhook
      schedule: "0 * * * *"
      allObjects:
        fieldCreated:
          enabled: always
        fieldChanged:
          enabled: always
        fieldDeleted:
          enabled: always
    proxy:
      enabled: true
  - name: marketing-sync
    provider: hubspot
    read:
      objects:
        - objectName: contacts
          destination: contact-webhook
          schedule: "*/30 * * * *"
          requiredFields:
            - fieldName: email
    subscribe:
      objects:
        - objectName: contacts
          destination: contact-webhook
          inheritFieldsAndMapping: true
          associationChangeEvent:
            enabled: always
"""


def required_entries(node: Node, place: Place) -> Iterator[tuple[Place, Entry]]:
    """Yield the entries with required keys, and the place of the mapping that they are in."""
    if isinstance(node, Mapping):
        for entry in node.entries:
            if entry.name in place.required:
                yield place, entry
            below = place.properties.get(entry.name)
            if below is not None:
                yield from required_entries(entry.value, below)
    elif isinstance(node, Sequence) and place.item is not None:
        for item in node.items:
            yield from required_entries(item, place.item)


def places(here: Place) -> Iterator[Place]:
    """Yield a place and all below it."""
    yield here
    for below in (*here.properties.values(), here.item):
        if below is not None:
            yield from places(below)


ENTRIES = list(required_entries(read(Source.from_text(MANIFEST)).root or Mapping(0, 0), root()))


def misspellings(name: str) -> Iterator[str]:
    """Yield three misspellings: a letter is missing, one is twice, two are exchanged."""
    yield name[:-1]
    yield name[:2] + name[1:]
    yield name[:-2] + name[-1] + name[-2]


def test_the_manifest_is_right_and_has_each_required_key() -> None:
    assert lint(Source.from_text(MANIFEST)).findings == ()
    covered = {(place.title, entry.name) for place, entry in ENTRIES}
    assert covered == {(one.title, key) for one in places(root()) for key in one.required}


@pytest.mark.parametrize(
    "entry", [entry for _, entry in ENTRIES], ids=[f"{e.key.start}-{e.name}" for _, e in ENTRIES]
)
def test_a_misspelt_required_key_is_one_finding(entry: Entry) -> None:
    key = entry.key.span
    for name in misspellings(entry.name):
        report = lint(Source.from_text(MANIFEST[: key.start] + name + MANIFEST[key.end :]))
        places = [(one.rule, report.source.text[slice(*one.span)]) for one in report.findings]
        assert len(places) == 1, (name, places, [one.message for one in report.findings])
        assert places[0][1].startswith(name)
        assert f"`{entry.name}`" in report.findings[0].message
