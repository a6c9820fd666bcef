"""The place of the caret."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from amp_lint.text.edits import Edit
from amp_lint.text.source import Span
from amp_lint.yaml.node_path import Path

# content: a new line or item: a key, or a value if the place takes no keys. value: behind the colon
# of a key, or an item between brackets. rule: an id in `amp:ignore[`.
CursorKind = Literal["content", "value", "rule"]


@dataclass(frozen=True, slots=True)
class Cursor:
    """The place of the caret.

    `path` is that of the value, or of the mapping that a key would join; `keys` are the other keys
    of that mapping. `word` is the text that a completion replaces, `prefix` the part of it in front
    of the caret.

    What a completion must respect: `quote` is the quote in front of the word and `unclosed` that
    none follows; `has_colon` that the word is a key already; `gap` that a space is missing in front
    of the word, `comment_follows` that one is missing behind it.

    `column` is the column of the word, `indent` that of its line. `margin` is the edit that moves
    a line into the column where its block is; `column` and `indent` are those behind it.
    `items_of` is the path of a list whose dashes are in the column, if that is not part of `path`.
    `closers` are the brackets that would close those which are open around the word.
    """

    kind: CursorKind
    path: Path
    prefix: Span
    word: Span
    keys: tuple[str, ...] = ()
    column: int = 0
    indent: int = 0
    quote: str = ""
    unclosed: bool = False
    has_colon: bool = False
    gap: bool = False
    comment_follows: bool = False
    flow: bool = False
    margin: Edit | None = None
    items_of: Path | None = None
    closers: str = ""
