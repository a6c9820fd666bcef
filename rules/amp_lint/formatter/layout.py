"""Text with optional line breaks, and the renderer that decides which of them to take.

This is the algebra of Wadler's "A prettier printer" in the dialect of Prettier, whose layout the
formatter follows: a group is written on one line if it fits, else each line break directly in it is
taken. Columns are terminal cells; the width is 80.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Union

WIDTH = 80


class Line:
    """A line break. `flat` is its text where its group fits; `hard` is always taken. `keeps` leaves
    the spaces in front of it, which other line breaks remove."""

    __slots__ = ("flat", "hard", "keeps")

    def __init__(self, flat: str = "", *, hard: bool = False, keeps: bool = False) -> None:
        self.flat: str = flat
        self.hard: bool = hard
        self.keeps: bool = keeps


class Group:
    """Contents that are written on one line if they fit.

    `tentative`: a line break inside does not keep the part in front of it from being tried on one
    line, and does not break the groups around this one.
    """

    __slots__ = ("breaks", "contents", "is_broken")

    def __init__(self, contents: Layout, *, tentative: bool = False) -> None:
        self.contents: Layout = contents
        self.breaks: bool = not tentative and has_break(contents)
        # Set by the renderer, for `IfBroken`.
        self.is_broken: bool = False


class Indented:
    """Contents whose lines begin further in. `by` counts columns; `BACK` undoes the innermost
    indentation, `MARGIN` all of them."""

    __slots__ = ("breaks", "by", "contents")

    def __init__(self, by: int, contents: Layout) -> None:
        self.by: int = by
        self.contents: Layout = contents
        self.breaks: bool = has_break(contents)


class IfBroken:
    """One of two contents: by whether a group (by default the one around) takes its breaks."""

    __slots__ = ("broken", "flat", "group")

    def __init__(self, broken: Layout, flat: Layout = "", group: Group | None = None) -> None:
        self.broken: Layout = broken
        self.flat: Layout = flat
        self.group: Group | None = group


class Suffix:
    """A comment that moves behind everything on its line. `breaks` the groups around it."""

    __slots__ = ("breaks", "contents")

    def __init__(self, contents: Layout, *, breaks: bool) -> None:
        self.contents: Layout = contents
        self.breaks: bool = breaks


Layout = Union[str, Sequence["Layout"], Line, Group, Indented, IfBroken, Suffix]  # noqa: UP007
# The column in which lines begin, and the indentation around this one.
_Indent = tuple[int, Any]
# Indentation, whether the group around is on one line, and what is to be written.
_Frame = tuple[_Indent, bool, Any]

BACK = -1
MARGIN = -2
SPACE = Line(" ")
SOFT = Line()
HARD = Line(hard=True)
KEEP = Line(hard=True, keeps=True)


def has_break(contents: Layout) -> bool:
    """Whether the contents take a line break wherever they are written."""
    kind = type(contents)
    if kind is str:
        return False
    if kind is list or kind is tuple:
        return any(map(has_break, contents))  # type: ignore[arg-type]
    if kind is Line:
        return contents.hard  # type: ignore[union-attr]
    if kind is IfBroken:
        return has_break(contents.broken) or has_break(contents.flat)  # type: ignore[union-attr]
    return contents.breaks  # type: ignore[union-attr]


def joined(separator: Layout, parts: Iterable[Layout]) -> list[Layout]:
    """Put a separator between parts."""
    found: list[Layout] = []
    for part in parts:
        if found:
            found.append(separator)
        found.append(part)
    return found


def cells(text: str) -> int:
    """The terminal cells that a text takes."""
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width

    wide = sum(east_asian_width(one) in ("W", "F") for one in text)
    return len(text) + wide - sum(map(bool, map(combining, text)))


def render(contents: Layout, width: float = WIDTH) -> str:
    """Write a layout as text of at most `width` cells a line, where it can be broken."""
    return _Renderer(width).run(contents)


class _Renderer:
    """The state of one rendering. `todo` is a stack of what is to be written."""

    def __init__(self, width: float) -> None:
        self.width = width
        self.out: list[str] = []
        self.column = 0
        self.todo: list[_Frame] = []
        self.suffixes: list[_Frame] = []
        # After a hard line break inside a flat group its inner groups are measured again.
        self.remeasure = False
        self.handlers: dict[type, Callable[[_Frame], None]] = {
            str: self.text,
            list: self.parts,
            tuple: self.parts,
            Line: self.line,
            Group: self.group,
            Indented: self.indented,
            IfBroken: self.if_broken,
            Suffix: self.suffix,
        }

    def run(self, contents: Layout) -> str:
        todo, handlers = self.todo, self.handlers
        todo.append(((0, None), False, contents))
        while todo or self.suffixes:
            if not todo:
                self.release()
            frame = todo.pop()
            handlers[type(frame[2])](frame)
        return "".join(self.out)

    def release(self) -> None:
        self.todo.extend(reversed(self.suffixes))
        self.suffixes.clear()

    def text(self, frame: _Frame) -> None:
        self.write(frame[2])

    def write(self, text: str) -> None:
        self.out.append(text)
        self.column += cells(text)

    def parts(self, frame: _Frame) -> None:
        indent, flat, part = frame
        self.todo += [(indent, flat, one) for one in reversed(part)]

    def indented(self, frame: _Frame) -> None:
        indent, flat, part = frame
        self.todo.append((_deeper(indent, part.by), flat, part.contents))

    def if_broken(self, frame: _Frame) -> None:
        indent, flat, part = frame
        self.todo.append((indent, flat, _chosen(part, flat)))

    def suffix(self, frame: _Frame) -> None:
        indent, flat, part = frame
        self.suffixes.append((indent, flat, part.contents))

    def line(self, frame: _Frame) -> None:
        indent, flat, part = frame
        if flat and not part.hard:
            self.write(part.flat)
            return
        self.remeasure = self.remeasure or flat
        if self.suffixes:
            self.todo.append(frame)
            self.release()
            return
        if not part.keeps:
            self.trim()
        self.out += ("\n", " " * indent[0])
        self.column = indent[0]

    def trim(self) -> None:
        """Remove the spaces at the end of what is written."""
        out = self.out
        while out and not (kept := out[-1].rstrip(" \t")):
            out.pop()
        if out:
            out[-1] = kept

    def group(self, frame: _Frame) -> None:
        indent, flat, part = frame
        if flat and not self.remeasure:
            part.is_broken = part.breaks
        else:
            self.remeasure = False
            part.is_broken = part.breaks or not self.fits(part)
        self.todo.append((indent, not part.is_broken, part.contents))

    def fits(self, part: Group) -> bool:
        """Whether a group's text fits up to the first line break that is taken, its own or one
        behind it."""
        room = self.width - self.column
        todo: list[tuple[bool, Any]] = [(True, part.contents)]
        behind = len(self.todo)
        while room >= 0:
            if not todo:
                if not behind:
                    return True
                behind -= 1
                todo.append(self.todo[behind][1:])
            flat, one = todo.pop()
            kind = type(one)
            if kind is str:
                room -= cells(one)
            elif kind is not Line:
                todo += _opened(flat, one)
            elif one.hard or not flat:
                return True
            else:
                room -= len(one.flat)
        return False


def _opened(flat: bool, part: Any) -> list[tuple[bool, Any]]:
    """What is in a part, the last first; a suffix takes no room."""
    kind = type(part)
    if kind is list or kind is tuple:
        return [(flat, inner) for inner in reversed(part)]
    if kind is Group:
        return [(flat and not part.breaks, part.contents)]
    if kind is Indented:
        return [(flat, part.contents)]
    return [(flat, _chosen(part, flat))] if kind is IfBroken else []


def _chosen(part: IfBroken, flat: bool) -> Layout:
    is_broken = part.group.is_broken if part.group else not flat
    return part.broken if is_broken else part.flat


def _deeper(indent: _Indent, by: int) -> _Indent:
    if by >= 0:
        return (indent[0] + by, indent)
    if by == BACK:
        return indent[1] or indent
    return (0, None)
