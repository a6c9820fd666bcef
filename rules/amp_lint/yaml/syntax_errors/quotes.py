"""Quotes that are missing, open or in the way, and characters that need them."""

from __future__ import annotations

import re
from html import unescape

from amp_lint.text.edits import Applicability, Edit, Fix, without_line
from amp_lint.text.line_scanner import Line, close_quote
from amp_lint.text.name_slips import is_name_key, is_placeholder, name_alone
from amp_lint.text.source import Span
from amp_lint.yaml.syntax_errors.context import (
    DOUBLED_QUOTES,
    Diagnosis,
    ErrorContext,
    cut,
    diagnosis,
    last_below,
    takes_text,
)
from amp_schema.lite_dataclasses import replace

# Code points of the manifest that a message repeats at most.
_LONGEST_SHOWN = 40
# What starts no text without quotes: anywhere, and as a value.
_NEVER_FIRST = ("*", "@", "`", "%", ",")
_INDICATOR = re.compile(r"[-?:](?: |\Z)|[\]}]")
_ANCHOR = re.compile(r"&[A-Za-z0-9_-]+")
_OTHER_QUOTES = "\"'\u201c\u201d\u2018\u2019"
_ENTITY = re.compile(r"&(?:quot|apos|amp|lt|gt|nbsp|#[0-9]{2,4}|#x[0-9A-Fa-f]{2,4});")
_GLUED = re.compile(r"""(?P<anchor>&[A-Za-z0-9_-]+)(?:"[^"\\]*"|'[^']*')""")
_CODE = re.compile(r"`([^`\"\\]+)`")
_CRON = re.compile(r"\*[\d/*,\-]*(?:[ \t]+[\w/*,\-]+){2,5}\Z")


def open_quote(error: ErrorContext) -> Diagnosis | None:
    """A quote that is not closed on its line."""
    for line in error.lines[: error.here.number + 1]:
        if line.opens < 0 or line.inside:
            continue
        inner = _quoted_lines(error, line)
        last = inner[-1].number if inner else line.number
        closed = bool(inner) and last + 1 < len(error.lines)
        swallowed = any(_looks_like_an_entry(error, other) for other in inner)
        if (swallowed or not closed) and error.here.number <= last + 1:
            quote = error.text[line.opens]
            message = (
                f"the `{quote}` opened here is not closed on this line, so the text after it is "
                f"read as part of the value; write `{quote}` at the end of the value"
            )
            fix = _closed(error, line) if swallowed or not inner else None
            span = Span(line.opens, line.end)
            return diagnosis(line, span, message, "never closed", fix=fix)
    return None


def _closed(error: ErrorContext, line: Line) -> Fix | None:
    """Return the fix that writes the quote at the end of the line, in place of one of another
    kind; None if a comment may follow the value."""
    quote, text = error.text[line.opens], error.text[line.opens : line.end].rstrip()
    text = text.removesuffix(",")
    if " #" in text or len(text) == 1:
        return None
    end = line.opens + len(text)
    other = text[-1] in _OTHER_QUOTES and len(text) > 2
    start = end - 1 if other else end
    return Fix(f"Write `{quote}` at the end", (Edit(Span(start, end), quote),))


def _quoted_lines(error: ErrorContext, opening: Line) -> list[Line]:
    end = opening.number + 1
    while end < len(error.lines) and error.lines[end].inside == "quote":
        end += 1
    return error.lines[opening.number + 1 : end]


def _looks_like_an_entry(error: ErrorContext, line: Line) -> bool:
    return re.match(r"[ \t]*(- +)?[\w$.]+:( |$)", error.text[line.start : line.end]) is not None


def after_quote(error: ErrorContext) -> Diagnosis | None:
    """Text behind a closing quote, or a quote inside quotes of its kind."""
    line = error.here
    start, end = line.value
    value = error.text[start:end]
    if line.inside or line.opens >= 0 or value[:1] not in ("'", '"') or len(value) < 2:
        return None
    quote = value[0]
    close = close_quote(value, 0)
    rest = value[close:].strip()
    if close < 0 or not rest or error.failure.offset < start:
        return None
    surplus = _surplus(line, value, rest)
    if surplus is not None:
        return surplus
    if not rest.endswith(quote):
        message = "only a comment may follow the closing quote; put the whole value in quotes"
        after = start + close + _blanks(value[close:])
        is_name = line.key is not None and is_name_key(error.text[slice(*line.key)])
        in_others = None if is_name else quoted_value(error, line)
        if is_name:
            message = f"there is text after the closing quote; remove `{cut(rest)}` or the quotes"
        return diagnosis(line, Span(after, end), message, "after the quote", fix=in_others)
    fix: Fix | None = None
    if quote == "'" and value[close - 2] == "\\":
        hint = "inside single quotes write `''` for an apostrophe; a backslash does not help"
    elif quote == "'":
        hint = "inside single quotes write `''` for an apostrophe, or use double quotes around it"
        in_double = value[1:-1]
        if '"' not in in_double and "\\" not in in_double:
            edit = Edit(Span(start, end), f'"{in_double}"')
            fix = Fix("Use double quotes around it", (edit,))
    else:
        hint = 'inside double quotes write `\\"` for a quote'
    message = f"there is text after the closing quote; {hint}"
    return diagnosis(line, Span(start, end), message, fix=fix)


