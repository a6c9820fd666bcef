"""The text of one manifest, how it was read, and where its lines begin.

Every offset in amp-lint counts code points in `Source.text`, which never holds a byte order mark.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, BinaryIO, Literal, NamedTuple

from amp_schema.lite_dataclasses import dataclass, field

if TYPE_CHECKING:
    BlemishKind = Literal["encoding", "utf-16", "control", "size"]

# What libyaml's reader (and so the platform's decoder) refuses to read, plus the lone surrogates
# that a Python string can hold and UTF-8 cannot. Spelt as the few that are refused: a set of the
# million that are not takes ten times as long to compile.
_UNREADABLE = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff"
_UNREADABLE_BYTES = bytes(one for one in (*range(32), 127) if one not in b"\t\n\r")

# The largest of the real manifests has 15 kB. At this size a text with a mistake in each line takes
# half a minute; nobody writes a larger manifest. In code points, and in the bytes
# of a file.
MAX_SIZE = 10_000_000


class Span(NamedTuple("Span", [("start", int), ("end", int)])):
    """A half-open range of code points in a source."""

    __slots__ = ()


class Position(NamedTuple("Position", [("line", int), ("column", int)])):
    """A place in a source as people count it: line and column from 1, columns in code points."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Blemish:
    """Something in the input that is not readable text: a bad byte, a control character."""

    kind: BlemishKind
    span: Span
    what: str


@dataclass(slots=True)
class Source:
    """One manifest's text. `path` is the name used in reports and need not exist on disk."""

    text: str
    path: str = "amp.yaml"
    bom: bool = False
    blemishes: tuple[Blemish, ...] = ()
    _line_starts: list[int] | None = field(default=None, repr=False, compare=False)

    @classmethod
    def from_text(cls, text: str, path: str = "amp.yaml") -> Source:
        """Take text that is already decoded; a leading byte order mark is set aside."""
        bom = text.startswith("\ufeff")
        if bom:
            text = text[1:]
        return cls(text, path, bom, tuple(_control_characters(text)))

    @classmethod
    def from_bytes(cls, data: bytes, path: str = "amp.yaml") -> Source:
        """Decode a file's bytes. What is not UTF-8 becomes U+FFFD and is kept as a blemish."""
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            source = cls.from_text(data.decode("utf-16", "replace"), path)
            first = Blemish("utf-16", Span(0, min(1, len(source.text))), "UTF-16")
            source.blemishes = (first, *source.blemishes)
            return source
        try:
            return cls.from_text(data.decode("utf-8"), path)
        except UnicodeDecodeError as error:
            before = data[: error.start].decode("utf-8").removeprefix("\ufeff")
            source = cls.from_text(data.decode("utf-8", "replace"), path)
            start = len(before)
            bad = Blemish("encoding", Span(start, start + 1), f"0x{data[error.start]:02X}")
            source.blemishes = (bad, *source.blemishes)
            return source

    @classmethod
    def from_file(cls, path: str) -> Source:
        """Read a file, up to the largest size. Raises OSError when it cannot be read."""
        with open(path, "rb") as stream:
            return cls.from_stream(stream, path)

    @classmethod
    def from_stream(cls, stream: BinaryIO, path: str) -> Source:
        """Read a stream that may have no end. Of more than the largest size nothing is kept."""
        data = stream.read(MAX_SIZE + 1)
        return cls.too_large(path) if len(data) > MAX_SIZE else cls.from_bytes(data, path)

    @classmethod
    def too_large(cls, path: str) -> Source:
        """What stands for a text that nobody is going to look at."""
        return cls("", path, blemishes=(Blemish("size", Span(0, 0), f"{MAX_SIZE // 10**6} MB"),))

    def to_bytes(self) -> bytes:
        """The bytes of a UTF-8 file that holds this text, with its byte order mark."""
        return self.marked_text.encode("utf-8", "surrogatepass")

    @property
    def marked_text(self) -> str:
        """The text behind its byte order mark, where it has one."""
        return f"\ufeff{self.text}" if self.bom else self.text

    @property
    def is_faithful(self) -> bool:
        """Whether `to_bytes` gives the bytes that were read, and not what was made of them."""
        return all(blemish.kind == "control" for blemish in self.blemishes)

    @property
    def is_unread(self) -> bool:
        """Whether the text was too large to be kept."""
        return any(blemish.kind == "size" for blemish in self.blemishes)

    @property
    def line_starts(self) -> list[int]:
        """The offset of each line's first character; lines end at LF, CRLF or a lone CR."""
        if self._line_starts is None:
            # Of the same length with one kind of break, so that all loops are in C.
            text = self.text.replace("\r\n", " \n").replace("\r", "\n")
            lengths = map((1).__add__, map(len, text.split("\n")[:-1]))
            self._line_starts = [0, *accumulate(lengths)]
        return self._line_starts

    def position(self, offset: int) -> Position:
        """Line and column (from 1) of an offset."""
        starts = self.line_starts
        line = bisect_right(starts, offset)
        return Position(line, offset - starts[line - 1] + 1)

    def line_span(self, line: int) -> Span:
        """The characters of a line (counted from 1) without its line break."""
        starts, text = self.line_starts, self.text
        start = starts[line - 1]
        end = starts[line] if line < len(starts) else len(text)
        # Without a copy of the line, which can be megabytes long and asked for again and again.
        while end > start and text[end - 1] in "\r\n":
            end -= 1
        return Span(start, end)

    def readable_text(self) -> str:
        """The text with every unreadable character replaced, one for one, by U+FFFD."""
        if any(blemish.kind == "control" for blemish in self.blemishes):
            return re.sub(f"[{_UNREADABLE}]", "\ufffd", self.text)
        return self.text


def _control_characters(text: str) -> list[Blemish]:
    if _is_surely_readable(text):
        return []
    match = re.search(f"[{_UNREADABLE}]", text)
    if match is None:
        return []
    return [Blemish("control", Span(match.start(), match.end()), f"U+{ord(match[0]):04X}")]


def _is_surely_readable(text: str) -> bool:
    """A quick look at the bytes, which is enough for nearly every text."""
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    # The characters from U+0080 to U+009F begin with one of these bytes, U+FFFE and above with the
    # other two.
    if b"\xc2" in data or b"\xef\xbf" in data:
        return False
    return len(data.translate(None, _UNREADABLE_BYTES)) == len(data)
