"""What a syntax error is about, in a person's words, on the characters a person would point at.

The parser says where it gave up, which is often a line or thirty after the mistake. From there the
lines around are searched for the slips that people make, the unmistakable ones first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import takewhile

from amp_lint.lines import Line, close_quote
from amp_lint.parse import MAX_DEPTH, ParseFailure
from amp_lint.source import Span

_CONFLICT = re.compile(r"(?:<{7}|={7}|>{7})(?: |$)")
_UNICODE_BREAK = re.compile("[\u2028\u2029\x85]")
_TIGHT_COLON = re.compile(r"(?P<key>[A-Za-z_][\w-]*):(?=[^\s:/])(?P<rest>.*)")
_WORD = re.compile(r"\S+")
_TIGHT_DASH = re.compile(r"-[A-Za-z_]")
_PLAIN = re.compile(r"[^\s#\[\]{}&*!|>%@`'\"?:,-]")
# Code points of the manifest that a message repeats at most.
_LONGEST_SHOWN = 40
_CRON = re.compile(r"[*@][\w/*,\- ]*\Z")


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """A syntax error explained.

    `line` is the one to leave out so that the rest can be read, `until` the last one of it.
    `certain` is False where the error may be a consequence of an earlier one.
    """

    span: Span
    message: str
    label: str
    line: Line
    until: int
    certain: bool = True
    unsupported: bool = False


@dataclass(slots=True)
class Scene:
    """Where the parser gave up: `here` is that line, `above` the line with text before it,
    `begin` the line where the construct it was reading began. Offsets count in `text`."""

    text: str
    lines: list[Line]
    failure: ParseFailure
    here: Line
    above: Line | None
    begin: Line | None

    def words(self, line: Line) -> str:
        """A line's content without indentation and dashes."""
        return self.text[line.content : line.end]

    def suspects(self) -> Iterator[Line]:
        """The lines that may hold the mistake, each once, in the order of suspicion."""
        seen: set[int] = set()
        for line in (self.here, self.begin, self.above):
            if line is not None and line.number not in seen and not line.blank:
                seen.add(line.number)
                yield line


def diagnose(text: str, lines: list[Line], failure: ParseFailure) -> Diagnosis:
    """Explain why the parser gave up on a text."""
    scene = _scene(text, lines, failure)
    for explain in _EXPLANATIONS:
        found = explain(scene)
        if found is not None:
            return found
    return _generic(scene)


def _scene(text: str, lines: list[Line], failure: ParseFailure) -> Scene:
    number = _line_number(lines, failure.offset)
    while number > 0 and lines[number].blank:
        number -= 1
    above = number - 1
    while above >= 0 and lines[above].blank:
        above -= 1
    begin = None if failure.context is None else lines[_line_number(lines, failure.context)]
    return Scene(text, lines, failure, lines[number], lines[above] if above >= 0 else None, begin)


def _line_number(lines: list[Line], offset: int) -> int:
    low, high = 0, len(lines) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if lines[middle].start <= offset:
            low = middle
        else:
            high = middle - 1
    return low


def _at(
    line: Line, span: Span, message: str, label: str = "", *, until: int = -1, certain: bool = True
) -> Diagnosis:
    return Diagnosis(span, message, label, line, max(until, line.number), certain)


def _too_deep(scene: Scene) -> Diagnosis | None:
    if scene.failure.problem != "too deep":
        return None
    offset = min(scene.failure.offset, max(len(scene.text) - 1, 0))
    message = f"nested more than {MAX_DEPTH} levels deep; no manifest needs more than nine"
    return Diagnosis(
        Span(offset, offset + 1), message, "", scene.here, scene.here.number, unsupported=True
    )


def _conflict(scene: Scene) -> Diagnosis | None:
    marks = [n for n in scene.lines if _CONFLICT.match(scene.text[n.start : n.end])]
    starts = [n for n in marks if scene.text.startswith("<", n.start)]
    if not starts:
        return None
    first = starts[0]
    ends = [n for n in marks if n.number > first.number and scene.text.startswith(">", n.start)]
    last = ends[0] if ends else first
    message = (
        "this merge conflict is not resolved: keep one side and delete the lines that begin with "
        "`<<<<<<<`, `=======` and `>>>>>>>`"
    )
    return _at(first, Span(first.start, first.end), message, until=last.number)


