"""Completions in every kind of place (`|` in the texts): what the text becomes in editors that
treat indentation, snippets and ranges in different ways."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from string import ascii_letters
from typing import Any

import pytest
from lsprotocol import types
from pytest_lsp import LanguageClient, client_capabilities

from amp_language_server.features import completion
from amp_language_server.lsp.positions import Positions
from amp_language_server.main import create_server
from amp_language_server.server import AmpServer
from amp_language_server.state.documents import TextDocument
from amp_lint.text.edits import Edit, apply
from amp_lint.text.source import Source

from .conftest import EDITORS, every_editor
from .wire import URI

ADJUSTS, AS_IS = types.InsertTextMode.AdjustIndentation, types.InsertTextMode.AsIs
HEAD = "# 🎸 é\nintegrations:\n"
ITEM = HEAD + "  - name: crm\n    provider: hubspot\n"
FOURS = "integrations:\n    - name: crm\n      proxy:\n          enabled: true\n"
LEFT = (
    "integrations:\n- name: crm\n  read:\n    objects:\n    - objectName: x\n      destination: y\n"
)

# text: label, and the text that it makes, with a `^` where the person types next.
PLACES = {
    # an empty file, half a key, the end of the file
    "|": ("integrations", "integrations:\n  - name: ^\n    provider: ^"),
    "int|": ("integrations", "integrations:\n  - name: ^\n    provider: ^"),
    "spec|": ("specVersion", "specVersion: 1.0.0"),
    ITEM + "    mo|": ("module", ITEM + "    module: ^"),
    ITEM + "    |": ("proxy", ITEM + "    proxy:\n      enabled: true"),
    # the steps of the document
    FOURS + "      wr|": (
        "write",
        FOURS + "      write:\n          objects:\n              - objectName: ^",
    ),
    LEFT + "  wr|": ("write", LEFT + "  write:\n    objects:\n    - objectName: ^"),
    # behind a dash
    HEAD + "  - |": ("name", HEAD + "  - name: ^"),
    HEAD + "  -|": ("name", HEAD + "  - name: ^"),
    HEAD + "  - re|": (
        "read",
        HEAD + "  - read:\n      objects:\n        - objectName: ^\n          destination: ^",
    ),
    HEAD + "  |": ("- name", HEAD + "  - name: ^"),
    ITEM + "    subscribe:\n      objects:\n        - updateEvent:\n            enabled: |": (
        "always",
        ITEM
        + "    subscribe:\n      objects:\n        - updateEvent:\n            enabled: always",
    ),
    # behind a colon
    HEAD + "  - provider:|": ("hubspot", HEAD + "  - provider: hubspot"),
    HEAD + "  - provider: |": ("hubspot", HEAD + "  - provider: hubspot"),
    HEAD + "  - provider: hub| # c": ("hubspot", HEAD + "  - provider: hubspot # c"),
    # the wrong column: too far in, too far out, between
    ITEM + "      mo|": ("module", ITEM + "    module: ^"),
    ITEM + "       |": ("proxy", ITEM + "    proxy:\n      enabled: true"),
    ITEM + "   pro|\n": ("proxy", ITEM + "    proxy:\n      enabled: true\n"),
    HEAD + "  - name: crm\n   |\n    provider: x": (
        "module",
        HEAD + "  - name: crm\n    module: ^\n    provider: x",
    ),
    ITEM + " na|": ("- name", ITEM + "  - name: ^"),
    "specVersion: 1.0.0\n  int|": (
        "integrations",
        "specVersion: 1.0.0\nintegrations:\n  - name: ^\n    provider: ^",
    ),
    ITEM + "    read:\n     |\n      objects: []": (
        "objects",
        None,
    ),
    # between brackets
    HEAD + "  - {|": ("name", HEAD + "  - {name: ^"),
    HEAD + "  - {name: crm, re|}\n": (
        "read",
        HEAD + "  - {name: crm, read: {objects: [{objectName: ^, destination: ^}]}}\n",
    ),
    HEAD + "  - {name: crm, read: {objects: [|]}}": (
        "{objectName",
        HEAD + "  - {name: crm, read: {objects: [{objectName: ^}]}}",
    ),
    HEAD + "  - {provider: hub|": ("hubspot", HEAD + "  - {provider: hubspot"),
    # between quotes
    HEAD + "  - provider: 'hub|": ("hubspot", HEAD + "  - provider: 'hubspot'"),
    HEAD + '  - provider: "hub|"': ("hubspot", HEAD + '  - provider: "hubspot"'),
    HEAD + "  - 'na|'": ("name", HEAD + "  - 'name': "),
    # open quotes, and comments right behind
    HEAD + '  - provider: "hub|  # note': ("hubspot", HEAD + '  - provider: "hubspot"  # note'),
    HEAD + '  - "na|': ("name", HEAD + '  - "name": '),
    HEAD + "  - provider: |# note": ("hubspot", HEAD + "  - provider: hubspot # note"),
    HEAD + "  - |  # note": ("name", HEAD + "  - name:   # note"),
    # whole words
    HEAD + "  - provider: |hubspot": ("salesforce", HEAD + "  - provider: salesforce"),
    HEAD + "  - pro|xi: {}": ("provider", HEAD + "  - provider: {}"),
    # tabs, and dashes in the wrong column
    ITEM + "\tmo|": ("module", ITEM + "    module: "),
    LEFT + "      - |": ("objectName", LEFT + "    - objectName: "),
    ITEM + "    read:\n      objects:\n        - objectName: x\n      - |": (
        "destination",
        ITEM + "    read:\n      objects:\n        - objectName: x\n        - destination: ",
    ),
    # JSON
    '{"integrations": [{|': ("name", '{"integrations": [{"name": "^"'),
    '{"integrations": [{"provider": |': ("hubspot", '{"integrations": [{"provider": "hubspot"'),
    # between two integrations
    ITEM + "  |\n  - name: b\n": ("- name", ITEM + "  - name: ^\n  - name: b\n"),
    ITEM + "    mo|\n  - name: b\n": ("module", ITEM + "    module: ^\n  - name: b\n"),
    LEFT + "|\n- name: b\n": ("- name", LEFT + "- name: ^\n- name: b\n"),
    # what follows on the line stays there
    ITEM + "    pro| # later\n": ("proxy", ITEM + "    proxy: # later\n"),
    HEAD + "  - na|: x\n": ("name", HEAD + "  - name: x\n"),
    HEAD + "  na|: x\n": ("- name", HEAD + "  - name: x\n"),
    HEAD + "  - {name: crm, read: {objects: ['ob|']}}": ("{objectName", None),
    HEAD + "  'na|\n": ("- name", None),
    # in a broken file
    HEAD + '  - name: "open\n    provider: [\n  - name: b\n    pro|': (
        "proxy",
        HEAD + '  - name: "open\n    provider: [\n  - name: b\n    proxy:\n      enabled: true',
    ),
    # comments
    ITEM + "    # amp:ignore[unknown-k|]\n": (
        "unknown-key",
        ITEM + "    # amp:ignore[unknown-key]\n",
    ),
    ITEM + "    read: # amp:ignore[|": ("unknown-key", ITEM + "    read: # amp:ignore[unknown-key"),
    # fields and what is watched
    ITEM + "    read:\n      objects:\n        - requiredFields:\n            - |": (
        "fieldName",
        ITEM + "    read:\n      objects:\n        - requiredFields:\n            - fieldName: ^",
    ),
}
NOTHING = [
    "# |",
    ITEM + "    # na|\n",
    ITEM + "    module: x # na|\n",
    HEAD + "  - name: |\n      na|\n".replace("|", ">", 1),
    HEAD + "  - name: >\n      text\n      |\n",
    HEAD + '  - name: "one\n      na|\n',
    HEAD + "  - {name: crm} |",
]
ABSENT = {
    ITEM + "    |\n": {"name", "provider"},
    HEAD + "  - |\n    provider: x\n    read: {}\n": {"provider", "read"},
    HEAD + "  - {|, provider: x, read: {}}\n": {"provider", "read"},
    ITEM + "   |\n    READ: {}\n": {"name", "provider", "read"},
}
pytestmark = pytest.mark.asyncio


@dataclass
class Editor:
    """A client over stdio and what it does with an item."""

    client: LanguageClient
    name: str
    mode: types.InsertTextMode
    version: int = 0

    async def items(self, marked: str) -> tuple[Positions, dict[str, types.CompletionItem]]:
        at = marked.index("|")
        text = marked[:at] + marked[at + 1 :]
        positions = Positions(Source(text), EDITORS[self.name])
        uri = f"file:///nowhere/{self.version}/amp.yaml"
        self.version += 1
        self.client.text_document_did_open(
            types.DidOpenTextDocumentParams(types.TextDocumentItem(uri, "yaml", 1, text))
        )
        result = await self.client.text_document_completion_async(
            types.CompletionParams(types.TextDocumentIdentifier(uri), positions.position(at))
        )
        items = result if isinstance(result, list) else []
        assert [one.sort_text for one in items] == sorted(one.sort_text or "" for one in items)
        return positions, {one.label: one for one in items}

    def accepted(self, item: types.CompletionItem, positions: Positions) -> str:
        """The text with an item accepted: first the edits beside it, then the item itself."""
        main = item.text_edit
        assert main is not None
        range_ = main.range if isinstance(main, types.TextEdit) else main.insert
        span, text = positions.span(range_), main.new_text
        (margin,) = item.additional_text_edits or [None]
        shift = None if margin is None else Edit(positions.span(margin.range), margin.new_text)
        if shift is not None:
            assert shift.span.end < span.start or shift.span.start < shift.span.end <= span.start
        if item.insert_text_format == types.InsertTextFormat.Snippet:
            for number in range(9, -1, -1):
                text = text.replace(f"${number}", "^")
            if self.mode == ADJUSTS:
                text = text.replace(
                    "\n", "\n" + self._margin(positions.source.text, span.start, shift)
                )
        edits = [Edit(span, text), *([] if shift is None else [shift])]
        return apply(positions.source.text, edits)

    @staticmethod
    def _margin(text: str, at: int, shift: Edit | None) -> str:
        line = text[text.rfind("\n", 0, at) + 1 : at]
        if shift is not None:
            line = shift.text + line[shift.span.end - shift.span.start :]
        return line[: len(line) - len(line.lstrip(" "))]


async def start(
    client: LanguageClient,
    editor: str,
    mode: types.InsertTextMode = ADJUSTS,
    *,
    tells: str = "items",
    snippets: bool = True,
    replaces: bool = False,
) -> Editor:
    """An editor that tells its way with indentation for each item, for all, or not at all."""
    capabilities = client_capabilities(editor)
    assert capabilities.text_document is not None
    told = types.ClientCompletionItemInsertTextModeOptions([mode]) if tells == "items" else None
    capabilities.text_document.completion = types.CompletionClientCapabilities(
        completion_item=types.ClientCompletionItemOptions(
            snippet_support=snippets,
            insert_replace_support=replaces,
            insert_text_mode_support=told,
            documentation_format=[types.MarkupKind.Markdown],
            resolve_support=types.ClientCompletionItemResolveOptions(["documentation"]),
        ),
        insert_text_mode=mode if tells == "all" else None,
    )
    await client.initialize_session(types.InitializeParams(capabilities=capabilities))
    return Editor(client, editor, mode)


@pytest.mark.parametrize(
    ("editor", "mode", "tells"),
    [
        ("visual_studio_code", ADJUSTS, "items"),
        ("neovim", ADJUSTS, "nothing"),
        ("emacs", AS_IS, "items"),
        ("neovim", AS_IS, "all"),
    ],
)
async def test_what_is_accepted_fits_its_place(
    client: LanguageClient, editor: str, mode: types.InsertTextMode, tells: str
) -> None:
    session = await start(client, editor, mode, tells=tells)
    for marked, (label, wanted) in PLACES.items():
        positions, items = await session.items(marked)
        if wanted is None:
            assert label not in items, marked
            continue
        assert label in items, marked
        is_snippet = items[label].insert_text_format == types.InsertTextFormat.Snippet
        # Behind plain text the caret is at its end.
        made = wanted if is_snippet else wanted.replace("^", "")
        assert session.accepted(items[label], positions) == made, marked
        assert items[label].insert_text_mode in (None, mode)


@every_editor
async def test_without_snippets_one_line_is_written(client: LanguageClient, editor: str) -> None:
    session = await start(client, editor, snippets=False)
    for marked, (label, wanted) in PLACES.items():
        positions, items = await session.items(marked)
        if wanted is None:
            continue
        assert items[label].insert_text_format is None
        made = session.accepted(items[label], positions)
        begin, _, rest = marked.partition("|")
        assert made.count("\n") == marked.count("\n"), marked
        assert "^" not in made
        # The rest of the word is replaced, and a quote in front of a missing colon written again.
        assert made.endswith(rest.lstrip("'" + ascii_letters))
        assert made.startswith(begin.rsplit("\n", 1)[0])


@every_editor
async def test_there_is_nothing_in_comments_and_texts(client: LanguageClient, editor: str) -> None:
    session = await start(client, editor)
    for marked in NOTHING:
        assert (await session.items(marked))[1] == {}, marked


@every_editor
async def test_keys_that_are_there_are_left_out(client: LanguageClient, editor: str) -> None:
    session = await start(client, editor)
    for marked, absent in ABSENT.items():
        items = (await session.items(marked))[1]
        assert "displayName" in items, marked
        assert not absent & items.keys(), marked


@every_editor
async def test_every_item_is_documented_when_it_is_asked_for(
    client: LanguageClient, editor: str
) -> None:
    session = await start(client, editor)
    read = "  - {provider: intercom, read: {objects: [{objectName: contacts, "
    for marked in (
        "|",
        HEAD + "  |",
        HEAD + "  - provider: |",
        HEAD + "  - {provider: google, module: |",
        HEAD + read + "destination: x}, {objectName: |",
        HEAD + read + "destination: x}, {destination: |",
        HEAD + read + "schedule: |",
        HEAD + read + "requiredFields: [{fieldName: |",
        ITEM + "    # amp:ignore[|",
    ):
        items = list((await session.items(marked))[1].values())
        assert items, marked
        for item in (items[0], items[-1]):
            assert item.documentation is None
            resolved = await client.completion_item_resolve_async(item)
            assert isinstance(resolved.documentation, types.MarkupContent), item.label
            assert resolved.documentation.value


@pytest.mark.parametrize("replaces", [True, False])
async def test_the_whole_word_is_replaced_unless_the_editor_can_choose(
    client: LanguageClient, replaces: bool
) -> None:
    session = await start(client, "visual_studio_code", replaces=replaces)
    positions, items = await session.items(HEAD + "  - provider: hub|spto # 🎸\n")
    edit = items["hubspot"].text_edit
    if replaces:
        assert isinstance(edit, types.InsertReplaceEdit)
        assert positions.source.text[slice(*positions.span(edit.replace))] == "hubspto"
        assert positions.source.text[slice(*positions.span(edit.insert))] == "hub"
    else:
        assert isinstance(edit, types.TextEdit)
        assert positions.source.text[slice(*positions.span(edit.range))] == "hubspto"


async def test_a_version_that_comes_meanwhile_is_the_one_that_counts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    server = create_server()
    server.documents.publish = lambda _: None
    server.protocol.client_capabilities = types.ClientCapabilities()
    loop, computed = asyncio.get_running_loop(), completion._items
    seen: list[int] = []

    def overtaken(
        server: AmpServer, document: TextDocument, *rest: Any
    ) -> list[types.CompletionItem]:
        seen.append(document.version)
        if len(seen) < 3:
            version = document.version + 1
            done = asyncio.run_coroutine_threadsafe(reopen(version), loop)
            done.result()
        return computed(server, document, *rest)

    async def reopen(version: int) -> None:
        server.documents.open(URI, version, "specVersion: 1.0.0\n\n")

    monkeypatch.setattr(completion, "_items", overtaken)
    server.documents.open(URI, 1, "\n\n")
    answer = server.protocol.fm.features[types.TEXT_DOCUMENT_COMPLETION]
    place = types.CompletionParams(types.TextDocumentIdentifier(URI), types.Position(1, 0))
    items = await answer(place)
    assert seen == [1, 2, 3]
    assert [one.label for one in items] == ["integrations"]
    server.documents.close(URI)


@pytest.mark.parametrize("data", [None, 5, {}, {"path": [[]]}, {"path": [{}]}, {"path": "x"}])
async def test_an_item_of_somebody_else_comes_back_as_it_was(
    client: LanguageClient, data: object
) -> None:
    await start(client, "emacs")
    item = types.CompletionItem("x", data=data)
    assert (await client.completion_item_resolve_async(item)).documentation is None
