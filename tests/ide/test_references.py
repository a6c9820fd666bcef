"""Which places name the same thing, and what another name for it changes."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amp_lint import lint_text
from amp_lint.ide.anchors import merged_at
from amp_lint.ide.references import named_at, names
from amp_lint.ide.rename import RenameError, renamable_at, rename
from amp_lint.text.edits import apply
from amp_lint.text.source import Source
from amp_lint.yaml.reader import read

TEXT = """\
specVersion: 1.0.0
integrations:
  - name: crm-sync
    provider: salesforce
    read:
      objects:
        - objectName: account
          destination: &hook "crm-hook"
          schedule: "*/30 * * * *"
          requiredFields:
            - fieldName: name
            - fieldName: billingcity
              mapToName: 'city'
            - mapToName: tier
              mapToDisplayName: Tier
              prompt: Which?
        - {objectName: lead, destination: other-hook}
    write:
      objects: [{objectName: account}, {objectName: task}]
    subscribe:
      objects:
        - objectName: account
          destination: *hook
          inheritFieldsAndMapping: true
          updateEvent:
            enabled: always
            requiredWatchFields: [name, city, billingcity, tier, nobody]
  - name: second
    provider: hubspot
    read:
      objects:
        - objectName: account
          destination: crm-hook
"""


def marked(text: str, mark: str, number: int = 0) -> list[tuple[str, int, bool]]:
    """Kind, line and whether it defines, of all that is named as the text at a mark."""
    offset = [found.start() for found in re.finditer(re.escape(mark), text)][number]
    document = read(Source(text))
    return sorted(
        (thing.kind, document.source.position(one.span.start).line, start in thing.definitions)
        for thing in named_at(names(document), offset + 1)
        for one in thing.mentions
        for start in [one.reach.start]
    )


def renamed(text: str, mark: str, to: str, number: int = 0) -> str:
    offset = [found.start() for found in re.finditer(re.escape(mark), text)][number]
    document = read(Source(text))
    found = renamable_at(document, offset + 1)
    assert found is not None
    return apply(text, rename(document, found[0], to))


def changed(text: str, after: str) -> list[str]:
    """The lines that differ, as they are then."""
    pairs = zip(text.splitlines(), after.splitlines(), strict=True)
    return [new.strip() for old, new in pairs if old != new]


@pytest.mark.parametrize(
    ("mark", "number", "found"),
    [
        ("account", 0, [("object", 7, True), ("object", 19, False), ("object", 22, False)]),
        ("account", 2, [("object", 7, True), ("object", 19, False), ("object", 22, False)]),
        ("account", 3, [("object", 32, True)]),
        ("task", 0, [("object", 19, False)]),
        ("crm-hook", 0, [("destination", n, False) for n in (8, 23, 33)]),
        ("crm-hook", 1, [("destination", n, False) for n in (8, 23, 33)]),
        ("&hook", 0, [("anchor", 8, True), ("anchor", 23, False)]),
        ("*hook", 0, [("anchor", 8, True), ("anchor", 23, False)]),
        ("crm-sync", 0, [("integration", 3, True)]),
        ("city", 1, [("field", 13, True), ("field", 27, False)]),
        ("city,", 0, [("field", 13, True), ("field", 27, False)]),
        ("billingcity", 1, [("provider field", 12, True), ("provider field", 27, False)]),
        ("tier", 1, [("field", 14, True), ("field", 27, False)]),
        ("[name", 0, [("field", 11, True), ("field", 27, False)]),
        ("nobody", 0, [("field", 27, False)]),
        ("salesforce", 0, []),
        ("specVersion", 0, []),
    ],
)
def test_a_name_leads_to_all_that_name_the_same(
    mark: str, number: int, found: list[tuple[str, int, bool]]
) -> None:
    assert marked(TEXT, mark, number) == found


def test_objects_in_a_broken_file_are_found_all_the_same() -> None:
    text = TEXT + '  - name: "open\n    provider: hubspot\n'
    assert marked(text, "task") == [("object", 19, False)]
    assert marked(text, "account")[0] == ("object", 7, True)
    assert changed(text, renamed(text, "second", "third")) == ["- name: third"]


def test_a_field_merged_in_from_elsewhere_is_found_where_it_stands() -> None:
    text = """\
