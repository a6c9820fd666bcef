"""Links from a manifest to the platform's documentation."""

from __future__ import annotations

from dataclasses import dataclass

from amp_lint.manifest import doc_urls
from amp_lint.manifest.model import Manifest
from amp_lint.text.source import Span
from amp_lint.yaml.nodes import Alias, Node, Scalar


@dataclass(frozen=True, slots=True)
class DocumentLink:
    """A link from a part of the text to a page; `words` describe the page."""

    span: Span
    url: str
    words: str


def document_links(manifest: Manifest) -> list[DocumentLink]:
    """Return the links of a manifest in the order of the text: each known provider to its guide."""
    from amp_schema.catalog import catalog

    found: dict[int, DocumentLink] = {}
    for integration in manifest.integrations:
        entry, name = integration.entry("provider"), integration.provider
        provider = catalog().provider(name.value) if name is not None else None
        if entry is None or name is None or provider is None:
            continue
        span = _text(entry.value, name)
        words = f"Guide to {provider.display_name}"
        found[span.start] = DocumentLink(span, doc_urls.provider_guide(provider), words)
    return [found[start] for start in sorted(found)]


def _text(node: Node, name: Scalar) -> Span:
    """Return the span of the name without quotes or block indicators, or of the alias."""
    if isinstance(node, Alias):
        return node.span
    if name.style in ("|", ">"):
        # A known name has no spaces, so it is at the end of the block.
        return Span(name.end - len(name.value), name.end)
    return name.part(0, len(name.value))