def _open_quote(scene: Scene) -> Diagnosis | None:
    for line in scene.lines[: scene.here.number + 1]:
        if line.opens < 0 or line.inside:
            continue
        inner = _quoted_lines(scene, line)
        last = inner[-1].number if inner else line.number
        closed = bool(inner) and last + 1 < len(scene.lines)
        swallowed = any(_looks_like_an_entry(scene, other) for other in inner)
        if (swallowed or not closed) and scene.here.number <= last + 1:
            quote = scene.text[line.opens]
            message = (
                f"the {quote} opened here is not closed on this line, so what follows is read as "
                f"part of the text; add a {quote} at the end of the value"
            )
            return _at(line, Span(line.opens, line.end), message, "never closed")
    return None


def _quoted_lines(scene: Scene, opening: Line) -> list[Line]:
    end = opening.number + 1
    while end < len(scene.lines) and scene.lines[end].inside == "quote":
        end += 1
    return scene.lines[opening.number + 1 : end]


def _looks_like_an_entry(scene: Scene, line: Line) -> bool:
    return re.match(r"[ \t]*(- +)?[\w$.]+:( |$)", scene.text[line.start : line.end]) is not None


def _after_quote(scene: Scene) -> Diagnosis | None:
    line = scene.here
    start, end = line.value
    value = scene.text[start:end]
    if line.inside or line.opens >= 0 or value[:1] not in ("'", '"') or len(value) < 2:
        return None
    quote = value[0]
    close = close_quote(value, 0)
    rest = value[close:].strip()
    if close < 0 or not rest or scene.failure.offset < start:
        return None
    if rest == ",":
        comma = start + value.rindex(",")
        message = "a comma ends no line here, as it would in JSON; remove it"
        return _at(line, Span(comma, comma + 1), message, "remove it")
    if not rest.endswith(quote):
        message = "nothing may follow the closing quote but a comment; quote the whole value"
        after = start + close + _blanks(value[close:])
        return _at(line, Span(after, end), message, "after the quote")
    if quote == "'" and value[close - 2] == "\\":
        hint = "inside single quotes write `''` for an apostrophe; a backslash does not help"
    elif quote == "'":
        hint = "inside single quotes write `''` for an apostrophe, or use double quotes around it"
    else:
        hint = 'inside double quotes write `\\"` for a quote'
    return _at(line, Span(start, end), f"the text goes on after its closing quote; {hint}")


def _blanks(text: str) -> int:
    return len(text) - len(text.lstrip())


def _tab(scene: Scene) -> Diagnosis | None:
    for line in (*_blank_below(scene), *scene.suspects()):
        gap = scene.text[line.start + line.indent : line.content]
        at = line.tab if line.tab >= 0 else line.start + line.indent + gap.find("\t")
        if line.tab < 0 and "\t" not in gap:
            continue
        stop = at
        while stop < line.end and scene.text[stop] == "\t":
            stop += 1
        last = line.number
        while last + 1 < len(scene.lines) and _is_tabbed(scene.lines[last + 1]):
            last += 1
        message = "YAML does not allow tabs for indentation; use two spaces a level"
        if line.blank:
            message = "YAML does not allow tabs here, though the line is empty; delete them"
        return _at(line, Span(at, stop), message, "tab", until=last)
    return None


def _blank_below(scene: Scene) -> Iterator[Line]:
    """The empty lines below the line that failed, where it is a tab that the parser minds."""
    problem = scene.failure.problem
    at_tab = scene.text[scene.failure.offset : scene.failure.offset + 1] == "\t"
    if at_tab or "tab" in problem or "'\\t'" in problem:
        below = scene.lines[scene.here.number + (not scene.here.blank) :]
        yield from takewhile(lambda line: line.blank and not line.inside, below)


def _is_tabbed(line: Line) -> bool:
    return line.tab >= 0 or line.blank


