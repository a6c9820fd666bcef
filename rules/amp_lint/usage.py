"""What is said to whoever holds the command line wrong."""

from __future__ import annotations

from collections.abc import Iterable


class UsageError(Exception):
    """The command line makes no sense; `hint` is a command that helps."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


def quoted(text: str) -> str:
    """What the user typed, set apart from our own words."""
    return f"`{text}`"


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The end of a message: the one known word that is near, if there is one."""
    from amp_schema.nearest import nearest

    near = nearest(word, known)
    return f"; did you mean {quoted(near)}?" if near else ""