def _surplus(line: Line, value: str, rest: str) -> Diagnosis | None:
    """Explain a comma or another sign after the closing quote, and quotes that are doubled."""
    start, end = line.value
    if rest in (",", ";", ".", ":"):
        sign = Span(start + value.rindex(rest), start + value.rindex(rest) + 1)
        if rest == ",":
            message = "unlike in JSON, a line does not end with a comma here; remove it"
            fix = Fix("Remove the comma", (Edit(sign, ""),), Applicability.SAFE)
        else:
            message = f"only a comment may follow the closing quote; remove the `{rest}`"
            fix = Fix(f"Remove the `{rest}`", (Edit(sign, ""),))
        return diagnosis(line, sign, message, "remove it", fix=fix).patched(Edit(sign, " "))
    doubled = DOUBLED_QUOTES.fullmatch(value)
    if doubled is None:
        return None
    span, once = Span(start, end), value[1:-1]
    message = f"the quotes are doubled; write `{cut(once)}`"
    fix = Fix("Write the quotes once", (Edit(span, once),))
    found = diagnosis(line, span, message, "doubled quotes", fix=fix)
    return found.patched(Edit(span, once.ljust(len(value))))


def _blanks(text: str) -> int:
    return len(text) - len(text.lstrip())


def unquoted(error: ErrorContext) -> Diagnosis | None:
    """A value that requires quotes, such as a schedule."""
    for line in error.suspects():
        start, end = line.value
        value = error.text[start:end]
        first = value[:1]
        if line.inside or not (first in _NEVER_FIRST or (line.key and _INDICATOR.match(value))):
            continue
        if first == "%" and not line.key and line.dash < 0:
            return _directive(error, line)
        if first != "*" and not line.key:
            message = f"a value that starts with `{first}` must be in quotes"
            return diagnosis(line, Span(start, start + 1), message)
        if first == "-" and len(value) > 1 and not takes_text(error, line):
            continue
        return _name_alone(error, line) or _needs_quotes(line, value)
    return None


def _name_alone(error: ErrorContext, line: Line) -> Diagnosis | None:
    """Explain a sign in front of a name that cannot belong to it, a placeholder, and backticks."""
    span = Span(*line.value)
    value, key = error.text[slice(*line.value)], error.text[slice(*line.key)] if line.key else ""
    if is_placeholder(value):
        message = f"`{cut(value)}` is a placeholder, which the platform does not replace"
        return diagnosis(line, span, f"{message}; write the value itself", "a placeholder")
    code = _CODE.fullmatch(value)
    if code is not None and takes_text(error, line):
        message = f'a backtick is not a quote in YAML; write `"{cut(code[1])}"`'
        fix = Fix("Write double quotes", (Edit(span, f'"{code[1]}"'),))
        return diagnosis(line, span, message, "needs quotes", fix=fix)
    alone = name_alone(key, value)
    if not alone:
        return None
    fix = Fix(f"Change to `{cut(alone)}`", (Edit(span, alone),))
    message = f"{_why(value[0])}; write `{cut(alone)}`"
    patch = Edit(span, alone.ljust(len(value)))
    return diagnosis(line, span, message, "remove it", fix=fix).patched(patch)


def _directive(error: ErrorContext, line: Line) -> Diagnosis:
    """Explain a line that starts with `%`, but for one that YAML knows."""
    start, end = line.content, line.end
    if error.text.startswith("%YAML", start):
        message = "a `%YAML` line must be followed by a line `---`; remove it or add that line"
        removal = without_line(error.text, Span(start, end))
        fix = Fix("Remove the `%YAML` line", (removal,), Applicability.SAFE)
    else:
        message = "a line that starts with `%` is a YAML directive; start a comment with `#`"
        fix = Fix("Start it with `#`", (Edit(Span(start, start + 1), "#"),))
    found = diagnosis(line, Span(start, end), message, "a directive", fix=fix)
    return found.patched(Edit(Span(start, end), "#".ljust(end - start)))


def _needs_quotes(line: Line, value: str) -> Diagnosis:
    start, end = line.value
    first = value[0]
    bare = value.rstrip("\"'")
    it = "the schedule" if first == "*" and _CRON.match(bare) and " " in bare else "it"
    quote = "'" if '"' in bare else '"'
    shown = f": `{quote}{bare}{quote}`" if len(bare) <= _LONGEST_SHOWN and first != "`" else ""
    message = f"{_why(first)}; put {it} in quotes{shown}"
    is_text = first != "*" or " " in bare or bare == "*"
    title = "Put the schedule in quotes" if it == "the schedule" else "Put it in quotes"
    fix = in_quotes(title, Span(start, end), bare, quote) if is_text else None
    return diagnosis(line, Span(start, end), message, "needs quotes", fix=fix)


