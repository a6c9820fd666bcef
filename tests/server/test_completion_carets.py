"""Cut a right manifest at a caret, accept the item that was there: it reads as before the cut.

A few hundred carets run here; `AMP_LINT_CARETS=20000` runs more.
"""

from __future__ import annotations

import json
import os
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from lsprotocol import types

from amp_language_server.features.completion import _ItemMaker
from amp_language_server.lsp.client import CompletionSupport
from amp_language_server.lsp.positions import Positions
from amp_language_server.state.documents import TextDocument
from amp_lint.ide.completion import completions
from amp_lint.ide.cursor import cursor_at
from amp_lint.linter.registry import rules
from amp_lint.linter.rule_docs import rule_doc
from amp_lint.text.edits import Edit, apply
from amp_lint.text.source import Source
from amp_lint.yaml.nodes import Entry, Mapping, Node, Scalar, Sequence, follow, walk
from amp_lint.yaml.reader import read

CARETS = int(os.environ.get("AMP_LINT_CARETS", "300"))
ADJUSTS = types.InsertTextMode.AdjustIndentation
CLIENTS = {
    "VS Code": CompletionSupport(snippets=True, insert_replace=True, mode=ADJUSTS, names_mode=True),
    "Neovim": CompletionSupport(snippets=True),
    "Kate": CompletionSupport(),
}
CUTS = ("nothing", "the rest of the word", "the rest of the line")


@dataclass(frozen=True)
class Caret:
    """A place in a manifest, and what was cut behind it. `label` is the item that was there."""

    text: str
    offset: int
    label: str
    is_key: bool
    wanted: Any


def manifests() -> list[str]:
    """Right manifests in block, flow and JSON style, with each kind of line end."""
    found = []
    for rule in rules().values():
        for text in rule_doc(rule).right:
            document = read(Source.from_text(text))
            if document.faults or document.aliases or "<<" in text:
                continue
            found += [text, text.replace("\n", "\r\n"), text.replace("\n", "\r")]
            value = data(document.root)
            found += [json.dumps(value, indent=2), json.dumps(value)]
    return found


def data(node: Node | None) -> Any:
    """What a tree holds, as plain data; keys in their order do not matter."""
    node = follow(node)
    if isinstance(node, Mapping):
        return {entry.name: data(entry.value) for entry in node.entries}
    if isinstance(node, Sequence):
        return [data(item) for item in node.items]
    return node.data if isinstance(node, Scalar) else None


def scalars(text: str) -> list[Scalar]:
    """The keys and values of one line."""
    nodes = walk(read(Source.from_text(text)).root)
    return [
        node
        for node in nodes
        if isinstance(node, Scalar)
        and node.style not in ("|", ">")
        and node.value
        and len(text[node.start : node.end].splitlines()) == 1
    ]


def carets(seed: int) -> Iterator[Caret]:
    choose = random.Random(seed)
    texts = manifests()
    while True:
        text = choose.choice(texts)
        node = choose.choice(scalars(text))
        is_key = isinstance(node.slot, Entry) and node.slot.key is node
        quoted = node.style in ("'", '"')
        start, end = node.start + quoted, node.end - quoted
        offset = choose.choice((start, (start + end) // 2, end))
        cut = choose.choice(CUTS[:2] if is_key else CUTS)
        if is_key and cut != "nothing" and offset == start:
            continue
        behind = {"nothing": offset, "the rest of the word": end}.get(cut)
        if behind is None:
            behind = min(
                (at for at in (text.find(mark, end) for mark in ("\n", "\r")) if at >= 0),
                default=len(text),
            )
            rest = text[end:behind].strip(" \t'\"")
            if rest:
                # Something else on the line would be lost.
                continue
        label = text[start:end]
        wanted = data(read(Source.from_text(text)).root)
        yield Caret(text[:offset] + text[behind:], offset, label, is_key, wanted)


def accepted(item: types.CompletionItem, source: Source, client: CompletionSupport) -> str:
    """The text once an item is accepted, as the client does it."""
    positions = Positions(source)
    edit = item.text_edit
    assert edit is not None
    range_ = edit.range if isinstance(edit, types.TextEdit) else edit.replace
    span, new = positions.span(range_), edit.new_text
    if item.insert_text_format == types.InsertTextFormat.Snippet:
        for number in range(9, 0, -1):
            new = new.replace(f"${number}", "")
    line = source.text[source.line_span(source.position(span.start).line).start : span.start]
    if client.mode == ADJUSTS and "\n" in new:
        new = new.replace("\n", "\n" + line[: len(line) - len(line.lstrip(" "))])
    extra = item.additional_text_edits or []
    edits = [Edit(positions.span(one.range), one.new_text) for one in extra]
    return apply(source.text, [*edits, Edit(span, new)])


def problem(caret: Caret, client: CompletionSupport) -> str | None:
    """What is wrong with what becomes of a caret; None if it reads as before the cut."""
    source = Source.from_text(caret.text)
    cursor = cursor_at(source, caret.offset)
    if cursor is None:
        return "no cursor"
    document = TextDocument("file:///amp.yaml", 1, Positions(source))
    found = {one.name or one.label: one for one in completions(source, cursor)}
    one = found.get(caret.label)
    if one is None:
        return "not offered"
    item = _ItemMaker(document, cursor, client).item(one, 0)
    made = accepted(item, source, client)
    got = data(read(Source.from_text(made)).root)
    return None if got == caret.wanted else f"reads otherwise: {made}"


@pytest.mark.parametrize("name", CLIENTS)
def test_what_is_accepted_reads_as_what_was_cut(name: str) -> None:
    counts: Counter[str] = Counter()
    wrong: list[str] = []
    found = carets(seed=len(name))
    for _ in range(CARETS // len(CLIENTS)):
        caret = next(found)
        said = problem(caret, CLIENTS[name])
        counts[(said or "right").partition(":")[0]] += 1
        shown = f"{caret.text[: caret.offset]}|{caret.text[caret.offset :]}"
        # Names that the author chose are not offered.
        if said is not None and (caret.is_key or said.startswith("reads")):
            wrong.append(f"{caret.label}: {said}\n{shown}")
    assert not wrong, "\n\n".join(wrong[:5])
    assert counts["right"] > counts["not offered"] + counts["no cursor"]