integrations:
  - name: a
    read:
      objects:
        - &base
          objectName: lead
          optionalFields: [{fieldName: x, mapToName: city}]
        - <<: *base
          destination: d
    subscribe:
      objects: [{objectName: lead, updateEvent: {requiredWatchFields: [city]}}]
"""
    assert marked(text, "[city") == [("field", 7, True), ("field", 11, False)]
    assert marked(text, "*base") == [("anchor", 5, True), ("anchor", 8, False)]


@pytest.mark.parametrize(
    ("mark", "number", "to", "lines"),
    [
        ("crm-sync", 0, "sales", ["- name: sales"]),
        ("crm-sync", 0, "no", ['- name: "no"']),
        (
            "crm-hook",
            1,
            "new-hook",
            ['destination: &hook "new-hook"', "destination: new-hook"],
        ),
        (
            "account",
            1,
            "contact",
            [
                "- objectName: contact",
                "objects: [{objectName: contact}, {objectName: task}]",
                "- objectName: contact",
            ],
        ),
        (
            "city,",
            0,
            "it's",
            [
                "mapToName: 'it''s'",
                "requiredWatchFields: [name, it's, billingcity, tier, nobody]",
            ],
        ),
        (
            "tier",
            0,
            "a, b",
            [
                "- mapToName: a, b",
                'requiredWatchFields: [name, city, billingcity, "a, b", nobody]',
            ],
        ),
        ("crm-sync", 0, "crm-sync", []),
    ],
)
def test_another_name_is_written_wherever_the_thing_is_named(
    mark: str, number: int, to: str, lines: list[str]
) -> None:
    assert changed(TEXT, renamed(TEXT, mark, to, number)) == lines


@pytest.mark.parametrize(
    ("mark", "number"),
    [("[name", 0), ("billingcity", 0), ("nobody", 0), ("hubspot", 0)],
)
def test_what_the_manifest_has_not_chosen_keeps_its_name(mark: str, number: int) -> None:
    offset = [found.start() for found in re.finditer(re.escape(mark), TEXT)][number]
    assert renamable_at(read(Source(TEXT)), offset + 1) is None


@pytest.mark.parametrize(
    ("mark", "to", "why"),
    [
        ("crm-sync", "second", "taken"),
        ("account", "lead", "taken"),
        ("account", "task", "taken"),
        ("'city", "tier", "taken"),
        ("'city", "name", "taken"),
        ("tier", "billingcity", "taken"),
        ("crm-hook", "a b", "letters, digits and dashes"),
        ("crm-sync", "", "one line"),
        ("crm-sync", " a", "one line"),
        ("crm-sync", "a\nb", "one line"),
    ],
)
def test_a_name_that_cannot_be_is_refused(mark: str, to: str, why: str) -> None:
    with pytest.raises(RenameError, match=why):
        renamed(TEXT, mark, to)


def test_two_destinations_may_become_one() -> None:
    assert renamed(TEXT, "other-hook", "crm-hook") == TEXT.replace("other-hook", "crm-hook")


def test_a_text_that_names_two_things_is_left_alone() -> None:
    text = "integrations:\n  - name: &n crm\n    displayName: *n\n"
    with pytest.raises(RenameError, match="anchor"):
        renamed(text, "crm", "sales")
    text = """\
integrations:
  - name: &n crm
    read: {objects: [{objectName: lead, destination: *n}]}
"""
    with pytest.raises(RenameError, match="anchor"):
        renamed(text, "crm", "sales")


def test_integrations_that_share_an_object_share_its_new_name() -> None:
    text = """\
