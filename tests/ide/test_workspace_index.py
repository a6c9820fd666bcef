"""What other manifests want to know of one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amp_lint.ide.workspace_index import DestinationUse, IndexedSymbol, manifest_index, matches
from amp_lint.text.source import Source, Span
from amp_lint.yaml.reader import read

TEXT = """\
integrations:
  - name: "sales"
    read: &read
      objects:
        - {objectName: account, destination: &hook 'crm-hook'}
        - {destination: *hook}
    subscribe:
      objects:
        - {objectName: account, destination: other}
    watchSchema: {destination: crm-hook}
  - provider: hubspot
    read: *read
"""
BROKEN = TEXT + '  - name: "open\n    provider: hubspot\n'


@pytest.mark.parametrize("text", [TEXT, BROKEN], ids=["whole", "broken"])
def test_what_a_manifest_has(text: str) -> None:
    stock = manifest_index(read(Source(text)))

    def shown(item: IndexedSymbol) -> tuple[str, str, str, str]:
        return item.kind, item.name, item.within, text[slice(*item.span)]

    assert [shown(one) for one in stock.items] == [
        ("integration", "sales", "", '"sales"'),
        ("object", "account", "sales, read", "account"),
        ("object", "account", "sales, subscribe", "account"),
    ]
    assert stock.uses[:4] == (
        DestinationUse("crm-hook", 5, "read", "account", "sales"),
        DestinationUse("crm-hook", 5, "read", None, "sales"),
        DestinationUse("other", 9, "subscribe", "account", "sales"),
        DestinationUse("crm-hook", 10, "watchSchema", None, "sales"),
    )
    mentioned = sorted((span, name) for name, span in stock.mentions)
    assert [(name, text[slice(*span)]) for span, name in mentioned] == [
        ("crm-hook", "crm-hook"),
        ("crm-hook", "*hook"),
        ("other", "other"),
        ("crm-hook", "crm-hook"),
    ]


def test_nothing_has_nothing() -> None:
    assert manifest_index(read(Source(""))).items == ()


@pytest.mark.parametrize(
    ("query", "name", "fits"),
    [
        ("", "sales", True),
        ("SAL", "sales", True),
        ("sls", "sAles", True),
        ("ssl", "sales", False),
        ("saless", "sales", False),
    ],
)
def test_a_query_fits_a_name(query: str, name: str, *, fits: bool) -> None:
    assert matches(query, name) is fits


@given(st.text(), st.text(), st.text())
def test_every_part_of_a_name_finds_it(before: str, query: str, behind: str) -> None:
    assert matches(query, before + query + behind)


@given(st.text(alphabet=' \n:-[]{}"&*abc', max_size=60))
def test_any_text_has_an_inventory(text: str) -> None:
    source = Source(f"integrations:\n  - name: a\n    read: {text}")
    stock = manifest_index(read(source))
    spans = [one.span for one in stock.items] + [span for _, span in stock.mentions]
    assert all(Span(0, 0) <= one <= Span(len(source.text), len(source.text)) for one in spans)
