"""Which files git leaves alone: `.gitignore` files and `.git/info/exclude`, with git's precedence.

Patterns are compared as bytes, as git does, so that a name in any encoding can be matched. The
user's own `core.excludesFile` is not read: a result must not depend on whose machine it is.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import count, pairwise
from pathlib import Path, PurePath

from amp_schema.lite_dataclasses import dataclass

# Git leaves out larger files than this, too.
MAX_BYTES = 100 * 1024 * 1024

_BOM = b"\xef\xbb\xbf"

# The parts of one segment: expressions for one byte each, None for a star. `**` is [None, None].
_Segment = list[bytes | None]

_GLOB = re.compile(rb"[*?\[\\]")
_CLASSES = {
    b"alnum": rb"0-9A-Za-z",
    b"alpha": rb"A-Za-z",
    b"blank": rb"\t ",
    b"cntrl": rb"\x00-\x1f\x7f",
    b"digit": rb"0-9",
    b"graph": rb"\x21-\x7e",
    b"lower": rb"a-z",
    b"print": rb"\x20-\x7e",
    b"punct": rb"!-/:-@\[-`{-~",
    b"space": rb"\t-\r ",
    b"upper": rb"A-Z",
    b"xdigit": rb"0-9A-Fa-f",
}

# One unit of a pattern. A set (`[a-z]`) is a unit, so a slash in it separates nothing.
_TOKEN = re.compile(
    rb"""
      (?P<set> \[ (?P<not> [!^] | (?![!^]) )
               (?P<items> (?: \] | (?!\]) )
                          (?: \[:[a-z]+:\] | (?! \[:[a-z]+:\] ) [^\]\\] | \\. )* ) \] )
    | (?P<stars> \*+ )
    | (?P<any> \? )
    | (?P<slash> \\?/ )
    | (?P<literal> \\. | [^\\\[] )
    """,
    re.S | re.X,
)
_ITEM = re.compile(
    rb"""
      \[:(?P<class>[a-z]+):\]
    | (?P<first> \\. | [^\\] ) - (?P<last> \\. | [^\\] )
    | (?P<one> \\. | [^\\] )
    """,
    re.S | re.X,
)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A line of a `.gitignore`. `whole` patterns look at the path, the others at the last name."""

    negated: bool
    folders_only: bool
    whole: bool
    matches: Callable[[bytes], object]


@dataclass(frozen=True, slots=True)
class _Layer:
    """The patterns of one file, the last line first, and the folder they count from."""

    base: bytes
    patterns: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class Ignores:
    """All patterns that apply inside one folder, the nearest first."""

    layers: tuple[_Layer, ...] = ()

    @classmethod
    def above(cls, folder: Path) -> Ignores:
        """The patterns that the repository holds for a folder, without the folder's own.

        `folder` is an absolute path without symbolic links. A folder that is itself ignored was
        asked for by name, so nothing above it counts. Outside a repository nothing above does.
        """
        way: list[Path] = []
        for top in (folder, *folder.parents):
            way.append(top)
            if os.path.lexists(top / ".git"):
                break
        else:
            return cls()
        ignores = cls()
        for outer, inner in pairwise(reversed(way)):
            ignores = ignores.within(outer)
            if ignores.covers(inner, is_folder=True):
                return cls()
        return ignores

    def within(self, folder: Path) -> Ignores:
        """These patterns and the folder's own; another repository inside starts afresh."""
        layers = self.layers
        git = folder / ".git"
        if os.path.lexists(git):
            layers = tuple(_layers(folder, _git_folder(git) / "info" / "exclude"))
        return Ignores((*_layers(folder, folder / ".gitignore"), *layers))

    def covers(self, path: PurePath, *, is_folder: bool) -> bool:
        """Whether git leaves this path out, given that it does not leave out the folder it is in.

        `path` is absolute and lies in the folder these patterns were made for.
        """
        if not self.layers:
            return False
        full = _portable(path)
        return self._covers(full, is_folder=is_folder)

    def reach(self, path: PurePath, *, is_folder: bool) -> bool:
        """Whether this path, or a folder on the way to it, is left out; `path` is absolute.

        The patterns of a list do not apply outside of the folder that they count from.
        """
        full = _portable(path)
        base = self.layers[0].base if self.layers else full
        if not full.startswith(base):
            return False
        ends = (at for at in range(len(base), len(full)) if full[at : at + 1] == b"/")
        on_the_way = any(self._covers(full[:end], is_folder=True) for end in ends)
        return on_the_way or self._covers(full, is_folder=is_folder)

    def _covers(self, full: bytes, *, is_folder: bool) -> bool:
        name = full.rpartition(b"/")[2]
        for layer in self.layers:
            inside = full[len(layer.base) :]
            for pattern in layer.patterns:
                if pattern.folders_only and not is_folder:
                    continue
                if pattern.matches(inside if pattern.whole else name):
                    return not pattern.negated
        return False


def ignores_of(folder: PurePath, patterns: Iterable[str]) -> Ignores:
    """A list of patterns that count from a folder (an absolute path), as one file would hold them.

    Raises ValueError with the first that can never match anything.
    """
    parsed: list[Pattern] = []
    for text in patterns:
        found = list(parse_patterns(text.encode("utf-8")))
        if len(found) != 1:
            raise ValueError(text)
        parsed += found
    return Ignores((_Layer(_base(folder), tuple(reversed(parsed))),))


def _base(folder: PurePath) -> bytes:
    return _portable(folder).rstrip(b"/") + b"/"


def _portable(path: PurePath) -> bytes:
    return os.fsencode(path.as_posix())


def _layers(folder: Path, file: Path) -> Iterator[_Layer]:
    patterns = tuple(parse_patterns(_content(file) or b""))
    if patterns:
        yield _Layer(_base(folder), patterns[::-1])


def _git_folder(git: Path) -> Path:
    """The folder with the repository's own files; in a work tree or submodule `.git` names it."""
    named = _first_line(git)
    if named is None:
        return git
    folder = git.parent / named.removeprefix("gitdir:").strip()
    return folder / (_first_line(folder / "commondir") or "")


def _first_line(file: Path) -> str | None:
    data = _content(file)
    return None if data is None else os.fsdecode(data).partition("\n")[0].rstrip("\r")


def _content(file: Path) -> bytes | None:
    """What a file holds; None where it is none, or a pipe or device that may have no end."""
    try:
        if not stat.S_ISREG(file.stat().st_mode):
            return None
        with file.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError:
        return None
    return data if len(data) <= MAX_BYTES else None


def parse_patterns(data: bytes) -> Iterator[Pattern]:
    """The patterns of a `.gitignore` in their order; lines that can never match are left out."""
    for line in data.removeprefix(_BOM).split(b"\n"):
        text = _without_trailing_spaces(line.removesuffix(b"\r"))
        if not text or text.startswith(b"#"):
            continue
        negated = text.startswith(b"!")
        text = text[negated:]
        folders_only = text.endswith(b"/")
        text = text[: len(text) - folders_only]
        whole = b"/" in text
        matches = _matcher(text.removeprefix(b"/"), whole=whole)
        if text and matches is not None:
            yield Pattern(negated, folders_only, whole, matches)


def _without_trailing_spaces(line: bytes) -> bytes:
    bare = line.rstrip(b" ")
    backslashes = len(bare) - len(bare.rstrip(b"\\"))
    return bare + b" " if backslashes % 2 and bare != line else bare


def _matcher(glob: bytes, *, whole: bool) -> Callable[[bytes], object] | None:
    # Most lines are plain names and endings; compiling an expression for each would cost more
    # than linting a manifest does.
    special = _GLOB.search(glob)
    if special is None:
        return glob.__eq__
    if not whole and glob.startswith(b"*") and not _GLOB.search(glob, 1):
        return partial(_ends_with, ending=glob[1:])
    # git compares the plain start of a path by itself, so to it the stars of `a**/b` come first.
    start = special.start() if whole else 0
    try:
        return re.compile(re.escape(glob[:start]) + _expression(glob[start:]), re.S).match
    except ValueError:
        return None


def _ends_with(name: bytes, ending: bytes) -> bool:
    return name.endswith(ending)


def _expression(glob: bytes) -> bytes:
    """A regular expression for a glob. Raises ValueError for a glob that git never matches.

    Every `*` but the last stops at the first place where what follows it fits (a lookahead with a
    reference to it never goes back), so the time grows with length times length at most.
    """
    runs: list[list[bytes]] = [[]]
    groups = count()
    for segment in _segments(glob):
        if segment == [None, None]:
            runs.append([])
        else:
            runs[-1].append(_segment(segment, groups))
    first, *others = runs
    if not others:
        return b"/".join(first) + rb"\Z"
    parts = [segment + b"/" for segment in first]
    *middle, last = others
    parts += [_once(rb"(?:[^/]*/)*?" + b"/".join(run) + b"/", groups) for run in middle if run]
    parts.append(rb"(?:[^/]*/)*" + b"/".join(last) + rb"\Z" if last else rb".*")
    return b"".join(parts)


def _once(expression: bytes, groups: Iterator[int]) -> bytes:
    name = b"g%d" % next(groups)
    return b"(?=(?P<%s>%s))(?P=%s)" % (name, expression, name)


def _segments(glob: bytes) -> Iterator[_Segment]:
    segment: _Segment = []
    at = 0
    while at < len(glob):
        token = _TOKEN.match(glob, at)
        if token is None:
            raise ValueError("a `[` without its `]`, or a `\\` with nothing after it")
        at = token.end()
        if token["slash"]:
            yield segment
            segment = []
        elif token["stars"]:
            alone = not segment and glob[at : at + 1] in (b"", b"/")
            segment += [None, None] if alone and len(token["stars"]) > 1 else [None]
        elif token["any"]:
            segment.append(b"[^/]")
        elif token["set"]:
            segment.append(_set(token["items"], negated=bool(token["not"])))
        else:
            segment.append(re.escape(token["literal"][-1:]))
    yield segment


def _segment(segment: _Segment, groups: Iterator[int]) -> bytes:
    pieces = [b""]
    for part in segment:
        if part is None:
            pieces.append(b"")
        else:
            pieces[-1] += part
    first, *others = pieces
    if not others:
        return first
    middle = (_once(b"[^/]*?" + piece, groups) for piece in others[:-1] if piece)
    return first + b"".join(middle) + b"[^/]*" + others[-1] + rb"(?![^/])"


def _set(items: bytes, *, negated: bool) -> bytes:
    inside = b"".join(_ranges(items))
    if negated:
        return b"(?!/)[^%s]" % inside
    return b"(?!/)[%s]" % inside if inside else b"(?!)"


def _ranges(items: bytes) -> Iterable[bytes]:
    for item in _ITEM.finditer(items):
        if item["class"]:
            if item["class"] not in _CLASSES:
                raise ValueError("no such class of characters")
            yield _CLASSES[item["class"]]
        elif item["one"]:
            yield re.escape(item["one"][-1:])
        else:
            first, last = item["first"][-1:], item["last"][-1:]
            # Of a range that runs backwards git takes the first character.
            yield re.escape(first) + b"-" + re.escape(max(first, last))
