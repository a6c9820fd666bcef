"""Links to the platform's documentation."""

from __future__ import annotations

import pytest

from amp_lint.ide.document_links import document_links
from amp_lint.manifest import doc_urls
from amp_lint.manifest.model import manifest_of
from amp_lint.text.source import Source
from amp_lint.yaml.reader import read
from amp_schema.catalog import catalog


def linked(text: str) -> list[str]:
    """Return the linked parts of the text."""
    found = document_links(manifest_of(read(Source.from_text(text)).root))
    assert {one.url for one in found} <= {f"{doc_urls.PROVIDERS}/hubspot"}
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


@pytest.mark.parametrize(
    ("name", "page"),
    [("squareSandbox", "/square"), ("salesforceJWT", "/salesforce"), ("netsuite", "")],
)
def test_a_provider_without_a_known_guide_leads_to_the_list(name: str, page: str) -> None:
    provider = catalog().provider(name)
    assert provider is not None
    assert doc_urls.provider_guide(provider) == doc_urls.PROVIDERS + page


def test_the_words_name_the_provider() -> None:
    text = "integrations: [{provider: hubspot}]"
    (found,) = document_links(manifest_of(read(Source.from_text(text)).root))
    assert found.words == "Guide to HubSpot"
