"""What is answered from a memory is what is answered from the text alone."""

from __future__ import annotations

from datetime import datetime, timezone
from functools import partial
from pathlib import Path
from random import Random
from threading import Event, Thread
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from amp_lint.ide.completion import completions
from amp_lint.ide.hover import explain, node_at
from amp_lint.ide.incremental import Memory
from amp_lint.ide.snapshot import SnapshotReader
from amp_lint.linter.engine import lint
from amp_lint.text.source import Source
from amp_lint.yaml.nodes import Alias, Scalar, walk

from .editing import edited, integrations, items, manifest

NOW = datetime(2026, 11, 25, tzinfo=timezone.utc)


def answers(source: Source, offset: int, reader: SnapshotReader) -> list[Any]:
    """The hover and the completions at a place."""
    seen = reader.snapshot(source)
    found: list[Any] = [explain(seen.document, offset, NOW, (), seen.manifest), seen.style]
    cursor = reader.cursor(source, offset)
    found.append(cursor)
    if cursor is not None:
        found += completions(source, cursor, reader=reader)
    return found


def _ends(text: str) -> list[int]:
    """The ends of the lines, where people type."""
    return [at for at in range(len(text) + 1) if text[at : at + 1] in ("", "\n", "\r")]


def check(random: Random, memory: Memory, text: str) -> None:
    source = Source.from_text(text)
    places = _ends(source.text)
    for _ in range(4):
        offset = random.choice(places) if random.random() < 0.5 else random.randint(0, places[-1])
        question = partial(answers, source, offset)
        assert memory.ask(source, question) == question(SnapshotReader())
        if random.random() < 0.3:
            assert memory.lint(source) == lint(source)


def check_session(random: Random, parts: tuple[str, ...], length: int) -> None:
    memory = Memory()
    text = right = manifest(random, parts)
    for _ in range(length):
        check(random, memory, text)
        right = text if lint(Source.from_text(text)).parses else right
        text = edited(random, text if random.random() < 0.75 else right)


@settings(max_examples=40)
@given(seed=st.integers(min_value=0, max_value=2**32))
@example(seed=1)
def test_answers_are_those_of_the_text_after_every_edit(seed: int) -> None:
    check_session(Random(seed), integrations(), 6)


def test_answers_are_those_of_the_text_in_real_manifests(corpus: Path) -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted(corpus.rglob("amp.yaml"))]
    parts = tuple(item for text in texts for item in items(text) if len(item) < 5_000)
    check_session(Random(20261125), parts, 20)


@settings(max_examples=60)
@given(seed=st.integers(min_value=0, max_value=2**32))
def test_the_node_at_a_place_is_found_as_by_a_walk_over_all(seed: int) -> None:
    random = Random(seed)
    text = manifest(random, integrations())
    for _ in range(3):
        text = edited(random, text)
    source = Source.from_text(text)
    root = SnapshotReader().snapshot(source).document.root
    if root is None:
        return
    for offset in range(0, len(source.text) + 1, 3):
        reaching = [
            one
            for one in walk(root)
            if isinstance(one, Scalar | Alias) and one.start <= offset <= one.end
        ]
        inside = [one for one in reaching if offset < one.end]
        behind = [one for one in reaching if one.end > one.start]
        assert node_at(root, offset) is next(iter([*inside, *reversed(behind)]), None)


def test_a_question_does_not_wait_long_for_another() -> None:
    memory, asked, told = Memory(), Event(), Event()
    source = Source.from_text(manifest(Random(1), integrations()))

    def slow(_: SnapshotReader) -> None:
        asked.set()
        told.wait()

    thread = Thread(target=memory.ask, args=(source, slow))
    thread.start()
    asked.wait()
    try:
        assert memory.ask(source, lambda reader: reader.snapshot(source).document.source) is source
    finally:
        told.set()
        thread.join()