def _why(first: str) -> str:
    """Return why a text must not start with a character."""
    known = {
        "*": "YAML reads a `*` at the start as an alias",
        "-": "YAML reads a `-` at the start as an item of a list",
        "?": "YAML reads a leading `?` as the start of a key",
        ":": "YAML reads a `:` at the start as the end of a key",
        "`": "unquoted text must not start with a backtick",
    }
    return known.get(first, f"unquoted text must not start with `{first}`")


def quoted_value(error: ErrorContext, line: Line) -> Fix | None:
    """Return the fix that puts the whole value of a line in quotes, if it is text of one line."""
    if not takes_text(error, line):
        return None
    value = error.text[slice(*line.value)]
    fix = in_quotes("Put it in quotes", Span(*line.value), value, "'" if '"' in value else '"')
    return replace(fix, applicability=Applicability.UNSAFE) if fix is not None else None


def in_quotes(title: str, span: Span, text: str, quote: str) -> Fix | None:
    """Quotes around a text, unless a comma at its end belongs to the list around it, or a character
    in it means something else between quotes."""
    if text.endswith(",") or quote in text or (quote == '"' and "\\" in text):
        return None
    return Fix(title, (Edit(span, f"{quote}{text}{quote}"),), Applicability.SAFE)


def stray_mark(error: ErrorContext) -> Diagnosis | None:
    """An `&` or a `!` in front of a text that is not an anchor or tag, or of more than one."""
    for line in error.suspects():
        start, end = line.value
        value = error.text[start:end]
        if line.inside or value[:1] not in ("&", "!") or not _is_about_properties(error):
            continue
        glued = _html(line, value) or _glued_anchor(line, value)
        if glued is not None:
            return glued
        quote = "'" if '"' in value else '"'
        shown = f": `{quote}{value}{quote}`" if len(value) <= _LONGEST_SHOWN else ""
        message = f"{_wrong_mark(value)}; put the text in quotes{shown}"
        is_text = takes_text(error, line)
        fix = in_quotes("Put it in quotes", Span(start, end), value, quote) if is_text else None
        return diagnosis(line, Span(start, end), message, "needs quotes", fix=fix)
    return None


def _html(line: Line, value: str) -> Diagnosis | None:
    """Explain characters that HTML writes as names, such as `&quot;`."""
    found = _ENTITY.match(value)
    if found is None:
        return None
    plain, span = unescape(value), Span(*line.value)
    message = f"`{found[0]}` is how HTML writes `{unescape(found[0])}`; write `{cut(plain)}`"
    is_quoted = plain[0] in "\"'" and close_quote(plain, 0) == len(plain) > 1
    if not is_quoted:
        return diagnosis(line, span, message, "HTML")
    fix = Fix(f"Change to `{cut(plain)}`", (Edit(span, plain),), Applicability.SAFE)
    found_here = diagnosis(line, span, message, "HTML", fix=fix)
    return found_here.patched(Edit(span, plain.ljust(len(value))))


def _glued_anchor(line: Line, value: str) -> Diagnosis | None:
    """Explain an anchor without a space in front of the text in quotes that it is for."""
    found = _GLUED.fullmatch(value)
    if found is None:
        return None
    at = line.value[0] + found.end("anchor")
    message = f"a space is missing after the anchor `{cut(found['anchor'])}`"
    fix = Fix("Add a space", (Edit(Span(at, at), " "),), Applicability.SAFE)
    return diagnosis(line, Span(*line.value), message, "no space", fix=fix)


def _wrong_mark(value: str) -> str:
    """Return what is wrong with an anchor or a tag."""
    if value[0] == "!":
        return "YAML reads `!` at the start as a tag"
    name = _ANCHOR.match(value)
    odd = value[name.end()] if name and name.end() < len(value) else ""
    if name is None or not odd.strip():
        return "YAML reads `&` at the start as the name of an anchor"
    return (
        "YAML reads `&` at the start as the name of an anchor, which consists of letters, digits, "
        f"`-` and `_`, not `{odd}`"
    )


def _is_about_properties(error: ErrorContext) -> bool:
    problem = error.failure.problem
    at = error.text[error.failure.offset : error.failure.offset + 1]
    return at in ("&", "*") or "anchor" in problem or "tag" in problem


def block_header(error: ErrorContext) -> Diagnosis | None:
    """Text on the line of a `|` or `>`."""
    for line in error.suspects():
        start, end = line.value
        if line.inside or error.text[start : start + 1] not in ("|", ">"):
            continue
        if "block scalar" not in error.failure.problem:
            continue
        sign = error.text[start]
        if error.text.startswith(">>:", start) and line.key is None:
            mark = Span(start, start + 2)
            merge = Fix("Write `<<`", (Edit(mark, "<<"),))
            found = diagnosis(line, mark, "the merge key is `<<`, not `>>`; write `<<`", fix=merge)
            return found.patched(Edit(mark, "<<"))
        message = (
            f"`{sign}` starts a block of text on the next line, so nothing may follow it here; "
            "move the text to the next line, or put it in quotes"
        )
        fix = quoted_value(error, line)
        return diagnosis(line, Span(start, end), message, until=last_below(error, line), fix=fix)
    return None
