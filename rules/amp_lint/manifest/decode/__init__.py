"""What the platform reads: the values of a manifest, and the reasons to refuse it.

Contract: the reader of the deploy tool, which is sigs.k8s.io/yaml 1.6 on go.yaml.in/yaml/v2.
`uses` knows merge keys and duplicates, `united` the spellings of a key, `values` the types,
`reasons` what the platform refuses, `missing` what the deploy tool asks for. Most manifests need
none of them, which a quick look here finds out.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import cast

from amp_lint.yaml.document import Document, SyntaxProblem
from amp_lint.yaml.nodes import Mapping
from amp_schema.manifest_schema import root

# What a text holds that has one of these values, and some others.
_NOT_FINITE = (".inf", ".Inf", ".INF", ".nan", ".NaN", ".NAN")
_ODD_NAMES = frozenset(("", "~", "null", "Null", "NULL"))
_DIGITS = "+0123456789"
# Characters of the least number that does not fit into 64 bits.
_LONG = 18


def refusals(document: Document) -> list[SyntaxProblem]:
    """Return why the platform refuses a document that its parser takes."""
    if is_surely_taken(document.mappings) and is_surely_finite(document.source.text):
        return []
    from amp_lint.manifest.decode.reasons import find_refusals

    return find_refusals(document)


def complete_manifest(document: Document) -> dict[str, object] | None:
    """Return the values that the platform reads; None if it refuses them, or misses some."""
    from amp_lint.manifest.decode.missing import missing
    from amp_lint.manifest.decode.values import Decoder, plain

    decoder = Decoder()
    value = decoder.value(document.root, root()) if document.root is not None else None
    if value is None or decoder.refusals:
        return None
    manifest = cast("dict[str, object]", plain(value))
    return None if any(missing(manifest)) else manifest


def is_surely_taken(mappings: Collection[Mapping]) -> bool:
    """Whether a quick look at some mappings finds no key that could be refused."""
    if not all(mapping.is_plain for mapping in mappings):
        return False
    names = {entry.name for mapping in mappings for entry in mapping.entries}
    return names.isdisjoint(_ODD_NAMES) and not any(map(_may_be_large, names))


def is_surely_finite(text: str) -> bool:
    """Whether a text has nothing that could be an infinite number."""
    return not any(word in text for word in _NOT_FINITE)


def _may_be_large(name: str) -> bool:
    return len(name) >= _LONG and name[0] in _DIGITS