integrations:
  - name: a
    read: &read {objects: [{objectName: lead}]}
    write: {objects: [{objectName: lead}]}
  - name: b
    read: *read
    subscribe: {objects: [{objectName: lead}]}
  - name: c
    read: {objects: [{objectName: lead}]}
"""
    lines = changed(text, renamed(text, "lead", "contact"))
    assert len(lines) == 3
    assert "- name" not in "".join(lines)
    assert text.splitlines()[-1] not in lines


def test_a_new_name_changes_no_verdict_on_real_manifests(corpus: Path) -> None:
    """Nothing that fitted before stops fitting: no finding is new."""
    tried = 0
    for file in sorted(corpus.rglob("amp.yaml")):
        text = file.read_bytes().decode()
        document = read(Source(text))
        before = Counter(one.rule for one in lint_text(text).findings)
        for thing in names(document):
            if thing.kind not in ("destination", "integration", "field") or not thing.mentions:
                continue
            found = renamable_at(document, thing.mentions[0].span.start)
            if found is None or tried == 400:
                continue
            tried += 1
            after = apply(text, rename(document, found[0], "zephyr"))
            assert Counter(one.rule for one in lint_text(after).findings) <= before
    assert tried


@given(
    cut=st.integers(0, len(TEXT)),
    gone=st.integers(0, 20),
    new=st.text("ab:-&*\"'[]{}\n #", max_size=4),
    at=st.integers(0, len(TEXT)),
)
def test_no_text_is_too_broken(cut: int, gone: int, new: str, at: int) -> None:
    text = TEXT[:cut] + new + TEXT[cut + gone :]
    document = read(Source(text))
    for thing in names(document):
        for one in thing.mentions:
            assert 0 <= one.reach.start <= one.span.start <= one.span.end <= one.reach.end
            assert one.reach.end <= len(text)
    found = renamable_at(document, min(at, len(text)))
    if found is not None:
        try:
            edits = rename(document, found[0], "brand-new")
        except RenameError:
            return
        assert "brand-new" in apply(text, edits)


@pytest.mark.parametrize("mark", ["*hook", "&hook"])
def test_an_anchor_is_renamed_with_its_aliases(mark: str) -> None:
    document = read(Source(TEXT))
    found = renamable_at(document, TEXT.index(mark) + 1)
    assert found is not None
    assert TEXT[slice(*found[1].span)] == "hook"
    edits = rename(document, found[0], "sink")
    assert apply(TEXT, edits) == TEXT.replace("*hook", "*sink").replace("&hook", "&sink")


@pytest.mark.parametrize(("to", "why"), [("a b", "a word"), ("", "a word"), ("other", "exists")])
def test_an_anchor_must_stay_readable(to: str, why: str) -> None:
    text = f"x-other: &other 1\n{TEXT}"
    document = read(Source(text))
    found = renamable_at(document, text.index("*hook") + 1)
    assert found is not None
    with pytest.raises(RenameError, match=why):
        rename(document, found[0], to)


@pytest.mark.parametrize("mark", ["crm-sync", "account", "'city", "crm-hook", "*hook", "&hook"])
def test_an_unchanged_name_gives_edits_that_change_nothing(mark: str) -> None:
    document = read(Source(TEXT))
    found = renamable_at(document, TEXT.index(mark) + 1)
    assert found is not None
    edits = rename(document, found[0], found[0].text)
    assert edits
    assert apply(TEXT, edits) == TEXT


def test_a_merge_key_leads_to_the_anchors_that_it_merges() -> None:
    text = "a: &a {x: 1}\nb: &b {y: 2}\nc:\n  <<: [*a, *b]\nd: {<<: *b}\n"
    document = read(Source(text))
    spans = merged_at(document, text.index("<<") + 1)
    assert [text[slice(*span)] for span in spans] == ["&a", "&b"]
    assert [text[slice(*span)] for span in merged_at(document, text.rindex("<<"))] == ["&b"]
    assert merged_at(document, text.index("x: 1")) == []
