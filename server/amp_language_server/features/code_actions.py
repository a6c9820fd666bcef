"""Code actions: quick fixes, suppression comments, refactorings, and all safe fixes at once.

Quick fixes are chosen by the range of the request. `context.diagnostics` only tells which objects
of the client a fix belongs to: some clients always send an empty list.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lsprotocol import types

from amp_language_server.features.execute_command import PREFIX
from amp_language_server.lsp.diagnostics import diagnostic
from amp_language_server.lsp.text_edits import text_edits, workspace_edit
from amp_language_server.state.documents import tree_of
from amp_lint.text.source import Span

if TYPE_CHECKING:
    from amp_language_server.server import AmpServer
    from amp_language_server.state.documents import Analysis, TextDocument
    from amp_lint.linter.finding import Finding
    from amp_lint.yaml.document import Document

FIX_ALL = "source.fixAll.amp-lint"

_QUICK_FIX = types.CodeActionKind.QuickFix.value
_REWRITE = types.CodeActionKind.RefactorRewrite.value


@dataclass(slots=True)
class _Action:
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
        document = server.documents.document(params.text_document.uri)
        if document is None or server.folders.excludes(document.source.path):
            return []
        actions = await _actions(server, document, params)
        # The edits are made for this version.
        if server.documents.document(document.uri) is not document:
            return []
        return [_answer(server, document, action) for action in _merged(actions)]


async def _actions(
    server: AmpServer, document: TextDocument, params: types.CodeActionParams
) -> list[_Action]:
    actions: list[_Action] = []
    only, span = params.context.only, document.positions.span(params.range)
    fixes_everything = _applies_every_action(server, document, params)
    if _is_wanted(only, _QUICK_FIX):
        analysis = await server.documents.analysis(document.uri)
        if analysis is not None and analysis.document is document:
            found = _touched(analysis.report.findings, span)
            if fixes_everything:
                actions += _independent_fixes(_named(found, document, params), document, params)
            else:
                tree = await tree_of(document)
                actions += await asyncio.to_thread(_quick_fixes, found, document, tree, params)
    # Refactorings of a whole document are only for clients that ask for refactorings.
    if _is_wanted(only, _REWRITE) and not (only is None and fixes_everything):
        tree = await tree_of(document)
        names = server.documents.settings(document.source.path).destinations
        from amp_lint.ide.refactor import refactorings_at

        for change in await asyncio.to_thread(refactorings_at, tree, span, names):
            edits = text_edits(document.positions, change.edits)
            actions.append(_Action(change.title, _REWRITE, edits))
    if _is_wanted(only, FIX_ALL):
        analysis = await server.documents.analysis(document.uri)
        if analysis is not None:
            actions.append(await _fix_all(server, analysis))
    return actions


async def _fix_all(server: AmpServer, analysis: Analysis) -> _Action:
    from amp_lint.linter.fixer import safe_edits

    document = analysis.document
    settings = server.documents.settings(document.source.path)
    edits, _ = await asyncio.to_thread(safe_edits, analysis.report, settings)
    return _Action("Apply all safe fixes", FIX_ALL, text_edits(document.positions, edits))


def _is_wanted(only: Iterable[str] | None, kind: str) -> bool:
    """Return whether a client asks for a kind of action.

    A kind includes those below it, and the empty kind includes all. Without `only`, source actions
    are left out: they belong to the file, not to a place.
    """
    if only is None:
        return kind != FIX_ALL
    return any(not one or f"{kind}.".startswith(f"{one}.") for one in only)


def _applies_every_action(
    server: AmpServer, document: TextDocument, params: types.CodeActionParams
) -> bool:
    """Return whether a client is going to apply all actions of the answer, as Kate 22.12 does.

    It asks for the whole document, with the diagnostic in the line of the caret or without one.
    Other clients name a diagnostic for such a range if they have only that one; unlike Kate, they
    know preferred actions or tell what triggered the request.
    """
    context = params.context
    if context.trigger_kind == types.CodeActionTriggerKind.Automatic:
        return False
    if context.diagnostics and (
        len(context.diagnostics) > 1
        or context.trigger_kind is not None
        or server.client.knows_preferred_actions
    ):
        return False
    span, text = document.positions.span(params.range), document.source.text
    return span.start == 0 and span.end >= len(text.rstrip()) and bool(text.strip())


def _named(
    found: Iterable[Finding], document: TextDocument, params: types.CodeActionParams
) -> list[Finding]:
    """Return the findings that the client names; all if it names none."""
    named = params.context.diagnostics
    return [one for one in found if not named or _diagnostic(one, document, params) in named]


def _touched(findings: Sequence[Finding], span: Span) -> list[Finding]:
    """Return the findings that overlap a range; an empty range may also be at an edge of one."""

    def touches(other: Span) -> bool:
        if span.start == span.end or other.start == other.end:
            return span.start <= other.end and other.start <= span.end
        return span.start < other.end and other.start < span.end

    return [one for one in findings if touches(one.span)]


def _quick_fixes(
    found: Iterable[Finding],
    document: TextDocument,
    tree: Document,
    params: types.CodeActionParams,
) -> list[_Action]:
    from amp_lint.ide.suppress_action import SuppressAction

    suppress = SuppressAction(tree)
    actions: list[_Action] = []
    for finding in found:
        shown = _diagnostic(finding, document, params)
        for number, fix in enumerate(finding.fixes):
            edits = text_edits(document.positions, fix.edits)
            actions.append(_Action(fix.title, _QUICK_FIX, edits, [shown], number == 0))
        comment = suppress.edits(finding.rule, finding.span.start)
        if comment is not None:
            title = f"Ignore {finding.rule} for this line"
            edits = text_edits(document.positions, comment)
            actions.append(_Action(title, _QUICK_FIX, edits, [shown]))
    return actions


def _independent_fixes(
    found: Iterable[Finding], document: TextDocument, params: types.CodeActionParams
) -> Iterator[_Action]:
    """Yield the first fix of each finding that does not overlap that of another one.

    The last in the text comes first, so that a client can apply one after the other.
    """
    start = len(document.source.text) + 1
    fixable = [one for one in found if one.fixes]
    for finding in sorted(fixable, key=lambda one: one.fixes[0].edits[-1].span, reverse=True):
        fix = finding.fixes[0]
        if fix.edits[-1].span.end < start:
            start = fix.edits[0].span.start
            edits = text_edits(document.positions, fix.edits)
            shown = _diagnostic(finding, document, params)
            yield _Action(fix.title, _QUICK_FIX, edits, [shown], preferred=True)


def _diagnostic(
    finding: Finding, document: TextDocument, params: types.CodeActionParams
) -> types.Diagnostic:
    """Return the client's own diagnostic of a finding, or a new one if it did not send it."""
    made = diagnostic(finding, document.identifier, document.positions)
    same = (
        one
        for one in params.context.diagnostics
        if (one.code, one.range) == (made.code, made.range)
    )
    return next(same, made)


def _merged(actions: Iterable[_Action]) -> Iterator[_Action]:
    """Return each change once, with all diagnostics that it is for; drop empty changes."""
    merged: dict[tuple[bool, str], _Action] = {}
    for action in actions:
        first = merged.setdefault((action.kind == FIX_ALL, repr(action.edits)), action)
        if first is not action:
            first.diagnostics += [one for one in action.diagnostics if one not in first.diagnostics]
            first.preferred = first.preferred or action.preferred
    return (action for action in merged.values() if action.edits)


def _answer(
    server: AmpServer, document: TextDocument, action: _Action
) -> types.CodeAction | types.Command:
    """Return an action in the form that the client understands."""
    edit = workspace_edit(server.client, [(document.identifier, action.edits)])
    if not server.client.takes_code_actions:
        arguments = [{"title": action.title, "edit": edit}]
        return types.Command(action.title, f"{PREFIX}applyEdit", arguments=arguments)
    return types.CodeAction(
        action.title,
        kind=action.kind,
        diagnostics=action.diagnostics or None,
        is_preferred=action.preferred or None,
        edit=edit,
    )
