"""Formatting a part of any text, as editors do."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from amp_lint.formatter import format_source
from amp_lint.ide.formatting import format_document, format_range
from amp_lint.text.edits import apply
from amp_lint.text.source import Source, Span
from amp_lint.yaml.reader import read

from .layouts import manifest


@settings(max_examples=40)
@given(st.integers(0, 2**32), st.integers(0, 2000), st.integers(0, 300))
def test_any_range_keeps_the_layout_that_the_whole_gets(seed: int, start: int, size: int) -> None:
    text = manifest(seed)
    source = Source.from_text(text)
    whole = format_source(source)
    assert apply(text, format_document(source).edits) == whole.text
    start = min(start, len(text))
    edits = format_range(read(source), Span(start, min(start + size, len(text)))).edits
    assert format_source(Source.from_text(apply(text, edits))).text == whole.text
