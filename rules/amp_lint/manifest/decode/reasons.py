"""Reasons for which the platform refuses a text that is YAML, in words.

Wrong types and numbers out of range are left out, as the JSON Schema finds them, but for values
that another spelling of their key overrides: nothing else looks at those.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from amp_lint.manifest.decode.uses import bad_merge_value
from amp_lint.text.edits import Applicability, Edit, Fix
from amp_lint.text.messages import quoted
from amp_lint.text.source import Span
from amp_lint.yaml.document import Document, SyntaxProblem
from amp_lint.yaml.nodes import Alias, Collection, Entry, Mapping, Node, Scalar, Sequence, follow
from amp_schema.lite_dataclasses import replace
from amp_schema.manifest_schema import root
from amp_schema.patterns import pattern

# The label of what is wrong with a template, here and in `amp_lint.yaml`.
_TEMPLATE = "template"
_ANCHOR = pattern(r"&([\w-]+)")
_DUE = {
    "object": "a mapping",
    "array": "a list",
    "string": "text",
    "boolean": "`true` or `false`",
    "integer": "a whole number",
}


def find_refusals(document: Document) -> list[SyntaxProblem]:
    """Return why the platform refuses a document that its parser takes."""
    if document.source.is_unread:
        return []
    shape = _by_shape(document.mappings, document.source.text)
    return [*_first_template(shape, document.faults), *_by_value(document.root)]


def _first_template(
    found: Iterable[SyntaxProblem], before: Iterable[SyntaxProblem]
) -> Iterator[SyntaxProblem]:
    """Yield the refusals without those of a template that has been reported: it is one mistake."""
    is_known = any(one.label == _TEMPLATE for one in before)
    for one in found:
        if one.label != _TEMPLATE or not is_known:
            yield one
        is_known = is_known or one.label == _TEMPLATE


def _by_shape(mappings: Iterable[Mapping], text: str) -> Iterator[SyntaxProblem]:
    """Yield what the decoder refuses at any place."""
    anchors: set[str] | None = None
    for mapping in mappings:
        for entry in mapping.entries:
            value = bad_merge_value(entry) if entry.merges else None
            if value is not None:
                anchors = set(_ANCHOR.findall(text)) if anchors is None else anchors
                message, fixes = _merge_message(value, anchors)
                found = _problem(value, message, "not a mapping", entry)
                shown = fixes[0].edits[0].span if fixes else found.span
                yield replace(found, fixes=fixes, span=shown)
            elif not entry.merges and isinstance(follow(entry.key), Collection):
                yield _no_text(mapping, entry, text)


def _no_text(mapping: Mapping, entry: Entry, text: str) -> SyntaxProblem:
    """Return what is wrong with a key that is a mapping or a list."""
    message = "a key must be text; the platform refuses a file with a mapping or a list as a key"
    key = entry.key
    mark = text.rfind("?", 0, key.start)
    if isinstance(key, Mapping) and text.startswith("{{", mapping.start):
        message = (
            "`{{` starts a template expression, which the platform does not replace, so it reads a "
            "mapping as a key; lint and deploy the rendered manifest"
        )
        return SyntaxProblem("unsupported", mapping.span, message, _TEMPLATE)
    if not isinstance(key, Mapping) or key.flow or mark < 0 or text[mark + 1 : key.start].strip():
        return _problem(key, message, "not text")
    # With the mark, what should be keys of the mapping around is lost to it.
    mapping.incomplete = True
    name = quoted(key.entries[0].name)
    message = (
        f"`?` makes the mapping that starts with {name} a key, and the platform refuses a mapping "
        "as a key; remove the `?`"
    )
    fix = Fix("Remove the `?`", (Edit(Span(mark, key.start), ""),), Applicability.SAFE)
    return SyntaxProblem("unsupported", Span(mark, mark + 1), message, "remove it", fixes=(fix,))


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


def _merge_message(value: Node, anchors: set[str]) -> tuple[str, tuple[Fix, ...]]:
    """Return the message about a value that cannot be merged, and the fixes."""
    target = follow(value)
    due = "`<<` must be a mapping or a list of mappings"
    refused = "the platform refuses the file"
    name = value.anchor or (target.value if isinstance(target, Scalar) else "")
    if target is value and name in anchors:
        span = Span(value.outer, max(value.end, value.outer + len(name) + bool(value.anchor)))
        fix = Fix(f"Change to `*{name}`", (Edit(span, f"*{name}"),))
        what = f"`&{name}` is an anchor" if value.anchor else f"`{name}` is text"
        message = f"{what}, not an alias, so {refused}; write `*{name}` to take over its keys"
        return message, (fix,)
    if isinstance(value, Alias):
        kind = "a list" if isinstance(target, Sequence) else "a single value"
        what = f"{quoted(f'*{value.name}')}, which stands for {kind}"
    elif value.start == value.end:
        what = "an empty value"
    else:
        what = f"the string {_shown(value)}" if isinstance(value, Scalar) else "a list in a list"
    advice = "remove the `<<`, or write an alias of a mapping, such as `<<: *name`"
    return f"{due}, not {what}; {refused}, so {advice}", ()


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