def _unicode_break(scene: Scene) -> Diagnosis | None:
    start = min(line.start for line in scene.suspects()) if any(scene.suspects()) else 0
    found = _UNICODE_BREAK.search(scene.text, start, scene.here.end)
    if found is None:
        return None
    line = scene.lines[_line_number(scene.lines, found.start())]
    message = (
        f"the invisible character U+{ord(found[0]):04X} ends the line for the platform; "
        "delete it, or put the value in double quotes"
    )
    return _at(line, Span(found.start(), found.end()), message)


def _unquoted(scene: Scene) -> Diagnosis | None:
    for line in scene.suspects():
        start, end = line.value
        value = scene.text[start:end]
        first = value[:1]
        if line.inside or first not in ("*", "@", "`", "%", ","):
            continue
        why = {
            "*": "YAML reads a `*` at the start as a reference",
            "`": "no unquoted text may start with a backtick",
        }.get(first, f"no unquoted text may start with `{first}`")
        if first != "*" and not line.key:
            message = f"nothing may start with `{first}` unless it is in quotes"
            return _at(line, Span(start, start + 1), message)
        bare = value.rstrip("\"'")
        it = "the schedule" if first == "*" and _CRON.match(bare) and " " in bare else "it"
        quote = "'" if '"' in bare else '"'
        shown = f": `{quote}{bare}{quote}`" if len(bare) <= _LONGEST_SHOWN and first != "`" else ""
        message = f"{why}; put {it} in quotes{shown}"
        return _at(line, Span(start, end), message, "needs quotes")
    return None


def _foreign_mark(scene: Scene) -> Diagnosis | None:
    """Marks of other notations: `* item`, `// comment`."""
    for line in scene.suspects():
        words = scene.words(line)
        span = Span(line.content, line.start + len(scene.text[line.start : line.end].rstrip()))
        if line.inside or (line.key and not words.startswith(("* ", "//"))):
            continue
        if words.startswith("* "):
            message = "an item of a list starts with `-`, not with `*`"
            return _at(line, span, message, "write -", until=_last_below(scene, line))
        if words.startswith("//"):
            return _at(line, span, "a comment starts with `#`, not with `//`", "write #")
    return None


def _last_below(scene: Scene, line: Line) -> int:
    """The last line that hangs on a line because it is indented deeper."""
    last = line.number
    for other in scene.lines[line.number + 1 :]:
        if not other.blank and other.indent <= line.column:
            break
        last = other.number if not other.blank else last
    return last


def _property(scene: Scene) -> Diagnosis | None:
    """An `&` or a `!` in front of a text that is no anchor or tag, or of more than one."""
    for line in scene.suspects():
        start, end = line.value
        value = scene.text[start:end]
        if line.inside or value[:1] not in ("&", "!") or not _is_about_properties(scene):
            continue
        what = "the name of an anchor" if value[0] == "&" else "a tag"
        message = f"YAML reads `{value[0]}` at the start as {what}; put the text in quotes"
        return _at(line, Span(start, end), message, "needs quotes")
    return None


def _is_about_properties(scene: Scene) -> bool:
    problem = scene.failure.problem
    at = scene.text[scene.failure.offset : scene.failure.offset + 1]
    return at in ("&", "*") or "anchor" in problem or "tag" in problem


def _block_header(scene: Scene) -> Diagnosis | None:
    for line in scene.suspects():
        start, end = line.value
        if line.inside or scene.text[start : start + 1] not in ("|", ">"):
            continue
        if "block scalar" not in scene.failure.problem:
            continue
        sign = scene.text[start]
        message = (
            f"`{sign}` begins a text that starts on the next line, so nothing may follow it here; "
            "move the text down, or put it in quotes"
        )
        return _at(line, Span(start, end), message, until=_last_below(scene, line))
    return None


def _tight_dash(scene: Scene) -> Diagnosis | None:
    for line in scene.suspects():
        if line.inside or not _TIGHT_DASH.match(scene.words(line)):
            continue
        name = _WORD.match(scene.text, line.content + 1, line.end)
        span = Span(line.content, line.content + 1)
        shown = _cut(name[0]) if name else ""
        message = f"a space is missing after the `-`; write `- {shown}`"
        until = _last_below(scene, line)
        return _at(line, span, message, "no space after the dash", until=until)
    return None


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"


