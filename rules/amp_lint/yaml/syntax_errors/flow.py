"""Mistakes inside brackets: commas, colons, quotes and brackets that are missing or wrong.

The parser reports most of them at an opening bracket or many lines later. `first_slip` reads the
text in brackets token by token and stops at the first place where no valid token follows.
"""

from __future__ import annotations

import re

from amp_lint.text.edits import Applicability, Edit, Fix
from amp_lint.text.source import Span
from amp_lint.yaml.syntax_errors.context import DOUBLED_QUOTES, cut
from amp_lint.yaml.syntax_errors.levels import (
    CLOSING,
    Level,
    Slip,
    is_closed,
    is_slipped,
    missing_opening,
    never_closed,
    wrong_bracket,
)

_BLANK = re.compile(r"(?:\s|(?<=\s)#[^\r\n]*)*")
_FOREIGN_COMMENT = re.compile(r"//[^\r\n]*|/\*.*?\*/", re.S)
_QUOTED = {
    '"': re.compile(r'"(?:[^"\\]|\\.)*"', re.S),
    "'": re.compile(r"'(?:[^']|'')*'"),
}
_PLAIN = re.compile(r"(?:[^\s,\[\]{}:]|:(?![\s,\[\]{}]|\Z)|[ \t]+(?![\s#]))+")
# A schedule with lists of numbers holds commas.
_SCHEDULE = re.compile(r"\*[\w/*\-]*(?:,[\w/*\-]+)*(?:[ \t]+[\w/*?\-]+(?:,[\w/*\-]+)*)+")
# What may precede a value: anchor and tag.
_PROPERTY = re.compile(r"[&!][^\s,\[\]{}]*")
_BREAK = re.compile(r"[\r\n]")
_LINE_END = re.compile(r"[\r\n]|\Z")
_ASSIGNED = re.compile(r"[ \t]*(?P<sign>=>?)[ \t]*")
_SAFE = Applicability.SAFE


def first_slip(text: str, start: int, column: int) -> tuple[Slip | None, int]:
    """Return the first mistake of the brackets that open at `start`, and where reading stopped.

    They end at a line that starts in `column` or further left; -1 for brackets around everything.
    """
    scanner = _Scanner(text, start, column)
    slip = scanner.run()
    is_round = slip is not None and text[slip.span.start] == ")"
    if slip is not None and slip.patch and not is_round and not is_closed(text, start):
        # Lines that would end in a comma inside brackets may not belong to them.
        slip = never_closed(scanner.open[-1])
    return slip, scanner.at


