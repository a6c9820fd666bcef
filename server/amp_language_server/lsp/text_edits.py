"""Edits of manifests in the form that the client understands."""

from __future__ import annotations

from collections.abc import Iterable

from lsprotocol import types

from amp_language_server.lsp.client import Client
from amp_language_server.lsp.positions import Positions
from amp_lint.text.edits import Edit

Changes = Iterable[tuple[types.OptionalVersionedTextDocumentIdentifier, list[types.TextEdit]]]


def text_edits(positions: Positions, edits: Iterable[Edit]) -> list[types.TextEdit]:
    """Return edits of a document in the client's positions."""
    return [types.TextEdit(positions.range(edit.span), edit.text) for edit in edits]


def workspace_edit(client: Client, changes: Changes) -> types.WorkspaceEdit:
    """Return edits of several documents.

    They carry the versions that they were made for, if the client checks versions: it then refuses
    edits that come too late.
    """
    if not client.workspace_edits.document_changes:
        return types.WorkspaceEdit(changes={one.uri: edits for one, edits in changes})
    return types.WorkspaceEdit(
        document_changes=[types.TextDocumentEdit(one, edits) for one, edits in changes]
    )
