"""A manifest is written from nothing, key by key; completion offers each next word.

Completion is requested at the start and in the middle of each key, allowed value, provider, and
name that occurs further up.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from amp_language_server.lsp.positions import Positions
from amp_lint import lint_text
from amp_lint.text.source import Source
from amp_lint.yaml.node_path import path_of
from amp_lint.yaml.nodes import Mapping, Scalar, Sequence
from amp_lint.yaml.reader import read
from amp_schema.manifest_schema import place

from .conftest import EDITORS
from .wire import URI, Wire, wire

MANIFESTS = sorted((Path(__file__).parent / "typing").glob("*.yaml"))
GOAL = 0.95
NAMING = ("destination", "objectName", "mapToName")


class Word(NamedTuple):
    """What somebody is about to write, where, and what kind of thing it is."""

    start: int
    text: str
    kind: str


def words(text: str) -> Iterator[Word]:
    """Every word that an editor can know, in the order of the text."""
    found: list[Word] = []
    named: set[tuple[str, str]] = set()
    for mapping in read(Source(text)).mappings:
        found += _of(mapping)
    for word in sorted(found):
        if word.kind in NAMING:
            if word.kind != "mapToName" and (word.kind, word.text) in named:
                yield word
            named.add((word.kind, word.text))
        else:
            yield word


def _of(mapping: Mapping) -> Iterator[Word]:
    for entry in mapping.entries:
        yield Word(entry.key.start, entry.name, "key")
        value = entry.value
        if isinstance(value, Sequence):
            for item in value.items:
                if isinstance(item, Scalar):
                    yield Word(item.start, item.value, "watched field")
        if not isinstance(value, Scalar):
            continue
        here = place(path_of(entry))
        if here is not None and (here.values or here.type == "boolean"):
            yield Word(value.start, value.value, "value")
        elif entry.name == "provider":
            yield Word(value.start, value.value, "provider")
        elif entry.name in NAMING:
            yield Word(value.start, value.value, entry.name)


def keys(text: str) -> Iterator[str]:
    """What each key makes of the text; a new line begins where the one to be written will."""
    at = 0
    while at < len(text):
        end = at + 1
        if text[at] == "\n":
            while text[end : end + 1] == " ":
                end += 1
        yield text[at:end]
        at = end


def offered(client: Wire, position: Any) -> set[str]:
    answer = client.ask(
        "textDocument/completion",
        {
            "textDocument": {"uri": URI},
            "position": {"line": position.line, "character": position.character},
        },
    )
    return {item["label"] for item in answer["result"]}


@pytest.mark.parametrize("manifest", MANIFESTS, ids=lambda one: one.stem)
def test_what_is_written_next_has_been_offered(manifest: Path) -> None:
    text = manifest.read_text("utf-8")
    assert lint_text(text).findings == (), "the manifest is one that somebody would want"
    known = list(words(text))
    asked = {word.start: word for word in known}
    asked |= {word.start + len(word.text) // 2: word for word in known if len(word.text) > 1}
    missed: list[str] = []
    encoding = EDITORS["visual_studio_code"]
    with wire() as client:
        client.initialize(capabilities={})
        document = {"uri": URI, "languageId": "yaml", "version": 0, "text": ""}
        client.notify("textDocument/didOpen", {"textDocument": document})
        at = 0
        for version, key in enumerate(keys(text), 1):
            positions = Positions(Source(text[:at]), encoding)
            here = positions.position(at)
            if at in asked and asked[at].text not in offered(client, here):
                missed.append(f"line {here.line + 1}, column {here.character + 1}: {asked[at]}")
            caret = {"line": here.line, "character": here.character}
            change = {"range": {"start": caret, "end": caret}, "text": key}
            versioned = {"uri": URI, "version": version}
            client.notify(
                "textDocument/didChange", {"textDocument": versioned, "contentChanges": [change]}
            )
            at += len(key)
        assert client.end() == 0
        assert client.faults() == []
    share = 1 - len(missed) / len(asked)
    print(f"{manifest.name}: {share:.1%} of {len(asked)} places", *missed, sep="\n")
    assert len(asked) > 200
    assert share >= GOAL, missed
