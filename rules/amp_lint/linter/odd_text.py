"""Words for values that are placeholders or templates, or hold characters that look like others."""

from __future__ import annotations

import re

from amp_schema.patterns import pattern

_NOT_FILLED_IN = "it is a placeholder, which the platform does not replace; write the value itself"
_PLACEHOLDER = pattern(
    r"<[^<>]*>|\$\([A-Za-z_.]+\)|#\{[^}]*\}|__[A-Z_]+__|@@\w+@@|\$\{[^}]*\}|\{\{.*\}\}"
    r"|\$[A-Z_][A-Z0-9_]*\Z|%[A-Z_]+%|\A(?:TODO|FIXME|XXX+|CHANGE_?ME)\Z"
    r"|\Ayour[-_]|\Areplace[-_]?me",
    re.I,
)


def odd_text(text: str) -> str:
    """Return what to do about a placeholder or a look-alike in a text; "" for other texts."""
    if not text.isascii() and (words := look_alike_words(text)):
        return words.lstrip("; ")
    return placeholder_words(text)


def placeholder_words(text: str) -> str:
    """Return the words about a placeholder or a template in a text; "" for other texts."""
    return _NOT_FILLED_IN if _PLACEHOLDER.search(text) is not None else ""


def look_alike_words(text: str) -> str:
    """Return the end of a message about a look-alike in a text; "" without one."""
    from amp_lint.text.look_alikes import look_alike

    found = look_alike(text)
    return f"; {found.words}" if found is not None else ""