def _tight_colon(scene: Scene) -> Diagnosis | None:
    for line in scene.suspects():
        match = _TIGHT_COLON.match(scene.words(line))
        if line.inside or line.key or match is None:
            continue
        key = match["key"]
        end = line.content + len(key) + 1
        message = f"a space is missing after `{key}:`; without it the line is no key and value"
        return _at(line, Span(line.content, end), message, "no space after the colon")
    return None


def _second_colon(scene: Scene) -> Diagnosis | None:
    line = scene.here
    start, end = line.value
    value = scene.text[start:end]
    if line.key is None or line.inside or not value or "flow" in scene.failure.problem:
        return None
    name = scene.text[slice(*line.key)]
    if value.startswith("- "):
        message = (
            f"a list cannot start on the line of its key; put `{_cut(value)}` on the line below"
        )
        return _at(line, Span(start, end), message, until=_last_below(scene, line))
    if (
        re.search(r":( |$)", value)
        and start <= scene.failure.offset <= end
        and value[0] not in "[{"
    ):
        message = (
            f"the value of `{name}` holds a colon followed by a space, which YAML reads as another "
            "key; put the value in quotes"
        )
        # Several blanks, or a key at the end: a line end has been lost, and indentation with it.
        nested = value.endswith(":") or "   " in value
        until = _last_below(scene, line) if nested else -1
        span = Span(start, end)
        return _at(line, span, message, "needs quotes", until=until, certain=not nested)
    return None


def _no_key(scene: Scene) -> Diagnosis | None:
    line = scene.here
    if line.inside or not re.match(r":(\s|$)", scene.words(line)):
        return None
    message = "there is no key before this colon"
    span = Span(line.content, line.content + 1)
    return _at(line, span, message, "no key", certain=False)


def _after_bracket(scene: Scene) -> Diagnosis | None:
    line, offset = scene.here, scene.failure.offset
    start, end = line.value
    value = scene.text[start:end]
    closing = {"[": "]", "{": "}"}.get(value[:1])
    if line.inside or closing is None or "flow" in scene.failure.problem:
        return None
    if not start < offset <= end or closing not in scene.text[start:offset]:
        return None
    message = f"the text goes on after the closing `{closing}`; put the whole value in quotes"
    return _at(line, Span(start, end), message, "needs quotes")


def _no_colon(scene: Scene) -> Diagnosis | None:
    asks = "expected ':'" in scene.failure.problem or "expected ':'" in str(scene.failure)
    for line in (scene.begin, scene.above, scene.here) if asks else (scene.above, scene.here):
        if line is None or line.blank or line.inside or line.key or line.tab >= 0:
            continue
        words = scene.words(line)
        if not _PLAIN.match(words) or (line is scene.here and line.dash >= 0):
            continue
        if line.dash >= 0 and scene.here.column < line.column:
            continue
        start, end = line.value
        first = _WORD.match(words)
        key = first[0].rstrip(":") if first else words
        rest = words[len(key) :].strip().removeprefix("=").lstrip()
        shown = f"`{key}: {rest}`" if rest and len(rest) < 40 else f"`{key}:` and its value"
        message = (
            f"`{key}` has no colon, so this line is neither a key nor part of a list; write {shown}"
        )
        return _at(line, Span(start, end), message, "no colon")
    return None


def _lone_bracket(scene: Scene) -> Diagnosis | None:
    text, offset = scene.text, scene.failure.offset
    if "flow" in scene.failure.problem:
        return None
    if scene.begin is not None and text[scene.begin.content : scene.begin.content + 1] in (
        "[",
        "{",
    ):
        return _never_closed(scene.begin, text, scene.begin.content)
    if text[offset : offset + 1] not in ("]", "}"):
        return None
    message = f"nothing is open here that `{text[offset]}` could close"
    return _at(scene.here, Span(offset, offset + 1), message)


