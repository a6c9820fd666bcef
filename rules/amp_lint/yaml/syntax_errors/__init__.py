"""Explanations of syntax errors, with the span of the mistake.

The parser reports where it gave up, which is often one line or thirty lines after the mistake. The
lines around that place are searched for known mistakes, the unmistakable ones first.
"""

from __future__ import annotations

from collections.abc import Callable

from amp_lint.text.line_scanner import Line
from amp_lint.text.source import Span
from amp_lint.yaml.syntax_errors.brackets import (
    after_bracket,
    bracket,
    in_brackets,
    lone_bracket,
)
from amp_lint.yaml.syntax_errors.commented_parents import commented_parent
from amp_lint.yaml.syntax_errors.context import (
    WORD,
    Diagnosis,
    ErrorContext,
    cut,
    diagnosis,
    error_context,
    first_word,
)
from amp_lint.yaml.syntax_errors.continued_texts import continued_text
from amp_lint.yaml.syntax_errors.copied_marks import copied_mark
from amp_lint.yaml.syntax_errors.dashes import doubled_dash, item_before_keys, tight_dash
from amp_lint.yaml.syntax_errors.escapes import escape
from amp_lint.yaml.syntax_errors.foreign import foreign_character, template
from amp_lint.yaml.syntax_errors.indentation import (
    foreign_mark,
    indentation,
    indented_top,
    tab,
    too_deep,
    unicode_break,
)
from amp_lint.yaml.syntax_errors.invisible import invisible
from amp_lint.yaml.syntax_errors.keys import (
    no_colon,
    no_key,
    second_colon,
    tight_colon,
    two_names,
    value_below,
)
from amp_lint.yaml.syntax_errors.quotes import (
    after_quote,
    block_header,
    open_quote,
    stray_mark,
    unquoted,
)
from amp_lint.yaml.tree_builder import ParseFailure


def diagnose(text: str, lines: list[Line], failure: ParseFailure) -> Diagnosis:
    """Explain why the parser gave up on a text."""
    error = error_context(text, lines, failure)
    for explain in _EXPLANATIONS:
        found = explain(error)
        if found is not None:
            return found
    return _generic(error)


def _generic(error: ErrorContext) -> Diagnosis:
    line = error.here
    offset = error.failure.offset
    inside = line.start <= offset < line.end
    word = WORD.match(error.text, offset, line.end) if inside else None
    span = Span(word.start(), word.end()) if word else first_word(error, line)
    message = "the text is not valid YAML from here on, so the platform refuses the file"
    if line.key:
        name = cut(error.text[slice(*line.key)])
        message = f"`{name}` is not allowed here; check its indentation and that of the lines above"
    return diagnosis(line, span, message, certain=False)


_EXPLANATIONS: tuple[Callable[[ErrorContext], Diagnosis | None], ...] = (
    too_deep,
    template,
    escape,
    invisible,
    in_brackets,
    foreign_character,
    open_quote,
    tab,
    unicode_break,
    copied_mark,
    commented_parent,
    foreign_mark,
    doubled_dash,
    item_before_keys,
    continued_text,
    value_below,
    unquoted,
    block_header,
    stray_mark,
    after_quote,
    after_bracket,
    no_key,
    tight_dash,
    tight_colon,
    two_names,
    second_colon,
    lone_bracket,
    bracket,
    no_colon,
    indented_top,
    indentation,
)