class _Scanner:
    """Reads one value in brackets. One instance per value."""

    def __init__(self, text: str, start: int, column: int) -> None:
        self.text = text
        self.at = start
        self.column = column
        self.open: list[Level] = []
        # The first bracket that is closed by one further left than its own line.
        self.slipped: Level | None = None

    def run(self) -> Slip | None:
        """Read up to the closing bracket, or to the first mistake."""
        while True:
            before = self.at
            blank = _BLANK.match(self.text, before)
            self.at = blank.end() if blank else before
            if self.at >= len(self.text) or self.is_left_of_all(before):
                self.at = before
                return never_closed(self.slipped or self.open[-1]) if self.open else None
            slip = self.token(self.text[self.at])
            if slip is not None or not self.open:
                return slip

    def is_left_of_all(self, before: int) -> bool:
        """Whether a new line begins at a key or a dash that is not inside the brackets."""
        gap = self.text[before : self.at]
        line = before + max(gap.rfind("\n"), gap.rfind("\r"))
        is_new = line >= before
        return is_new and self.at - line - 1 <= self.column and self.text[self.at] not in "]}"

    def token(self, sign: str) -> Slip | None:
        """Read a token; return the mistake in it, or the one that makes it unexpected."""
        foreign = _FOREIGN_COMMENT.match(self.text, self.at)
        if foreign is not None:
            return self.foreign_comment(foreign)
        if sign in "[]{}":
            return self.opened(sign) if sign in "[{" else self.closed(sign)
        level = self.open[-1]
        if sign == ",":
            return self.comma(level)
        if sign == ":" and level.due in ("colon", "end"):
            if level.due == "end" and level.pair < 0:
                level.pair = level.last.start
            level.due = "value"
            self.at += 1
            return None
        if sign in "&!" and (word := _PROPERTY.match(self.text, self.at)):
            self.at = word.end()
            return None
        return self.scalar(sign, level)

    def opened(self, sign: str) -> Slip | None:
        if self.open:
            level = self.open[-1]
            is_key = sign == "{" and level.due == "key" and self.text[level.last.start] == "{"
            if is_key and level.last.end > level.last.start:
                return missing_opening(self.text, level.last.start, "[")
            slip = self.value_starts(level, self.at + 1)
            if slip is not None:
                return slip
        due = "item" if sign == "[" else "key"
        self.open.append(Level(sign, self.at, due, Span(self.at, self.at)))
        self.at += 1
        return None

    def closed(self, sign: str) -> Slip | None:
        level = self.open[-1]
        if CLOSING[level.bracket] != sign:
            return wrong_bracket(self.text, self.at, self.open, self.slipped)
        self.open.pop()
        if self.slipped is None and is_slipped(self.text, level.start, self.at):
            self.slipped = level
        self.at += 1
        if self.open:
            self.open[-1].last = Span(level.start, self.at)
        return None

    def comma(self, level: Level) -> Slip | None:
        if level.due in ("item", "key"):
            span = Span(self.at, self.at + 1)
            return Slip(
                span,
                "there is nothing before this comma; remove it",
                "remove it",
                Fix("Remove the comma", (Edit(span, ""),), Applicability.SAFE),
                Edit(span, " "),
            )
        level.due = "item" if level.bracket == "[" else "key"
        self.at += 1
        return None

    def scalar(self, sign: str, level: Level) -> Slip | None:
        quoted = _QUOTED.get(sign)
        match = quoted.match(self.text, self.at) if quoted else _PLAIN.match(self.text, self.at)
        if match is None:
            return self.open_quote(sign) if quoted else self.stray(sign)
        if quoted and self.is_cut_short(match):
            return self.open_quote(sign)
        wrong = None if quoted else self.wrong_plain(match, level)
        if wrong is not None:
            return wrong
        is_key = level.due in ("key", "colon", "end") and self.is_followed_by_colon(match.end())
        slip = self.value_starts(level, match.end(), is_key=is_key, plain=not quoted)
        if slip is None:
            self.at = match.end()
        return slip

    def value_starts(
        self, level: Level, end: int, *, is_key: bool = False, plain: bool = False
    ) -> Slip | None:
        """Note that a key or a value begins here and ends at `end`, if one is due."""
        due = level.due
        is_more = plain and not is_key and self.text[self.at] != ")"
        if due == "end" and is_more and self.is_on_a_new_line(level):
            # A text without quotes goes on in the next line.
            level.last = Span(level.last.start, end)
            return None
        if due == "end":
            return self.missing_comma(level)
        if due == "colon":
            return self.missing_colon(level)
        level.due = {"item": "end", "key": "colon", "value": "end"}[due]
        level.last = Span(self.at, end)
        return None

    def is_on_a_new_line(self, level: Level) -> bool:
        """Whether a line ends between the last token and this one."""
        return _BREAK.search(self.text, level.last.end, self.at) is not None

    def is_followed_by_colon(self, end: int) -> bool:
        blank = _BLANK.match(self.text, end)
        at = blank.end() if blank else end
        return self.text[at : at + 1] == ":"

    def is_cut_short(self, match: re.Match[str]) -> bool:
        """Whether the quote that closes a text of several lines opens another one."""
        if not _BREAK.search(match[0]):
            return False
        blank = _BLANK.match(self.text, match.end())
        at = blank.end() if blank else match.end()
        return self.text[at : at + 1] not in (",", "]", "}", ":", "")

    def wrong_plain(self, match: re.Match[str], level: Level) -> Slip | None:
        """A text that needs quotes, or that holds a `;` in place of a comma."""
        first = match[0][0]
        if first == "*" and (schedule := _SCHEDULE.match(self.text, self.at)):
            span = Span(self.at, schedule.end())
            return Slip(
                span,
                "YAML reads a `*` at the start as an alias; put the schedule in quotes: "
                f'`"{schedule[0]}"`',
                "needs quotes",
                Fix("Put the schedule in quotes", (Edit(span, f'"{schedule[0]}"'),), _SAFE),
            )
        if first in "@`%" or (first == "*" and " " in match[0].strip()):
            span = Span(self.at, self.at + len(match[0].rstrip()))
            return Slip(
                span,
                f"unquoted text must not start with `{first}`; put it in quotes",
                "needs quotes",
            )
        if "?" in match[0] and level.due in ("item", "value"):
            return self.question_mark(match[0].rstrip())
        at = match[0].find(";")
        is_split = level.due == "value" and self.is_followed_by_colon(match.end())
        if at >= 0 and (match[0].endswith(";") or is_split):
            return self.semicolon(self.at + at)
        return None

    def question_mark(self, text: str) -> Slip:
        span = Span(self.at, self.at + len(text))
        quote = "'" if '"' in text else '"'
        message = (
            "inside brackets, a `?` ends unquoted text; put the text in quotes: "
            f"`{quote}{cut(text)}{quote}`"
        )
        is_possible = quote not in text and "\\" not in text
        fix = Fix("Put it in quotes", (Edit(span, f"{quote}{text}{quote}"),), _SAFE)
        patch = Edit(span, text.replace("?", "."))
        return Slip(span, message, "needs quotes", fix if is_possible else None, patch)

    def semicolon(self, at: int) -> Slip:
        span = Span(at, at + 1)
        fix = Fix("Change `;` to `,`", (Edit(span, ","),), _SAFE)
        message = "entries in brackets are separated by `,`, not by `;`"
        return Slip(span, message, "write ,", fix, Edit(span, ","))

    def stray(self, sign: str) -> Slip:
        span = Span(self.at, self.at + 1)
        if sign == ":":
            return Slip(
                span,
                "there is no key before this colon; write one",
                "no key",
                None,
                Edit(span, " "),
            )
        return Slip(
            span, f"unquoted text must not start with `{sign}`; put it in quotes", "needs quotes"
        )

    def missing_comma(self, level: Level) -> Slip:
        if self.text[self.at] == ";":
            return self.semicolon(self.at)
        if self.text[self.at] == ")":
            return wrong_bracket(self.text, self.at, self.open, self.slipped)
        end = level.last.end
        if self.is_closed_late(level.last):
            return self.closed_late(level.last)
        doubled = DOUBLED_QUOTES.match(self.text, level.last.start)
        if doubled is not None:
            return self.doubled(doubled)
        fix = Fix("Add a comma", (Edit(Span(end, end), ","),), _SAFE)
        shown = self.shown(self.text[level.last.start : end])
        message = f"a comma is missing after {shown}"
        return Slip(Span(end - 1, end), message, "no comma", fix, self.in_the_gap(level, ","))

    def doubled(self, found: re.Match[str]) -> Slip:
        span, once = Span(*found.span()), found[0][1:-1]
        fix = Fix("Write the quotes once", (Edit(span, once),))
        patch = Edit(span, once.ljust(len(found[0])))
        message = f"the quotes are doubled; write `{cut(once)}`"
        return Slip(span, message, "doubled quotes", fix, patch)

    def is_closed_late(self, token: Span) -> bool:
        """Return whether a quoted text ends with a comma and at once in front of a word: the quote
        that closes it was meant to open the next text."""
        text = self.text[token.start : token.end]
        return text[-1] in "\"'" and text[1:-1].rstrip().endswith(",") and self.at == token.end

    def closed_late(self, token: Span, mark: str = ",") -> Slip:
        sign = self.text[token.end - 1]
        comma = self.text.rindex(mark, token.start, token.end)
        name = {",": "comma", ":": "colon"}[mark]
        message = (
            f"the `{sign}` opened here is not closed in front of the {name}; write `{sign}` there"
        )
        fix = Fix(f"Add `{sign}`", (Edit(Span(comma, comma), sign),))
        return Slip(Span(token.start, comma), message, "never closed", fix)

    def missing_colon(self, level: Level) -> Slip:
        end = level.last.end
        key = self.text[level.last.start : end]
        assigned = _ASSIGNED.match(self.text, end)
        if assigned is not None:
            span = Span(*assigned.span("sign"))
            fix = Fix("Change to `:`", (Edit(Span(*assigned.span()), ": "),), _SAFE)
            message = f"the value of a key follows a colon; write `{key}: ...`"
            patch = Edit(span, ":".ljust(span.end - span.start))
            return Slip(span, message, "write :", fix, patch)
        if self.is_on_a_new_line(level):
            return Slip(
                level.last, f"the key {self.shown(key)} has no value; write one", "no value"
            )
        if key[0] in "\"'" and key[1:-1].rstrip().endswith(":") and self.at == end:
            return self.closed_late(level.last, ":")
        fix = Fix("Add a colon", (Edit(Span(end, self.at), ": "),), _SAFE)
        message = f"a colon is missing after the key {self.shown(key)}"
        return Slip(Span(end - 1, end), message, "no colon", fix, self.in_the_gap(level, ":"))

    def in_the_gap(self, level: Level, sign: str) -> Edit | None:
        """Return the edit that puts a sign in place of the blank in front of the next token."""
        gap = self.text[level.last.end : self.at]
        return Edit(Span(self.at - 1, self.at), sign) if gap[-1:] in (" ", "\t") else None

    @staticmethod
    def shown(token: str) -> str:
        """Return a token for a message; of brackets only that there are some."""
        return "this entry" if token[0] in "[{" or _BREAK.search(token) else f"`{cut(token)}`"

    @staticmethod
    def foreign_comment(match: re.Match[str]) -> Slip:
        span = Span(match.start(), match.start() + 2)
        is_line = match[0].startswith("//")
        message = f"a comment starts with `#`, not with `{match[0][:2]}`"
        fix = Fix("Write `#`", (Edit(span, "#"),), _SAFE) if is_line else None
        patch = Edit(Span(*match.span()), re.sub(r"[^\r\n]", " ", match[0]))
        return Slip(span, message, "write #", fix, patch)

    def open_quote(self, sign: str) -> Slip:
        message = (
            f"the `{sign}` opened here is not closed on this line, so the text after it is read as "
            f"part of the value; write `{sign}` at the end of the value"
        )
        return Slip(Span(self.at, self.line_end()), message, "never closed")

    def line_end(self) -> int:
        found = _LINE_END.search(self.text, self.at)
        return found.start() if found else len(self.text)
