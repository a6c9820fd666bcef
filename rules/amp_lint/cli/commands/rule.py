"""The command `rule`: what a rule asks for and why, or the table of all rules."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from amp_lint.cli.options import Parser
from amp_lint.cli.output import answer, answer_json, columns
from amp_lint.cli.usage_error import UsageError
from amp_lint.linter.finding import Severity
from amp_lint.reporters.console import BOLD, ORANGE, RED, TEAL, Console, console_for
from amp_lint.text.messages import did_you_mean, quoted

if TYPE_CHECKING:
    from amp_lint.linter.rule_docs import RuleDoc

_COLORS = {Severity.ERROR: RED, Severity.WARNING: ORANGE, Severity.INFO: TEAL}
_INDENT = "    "
_SUBTITLES = {"text": "amp-lint says:"}
_FENCE = re.compile(r"^```(?P<language>\w*)\n(?P<text>.*?)^```$\n?", re.S | re.M)

_EPILOG = """\
ID is the word in brackets behind a severity, such as unknown-key.

examples:
  amp-lint rule                            all rules, by group
  amp-lint rule schedule-minimum-interval  one rule, with an invalid and a valid manifest
"""


def run(arguments: Sequence[str]) -> int:
    """Print a rule's documentation, or the table."""
    parser = make_parser()
    options = parser.read(arguments, "ids")
    if options.help:
        return answer([parser.format_help().rstrip()])
    if len(options.ids) > 1:
        raise _error("one ID at a time")
    docs = [_known(name) for name in options.ids] or _all()
    if options.output_format == "json":
        return answer_json([_facts(doc) for doc in docs])
    console = console_for(sys.stdout, options.color)
    return answer(_page(docs[0], console) if options.ids else _table(docs, console))


def make_parser() -> Parser:
    """The options of `rule`."""
    parser = Parser(
        "rule",
        usage="[OPTIONS] [ID]",
        description="Explain a rule; without ID, list all rules.",
        epilog=_EPILOG,
    )
    parser.add_argument("ids", nargs="*", metavar="ID", help="the rule to explain")
    parser.add_output_options(("text", "json"))
    return parser


def _error(message: str) -> UsageError:
    return UsageError(message, "amp-lint rule")


def _all() -> list[RuleDoc]:
    from amp_lint.linter.registry import rules
    from amp_lint.linter.rule_docs import rule_doc

    return [rule_doc(rule) for rule in rules().values()]


def _known(rule_id: str) -> RuleDoc:
    from amp_lint.linter.registry import rules
    from amp_lint.linter.rule_docs import rule_doc

    rule = rules().get(rule_id)
    if rule is None:
        near = did_you_mean(rule_id, rules())
        raise _error(f"there is no rule {quoted(rule_id)}{near}")
    return rule_doc(rule)


def _facts(doc: RuleDoc) -> dict[str, object]:
    from inspect import cleandoc

    rule = doc.rule
    return {
        "id": rule.id,
        "group": rule.group.value,
        "severity": rule.severity.value,
        "on": rule.on,
        "summary": doc.summary,
        "url": rule.url,
        "tags": sorted(rule.tags),
        "documentation": cleandoc(rule.doc),
    }


def _table(docs: list[RuleDoc], console: Console) -> Iterator[str]:
    from amp_lint.linter.rule import Group

    rows = columns(((f"  {doc.rule.id}", _level(doc), doc.summary) for doc in docs), console)
    lines = dict(zip((doc.rule.id for doc in docs), rows, strict=True))
    for number, group in enumerate(Group):
        if number:
            yield ""
        yield console.paint(group.value, BOLD)
        yield from (lines[doc.rule.id] for doc in docs if doc.rule.group is group)


def _level(doc: RuleDoc) -> str:
    return doc.rule.severity.value if doc.rule.on else f"{doc.rule.severity.value} (off)"


def _page(doc: RuleDoc, console: Console) -> Iterator[str]:
    from amp_lint.linter.rule_docs import shown_sections

    rule = doc.rule
    level = console.paint(rule.severity.value, _COLORS[rule.severity])
    off = "" if rule.on else ", off by default"
    yield f"{console.paint(rule.id, BOLD)} ({level}{off}; {rule.group.value})"
    for text in (doc.summary, doc.why):
        if text:
            yield ""
            yield from map(console.show, text.split("\n"))
    for title, body in shown_sections(doc).items():
        yield from _section(title, body, console)
    yield from _section("Suppress it" if rule.on else "Switch it on", _switch(doc), console)
    yield from _section("More", rule.url, console)


def _switch(doc: RuleDoc) -> str:
    rule = doc.rule
    if rule.on:
        ways = {
            f"# amp:ignore[{rule.id}]": "a comment above what it covers, or after it",
            f"--ignore {rule.id}": "on the command line",
            f"--severity {rule.id}=LEVEL": "another level: error, warning, info, off",
            f'ignore = ["{rule.id}"]': "in the configuration",
        }
    else:
        ways = {
            f"--severity {rule.id}={rule.severity.value}": "on the command line",
            f'{rule.id} = "{rule.severity.value}"': "in the configuration, below [severity]",
        }
    # A file that cannot be read has no comments either.
    if rule.id in ("yaml-syntax", "yaml-unsupported"):
        del ways[f"# amp:ignore[{rule.id}]"]
    width = max(map(len, ways))
    return "\n".join(f"    {way:<{width}}  {where}" for way, where in ways.items())


def _section(title: str, body: str, console: Console) -> Iterator[str]:
    """A heading and the Markdown below it, with indented code instead of fences."""
    yield ""
    yield console.paint(title, BOLD)
    yield ""
    at = 0
    for fence in _FENCE.finditer(body):
        prose = list(_prose(body[at : fence.start()], console))
        if at and prose:
            yield ""
        yield from prose
        if at:
            yield ""
        if fence["language"] in _SUBTITLES:
            yield from (_SUBTITLES[fence["language"]], "")
        for line in fence["text"].splitlines():
            yield console.show(f"{_INDENT}{line}".rstrip())
        at = fence.end()
    prose = list(_prose(body[at:], console))
    if at and prose:
        yield ""
    yield from prose


def _prose(text: str, console: Console) -> Iterator[str]:
    words = text.strip("\n")
    if words:
        yield from map(console.show, words.split("\n"))
