"""What one client can do, read once from its `initialize` parameters.

A capability that a client does not announce is taken as absent. `_QUIRKS` lists the clients that
behave otherwise than they announce; a new one is a new row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from lsprotocol import types


@dataclass(frozen=True, slots=True)
class Quirks:
    """Behaviour of a client that its capabilities do not tell.

    `separates_pulled`: pulled and published diagnostics are shown side by side, so that it must
    get only one kind. `renames_range`: a rename starts from the text of the range, not from the
    placeholder. `drops_edits_of_snippets`: `additionalTextEdits` of a snippet are not applied.
    `cuts_plain_text`: of a plain text edit in a completion item, only the part in front of the
    first blank is inserted.
    """

    separates_pulled: bool = False
    renames_range: bool = False
    drops_edits_of_snippets: bool = False
    cuts_plain_text: bool = False


# By the name in `clientInfo`, in lower case. Versions: as seen in runs of 2026-11.
_QUIRKS = {
    # 0.10 and 0.11 keep one namespace for each kind, and do not announce `refreshSupport`. The text
    # is cut in 0.11.
    "neovim": Quirks(separates_pulled=True, cuts_plain_text=True),
    # 9.0 sends `newName: ""` after a placeholder.
    "qt creator": Quirks(renames_range=True),
    # 6.3.0; it also announces `textDocument/diagnostic`, and never sends it.
    "@codemirror/lsp-client": Quirks(drops_edits_of_snippets=True),
}


@dataclass(frozen=True, slots=True)
class CompletionSupport:
    """What the client does with a completion item.

    `mode` is what it does to the indentation of the lines below the first; `names_mode` is whether
    an item may say so. `resolves` is whether it asks for the documentation of one item. `command`
    is a command of the client that shows completions. `moves_snippets` is whether it applies the
    additional edits of a snippet. `cuts_plain_text` is whether it loses the text behind a blank in
    an item that is no snippet.
    """

    snippets: bool = False
    insert_replace: bool = False
    tags: bool = False
    documentation_format: types.MarkupKind = types.MarkupKind.PlainText
    resolves: bool = False
    mode: types.InsertTextMode = types.InsertTextMode.AdjustIndentation
    names_mode: bool = False
    command: str | None = None
    moves_snippets: bool = True
    cuts_plain_text: bool = False


@dataclass(frozen=True, slots=True)
class Client:
    """The abilities of one client."""

    capabilities: types.ClientCapabilities = field(default_factory=types.ClientCapabilities)
    quirks: Quirks = field(default_factory=Quirks)
    completion_command: str | None = None

    @classmethod
    def of(cls, params: types.InitializeParams) -> Client:
        """Return the client that sent these parameters."""
        name = params.client_info.name.lower() if params.client_info else ""
        options = params.initialization_options
        command = options.get("completionCommand") if isinstance(options, dict) else None
        return cls(
            params.capabilities,
            _QUIRKS.get(name, Quirks()),
            command if isinstance(command, str) else None,
        )

    @property
    def announces_pull(self) -> bool:
        """Whether it says that it requests diagnostics itself."""
        return self._text_document.diagnostic is not None

    @property
    def can_be_refreshed(self) -> bool:
        """Whether it requests diagnostics again when it is told to."""
        able = self._workspace.diagnostics
        return self.announces_pull and bool(able and able.refresh_support)

    @property
    def can_be_told_again(self) -> bool:
        """Whether it can be told that the diagnostics of a version are no longer the same."""
        return not self.announces_pull or self.can_be_refreshed

    @property
    def refreshes_lenses(self) -> bool:
        """Whether it requests code lenses again when it is told to."""
        able = self._workspace.code_lens
        return bool(able and able.refresh_support)

    @property
    def dims_text(self) -> bool:
        """Whether it shows diagnostics with the tag `Unnecessary` as dimmed text."""
        able = self._text_document
        tags = [one.tag_support for one in (able.publish_diagnostics, able.diagnostic) if one]
        unnecessary = types.DiagnosticTag.Unnecessary
        return any(one is not None and unnecessary in one.value_set for one in tags)

    @property
    def hover_format(self) -> types.MarkupKind:
        """The first format that it names for hovers; Markdown if it names none."""
        hover = self._text_document.hover
        named = hover.content_format if hover else None
        return _first_format(named, types.MarkupKind.Markdown)

    @property
    def takes_code_actions(self) -> bool:
        """Whether it knows code actions, not only commands."""
        able = self._text_document.code_action
        return able is not None and able.code_action_literal_support is not None

    @property
    def knows_preferred_actions(self) -> bool:
        """Whether it can tell the action to apply from the others."""
        able = self._text_document.code_action
        return bool(able and able.is_preferred_support)

    @property
    def takes_symbol_trees(self) -> bool:
        """Whether symbols can have children."""
        able = self._text_document.document_symbol
        return bool(able and able.hierarchical_document_symbol_support)

    @property
    def shows_link_tooltips(self) -> bool:
        """Whether a link can have a tooltip."""
        able = self._text_document.document_link
        return bool(able and able.tooltip_support)

    @property
    def workspace_edits(self) -> types.WorkspaceEditClientCapabilities:
        """What it can do with the edits of several documents."""
        return self._workspace.workspace_edit or types.WorkspaceEditClientCapabilities()

    @property
    def applies_edits(self) -> bool:
        """Whether it makes edits that the server asks for."""
        return bool(self._workspace.apply_edit)

    @property
    def tells_settings(self) -> bool:
        """Whether it answers `workspace/configuration`."""
        return bool(self._workspace.configuration)

    @property
    def registers_settings(self) -> bool:
        """Whether the server can subscribe to changes of settings."""
        able = self._workspace.did_change_configuration
        return bool(able and able.dynamic_registration)

    @property
    def watches_files(self) -> bool:
        """Whether it watches the files that the server names."""
        able = self._workspace.did_change_watched_files
        return bool(able and able.dynamic_registration)

    @property
    def completion(self) -> CompletionSupport:
        """What it does with completion items.

        A client that says nothing of indentation adjusts it in snippets, as editors have always
        done.
        """
        able = self._text_document.completion
        item = able.completion_item if able else None
        item = item or types.ClientCompletionItemOptions()
        adjust = types.InsertTextMode.AdjustIndentation
        modes = item.insert_text_mode_support.value_set if item.insert_text_mode_support else ()
        default = able.insert_text_mode if able else None
        mode = default or adjust
        if modes:
            mode = adjust if adjust in modes else types.InsertTextMode.AsIs
        resolved = item.resolve_support.properties if item.resolve_support else ()
        return CompletionSupport(
            bool(item.snippet_support),
            bool(item.insert_replace_support),
            item.tag_support is not None,
            _first_format(item.documentation_format, types.MarkupKind.PlainText),
            "documentation" in resolved,
            mode,
            bool(modes),
            self.completion_command,
            not self.quirks.drops_edits_of_snippets,
            self.quirks.cuts_plain_text,
        )

    @property
    def _text_document(self) -> types.TextDocumentClientCapabilities:
        return self.capabilities.text_document or types.TextDocumentClientCapabilities()

    @property
    def _workspace(self) -> types.WorkspaceClientCapabilities:
        return self.capabilities.workspace or types.WorkspaceClientCapabilities()


def _first_format(
    named: Sequence[types.MarkupKind] | None, default: types.MarkupKind
) -> types.MarkupKind:
    """Return the client's first choice of those that the server can write."""
    known = (types.MarkupKind.Markdown, types.MarkupKind.PlainText)
    return next((one for one in named or () if one in known), default)
