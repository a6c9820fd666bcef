"""The outline of a manifest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from amp_lint.ide.document_symbols import Symbol, outline
from amp_lint.manifest.model import manifest_of
from amp_lint.text.source import Source
from amp_lint.yaml.reader import read

TEXT = """\
specVersion: 1.0.0
integrations:
  - provider: hubspot
    name: crm-sync
    subscribe:
      objects:
        - objectName: contacts
          destination: hook
    read:
      objects:
        - destination: hook
          objectName: contacts
          optionalFields:
            - mapToName: nick
              prompt: Which one?
          requiredFields:
            - fieldName: email
            - fieldName: phone
              mapToName: tel
        - {objectName: deals}
    proxy: {enabled: true}
    watchSchema:
      destination: hook
  - provider: intercom
"""


def symbols(text: str) -> list[Symbol]:
    return outline(manifest_of(read(Source.from_text(text)).root))


def lines(found: Iterable[Symbol], level: int = 0) -> Iterator[str]:
    for one in found:
        detail = f" ({one.detail})" if one.detail else ""
        yield f"{'  ' * level}{one.kind} {one.name}{detail}"
        yield from lines(one.children, level + 1)


def everything(found: Iterable[Symbol]) -> Iterator[Symbol]:
    for one in found:
        yield one
        yield from everything(one.children)


def assert_nested(found: Iterable[Symbol]) -> None:
    """A client refuses the whole outline for one name outside of its part, or one without words."""
    for one in everything(found):
        assert one.name.strip()
        assert one.span.start <= one.name_span.start <= one.name_span.end <= one.span.end
        for child in one.children:
            assert one.span.start <= child.span.start <= child.span.end <= one.span.end


def test_integrations_hold_actions_objects_and_fields_in_the_order_of_the_text() -> None:
    assert (
        "\n".join(lines(symbols(TEXT)))
        == """\
integration crm-sync (hubspot)
  action subscribe
    object contacts (hook)
  action read
    object contacts (hook)
      field nick (optional)
      field email
      field phone (as tel)
    object deals
  action proxy
  action watchSchema
integration (unnamed) (intercom)"""
    )


def test_a_name_is_marked_where_it_stands() -> None:
    for one in everything(symbols(TEXT)):
        if one.name != "(unnamed)":
            assert TEXT[slice(*one.name_span)] == one.name


def test_a_part_reaches_from_its_first_key_to_its_end() -> None:
    first = symbols(TEXT)[0]
    assert TEXT[slice(*first.span)].startswith("provider: hubspot")
    assert TEXT[slice(*first.span)].endswith("destination: hook")
    contacts = first.children[1].children[0]
    assert TEXT[slice(*contacts.span)].endswith("mapToName: tel")


def test_what_an_alias_brings_in_is_shown_where_it_stands() -> None:
    text = """\
integrations:
  - &first {name: one, read: &read {objects: [{objectName: a}]}}
  - *first
  - {name: three, read: *read}
  - {<<: *first, name: four}
"""
    assert list(lines(symbols(text))) == [
        "integration one",
        "  action read",
        "    object a",
        "integration one",
        "integration three",
        "  action read",
        "integration four",
    ]
    assert_nested(symbols(text))
    assert text[slice(*symbols(text)[1].span)] == "*first"


def test_a_broken_part_costs_no_more_than_itself() -> None:
    text = TEXT.replace("{objectName: deals}", "{objectName: deals")
    found = "\n".join(lines(symbols(text)))
    assert "object contacts (hook)" in found
    assert "integration (unnamed) (intercom)" in found


def test_names_that_are_not_words_are_called_unnamed() -> None:
    text = "integrations: [{name: ' '}, {name: [a]}, {}]"
    assert list(lines(symbols(text))) == ["integration (unnamed)"] * 3


def test_outlines_of_real_manifests_nest(corpus: Path) -> None:
    for file in sorted(corpus.rglob("amp.yaml")):
        found = symbols(file.read_bytes().decode())
        assert found
        assert_nested(found)


@given(st.integers(0, len(TEXT)), st.text(alphabet="-:{}[]&*<\"'| \nab", max_size=8))
def test_outlines_of_broken_manifests_nest(at: int, put: str) -> None:
    assert_nested(symbols(TEXT[:at] + put + TEXT[at:]))
    assert_nested(symbols(TEXT[:at] + put))
