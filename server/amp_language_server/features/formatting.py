"""The layout of a document, of a part of it, and of the line that is being typed.

The editor's options for tabs and sizes are ignored: the layout is the same for everybody.
"""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from lsprotocol import types

from amp_language_server.lsp.text_edits import text_edits
from amp_language_server.state.documents import tree_of

if TYPE_CHECKING:
    from amp_language_server.server import AmpServer
    from amp_language_server.state.documents import TextDocument
    from amp_lint.ide.formatting import Formatting

_log = logging.getLogger(__name__)


def register(server: AmpServer) -> None:
    """Answer `textDocument/formatting`, `rangeFormatting` and `onTypeFormatting`."""

    @server.feature(types.TEXT_DOCUMENT_FORMATTING)
    async def whole(params: types.DocumentFormattingParams) -> list[types.TextEdit] | None:
        from amp_lint.ide.formatting import format_document

        document = _formattable(server, params.text_document.uri)
        if document is None:
            return None
        return _answer(document, await asyncio.to_thread(format_document, document.source))

    @server.feature(types.TEXT_DOCUMENT_RANGE_FORMATTING)
    async def part(params: types.DocumentRangeFormattingParams) -> list[types.TextEdit] | None:
        from amp_lint.ide.formatting import format_range

        document = _formattable(server, params.text_document.uri)
        if document is None:
            return None
        span = document.positions.span(params.range)
        tree = await tree_of(document)
        return _answer(document, await asyncio.to_thread(format_range, tree, span))

    @server.feature(
        types.TEXT_DOCUMENT_ON_TYPE_FORMATTING,
        types.DocumentOnTypeFormattingOptions("\n", more_trigger_character=["-"]),
    )
    async def typed(params: types.DocumentOnTypeFormattingParams) -> list[types.TextEdit] | None:
        from amp_lint.ide.typing_indent import indent_dash, indent_new_line

        document = server.documents.document(params.text_document.uri)
        if document is None:
            return None
        indent = indent_dash if params.ch == "-" else indent_new_line
        if params.position.line >= len(document.source.line_starts):
            return None
        edit = indent(document.source, params.position.line + 1)
        return [] if edit is None else text_edits(document.positions, [edit])


def _formattable(server: AmpServer, uri: str) -> TextDocument | None:
    """Return an open document; None if the configuration excludes it."""
    document = server.documents.document(uri)
    if document is not None and server.folders.excludes(document.source.path):
        return None
    return document


def _answer(document: TextDocument, formatting: Formatting) -> list[types.TextEdit] | None:
    """The edits; where there cannot be any, the reason goes to the log."""
    if formatting.problem:
        _log.warning("%s is not formatted: %s", document.source.path, formatting.problem)
        return None
    return text_edits(document.positions, formatting.edits)
