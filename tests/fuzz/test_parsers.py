"""Both parsers read any text without an exception, with places inside of it, and alike."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from amp_lint.text.source import Source
from amp_lint.yaml.document import Document
from amp_lint.yaml.nodes import Alias, Scalar, walk
from amp_lint.yaml.reader import read

from .mutations import mutate
from .seeds import seeds

pytest.importorskip("_ruamel_yaml")

MUTANTS = 600
LONGEST = 1500
# Where two documents end, and the parser must not look further.
ENDS = ("%YAML 1.1\n", "%YAML 1.1\n---\na: [\n", "%TAG ! x:\n---\n- b\n", "---\na: {\n", "...\n]\n")


def manifests() -> list[str]:
    return [text for text in seeds(Path("none")) if len(text) < LONGEST]


def rows(document: Document) -> list[tuple[object, ...]]:
    """Return what there is to compare of the nodes of a document."""
    found: list[tuple[object, ...]] = []
    for node in walk(document.root):
        value = node.value if isinstance(node, Scalar) else None
        name = node.name if isinstance(node, Alias) else None
        found.append((type(node).__name__, node.start, node.end, value, name, node.tag))
    return found


def test_mutants_are_read_alike_and_every_place_is_in_the_text() -> None:
    texts = manifests()
    for number in range(MUTANTS):
        source = Source.from_bytes(mutate(Random(f"parsers {number}"), texts))
        documents = [read(source, pure=pure) for pure in (False, True)]
        for document in documents:
            places = [node.span for node in walk(document.root)]
            places += [fault.span for fault in document.faults]
            end = len(source.text)
            outside = [one for one in places if not 0 <= one.start <= one.end <= end]
            assert not outside, f"{number}: {outside} in {source.text!r}"
        assert rows(documents[0]) == rows(documents[1]), f"{number}: {source.text!r}"
        assert documents[0].faults == documents[1].faults, f"{number}: {source.text!r}"


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("pure", [False, True], ids=["C", "pure"])
def test_what_is_behind_the_first_document_changes_nothing_in_it(end: str, pure: bool) -> None:
    tried = 0
    for text in manifests():
        alone = read(Source.from_text(text), pure=pure)
        if alone.faults or not text.endswith("\n") or text.startswith(("%", "---")):
            continue
        tried += 1
        both = read(Source.from_text(text + end), pure=pure)
        assert rows(both)[1:] == rows(alone)[1:], text
        assert [fault.kind for fault in both.faults] == ["extra-document"], text
    assert tried > 100
