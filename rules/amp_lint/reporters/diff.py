"""The difference between two texts as a unified diff that `patch` and `git apply` take."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from amp_lint.reporters.console import BOLD, GREEN, RED, Console

_CONTEXT = 3
# What a name may only hold in quotes, as its number in base eight.
_UNFIT = re.compile(r'[\x00-\x1f\x7f"\\]')
_COLORS = {"---": BOLD, "+++": BOLD, "-": RED, "+": GREEN}


def unified_diff(path: str, before: str, after: str) -> Iterator[str]:
    """Yield the lines without their final line feed; nothing where the texts are equal.

    Lines end at line feeds only, as for `patch`: a carriage return is a part of its line.
    """
    from difflib import unified_diff as difference

    name = _name(path)
    lines = difference(_lines(before), _lines(after), name, name, n=_CONTEXT)
    for line in lines:
        if line.endswith("\n"):
            yield line[:-1]
        else:
            yield line
            yield "\\ No newline at end of file"


def _name(path: str) -> str:
    """A file's name as git writes it: quoted where it would not end with its line, and in front of
    a tab where it has a space in it."""
    if _UNFIT.search(path):
        return '"' + _UNFIT.sub(lambda one: f"\\{ord(one[0]):03o}", path) + '"'
    return f"{path}\t" if " " in path else path


def _lines(text: str) -> list[str]:
    lines = [f"{line}\n" for line in text.split("\n")]
    last = lines.pop()[:-1]
    return [*lines, last] if last else lines


def colored(lines: Iterable[str], console: Console) -> Iterator[str]:
    """The lines as a terminal may show them; as they are where there are no colours, so that
    another program gets what it can apply."""
    for line in lines:
        if not console.color:
            yield line
        else:
            style = _COLORS.get(line[:3]) or _COLORS.get(line[:1], "")
            yield console.paint(console.show(line), style) if style else console.show(line)
