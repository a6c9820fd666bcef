"""Folding ranges, and selection ranges around the caret."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from amp_language_server.state.documents import tree_of
from amp_lint.text.source import Span

if TYPE_CHECKING:
    from amp_language_server.server import AmpServer
    from amp_language_server.state.documents import TextDocument


def register(server: AmpServer) -> None:
    """Answer `textDocument/foldingRange` and `textDocument/selectionRange`."""

    @server.feature(types.TEXT_DOCUMENT_FOLDING_RANGE)
    async def folding(params: types.FoldingRangeParams) -> list[types.FoldingRange]:
        from amp_lint.ide.folding import folds

        document = server.documents.document(params.text_document.uri)
        if document is None:
            return []
        tree = await tree_of(document)
        return [
            types.FoldingRange(
                fold.first - 1,
                fold.last - 1,
                kind=types.FoldingRangeKind.Comment if fold.comment else None,
            )
            for fold in folds(tree)
        ]

    @server.feature(types.TEXT_DOCUMENT_SELECTION_RANGE)
    async def selection(params: types.SelectionRangeParams) -> list[types.SelectionRange]:
        from amp_lint.ide.folding import around

        document = server.documents.document(params.text_document.uri)
        if document is None:
            return []
        tree = await tree_of(document)
        offsets = [document.positions.offset(position) for position in params.positions]
        return [_nested(document, around(tree, offset)) for offset in offsets]


def _nested(document: TextDocument, spans: list[Span]) -> types.SelectionRange:
    """Return the range of the last span; the spans before it become its parents."""
    outermost, *inner = spans
    selection = types.SelectionRange(document.positions.range(outermost))
    for span in inner:
        selection = types.SelectionRange(document.positions.range(span), selection)
    return selection
