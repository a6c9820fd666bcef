"""Links to the platform's documentation."""

from __future__ import annotations

import pytest

from amp_lint.ide.document_links import document_links
from amp_lint.manifest import doc_urls
from amp_lint.manifest.model import manifest_of
from amp_lint.text.source import Source
from amp_lint.yaml.reader import read


def linked(text: str) -> list[str]:
    """The linked stretches of the text."""
    found = document_links(manifest_of(read(Source.from_text(text)).root))
    assert {one.url for one in found} <= {doc_urls.PROVIDERS}
    return [text[slice(*one.span)] for one in found]


@pytest.mark.parametrize(
    "value",
    ["hubspot", "hubspot # c", "'hubspot'", '"hubspot"', "&a !!str hubspot", "|-\n      hubspot"],
)
def test_a_known_provider_leads_to_the_guides(value: str) -> None:
    assert linked(f"integrations:\n  - provider: {value}\n    name: x\n") == ["hubspot"]


def test_a_text_with_escapes_is_linked_as_a_whole() -> None:
    assert linked('integrations: [{provider: "hub\\x73pot"}]') == ['"hub\\x73pot"']


@pytest.mark.parametrize("value", ["hubspott", "HubSpot", "[hubspot]", "", "5", "|\n      hubspot"])
def test_what_is_no_known_provider_leads_nowhere(value: str) -> None:
    assert linked(f"integrations:\n  - provider: {value}\n") == []


def test_each_place_is_linked_once() -> None:
    text = "integrations: [&a {provider: &p hubspot}, *a, {<<: *a}, {provider: *p}]"
    assert linked(text) == ["hubspot", "*p"]


def test_the_words_name_the_provider() -> None:
    text = "integrations: [{provider: hubspot}]"
    (found,) = document_links(manifest_of(read(Source.from_text(text)).root))
    assert found.words == "Guides to the providers, for HubSpot"
