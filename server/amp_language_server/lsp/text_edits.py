"""Edits of manifests in the form that the client understands."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from lsprotocol import types

from amp_lint.text.edits import Edit

if TYPE_CHECKING:
    from amp_language_server.state.documents import Document

Changes = Iterable[tuple["Document", list[types.TextEdit]]]


def text_edits(document: Document, edits: Iterable[Edit]) -> list[types.TextEdit]:
    """Edits of a document in the client's positions."""
    return [types.TextEdit(document.positions.range(edit.span), edit.text) for edit in edits]


def workspace_edit(client: types.ClientCapabilities, changes: Changes) -> types.WorkspaceEdit:
    """Edits of documents, with the versions that they are for where the client heeds them: it then
    refuses what comes too late."""
    if not edits_of(client).document_changes:
        return types.WorkspaceEdit(changes={one.uri: edits for one, edits in changes})
    return types.WorkspaceEdit(
        document_changes=[
            types.TextDocumentEdit(
                types.OptionalVersionedTextDocumentIdentifier(one.uri, one.version), edits
            )
            for one, edits in changes
        ]
    )


def edits_of(client: types.ClientCapabilities) -> types.WorkspaceEditClientCapabilities:
    """What the client can do with edits."""
    able = client.workspace.workspace_edit if client.workspace else None
    return able or types.WorkspaceEditClientCapabilities()
