"""Quick fixes, comments that silence a finding, and all safe fixes at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from lsprotocol import types

from amp_language_server.features.diagnostics import SOURCE, diagnostics
from amp_lint.directives import NEVER_SILENCED
from amp_lint.mending import compatible

if TYPE_CHECKING:
    from amp_language_server.protocol import AmpServer
    from amp_language_server.session import Analysis, Document

FIX_ALL = "source.fixAll.amp-lint"


def register(server: AmpServer) -> None:
    """Answer `textDocument/codeAction`."""
    options = types.CodeActionOptions([types.CodeActionKind.QuickFix, FIX_ALL])

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, options)
    async def code_actions(params: types.CodeActionParams) -> list[types.CodeAction]:
        uri, context = params.text_document.uri, params.context
        document = server.session.document(uri)
        if document is None:
            return []
        actions: list[types.CodeAction] = []
        if _wanted(context.only, types.CodeActionKind.QuickFix):
            ours = [one for one in context.diagnostics if one.source in (SOURCE, None)]
            analysis = None
            if any(one.data is None for one in ours):
                analysis = await server.session.analysis(uri)
            for diagnostic in ours:
                actions += _quick_fixes(diagnostic, document, analysis)
        if _wanted(context.only, FIX_ALL):
            actions += _fix_all(await server.session.analysis(uri))
        return actions


def _wanted(only: Iterable[str] | None, kind: str) -> bool:
    """Whether a client asks for a kind; for none in particular, it gets what belongs to a place."""
    if only is None:
        return kind != FIX_ALL
    return any(kind == one or kind.startswith(f"{one}.") for one in only)


def _quick_fixes(
    diagnostic: types.Diagnostic, document: Document, analysis: Analysis | None
) -> Iterator[types.CodeAction]:
    data = diagnostic.data if diagnostic.data is not None else _data(diagnostic, analysis)
    # The edits of another version would land in the wrong place.
    if not isinstance(data, dict) or data.get("version") != document.version:
        return
    for number, fix in enumerate(data.get("fixes", ())):
        edits = [_edit(edit) for edit in fix["edits"]]
        yield _action(fix["title"], document, edits, diagnostic, preferred=number == 0)
    code = str(diagnostic.code)
    if code not in NEVER_SILENCED:
        edit = _directive(code, diagnostic.range.start.line, document)
        yield _action(f"Ignore {code} for this line", document, [edit], diagnostic)


def _data(diagnostic: types.Diagnostic, analysis: Analysis | None) -> Any:
    """The data of a diagnostic whose client has not kept it, from the analysis that it is of."""
    for one in diagnostics(analysis) if analysis is not None else ():
        if (one.code, one.range) == (diagnostic.code, diagnostic.range):
            return one.data
    return None


def _edit(edit: dict[str, Any]) -> types.TextEdit:
    start, end = edit["range"]["start"], edit["range"]["end"]
    range_ = types.Range(
        types.Position(start["line"], start["character"]),
        types.Position(end["line"], end["character"]),
    )
    return types.TextEdit(range_, edit["newText"])


def _directive(code: str, line: int, document: Document) -> types.TextEdit:
    """A comment of its own above the line, indented as the line is."""
    source = document.source
    start, end = source.line_span(line + 1)
    text = source.text[start:end]
    lead = text[: len(text) - len(text.lstrip(" "))]
    first = source.line_starts[1:2]
    line_break = source.text[source.line_span(1).end : first[0]] if first else "\n"
    place = document.positions.position(start)
    return types.TextEdit(types.Range(place, place), f"{lead}# amp:ignore[{code}]{line_break}")


def _fix_all(analysis: Analysis | None) -> Iterator[types.CodeAction]:
    if analysis is None:
        return
    positions = analysis.document.positions
    fixes = compatible(analysis.report.findings, unsafe=False)
    edits = [
        types.TextEdit(positions.range(edit.span), edit.text) for fix in fixes for edit in fix.edits
    ]
    if edits:
        yield types.CodeAction(
            "Make all safe fixes", kind=FIX_ALL, edit=_workspace_edit(analysis.document, edits)
        )


def _action(
    title: str,
    document: Document,
    edits: list[types.TextEdit],
    diagnostic: types.Diagnostic,
    *,
    preferred: bool = False,
) -> types.CodeAction:
    return types.CodeAction(
        title,
        kind=types.CodeActionKind.QuickFix,
        diagnostics=[diagnostic],
        is_preferred=preferred or None,
        edit=_workspace_edit(document, edits),
    )


def _workspace_edit(document: Document, edits: list[types.TextEdit]) -> types.WorkspaceEdit:
    return types.WorkspaceEdit(changes={document.uri: edits})
