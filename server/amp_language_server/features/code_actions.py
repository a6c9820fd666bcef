"""Quick fixes, comments that silence a finding, refactorings, and all safe fixes at once."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from lsprotocol import types

from amp_language_server.features.diagnostics import SOURCE, diagnostics
from amp_language_server.features.execute_command import PREFIX
from amp_language_server.lsp.text_edits import text_edits, workspace_edit
from amp_language_server.state.documents import tree_of
from amp_lint.linter.registry import rules

if TYPE_CHECKING:
    from amp_language_server.server import AmpServer
    from amp_language_server.state.documents import Analysis, Document
    from amp_lint.yaml.document import Document as Tree

FIX_ALL = "source.fixAll.amp-lint"

_QUICK_FIX = types.CodeActionKind.QuickFix.value
_REWRITE = types.CodeActionKind.RefactorRewrite.value


@dataclass(slots=True)
class _Offer:
    """A change that a menu shows."""

    title: str
    kind: str
    edits: list[types.TextEdit]
    diagnostics: list[types.Diagnostic] = field(default_factory=list)
    preferred: bool = False


def register(server: AmpServer) -> None:
    """Answer `textDocument/codeAction`."""
    options = types.CodeActionOptions([_QUICK_FIX, _REWRITE, FIX_ALL])

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, options)
    async def code_actions(
        params: types.CodeActionParams,
    ) -> list[types.CodeAction | types.Command]:
        document = server.session.document(params.text_document.uri)
        if document is None:
            return []
        offers = await _offers(server, document, params)
        # What was found for an older text would land in the wrong place.
        if server.session.document(document.uri) is not document:
            return []
        return [_answer(server, document, offer) for offer in _merged(offers)]


async def _offers(
    server: AmpServer, document: Document, params: types.CodeActionParams
) -> list[_Offer]:
    offers: list[_Offer] = []
    session, only = server.session, params.context.only
    ours = [one for one in params.context.diagnostics if _is_ours(one)]
    if ours and _wanted(only, _QUICK_FIX):
        known = all(_is_data(one.data) for one in ours)
        analysis = None if known else await session.analysis(document.uri)
        tree = await tree_of(document)
        offers += await asyncio.to_thread(_quick_fixes, ours, document, tree, analysis)
    if _wanted(only, _REWRITE):
        tree = await tree_of(document)
        span = document.positions.span(params.range)
        names = session.settings(document.source.path).destinations
        from amp_lint.ide.refactor import refactorings_at

        for found in await asyncio.to_thread(refactorings_at, tree, span, names):
            offers.append(_Offer(found.title, _REWRITE, text_edits(document, found.edits)))
    if _wanted(only, FIX_ALL):
        analysis = await session.analysis(document.uri)
        if analysis is not None:
            settings = session.settings(document.source.path)
            from amp_lint.linter.fixer import safe_edits

            edits, _ = await asyncio.to_thread(safe_edits, analysis.report, settings)
            offers.append(_Offer("Make all safe fixes", FIX_ALL, text_edits(document, edits)))
    return offers


def _wanted(only: Iterable[str] | None, kind: str) -> bool:
    """Whether a client asks for a kind; for none in particular, it gets what belongs to a place.
    A kind stands for those below it, the empty one for all."""
    if only is None:
        return kind != FIX_ALL
    return any(not one or f"{kind}.".startswith(f"{one}.") for one in only)


def _is_ours(diagnostic: types.Diagnostic) -> bool:
    return diagnostic.source in (SOURCE, None) and diagnostic.code in rules()


def _quick_fixes(
    found: Iterable[types.Diagnostic], document: Document, tree: Tree, analysis: Analysis | None
) -> list[_Offer]:
    known = {_key(one): one.data for one in diagnostics(analysis)} if analysis is not None else {}
    from amp_lint.ide.suppress_action import SuppressAction

    silencing = SuppressAction(tree)
    offers: list[_Offer] = []
    for one in found:
        # Some clients do not keep the data of a diagnostic.
        data = one.data if _is_data(one.data) else known.get(_key(one))
        # The edits of another version would land in the wrong place.
        if data is None or data["version"] != document.version:
            continue
        for number, fix in enumerate(data["fixes"]):
            edits = [_text_edit(edit) for edit in fix["edits"]]
            offers.append(_Offer(fix["title"], _QUICK_FIX, edits, [one], number == 0))
        code = str(one.code)
        silent = silencing.edits(code, document.positions.offset(one.range.start))
        if silent is not None:
            title = f"Ignore {code} for this line"
            offers.append(_Offer(title, _QUICK_FIX, text_edits(document, silent), [one]))
    return offers


def _key(diagnostic: types.Diagnostic) -> tuple[object, ...]:
    start, end = diagnostic.range.start, diagnostic.range.end
    return diagnostic.code, start.line, start.character, end.line, end.character


def _is_data(data: Any) -> bool:
    """Whether data has the form that it has in our diagnostics: it comes from the client."""
    match data:
        case {"version": int(), "fixes": [*fixes]}:
            return all(map(_is_fix, fixes))
    return False


def _is_fix(fix: Any) -> bool:
    match fix:
        case {"title": str(), "edits": [*edits]}:
            return all(map(_is_edit, edits))
    return False


def _is_edit(edit: Any) -> bool:
    match edit:
        case {
            "range": {
                "start": {"line": int(), "character": int()},
                "end": {"line": int(), "character": int()},
            },
            "newText": str(),
        }:
            return True
    return False


def _text_edit(edit: dict[str, Any]) -> types.TextEdit:
    start, end = edit["range"]["start"], edit["range"]["end"]
    range_ = types.Range(
        types.Position(start["line"], start["character"]),
        types.Position(end["line"], end["character"]),
    )
    return types.TextEdit(range_, edit["newText"])


def _merged(offers: Iterable[_Offer]) -> Iterator[_Offer]:
    """Each change once, for all diagnostics that it is for; none that changes nothing."""
    merged: dict[tuple[bool, str], _Offer] = {}
    for offer in offers:
        first = merged.setdefault((offer.kind == FIX_ALL, repr(offer.edits)), offer)
        if first is not offer:
            first.diagnostics += [one for one in offer.diagnostics if one not in first.diagnostics]
            first.preferred = first.preferred or offer.preferred
    return (offer for offer in merged.values() if offer.edits)


def _answer(
    server: AmpServer, document: Document, offer: _Offer
) -> types.CodeAction | types.Command:
    """An offer in the form that the client understands."""
    edit = workspace_edit(server.client_capabilities, [(document, offer.edits)])
    editor = server.client_capabilities.text_document
    actions = editor.code_action if editor is not None else None
    if actions is None or actions.code_action_literal_support is None:
        return types.Command(
            offer.title, f"{PREFIX}applyEdit", arguments=[{"title": offer.title, "edit": edit}]
        )
    return types.CodeAction(
        offer.title,
        kind=offer.kind,
        diagnostics=offer.diagnostics or None,
        is_preferred=offer.preferred or None,
        edit=edit,
    )
