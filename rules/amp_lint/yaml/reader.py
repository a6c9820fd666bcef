"""Reads a source into a document, past syntax errors."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from amp_lint.text.edits import Applicability, Edit, Fix, without_line
from amp_lint.text.source import MAX_SIZE, Source, Span
from amp_lint.yaml.document import Document, SyntaxProblem
from amp_lint.yaml.nodes import Mapping, Node, Unreadable
from amp_schema.patterns import pattern

if TYPE_CHECKING:
    from amp_lint.yaml.document import ProblemKind
    from amp_lint.yaml.tree_builder import Built, YamlIssue


def read(source: Source, *, pure: bool = False) -> Document:
    """Parse a source, without the parts that cannot be parsed.

    `pure` asks for ruamel's own parser where the C one would be used.
    """
    from amp_lint.yaml.parser import limit_aliases, parse_text
    from amp_lint.yaml.tree_builder import ParseFailure

    if len(source.text) > MAX_SIZE:
        source = Source.too_large(source.path)
    if source.is_unread:
        return Document(source, Unreadable(0, 0), list(_blemishes(source)), whole=False)
    text = source.readable_text()
    faults = list(_blemishes(source))
    whole = True
    if may_be_pasted(text):
        from amp_lint.yaml.pasted import pasted

        marks = pasted(text, source.line_starts)
        if marks is not None:
            faults.append(marks.problem)
            whole = False
            if marks.text is None:
                return Document(source, Unreadable(0, 0), faults, whole=False)
            text = marks.text
    try:
        built = parse_text(text, pure=pure)
        if built.ends_early and not _is_complete(built.root):
            # Keys at the top are indented by mistake: say so, and read on behind them.
            built = parse_text(text, pure=pure, part=True)
    except ParseFailure as failure:
        from amp_lint.yaml.recovery import recover

        recovered = recover(text, source.line_starts, failure, pure=pure)
        built, whole = recovered.built, False
        faults += recovered.faults
    limit_aliases(built)
    faults += _issues(built, source.text)
    return Document(source, built.root, faults, built.mappings, built.aliases, whole, built.empty)


def has_odd_indents(document: Document) -> bool:
    """Whether keys at the top begin with characters that look like spaces."""
    root = document.root
    if not isinstance(root, Mapping) or document.source.text.isascii():
        return False
    return any(one.name[:1].isspace() and not one.name.isascii() for one in root.entries)


def may_be_pasted(text: str) -> bool:
    """Whether a text may have been copied with line numbers, marks or a code fence."""
    start = text[:_LEAD].lstrip()[:1]
    return start in ("+", ">") or start.isdigit() or any(one in text for one in ("```", "~~~"))


def _is_complete(root: Node | None) -> bool:
    """Whether a document has what every manifest has, so that text behind it may well be none."""
    return isinstance(root, Mapping) and all(map(root.find, ("specVersion", "integrations")))


def _blemishes(source: Source) -> Iterator[SyntaxProblem]:
    """The parts that are not text, in words."""
    words = {
        "utf-16": "this file is saved as UTF-16, which the platform reads and other tools may not; "
        "save it as UTF-8",
        "encoding": "the byte {what} is not valid UTF-8, so the platform cannot read the file; "
        "save it as UTF-8",
        "size": "this file is larger than {what}, so it is not read; no manifest "
        "needs to be that long",
        "control": "the control character {what} is not allowed in YAML, so the platform cannot "
        "read the file; delete it",
    }
    for blemish in source.blemishes:
        message = words[blemish.kind].replace("{what}", blemish.what)
        fatal = blemish.kind != "utf-16"
        yield SyntaxProblem("unsupported", blemish.span, message, fatal=fatal)


def _issues(built: Built, text: str) -> Iterator[SyntaxProblem]:
    """What the parser lets pass and the platform does not, in words."""
    if built.anchors and "&" in text:
        from amp_lint.yaml.lost_words import lost_anchors

        yield from lost_anchors(built.anchors.items(), built.aliases, text)
    for issue in built.issues:
        if issue.kind == "foreign-tag":
            from amp_lint.yaml.lost_words import lost_tag

            lost = lost_tag(text, issue.span.start)
            if lost is not None:
                yield lost
                continue
        name = issue.name if len(issue.name) <= _LONGEST_NAME else issue.name[:_LONGEST_NAME]
        kind, message, label, fatal = _ISSUES[issue.kind]
        if issue.kind == "extra-document" and issue.name == "%":
            message = _DIRECTIVE_BELOW
        if issue.kind == "extra-document" and issue.name in _OPENING:
            message = _BRACKET_BELOW.replace("{opening}", _OPENING[issue.name])
        near = None
        if issue.kind == "unknown-alias" and _WORD.fullmatch(issue.name):
            # A word is the name of an anchor, and no text that begins with a star.
            message = message.removesuffix(", or put the text in quotes")
        if issue.kind == "unknown-alias" and built.anchors:
            message, near = _alias_meant(issue, built, message)
        words = message.replace("{name}", name), label.replace("{name}", name)
        fixes = _fixes(issue, text) if near is None else (near,)
        yield SyntaxProblem(kind, issue.span, *words, fatal=fatal, fixes=fixes)


def _alias_meant(issue: YamlIssue, built: Built, message: str) -> tuple[str, Fix | None]:
    """Return the message about an alias without an anchor above it, and the fix, where the anchor
    is further down or has a similar name."""
    from amp_schema.closest_match import nearest

    start = issue.span.start
    if issue.name in built.anchors:
        return _ALIAS_ABOVE, None
    above = [name for name, node in built.anchors.items() if node.start < start]
    near = nearest(issue.name, above[:_MOST_ANCHORS])
    if near is None:
        return message, None
    fix = Fix(f"Change to `*{near}`", (Edit(issue.span, f"*{near}"),))
    words = f"`*{{name}}` refers to an anchor that is not defined; did you mean `*{near}`?"
    return words, fix


def _fixes(issue: YamlIssue, text: str) -> tuple[Fix, ...]:
    """Return the fix of what can be written in one way only."""
    rest = text[issue.span.start :]
    if issue.kind == "extra-document" and not rest.strip("]} \t\r\n"):
        edit = Edit(Span(len(text[: issue.span.start].rstrip()), len(text.rstrip())), "")
        return (Fix(f"Remove `{rest.strip()}`", (edit,), Applicability.SAFE),)
    if issue.kind == "escaped-slash":
        edit = Edit(issue.span, "/")
        return (Fix("Write `/`", (edit,), Applicability.SAFE),)
    if issue.kind == "yaml-version":
        edit = without_line(text, issue.span)
        return (Fix("Remove the `%YAML` line", (edit,), Applicability.SAFE),)
    return ()


_LONGEST_NAME = 60
_WORD = pattern(r"[A-Za-z][\w-]*")
# Characters at the start of a text in which its first word is searched.
_LEAD = 200
_DIRECTIVE_BELOW = (
    "a line that starts with `%` ends the document, so the platform ignores everything from here "
    "on; remove the line, or start a comment with `#`"
)
# Anchors that are compared with the name of an alias; no manifest has more.
_MOST_ANCHORS = 100
_ALIAS_ABOVE = (
    "`*{name}` stands above its anchor `&{name}`, and an alias can only refer to an anchor above "
    "it; move the value with the anchor up"
)
_OPENING = {"]": "[", "}": "{"}
_BRACKET_BELOW = (
    "there is no open `{opening}` for this `{name}`, so the platform ignores it and everything "
    "behind it; remove it"
)
_ISSUES: dict[str, tuple[ProblemKind, str, str, bool]] = {
    "unknown-alias": (
        "syntax",
        "`*{name}` refers to an anchor that is not defined above it; write `&{name}` before the "
        "value it stands for, or put the text in quotes",
        "no such anchor",
        True,
    ),
    "circular-alias": (
        "unsupported",
        "`*{name}` is a circular alias, which the platform refuses; write the value instead",
        "refers to itself",
        True,
    ),
    "alias-bomb": (
        "unsupported",
        "the aliases in this file stand for so many values that the platform refuses it; write "
        "them out, or refer to smaller parts",
        "",
        True,
    ),
    "yaml-version": (
        "unsupported",
        "the platform reads YAML 1.1 only and refuses a file of another version; remove this line",
        "not YAML 1.1",
        True,
    ),
    "escaped-slash": (
        "syntax",
        "`\\/` is not an escape that the platform knows, so it refuses the file; write `/`",
        "write /",
        True,
    ),
    "tag-mismatch": (
        "unsupported",
        "this value does not fit its tag `{name}`, so the platform refuses the file; remove the "
        "tag or correct the value",
        "not {name}",
        True,
    ),
    "foreign-tag": (
        "unsupported",
        "the platform does not know the tag `{name}`: it reads a scalar with it as a string, and "
        "ignores it elsewhere; remove the tag",
        "unknown tag",
        False,
    ),
    "extra-document": (
        "extra-document",
        "the platform reads only the first document of a file and ignores everything from here on; "
        "move all integrations into the first document, or remove the rest",
        "ignored from here",
        False,
    ),
}
