"""Scalars as layout: quotes, texts of several lines, block scalars."""

from __future__ import annotations

import re

from amp_lint.formatter.layout import (
    BACK,
    HARD,
    KEEP,
    MARGIN,
    Indented,
    Layout,
)
from amp_lint.formatter.pieces import Leaf
from amp_lint.yaml.nodes import Scalar
from amp_schema.patterns import pattern

# An escape other than `\"` means something in double quotes only.
_ESCAPE = pattern(r'\\[^"]')
_INDICATORS = pattern(r"[|>]([-+]?)([1-9]?)([-+]?)")
_FIRST_TEXT = pattern(r"^( *)[^\n ]", re.MULTILINE)
_ENDS_IN_SPACE = pattern(r"[ \t]\n*\Z")
INDENT = 2
# What YAML folds away around a line break. Python's own `strip` would take more.
_FOLDED = " \t"


def flow_scalar(leaf: Leaf) -> Layout:
    """A plain or quoted scalar, or an alias, with its line breaks where they are."""
    text = requoted(leaf.text) if leaf.style in ("'", '"') else leaf.text
    if leaf.is_one_line:
        return text
    first, *others = text.split("\n")
    parts: list[Layout] = [without_spaces(first)]
    for at, line in enumerate(others, 1):
        is_kept = parts[-1] and str(parts[-1])[-1] in _FOLDED
        text = line.lstrip(_FOLDED)
        parts += [KEEP if is_kept else HARD, text if at == len(others) else without_spaces(text)]
    return parts


def without_spaces(line: str) -> str:
    """A line without the spaces at its end. YAML folds them away unless a backslash escapes one."""
    stripped = line.rstrip(_FOLDED)
    backslashes = len(stripped) - len(stripped.rstrip("\\"))
    return line[: len(stripped) + 1] if backslashes % 2 else stripped


def requoted(text: str) -> str:
    """A quoted scalar between double quotes, or between single ones if that saves escapes or
    keeps backslashes."""
    quote, inner = text[0], text[1:-1]
    if quote == "'" and "\\" in inner:
        return text
    if quote == '"' and "\\" in inner and _ESCAPE.search(inner):
        return text
    if '"' in inner:
        if quote == '"':
            inner = inner.replace('\\"', '"').replace("'", "''")
        return f"'{inner}'"
    if quote == "'":
        inner = inner.replace("''", "'")
    return f'"{inner}"'


def ends_in_space(leaf: object) -> bool:
    """Whether a block scalar's value ends in spaces, which layout must not remove."""
    if not isinstance(leaf, Leaf) or not leaf.is_block:
        return False
    assert isinstance(leaf.node, Scalar)
    return bool(_ENDS_IN_SPACE.search(leaf.node.value))


def chomping(leaf: Leaf) -> str:
    """`-`, `+`, or nothing: what a block scalar does with the line breaks at its end. One that the
    end of the file cuts off has none, and must not get one with the line break there."""
    value = leaf.node.value if isinstance(leaf.node, Scalar) else ""
    if value and not value.endswith("\n"):
        return "-"
    match = _INDICATORS.match(leaf.text)
    return (match[1] or match[3]) if match else ""


def block_scalar(leaf: Leaf, comment: Layout, is_last: bool) -> list[Layout]:
    """A block scalar. `comment` is that behind its indicators, `is_last` whether nothing follows in
    the text. The lines begin 2 columns further in than what holds the scalar, or as many as its
    number says."""
    match = _INDICATORS.match(leaf.text)
    number = match[2] if match else ""
    keeps = chomping(leaf) == "+"
    lines = _block_lines(leaf, bool(number), keeps, is_last)
    body: list[Layout] = []
    for at, line in enumerate(lines):
        if at == 0:
            body.append(HARD)
        if line:
            body.append(line)
        if at < len(lines) - 1:
            body.append(_line_break(line, lines[at + 1]))
        elif is_last and (keeps or ends_in_space(leaf)):
            body.append(Indented(MARGIN, KEEP if line else HARD))
    header = [leaf.style, number, chomping(leaf), comment]
    return [*header, Indented(BACK, Indented(int(number or INDENT), body))]


def _line_break(line: str, below: str) -> Layout:
    """A line break that keeps the spaces of the line above, and writes none on an empty line."""
    found = KEEP if line else HARD
    return found if below else Indented(MARGIN, found)


def _block_lines(leaf: Leaf, is_explicit: bool, keeps: bool, is_last: bool) -> list[str]:
    """The lines of a block scalar's text without their indentation."""
    _, _, text = leaf.text.partition("\n")
    if not text:
        return []
    first = _FIRST_TEXT.search(text)
    indent = len(first[1]) if first else len(text)
    if is_explicit and isinstance(leaf.node, Scalar):
        # Spaces at the start of the value are not indentation.
        own = _FIRST_TEXT.search(leaf.node.value)
        indent -= len(own[1]) if own else 0
    lines = [line[indent:] for line in text.split("\n")]
    if keeps:
        return lines[:-1] if text.endswith("\n") and not lines[-1] else lines
    empty = 0
    while empty < len(lines) and not lines[-1 - empty]:
        empty += 1
    if empty == 0:
        return lines
    return lines[: 1 - empty or None] if empty >= 2 and not is_last else lines[:-empty]
