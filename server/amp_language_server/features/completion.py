"""Completions: keys, values and names for the caret; what they mean when the client asks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from lsprotocol import types

if TYPE_CHECKING:
    from amp_language_server.server import AmpServer
    from amp_language_server.state.documents import Document
    from amp_lint.ide.completion import Completion
    from amp_lint.ide.cursor import Cursor
    from amp_lint.ide.snapshot import SnapshotReader

# Behind these a client should ask without being told to.
_TRIGGERS = [" ", ":", "-", "[", "{", ",", '"', "'"]

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
}


def register(server: AmpServer) -> None:
    """Answer `textDocument/completion` and `completionItem/resolve`."""
    options = types.CompletionOptions(trigger_characters=_TRIGGERS, resolve_provider=True)

    @server.feature(types.TEXT_DOCUMENT_COMPLETION, options)
    async def completion(params: types.CompletionParams) -> list[types.CompletionItem]:
        able = _Abilities.of(server.client_capabilities)
        able = replace(able, command=server.completion_command)
        items: list[types.CompletionItem] = []
        answered: Document | None = None
        # Again, where another version came in the meantime.
        while (document := server.session.document(params.text_document.uri)) is not answered:
            items, answered = [], document
            if document is not None:
                question = partial(_items, server, document, params.position, able)
                items = await server.session.ask(document, question)
        return items

    @server.feature(types.COMPLETION_ITEM_RESOLVE)
    def resolve(item: types.CompletionItem) -> types.CompletionItem:
        from amp_lint.ide.completion import documentation

        data = item.data if isinstance(item.data, dict) else {}
        path = data.get("path")
        if isinstance(path, list) and all(isinstance(step, str | int) for step in path):
            said = documentation(str(data.get("kind")), str(data.get("name")), tuple(path))
            formats = _Abilities.of(server.client_capabilities).item.documentation_format or ()
            if said:
                kind = types.MarkupKind.Markdown
                kind = kind if kind in formats else types.MarkupKind.PlainText
                item.documentation = types.MarkupContent(kind, said)
        return item


@dataclass(frozen=True, slots=True)
class _Abilities:
    """What the client does with an item. `mode` is what it does to the indentation of the lines
    below the first, and `says_mode` whether an item may set it. `command` shows completions."""

    item: types.ClientCompletionItemOptions
    mode: types.InsertTextMode
    says_mode: bool
    command: str | None = None

    @classmethod
    def of(cls, client: types.ClientCapabilities) -> _Abilities:
        """Take them from the client's words. Whoever says nothing adjusts the indentation of
        snippets, as editors have always done."""
        adjusts, as_is = types.InsertTextMode.AdjustIndentation, types.InsertTextMode.AsIs
        completion = client.text_document.completion if client.text_document else None
        item = completion.completion_item if completion else None
        item = item or types.ClientCompletionItemOptions()
        told = item.insert_text_mode_support
        if told is not None and told.value_set:
            return cls(item, adjusts if adjusts in told.value_set else as_is, True)
        default = completion.insert_text_mode if completion else None
        return cls(item, default or adjusts, False)


def _items(
    server: AmpServer,
    document: Document,
    position: types.Position,
    able: _Abilities,
    reader: SnapshotReader,
) -> list[types.CompletionItem]:
    from amp_lint.ide.completion import completions, wants_destination

    cursor = reader.cursor(document.source, document.positions.offset(position))
    if cursor is None:
        return []
    configured = server.session.settings(document.source.path).destinations
    others: list[str] = []
    if wants_destination(cursor):
        stock = server.manifests.stock(but=document)
        others = [use.name for _, manifest_index in stock for use in manifest_index.uses]
    found = completions(document.source, cursor, configured, others, reader)
    return [_item(one, number, cursor, document, able) for number, one in enumerate(found)]


def _item(
    proposal: Completion, number: int, cursor: Cursor, document: Document, able: _Abilities
) -> types.CompletionItem:
    snippet = bool(able.item.snippet_support) and bool(proposal.lines)
    as_is = able.mode == types.InsertTextMode.AsIs
    text = (
        _snippet(proposal.lines, " " * cursor.indent if as_is else "") if snippet else proposal.text
    )
    prefix = document.positions.range(cursor.prefix)
    edit: types.TextEdit | types.InsertReplaceEdit = types.TextEdit(prefix, text)
    if able.item.insert_replace_support and cursor.word != cursor.prefix:
        edit = types.InsertReplaceEdit(text, prefix, document.positions.range(cursor.word))
    deprecated = proposal.deprecated and able.item.tag_support is not None
    margin = cursor.margin
    return types.CompletionItem(
        label=proposal.label,
        kind=_KINDS[proposal.kind],
        detail=proposal.detail or None,
        tags=[types.CompletionItemTag.Deprecated] if deprecated else None,
        sort_text=f"{number:05}",
        # Without it Neovim takes items with edits for narrowed down already.
        filter_text=proposal.name or proposal.label,
        insert_text_format=types.InsertTextFormat.Snippet if snippet else None,
        insert_text_mode=able.mode if snippet and able.says_mode else None,
        text_edit=edit,
        command=types.Command("Show Completions", able.command)
        if proposal.opens_list and able.command is not None and snippet
        else None,
        additional_text_edits=[types.TextEdit(document.positions.range(margin.span), margin.text)]
        if margin is not None
        else None,
        data={
            "kind": proposal.kind,
            "name": proposal.name or proposal.label,
            "path": list(proposal.path),
        },
    )


def _snippet(lines: tuple[str, ...], pad: str) -> str:
    """The lines, those below the first behind `pad`, with a tab stop at each place to be filled in.
    Nothing in them needs an escape."""
    head, *blanks = f"\n{pad}".join(lines).split("^")
    stops = (f"${number}{rest}" for number, rest in enumerate(blanks, 1))
    return head + "".join(stops)
