"""Reasons for which the platform refuses a text that is YAML, in words.

Wrong types and numbers out of range are left out, as the JSON Schema finds them, but for values
that another spelling of their key overrides: nothing else looks at those.
"""

from __future__ import annotations

from collections.abc import Collection as Collected
from collections.abc import Iterable, Iterator

from amp_lint.manifest.decode.uses import merge_misfit
from amp_lint.text.messages import quoted
from amp_lint.text.source import Span
from amp_lint.yaml.document import Document, SyntaxProblem
from amp_lint.yaml.nodes import Collection, Entry, Mapping, Node, Scalar, follow
from amp_schema.manifest_schema import root

# What a text holds that has one of these values, and some others.
_NOT_FINITE = (".inf", ".Inf", ".INF", ".nan", ".NaN", ".NAN")
_ODD_NAMES = frozenset(("", "~", "null", "Null", "NULL"))
_DIGITS = "+0123456789"
# Characters of the least number that does not fit into 64 bits.
_LONG = 18
_DUE = {
    "object": "a mapping",
    "array": "a list",
    "string": "text",
    "boolean": "`true` or `false`",
    "integer": "a whole number",
}


def refusals(document: Document) -> list[SyntaxProblem]:
    """Return why the platform refuses a document that its parser takes."""
    if document.source.is_unread:
        return []
    if is_surely_taken(document.mappings) and is_surely_finite(document.source.text):
        return []
    return [*_by_shape(document.mappings), *_by_value(document.root)]


def is_surely_taken(mappings: Collected[Mapping]) -> bool:
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


def _by_shape(mappings: Iterable[Mapping]) -> Iterator[SyntaxProblem]:
    """Yield what the decoder refuses wherever it stands."""
    for mapping in mappings:
        for entry in mapping.entries:
            misfit = merge_misfit(entry) if entry.merges else None
            if misfit is not None:
                yield _problem(misfit, _merge_message(misfit), "not a mapping", entry)
            elif not entry.merges and isinstance(follow(entry.key), Collection):
                message = "a key must be text; the platform refuses a file with a mapping or a list"
                yield _problem(entry.key, f"{message} as a key", "not text")


def _by_value(top: Node | None) -> Iterator[SyntaxProblem]:
    """Yield what the decoder refuses where it is in use, or what is due there is something else."""
    from amp_lint.manifest.decode.values import Decoder

    if top is None:
        return
    decoder = Decoder()
    decoder.value(top, root())
    for refusal in decoder.refusals:
        node = refusal.node
        if refusal.kind == "null-key":
            message = (
                "a key must not be empty or `null`; the platform refuses the file even where it "
                "ignores the key, so write a name"
            )
            yield _problem(node, message, "no name")
        elif refusal.kind == "large-key":
            message = "this number is too large for a key; put it in quotes"
            yield _problem(node, message, "too large")
        elif refusal.kind == "not-finite":
            message = (
                f"{_shown(node)} without quotes is a number that JSON cannot hold, so the platform "
                "refuses the file; put it in quotes"
            )
            yield _problem(node, message, "not a JSON number")
        elif refusal.kind == "unused-type":
            message = (
                f"this must be {_DUE[refusal.due]}; the platform refuses the file, although it "
                "uses the value under another spelling of the key"
            )
            yield _problem(node, message, f"{_DUE[refusal.due]} expected")


def _merge_message(misfit: Node) -> str:
    what = "an empty value" if misfit.start == misfit.end else "this"
    return (
        f"`<<` must be a mapping or a list of mappings, not {what}; the platform refuses the file, "
        "so remove the `<<` or fill in what it refers to"
    )


def _shown(node: Node) -> str:
    return quoted(node.value) if isinstance(node, Scalar) else "this"


def _problem(node: Node, message: str, label: str, entry: Entry | None = None) -> SyntaxProblem:
    shown = entry.key if entry is not None and node.start == node.end else node
    span = shown.span
    if isinstance(shown, Collection) and not shown.flow:
        span = Span(span.start, min(span.end, _first_end(shown)))
    return SyntaxProblem("unsupported", span, message, label)


def _first_end(node: Collection) -> int:
    """Where the first key or item of a collection ends."""
    first: Node = node
    while isinstance(first, Collection):
        children: list[Node] = []
        if isinstance(first, Mapping) and first.entries:
            children = [first.entries[0].key]
        elif not isinstance(first, Mapping):
            children = getattr(first, "items", [])
        if not children:
            break
        first = children[0]
    return max(first.end, node.start + 1)
