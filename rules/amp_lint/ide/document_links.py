"""The names in a manifest behind which there is a page of the platform's documentation."""

from __future__ import annotations

from dataclasses import dataclass

from amp_lint.manifest import doc_urls
from amp_lint.manifest.model import Manifest
from amp_lint.text.source import Span
from amp_lint.yaml.nodes import Alias, Node, Scalar


@dataclass(frozen=True, slots=True)
class DocumentLink:
    """A stretch of the text that leads to a page, and what is said of the page."""

    span: Span
    url: str
    words: str


def document_links(manifest: Manifest) -> list[DocumentLink]:
    """The links of a manifest in the order of the text.

    Each known provider leads to the guides to all providers: which of them has a page of its own,
    and under what address, nobody has told us.
    """
    from amp_schema.catalog import catalog

    found: dict[int, DocumentLink] = {}
    for integration in manifest.integrations:
        entry, name = integration.entry("provider"), integration.provider
        provider = catalog().provider(name.value) if name is not None else None
        if entry is None or name is None or provider is None:
            continue
        span = _text(entry.value, name)
        words = f"Guides to the providers, for {provider.display_name}"
        found[span.start] = DocumentLink(span, doc_urls.PROVIDERS, words)
    return [found[start] for start in sorted(found)]


def _text(node: Node, name: Scalar) -> Span:
    """The characters of the name without quotes or the head of a block, or the alias."""
    if isinstance(node, Alias):
        return node.span
    if name.style in ("|", ">"):
        # A name that is known has no spaces, so it is the last that stands in the block.
        return Span(name.end - len(name.value), name.end)
    return name.part(0, len(name.value))
