"""What the command line survives is opened in an editor, and its end typed character by character.

The cases are those of `tests/bad_input`, in small: that they cost no time is measured there.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from lsprotocol.types import PositionEncodingKind

from amp_language_server.lsp.positions import Positions
from amp_lint import lint_text
from amp_lint.text.source import Source

from .wire import URI, Wire, wire

CASES = Path(__file__).parent.parent / "bad_input" / "cases.py"
# The factor by which cases are smaller, and the number of last characters that are typed.
SMALLER = 40
TYPED = 12
METHODS = ("completion", "hover", "definition", "documentSymbol", "foldingRange", "prepareRename")


def module() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bad_input_cases", CASES)
    assert spec is not None
    assert spec.loader is not None
    found = importlib.util.module_from_spec(spec)
    # Dataclasses look their module up.
    sys.modules[spec.name] = found
    spec.loader.exec_module(found)
    return found


@pytest.fixture(scope="module")
def client() -> Iterator[Wire]:
    """One server for all cases: what one leaves behind, the next would suffer from."""
    able = {"general": {"positionEncodings": ["utf-32"]}, "textDocument": {"diagnostic": {}}}
    with wire(patience=600) as client:
        client.initialize(capabilities=able)
        yield client
        assert client.end() == 0
        assert client.faults() == []


@pytest.mark.parametrize("case", module().CASES, ids=lambda case: case.name.replace(" ", "-"))
def test_typing_the_worst_is_borne(client: Wire, case: Any) -> None:
    made = case.make(max(1, case.size // SMALLER))
    whole = made if isinstance(made, str) else Source.from_bytes(made).text
    text = whole[: len(whole) - TYPED]
    document = {"uri": URI, "languageId": "yaml", "version": 0, "text": text}
    client.notify("textDocument/didOpen", {"textDocument": document})
    for version, character in enumerate(whole[len(text) :], 1):
        end = caret(text)
        change = {"range": {"start": end, "end": end}, "text": character}
        versioned = {"uri": URI, "version": version}
        client.notify(
            "textDocument/didChange", {"textDocument": versioned, "contentChanges": [change]}
        )
        text += character
        if version % 6 == 1 or len(text) == len(whole):
            ask_everything(client, text)
    answer = client.ask("textDocument/diagnostic", {"textDocument": {"uri": URI}})
    found = [one["code"] for one in answer["result"]["items"]]
    assert found == [one.rule for one in lint_text(whole).findings]
    client.notify("textDocument/didClose", {"textDocument": {"uri": URI}})


def ask_everything(client: Wire, text: str) -> None:
    place = {"textDocument": {"uri": URI}, "position": caret(text)}
    for method in METHODS:
        answer = client.ask(f"textDocument/{method}", place)
        assert "result" in answer, (method, answer)


def caret(text: str) -> dict[str, int]:
    """The end of a text."""
    source = Source.from_text(text)
    end = Positions(source, PositionEncodingKind.Utf32).position(len(source.text))
    return {"line": end.line, "character": end.character}
