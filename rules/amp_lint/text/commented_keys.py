"""Keys that a comment takes away from what is below them: `# subscribe:`."""

from __future__ import annotations

from amp_lint.text.lines import line_start
from amp_lint.text.source import Span
from amp_schema.lite_dataclasses import dataclass
from amp_schema.patterns import pattern

_COMMENT = pattern(r"(?P<blanks>[ ]*)(?P<sign>#[ ]*)(?P<key>[A-Za-z]+):[ \t]*\Z")
# Lines above a key in which a comment is searched.
_MOST_LINES = 20


@dataclass(frozen=True, slots=True)
class CommentedKey:
    """A comment that holds nothing but a key. `span` is from its `#` to the colon, `sign` the `#`
    with the blanks behind it, `column` that of the `#`."""

    key: str
    span: Span
    sign: Span
    column: int

    @property
    def column_of_key(self) -> int:
        """The column in which the key stands behind the `#`."""
        return self.column + self.sign.end - self.sign.start


def commented_key_above(text: str, start: int) -> CommentedKey | None:
    """Return the comment with a key on the lines directly above the line that begins at `start`,
    with only blank lines and other comments between them."""
    end = start
    for _ in range(_MOST_LINES):
        stop = len(text[:end].removesuffix("\n").removesuffix("\r")) if end else 0
        begin = line_start(text, stop)
        line = text[begin:stop]
        if not end or (line.strip() and not line.lstrip().startswith("#")):
            return None
        match = _COMMENT.match(line)
        if match is not None:
            sign = begin + match.start("sign")
            span = Span(sign, begin + match.end("key") + 1)
            at_key = begin + match.start("key")
            return CommentedKey(match["key"], span, Span(sign, at_key), len(match["blanks"]))
        end = begin
    return None
