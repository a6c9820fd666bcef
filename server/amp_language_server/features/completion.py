"""Completions: keys, values and names for the caret; what they mean when the client asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from amp_lint.cursor import Cursor, cursor_at
from amp_lint.proposals import Proposal, documentation, proposals

if TYPE_CHECKING:
    from amp_language_server.protocol import AmpServer
    from amp_language_server.session import Document

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
    def completion(params: types.CompletionParams) -> list[types.CompletionItem]:
        document = server.session.document(params.text_document.uri)
        if document is None:
            return []
        cursor = cursor_at(document.source, document.positions.offset(params.position))
        if cursor is None:
            return []
        settings = server.session.settings(document.source.path)
        able = _abilities(server.client_capabilities)
        return [
            _item(proposal, number, cursor, document, able)
            for number, proposal in enumerate(
                proposals(document.source, cursor, settings.destinations)
            )
        ]

    @server.feature(types.COMPLETION_ITEM_RESOLVE)
    def resolve(item: types.CompletionItem) -> types.CompletionItem:
        data = item.data
        if isinstance(data, dict) and isinstance(data.get("path"), list):
            said = documentation(str(data.get("kind")), str(data.get("name")), tuple(data["path"]))
            formats = _abilities(server.client_capabilities).documentation_format or ()
            if said:
                kind = types.MarkupKind.Markdown
                kind = kind if kind in formats else types.MarkupKind.PlainText
                item.documentation = types.MarkupContent(kind, said)
        return item


def _abilities(client: types.ClientCapabilities) -> types.ClientCompletionItemOptions:
    completion = client.text_document.completion if client.text_document else None
    able = completion.completion_item if completion else None
    return able or types.ClientCompletionItemOptions()


def _item(
    proposal: Proposal,
    number: int,
    cursor: Cursor,
    document: Document,
    able: types.ClientCompletionItemOptions,
) -> types.CompletionItem:
    snippet = bool(able.snippet_support) and bool(proposal.lines)
    text = _snippet(proposal.lines) if snippet else proposal.text
    prefix = document.positions.range(cursor.prefix)
    edit: types.TextEdit | types.InsertReplaceEdit = types.TextEdit(prefix, text)
    if able.insert_replace_support and cursor.word != cursor.prefix:
        edit = types.InsertReplaceEdit(text, prefix, document.positions.range(cursor.word))
    deprecated = proposal.deprecated and able.tag_support is not None
    return types.CompletionItem(
        label=proposal.label,
        kind=_KINDS[proposal.kind],
        detail=proposal.detail or None,
        tags=[types.CompletionItemTag.Deprecated] if deprecated else None,
        sort_text=f"{number:05}",
        # Without it Neovim takes items with edits for narrowed down already.
        filter_text=proposal.label,
        insert_text_format=types.InsertTextFormat.Snippet if snippet else None,
        insert_text_mode=types.InsertTextMode.AdjustIndentation if snippet else None,
        text_edit=edit,
        data={"kind": proposal.kind, "name": proposal.label, "path": list(proposal.path)},
    )


def _snippet(lines: tuple[str, ...]) -> str:
    """The lines with a tab stop at each place to be filled in. Nothing in them needs an escape."""
    head, *blanks = "\n".join(lines).split("^")
    stops = (f"${number}{rest}" for number, rest in enumerate(blanks, 1))
    return head + "".join(stops)
