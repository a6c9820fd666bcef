"""A pattern that is compiled late does what a compiled one does."""

from __future__ import annotations

import re

import pytest

from amp_schema.patterns import pattern


def test_a_late_pattern_finds_what_a_compiled_one_finds() -> None:
    late, now = pattern("(?P<word>[a-z]+)-", re.I), re.compile("(?P<word>[a-z]+)-", re.I)

    for text in ("", "a-b", "One-two-", "1-2"):
        assert [one.span() for one in late.finditer(text)] == [
            one.span() for one in now.finditer(text)
        ]
        assert late.sub("x", text) == now.sub("x", text)
    assert (late.pattern, late.flags, late.groupindex) == (now.pattern, now.flags, now.groupindex)


def test_a_pattern_is_compiled_when_it_is_used_and_not_before() -> None:
    wrong = pattern("(")

    with pytest.raises(re.error):
        wrong.match("(")
