"""Keys hit at random in a broken manifest, with every kind of request in between.

`AMP_LINT_EDITS` says how many edits are made; run by hand with 10,000, memory is looked at too.
"""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lsprotocol.types import Position

from amp_language_server.lsp.positions import Positions
from amp_lint.text.source import Source, Span

from .conftest import EDITORS
from .wire import URI, Message, Wire, wire

EDITS = int(os.environ.get("AMP_LINT_EDITS", "150"))
TEXT = """\
specVersion: 1.0.0
integrations:
  - name: "🎸-sync # é
    provider: hubspot
    read:
      objects:
        - objectName: contacts
          destination: crmWebhook
          schedule: "*/30 * * * *"
          requiredFields: [{fieldName: email}, {mapToName: phone
    subscribe: {objects: [{objectName: contacts, destination: crmWebhook}]}
  - name: other
    provider: &p salesforce
    write:
      objects:
        - objectName: account # amp:ignore[object-near-miss]
    proxy: {enabled: tru}
"""
TYPED = [
    *("\n", "\n    ", "\r\n", "\r", " ", ":", ": ", "- ", "#", '"', "'", "[", "]", "{", "}", ","),
    *("&a", "*a", "\t", "🎸", "é", "\u2028", "\u0085", "\0", "a", "objectName", "<<: *p\n", "|\n"),
    *("  - name: x\n    provider: hubspot\n", "---\n", "# amp:ignore[", "1", "true", "\ud800"),
]  # fmt: skip
QUIET = {"textDocument/rename", "textDocument/prepareRename"}  # these may refuse
FAULT = -32603


def requests(rng: random.Random, place: dict[str, int], end: dict[str, int]) -> Iterator[Any]:
    """A request of every kind, at a place."""
    document = {"textDocument": {"uri": URI}}
    here = {**document, "position": place}
    whole = {"start": {"line": 0, "character": 0}, "end": end}
    for method in ("completion", "hover", "definition", "documentHighlight", "prepareRename"):
        yield f"textDocument/{method}", here
    yield "textDocument/references", {**here, "context": {"includeDeclaration": True}}
    yield "textDocument/rename", {**here, "newName": rng.choice(("x", "", "🎸", "a b"))}
    for method in ("documentSymbol", "foldingRange", "diagnostic"):
        yield f"textDocument/{method}", document
    yield "textDocument/inlayHint", {**document, "range": whole}
    yield "textDocument/selectionRange", {**document, "positions": [place, end]}
    kinds = {"diagnostics": [], "only": ["source.fixAll", "quickfix", "refactor"]}
    yield "textDocument/codeAction", {**document, "range": whole, "context": kinds}


def ranges(value: object) -> Iterator[dict[str, Any]]:
    """Every range and position anywhere in an answer."""
    if isinstance(value, dict):
        if {"start", "end"} <= set(value):
            yield value
        elif "startLine" in value:
            yield {
                "start": {"line": value["startLine"], "character": 0},
                "end": {"line": value["endLine"], "character": 0},
            }
        elif set(value) == {"line", "character"}:
            yield {"start": value, "end": value}
        else:
            for inner in value.values():
                yield from ranges(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from ranges(inner)


def as_told(place: dict[str, int], positions: Positions) -> bool:
    """Whether a position is exactly one of the text's, neither clamped nor inside a character."""
    asked = Position(place["line"], place["character"])
    return positions.position(positions.offset(asked)) == asked


def plain(position: Any) -> dict[str, int]:
    return {"line": position.line, "character": position.character}


def checked(method: str, answer: Message, positions: Positions) -> None:
    error = answer.get("error")
    if error is not None:
        assert method in QUIET, (method, answer)
        assert error["code"] != FAULT, (method, answer)
        return
    for one in ranges(answer["result"]):
        assert as_told(one["start"], positions), (method, one)
        assert as_told(one["end"], positions), (method, one)
        start, end = one["start"], one["end"]
        assert (start["line"], start["character"]) <= (end["line"], end["character"]), (method, one)


def memory(client: Wire) -> int:
    """Kilobytes that the server keeps in memory."""
    status = Path(f"/proc/{client.process.pid}/status").read_text("ascii")
    return int(status.split("VmRSS:")[1].split()[0])


@pytest.mark.parametrize("editor", EDITORS)
def test_random_edits_of_a_broken_file(editor: str) -> None:
    encoding = EDITORS[editor]
    rng = random.Random(f"keys in {encoding.value}")
    able = {"general": {"positionEncodings": [encoding.value]}, "textDocument": {"diagnostic": {}}}
    sizes: dict[int, int] = {}
    with wire(patience=60 + EDITS) as client:
        client.initialize(capabilities=able)
        text = TEXT
        document = {"uri": URI, "languageId": "yaml", "version": 0, "text": text}
        client.notify("textDocument/didOpen", {"textDocument": document})
        for version in range(1, EDITS + 1):
            text = typed(client, rng, text, version, encoding)
            positions = Positions(Source.from_text(text), encoding)
            place = plain(positions.position(rng.randint(0, len(positions.source.text))))
            end = plain(positions.position(len(positions.source.text)))
            asked = list(requests(rng, place, end))
            for method, params in asked if version % 25 == 0 else rng.sample(asked, 2):
                checked(method, client.ask(method, params), positions)
            if version in (2_000, EDITS) and sys.platform == "linux":
                sizes[version] = memory(client)
        assert client.end() == 0
        assert client.faults() == []
    print(f"{encoding.value}: {EDITS} edits, kilobytes after so many: {sizes}")
    if len(sizes) == 2:
        assert sizes[EDITS] < 1.15 * sizes[2_000]


def typed(client: Wire, rng: random.Random, text: str, version: int, encoding: Any) -> str:
    """Change a stretch of the text; often back to the beginning, so that it stays a manifest."""
    source = Source(text)
    if rng.random() < 0.01 or len(text) > 3_000:
        new, start, end = TEXT, 0, len(text)
    else:
        new = rng.choice(TYPED) if rng.random() < 0.7 else ""
        start = rng.randint(0, len(text))
        end = min(len(text), start + rng.choice((0, 0, 0, 1, 1, 3, 10)))
    positions = Positions(source, encoding)
    range_ = positions.range(Span(start, end))
    span = positions.span(range_)
    change = {"range": {"start": plain(range_.start), "end": plain(range_.end)}, "text": new}
    versioned = {"uri": URI, "version": version}
    client.notify("textDocument/didChange", {"textDocument": versioned, "contentChanges": [change]})
    return text[: span.start] + new + text[span.end :]
