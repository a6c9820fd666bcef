"""Parses text into a tree.

ruamel's C parser (libyaml) is used where it is installed, its pure one otherwise. The platform's
decoder is a port of libyaml, so libyaml's reading is the truth. With `pure_parser` and
`tree_builder`, this is all that imports ruamel.yaml.
"""

from __future__ import annotations

from _thread import allocate_lock
from collections.abc import Iterable
from itertools import islice
from typing import TYPE_CHECKING, Any

from amp_lint.text.source import Span
from amp_lint.yaml.tree_builder import Built, ParseFailure, TreeBuilder, YamlIssue
from amp_schema.lite_dataclasses import dataclass
from amp_schema.patterns import pattern

if TYPE_CHECKING:
    from amp_lint.yaml.dialect import Spoken

# Deeper than any manifest by two orders of magnitude. The platform gives up at 10,000 levels.
MAX_DEPTH = 1000
# Each `\\'` of a text costs a run of the parser; people write none.
MAX_ESCAPED_QUOTES = 50
# libyaml compares each `%TAG` line with all others, so thousands of them would take minutes.
MAX_DIRECTIVES = 100
# Nodes that aliases may stand for, over those written out: up to here the platform's decoder does
# not object, so beyond it is an error; see `MAX_FOLLOWED`.
MAX_ALIASED = 400_000
# Between the two figures the platform may well accept the file, but walking it would cost seconds:
# the aliases are left unfollowed and nothing is said about what they stand for.
MAX_FOLLOWED = 50_000
# What libyaml says of `[https://example.com]`, which the platform's port of it has learnt to read.
_URL_IN_BRACKETS = "found unexpected ':'"
_UNKNOWN_ESCAPE = "unknown escape character"
# What only a text has that `dialect` has to put in another way.
_MARK, _VERSION = "\ufeff", "%YAML"

_IMPORTING = allocate_lock()
_TAG_DIRECTIVE = pattern(r"(?:(?<=[\r\n])|\A)%TAG")


def can_be_read(text: str) -> bool:
    """Return whether the first document of a text parses."""
    try:
        parse_text(text)
    except ParseFailure:
        return False
    return True


def parse_text(
    text: str,
    *,
    offset: int = 0,
    before: Built | None = None,
    above: int = 0,
    pure: bool = False,
    part: bool = False,
) -> Built:
    """Parse the first document of a text. Raises ParseFailure.

    `offset` is added to every place; `before` is what was parsed in front of it, whose anchors are
    known here; `above` counts the collections it is cut out of. `part`: the text is a part of a
    document, so more text behind the document's end is a failure.
    """
    _refuse_directives(text, offset)
    run = _Run(text, offset, before, above, part)
    words = _spoken(text) if _MARK in text or _VERSION in text else None
    outcome = run.attempt(words, pure)
    for _ in range(MAX_ESCAPED_QUOTES):
        if isinstance(outcome, Built):
            return outcome
        if outcome.problem.endswith(_URL_IN_BRACKETS) and not pure:
            pure = True
        elif _UNKNOWN_ESCAPE in outcome.problem:
            words = (words or _spoken(text)).with_escaped_quote(outcome.offset - offset)
            if words is None:
                raise outcome
        else:
            raise outcome
        outcome = run.attempt(words, pure)
    raise ParseFailure("too many escaped quotes", offset, None)


def _spoken(text: str) -> Spoken:
    # Few texts need it.
    from amp_lint.yaml.dialect import spoken

    return spoken(text)


@dataclass(frozen=True, slots=True)
class _Run:
    """What `parse_text` was asked."""

    text: str
    offset: int
    before: Built | None
    above: int
    part: bool

    def attempt(self, words: Spoken | None, pure: bool) -> Built | ParseFailure:
        """Parse the text, or another wording of it."""
        built, offset = Built(), self.offset
        if self.before is not None:
            built.anchors.update(self.before.anchors)
            built.sizes.update(self.before.sizes)
        if words is not None and words.version is not None:
            span = Span(offset + words.version.start, offset + words.version.end)
            built.issues.append(YamlIssue("yaml-version", span))
        builder = TreeBuilder(self.text, words, offset, built, MAX_DEPTH - self.above)
        builder.is_part = self.part
        try:
            builder.run(_events(self.text if words is None else words.text, pure))
        except _yaml_error() as error:
            return _failure(error, len(self.text), offset)
        except ParseFailure as failure:
            return failure
        except (ValueError, OverflowError, AssertionError):
            # The pure parser does not check the numbers of `"\UFFFFFFFF"` and `%YAML 1.999...`.
            return ParseFailure("a number out of range", offset + builder.seen, None)
        return built


def _refuse_directives(text: str, offset: int) -> None:
    if text.count("%TAG") <= MAX_DIRECTIVES:
        return
    lines = list(islice(_TAG_DIRECTIVE.finditer(text), MAX_DIRECTIVES + 1))
    if len(lines) > MAX_DIRECTIVES:
        raise ParseFailure("too many directives", offset + lines[-1].start(), None)


def _failure(error: Any, length: int, offset: int) -> ParseFailure:
    mark = error.problem_mark or error.context_mark
    at = min(mark.index, length) if mark is not None else length
    # Only libyaml gives a place to "while scanning for the next token".
    context = error.context_mark or (error.problem_mark if error.context else None)
    start = offset + min(context.index, length) if context is not None else None
    # The pure parser goes on: "expected ']', but got '<tag>'".
    found = (error.problem or "").partition(", but ")[0]
    return ParseFailure(" ".join(filter(None, (error.context, found))), offset + at, start)


def _yaml_error() -> type[Exception]:
    from ruamel.yaml.error import MarkedYAMLError

    return MarkedYAMLError


def _c_parser() -> Any:
    """The class, or None where it is not installed."""
    # Python does not make a thread wait for another one that is importing this kind of module.
    with _IMPORTING:
        try:
            from _ruamel_yaml import CParser
        except ImportError:
            return None
    return CParser


def _events(text: str, pure: bool) -> Iterable[Any]:
    parser = None if pure else _c_parser()
    if parser is not None:
        return iter(parser(text).get_event, None)
    from amp_lint.yaml.pure_parser import pure_events

    return pure_events(text)


def limit_aliases(built: Built) -> None:
    """Leave aliases unfollowed if following them would cost seconds, and report those that the
    platform's decoder refuses as excessive."""
    if built.expanded <= MAX_FOLLOWED:
        return
    for alias in built.aliases:
        alias.target = None
    if built.expanded > MAX_ALIASED:
        last = built.aliases[-1]
        built.issues.append(YamlIssue("alias-bomb", last.span, last.name))