def _bracket(scene: Scene) -> Diagnosis | None:
    here, text, offset = scene.here, scene.text, scene.failure.offset
    if "flow" not in scene.failure.problem:
        return None
    opening = _open_bracket(text, offset)
    if opening is None:
        return None
    bracket = text[opening]
    closing = "]" if bracket == "[" else "}"
    if text[offset : offset + 1] == ",":
        return _at(
            here, Span(offset, offset + 1), "there is nothing before this comma", "remove it"
        )
    begin = scene.lines[_line_number(scene.lines, opening)]
    if here.number == begin.number and closing in text[offset : begin.end]:
        word = _WORD.match(text, offset, begin.end)
        message = f"a comma is missing before this between `{bracket}` and `{closing}`"
        return _at(begin, Span(offset, word.end() if word else offset + 1), message)
    return _never_closed(begin, text, opening)


def _never_closed(begin: Line, text: str, opening: int) -> Diagnosis:
    bracket = text[opening]
    closing = "]" if bracket == "[" else "}"
    message = f"the `{bracket}` opened here is never closed; add a `{closing}` behind its last item"
    return _at(begin, Span(opening, opening + 1), message, "never closed")


def _open_bracket(text: str, offset: int) -> int | None:
    """The last bracket before `offset` that nothing before `offset` closes."""
    closed = 0
    for match in reversed(list(re.finditer(r"[\[\]{}]", text[:offset]))):
        if match[0] in "]}":
            closed += 1
        elif closed:
            closed -= 1
        else:
            return match.start()
    return None


def _escape(scene: Scene) -> Diagnosis | None:
    if "escape" not in scene.failure.problem:
        return None
    text = scene.text
    slash = text.rfind("\\", scene.here.start, min(scene.failure.offset + 1, scene.here.end))
    if slash < 0:
        return None
    shown = text[slash : slash + 2]
    message = (
        f"`{shown}` means nothing inside double quotes; write `\\\\` for a backslash, or use "
        "single quotes"
    )
    return _at(scene.here, Span(slash, slash + 2), message)


def _indentation(scene: Scene) -> Diagnosis | None:
    line, above = scene.here, scene.above
    if line.inside or above is None or "flow" in scene.failure.problem:
        return None
    span = Span(*line.key) if line.key else _first_word(scene, line)
    name = _cut(scene.text[slice(*span)])
    if line.dash >= 0:
        return _misplaced_item(scene, line)
    if _begins_an_item(scene, line, name):
        message = f"a `-` is missing before `{name}`, which begins another item of the list above"
        return _at(line, span, message, "no dash", until=_last_below(scene, line))
    if above.key and line.column > above.column and above.value[0] < above.value[1]:
        return _below_a_value(scene, line, above, name)
    columns = _columns(scene, line, items=False)
    if columns and line.column not in columns:
        nearest = _nearest(columns, line.column)
        message = (
            f"`{name}` lines up with nothing above it: it starts in column {line.column + 1}, its "
            f"neighbours in column {nearest + 1}"
        )
        until = _children(scene, line)
        return _at(line, span, message, "bad indentation", until=until, certain=False)
    return None


def _below_a_value(scene: Scene, line: Line, above: Line, name: str) -> Diagnosis:
    assert above.key is not None
    span = Span(*line.key) if line.key else _first_word(scene, line)
    other = scene.text[slice(*above.key)]
    if _has_slipped_left(scene, above, line):
        message = (
            f"`{_cut(other)}` starts in column {above.column + 1}, the keys around it in "
            f"column {line.column + 1}"
        )
        return _at(above, Span(*above.key), message, "bad indentation", certain=False)
    message = (
        f"`{name}` is indented deeper than `{_cut(other)}` above it, which already has a "
        f"value; start it in column {above.column + 1}"
    )
    until = _children(scene, line)
    return _at(line, span, message, "bad indentation", until=until, certain=False)


def _has_slipped_left(scene: Scene, above: Line, here: Line) -> bool:
    """Whether a line stands further left than the line before it and the line after it, which are
    neighbours."""
    before = next((n for n in reversed(scene.lines[: above.number]) if not n.blank), None)
    return before is not None and before.column == here.column and not before.inside


def _children(scene: Scene, line: Line) -> int:
    """The last line that hung on a key before the key slipped to the right, past its children."""
    below = next((n for n in scene.lines[line.number + 1 :] if not n.blank), None)
    if below is None or line.value[0] < line.value[1] or below.indent > line.column:
        return line.number
    due = [column for column in _columns(scene, line, items=False) if column < below.indent]
    if not due or below.indent in _columns(scene, line, items=False)[:1]:
        return line.number
    last = line.number
    for other in scene.lines[line.number + 1 :]:
        if not other.blank and other.indent <= max(due):
            break
        last = other.number
    return last


