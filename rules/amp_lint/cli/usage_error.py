"""The error for a command line that cannot be carried out."""

from __future__ import annotations


class UsageError(Exception):
    """The command line is wrong; `hint` is a command that helps."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint
