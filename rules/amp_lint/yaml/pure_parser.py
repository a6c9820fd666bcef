"""ruamel's own parser, made to read as libyaml does where the two differ.

It is used where the C parser is not installed, and must then give the same tree. Imported by
`amp_lint.yaml.parser` alone, and only when it is needed.
"""

from __future__ import annotations

from collections.abc import Iterable
from string import ascii_letters, digits
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.events import DocumentEndEvent, ScalarEvent
from ruamel.yaml.parser import Parser
from ruamel.yaml.reader import Reader
from ruamel.yaml.resolver import VersionedResolver
from ruamel.yaml.scanner import Scanner, ScannerError
from ruamel.yaml.tokens import FlowEntryToken, FlowSequenceEndToken, TagToken, ValueToken

_DIGITS = frozenset(digits)
_WORD_CHARACTERS = frozenset(ascii_letters + digits + "-_")
_BREAKS = frozenset("\r\n\x85\u2028\u2029")
# The reader puts a NUL behind the text.
_BREAKS_OR_END = _BREAKS | {"\0"}
_BLANK = _BREAKS | {" ", "\t"}
_BLANK_OR_END = _BLANK | {"\0"}
_BEHIND_ANCHOR = _BLANK_OR_END | set("?:,]}%@`")


def pure_events(text: str) -> Iterable[Any]:
    """The events of a text. Raises ruamel's MarkedYAMLError, ValueError and OverflowError."""
    yaml = YAML(typ="safe", pure=True)
    yaml.version = "1.1"
    yaml.top_level_block_style_scalar_no_indent_error_1_1 = True
    yaml.Reader = _Reader
    yaml.Scanner = _Scanner
    yaml.Parser = _Parser
    yaml.Resolver = _Resolver
    events: Iterable[Any] = yaml.parse(text)
    return events


class _Reader(Reader):
    """Counts every line break of YAML 1.1, so that a key ends with its line."""

    forward = Reader.forward_1_1


class _Resolver(VersionedResolver):
    """Reads every document as YAML 1.1. By itself a `---` would be enough for YAML 1.2."""

    processing_version = (1, 1)


class _Parser(Parser):
    def parse_document_end(self) -> DocumentEndEvent:
        """The end of a document, without a look behind its `...`."""
        mark = self.scanner.peek_token().start_mark
        self.state = self.parse_document_start
        return DocumentEndEvent(mark, mark)

    def parse_node(self, block: bool = False, indentless_sequence: bool = False) -> Any:
        """A node, which begins at the first of its properties."""
        start = self.scanner.peek_token().start_mark
        event = super().parse_node(block, indentless_sequence)
        event.start_mark = start
        return event

    def parse_flow_mapping_key(self, first: Any = False) -> Any:
        """A key in braces. libyaml puts an empty one behind a `?` in front of the next token."""
        event = super().parse_flow_mapping_key(first)
        is_empty = isinstance(event, ScalarEvent) and event.start_mark.index == event.end_mark.index
        if is_empty and self.state == self.parse_flow_mapping_value:
            event.start_mark = event.end_mark = self.scanner.peek_token().start_mark
        return event

    def parse_flow_sequence_entry_mapping_key(self) -> Any:
        """The key behind a `?`. libyaml, and its port, lose the text behind a missing one."""
        self.scanner.get_token()
        self.state = self.parse_flow_sequence_entry_mapping_value
        if self.scanner.check_token(ValueToken, FlowEntryToken, FlowSequenceEndToken):
            return self.process_empty_scalar(self.scanner.get_token().end_mark)
        self.states.append(self.state)
        return self.parse_flow_node()