def _begins_an_item(scene: Scene, line: Line, name: str) -> bool:
    """Whether a key stands where the dashes of the list above do, and the last item has it too."""
    for other in reversed(scene.lines[: line.number]):
        if other.blank or other.inside or other.indent > line.column:
            continue
        if other.dash != line.column:
            return False
        inside = scene.lines[other.number : line.number]
        same = [one for one in inside if one.key and one.column == other.column]
        return any(scene.text[slice(*one.key)] == name for one in same if one.key)
    return False


def _misplaced_item(scene: Scene, line: Line) -> Diagnosis:
    at = line.start + line.dash
    dash = Span(at, at + 1)
    above = scene.above
    if above and above.key and above.value[0] < above.value[1] and line.dash > above.column:
        name = _cut(scene.text[slice(*above.key)])
        message = f"a list item stands below `{name}`, which already has a value"
        return _at(line, dash, message, "no list here", certain=False)
    columns = _columns(scene, line, items=True)
    if columns and line.dash not in columns:
        return misplaced_item(line, line.dash, _nearest(columns, line.dash))
    message = (
        "a list item (`-`) stands where a key is due; indent it below the key whose list it "
        "belongs to"
    )
    return _at(line, dash, message, certain=False)


def misplaced_item(line: Line, column: int, due: int) -> Diagnosis:
    """A list item whose dash stands in another column (from 0) than those of its neighbours."""
    message = (
        f"this list item starts in column {column + 1}, the items it belongs to in column {due + 1}"
    )
    span = Span(line.start + column, line.start + column + 1)
    return _at(line, span, message, "bad indentation", certain=False)


def missing_dash(text: str, line: Line) -> Diagnosis:
    """Lines in a list in front of its first dash."""
    word = _WORD.search(text, line.start, line.end)
    span = Span(word.start(), word.end()) if word else Span(line.start, line.end)
    message = "a `-` is missing here: each integration is an item of a list"
    return _at(line, span, message, "no dash")


def _nearest(columns: list[int], column: int) -> int:
    return min(columns, key=lambda other: (abs(other - column), -other))


def _columns(scene: Scene, line: Line, *, items: bool) -> list[int]:
    """The columns of keys (or of the dashes of items) that are still open above a line."""
    columns: list[int] = []
    limit: int | None = None
    for other in reversed(scene.lines[: line.number]):
        if other.blank or other.inside:
            continue
        if limit is None or other.column < limit:
            limit = other.column
            columns.extend([] if items else [other.column])
        if other.dash >= 0 and other.dash < limit + 1:
            limit = other.dash
            columns.extend([other.dash] if items else [])
        if limit == 0:
            break
    return columns


def _first_word(scene: Scene, line: Line) -> Span:
    word = _WORD.search(scene.text, line.content, line.end)
    return Span(word.start(), word.end()) if word else Span(line.content, line.end)


def _generic(scene: Scene) -> Diagnosis:
    line = scene.here
    offset = scene.failure.offset
    inside = line.start <= offset < line.end
    word = _WORD.match(scene.text, offset, line.end) if inside else None
    span = Span(word.start(), word.end()) if word else _first_word(scene, line)
    message = "from here on this is no valid YAML, so the platform refuses the file"
    if line.key:
        name = _cut(scene.text[slice(*line.key)])
        message = f"`{name}` cannot stand here; check its indentation and that of the lines above"
    return _at(line, span, message, certain=False)


_EXPLANATIONS: tuple[Callable[[Scene], Diagnosis | None], ...] = (
    _too_deep,
    _conflict,
    _open_quote,
    _tab,
    _unicode_break,
    _foreign_mark,
    _unquoted,
    _block_header,
    _property,
    _escape,
    _after_quote,
    _after_bracket,
    _no_key,
    _tight_dash,
    _tight_colon,
    _second_colon,
    _lone_bracket,
    _bracket,
    _no_colon,
    _indentation,
)
