"""Completion of keys, values and names, and the documentation of one item."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from lsprotocol import types

from amp_language_server.lsp.markup import markup

if TYPE_CHECKING:
    from amp_language_server.lsp.client import CompletionSupport
    from amp_language_server.server import AmpServer
    from amp_language_server.state.documents import TextDocument
    from amp_lint.ide.completion import Completion
    from amp_lint.ide.cursor import Cursor
    from amp_lint.ide.snapshot import SnapshotReader

# A client asks for completion by itself after one of these.
_TRIGGERS = [" ", ":", "-", "[", "{", ",", '"', "'"]

_SNIPPET_SYNTAX = re.compile(r"[\\$}]")

_KINDS = {
    "key": types.CompletionItemKind.Property,
    "value": types.CompletionItemKind.EnumMember,
    "provider": types.CompletionItemKind.Module,
    "module": types.CompletionItemKind.Module,
    "object": types.CompletionItemKind.Class,
    "field": types.CompletionItemKind.Field,
    "destination": types.CompletionItemKind.Reference,
    "schedule": types.CompletionItemKind.Event,
    "rule": types.CompletionItemKind.Constant,
    "integration": types.CompletionItemKind.Module,
}


def register(server: AmpServer) -> None:
    """Answer `textDocument/completion` and `completionItem/resolve`."""
    options = types.CompletionOptions(trigger_characters=_TRIGGERS, resolve_provider=True)

    @server.feature(types.TEXT_DOCUMENT_COMPLETION, options)
    async def completion(params: types.CompletionParams) -> list[types.CompletionItem]:
        items: list[types.CompletionItem] = []
        answered: TextDocument | None = None
        # Repeat while a newer version arrives meanwhile.
        while (document := server.documents.document(params.text_document.uri)) is not answered:
            items, answered = [], document
            if document is not None:
                question = partial(_items, server, document, params.position)
                items = await server.documents.ask(document, question)
        return items

    @server.feature(types.COMPLETION_ITEM_RESOLVE)
    def resolve(item: types.CompletionItem) -> types.CompletionItem:
        data = item.data if isinstance(item.data, dict) else {}
        path = data.get("path")
        if isinstance(path, list) and all(isinstance(step, str | int) for step in path):
            kind, name = str(data.get("kind")), str(data.get("name"))
            item.documentation = _documentation(server.client.completion, kind, name, path)
        return item


def _documentation(
    client: CompletionSupport, kind: str, name: str, path: Iterable[str | int]
) -> types.MarkupContent | None:
    from amp_lint.ide.completion import documentation

    text = documentation(kind, name, tuple(path))
    return markup(client.documentation_format, text) if text else None


def _items(
    server: AmpServer,
    document: TextDocument,
    position: types.Position,
    reader: SnapshotReader,
) -> list[types.CompletionItem]:
    from amp_lint.ide.completion import completions, wants_destination

    cursor = reader.cursor(document.source, document.positions.offset(position))
    if cursor is None:
        return []
    settings = server.documents.settings(document.source.path)
    others: list[str] = []
    if wants_destination(cursor):
        manifests = server.manifests.indexed(but=document)
        others = [use.name for _, manifest_index in manifests for use in manifest_index.uses]
    found = completions(
        document.source, cursor, settings.destinations, others, reader, settings.snapshot
    )
    make = _ItemMaker(document, cursor, server.client.completion)
    return [make.item(one, number) for number, one in enumerate(found)]


@dataclass(frozen=True, slots=True)
class _ItemMaker:
    """Makes the items of one answer."""

    document: TextDocument
    cursor: Cursor
    client: CompletionSupport

    def item(self, completion: Completion, number: int) -> types.CompletionItem:
        """Return a completion as an item; `number` is its place in the list."""
        text, is_snippet, is_block = self._text(completion)
        name = completion.name or completion.label
        deprecated = completion.deprecated and self.client.tags
        item = types.CompletionItem(
            label=completion.label,
            kind=_KINDS[completion.kind],
            detail=completion.detail or None,
            tags=[types.CompletionItemTag.Deprecated] if deprecated else None,
            sort_text=f"{number:05}",
            # Without it Neovim does not filter items that have a text edit.
            filter_text=name,
            insert_text_format=types.InsertTextFormat.Snippet if is_snippet else None,
            insert_text_mode=self.client.mode if is_block and self.client.names_mode else None,
            text_edit=self._edit(text),
            command=self._command(completion),
            additional_text_edits=self._extra_edits(),
            data={"kind": completion.kind, "name": name, "path": list(completion.path)},
        )
        if not self.client.resolves:
            item.documentation = _documentation(self.client, completion.kind, name, completion.path)
        return item

    def _command(self, completion: Completion) -> types.Command | None:
        """Return the command that lists the values of a key at once."""
        name = self.client.command
        wanted = completion.opens_list and self.client.snippets and bool(completion.lines)
        return types.Command("Show Completions", name) if name is not None and wanted else None

    def _text(self, completion: Completion) -> tuple[str, bool, bool]:
        """Return what is inserted, and whether it is a snippet, and whether it has several lines.

        A snippet whose only tab stop is at its end is plain text: the caret goes there anyway.
        """
        text, is_snippet, is_block = self._expanded(completion)
        if self.client.snippets and self.client.cuts_plain_text and " " in text and not is_snippet:
            return _SNIPPET_SYNTAX.sub(r"\\\g<0>", text), True, is_block
        return text, is_snippet, is_block

    def _expanded(self, completion: Completion) -> tuple[str, bool, bool]:
        is_movable = self.cursor.margin is None or self.client.moves_snippets
        if not self.client.snippets or not completion.lines or not is_movable:
            return completion.text, False, False
        as_is = self.client.mode == types.InsertTextMode.AsIs
        pad = " " * self.cursor.indent if as_is else ""
        text = f"\n{pad}".join(completion.lines)
        is_block = len(completion.lines) > 1
        if "^" not in text[:-1] and not is_block:
            return text.removesuffix("^"), False, False
        head, *rest = text.split("^")
        stops = [f"${number}" for number in range(1, len(rest) + 1)]
        if text.endswith("^"):
            # The final stop, which ends the snippet: an unfinished one takes the keys Tab and
            # Shift+Tab in VS Code. It is at the end if there is none.
            stops[-1] = "$0"
        # Nothing in the lines needs an escape.
        parts = (f"{stop}{part}" for stop, part in zip(stops, rest, strict=True))
        return head + "".join(parts), True, is_block

    def _edit(self, text: str) -> types.TextEdit | types.InsertReplaceEdit:
        """Return the edit of the whole word; a client that can choose may keep its end."""
        positions, cursor = self.document.positions, self.cursor
        word = positions.range(cursor.word)
        if self.client.insert_replace and cursor.word != cursor.prefix:
            return types.InsertReplaceEdit(text, positions.range(cursor.prefix), word)
        return types.TextEdit(word, text)

    def _extra_edits(self) -> list[types.TextEdit] | None:
        margin = self.cursor.margin
        if margin is None:
            return None
        return [types.TextEdit(self.document.positions.range(margin.span), margin.text)]