class _Scanner(Scanner):
    def scan_to_next_token(self) -> None:
        """Skip space, tabs behind what cannot begin a key, and byte order marks before a line."""
        reader = self.reader
        while True:
            if reader.column == 0 and reader.peek() == "\ufeff":
                reader.forward()
                reader.column += 1
            tabs = self.flow_level or not self.allow_simple_key
            while reader.peek() == " " or (tabs and reader.peek() == "\t"):
                reader.forward()
            self._skip_comment()
            if not self.scan_line_break():
                return
            if not self.flow_level:
                self.allow_simple_key = True

    def scan_directive_name(self, start_mark: Any) -> str:
        name = str(super().scan_directive_name(start_mark))
        if name not in ("YAML", "TAG"):
            raise self._error("directive", start_mark, "found unknown directive name")
        return name

    def scan_anchor(self, TokenClass: Any) -> Any:  # noqa: N803 - ruamel's name
        """An anchor or alias, whose name has fewer characters than in ruamel's reading."""
        start = self.reader.get_mark()
        kind = "alias" if self.reader.peek() == "*" else "anchor"
        self.reader.forward()
        length = self._word_length(0)
        name = self.reader.prefix(length)
        self.reader.forward(length)
        if not name or self.reader.peek() not in _BEHIND_ANCHOR:
            raise self._error(kind, start, "expected alphabetic or numeric character")
        return TokenClass(name, start, self.reader.get_mark())

    def scan_tag(self) -> TagToken:
        """A tag, with a handle only where the next `!` is right behind a word."""
        start = self.reader.get_mark()
        if self.reader.peek(1) == "<":
            self.reader.forward(2)
            handle, suffix = None, self.scan_tag_uri("tag", start)
            if self.reader.peek() != ">":
                raise self._error("tag", start, "did not find the expected '>'")
            self.reader.forward()
        else:
            handle, suffix = self._scan_short_tag(start)
        if self.reader.peek() not in _BLANK_OR_END:
            raise self._error("tag", start, "did not find expected whitespace or line break")
        return TagToken((handle, suffix), start, self.reader.get_mark())

    def _scan_short_tag(self, start: Any) -> tuple[str | None, str]:
        length = 1 + self._word_length(1)
        handle = self.reader.prefix(length + 1) if self.reader.peek(length) == "!" else "!"
        self.reader.forward(len(handle))
        if handle == "!" and self.reader.peek() in _BLANK_OR_END:
            return None, "!"
        return handle, self.scan_tag_uri("tag", start)

    def scan_block_scalar_indicators(self, start_mark: Any) -> tuple[bool | None, int | None]:
        """Whether the last line breaks are kept, and the indentation, in either order."""
        keep: bool | None = None
        width: int | None = None
        for _ in range(2):
            sign = self.reader.peek()
            if sign in ("+", "-") and keep is None:
                keep = sign == "+"
            elif sign in _DIGITS and width is None:
                width = int(sign)
            else:
                break
            self.reader.forward()
        if width == 0:
            raise self._error("block scalar", start_mark, "found an indentation of 0")
        return keep, width

    def scan_block_scalar_ignored_line(self, start_mark: Any) -> None:
        """The rest of a block scalar's first line."""
        while self.reader.peek() in (" ", "\t"):
            self.reader.forward()
        self._skip_comment()
        if self.reader.peek() not in _BREAKS_OR_END:
            raise self._error("block scalar", start_mark, "expected a comment or a line break")
        self.scan_line_break()

    def scan_block_scalar_indentation(self) -> tuple[list[str], int, Any]:
        """The empty lines in front of a block scalar, and the width of the widest of all."""
        breaks: list[str] = []
        width = 0
        end = self.reader.get_mark()
        while self.reader.peek() == " " or self.reader.peek() in _BREAKS:
            if self.reader.peek() == " ":
                self.reader.forward()
                width = max(width, self.reader.column)
            else:
                breaks.append(self.scan_line_break())
                end = self.reader.get_mark()
        if self.reader.peek() == "\t":
            raise self._error("block scalar", end, "found a tab where a space is expected")
        return breaks, width, end

    def scan_plain_spaces(self, indent: int, start_mark: Any) -> list[str]:
        """The text between two words of a plain scalar, tabs too; nothing where it ends."""
        spaces: list[str] = []
        breaks: list[str] = []
        while self.reader.peek() in _BLANK:
            if self.reader.peek() in _BREAKS:
                breaks.append(self.scan_line_break())
                continue
            if breaks and self.reader.peek() == "\t" and self.reader.column < indent:
                raise self._error("plain scalar", start_mark, "found a tab that indents")
            spaces.append(self.reader.peek())
            self.reader.forward()
        if not breaks:
            return spaces
        self.allow_simple_key = True
        if self.check_document_start() or self.check_document_end():
            return []
        first, *more = breaks
        return [first if first != "\n" else "" if more else " ", *more]

    def _skip_comment(self) -> None:
        if self.reader.peek() == "#":
            while self.reader.peek() not in _BREAKS_OR_END:
                self.reader.forward()

    def _word_length(self, at: int) -> int:
        end = at
        while self.reader.peek(end) in _WORD_CHARACTERS:
            end += 1
        return end - at

    def _error(self, kind: str, start: Any, problem: str) -> ScannerError:
        return ScannerError(f"while scanning a {kind}", start, problem, self.reader.get_mark())
