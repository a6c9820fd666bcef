"""Documentation made from the rules' docstrings and the schema of the configuration, so that it
cannot lie.

`python -m amp_lint.docs`, run at the top of the repository, writes a page for each rule below
`docs/rules/`, the table of rules there and in the README, and the keys in
`docs/configuration.md`; `--check` writes nothing and says
what is out of date (exit code 1).
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from amp_lint.directives import NEVER_SILENCED
from amp_lint.rule import Group, Rule

if TYPE_CHECKING:
    from amp_lint.engine import Report

_SECTION = re.compile(r"^## +(?P<title>.+)$", re.M)
_FENCE = re.compile(r"^```yaml\n(?P<text>.*?)^```$", re.S | re.M)
_TABLE = re.compile(r"(?<=<!-- rules -->\n).*?(?=<!-- /rules -->)", re.S)
_KEYS = re.compile(r"(?<=<!-- keys -->\n).*?(?=<!-- /keys -->)", re.S)
_PAGES = Path("docs/rules")
_CONFIGURATION = Path("docs/configuration.md")


@dataclass(frozen=True, slots=True)
class RuleDoc:
    """A docstring in its parts: `summary` is its first paragraph, `why` what follows up to the
    first heading, `sections` the text under each heading; `wrong` and `right` are the manifests
    shown under these headings."""

    rule: Rule
    summary: str
    why: str
    wrong: tuple[str, ...]
    right: tuple[str, ...]
    sections: dict[str, str]


def rule_doc(rule: Rule) -> RuleDoc:
    """Take a rule's docstring apart."""
    text = inspect.cleandoc(rule.doc)
    marks = list(_SECTION.finditer(text))
    head = text[: marks[0].start()] if marks else text
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    sections = {
        mark["title"].strip(): text[mark.end() : end].strip("\n")
        for mark, end in zip(marks, ends, strict=False)  # no heading, no section
    }
    summary, _, why = head.strip().partition("\n\n")
    return RuleDoc(
        rule=rule,
        summary=" ".join(summary.split()),
        why=why.strip(),
        wrong=_snippets(sections.get("Wrong", "")),
        right=_snippets(sections.get("Right", "")),
        sections=sections,
    )


def _snippets(section: str) -> tuple[str, ...]:
    return tuple(match["text"] for match in _FENCE.finditer(section))


def page(doc: RuleDoc, *, alone: bool = False) -> str:
    """A rule's page in Markdown, with what the linter says of each wrong manifest. One that is
    shown alone has no links to other pages."""
    rule = doc.rule
    state = "" if rule.on else ", off by default"
    parts = [
        f"# {rule.id}",
        f"{rule.group.value} · {rule.severity.value}{state} · "
        f"[the platform's documentation]({rule.url})",
        doc.summary,
        doc.why,
    ]
    for title, body in doc.sections.items():
        shown = with_output(doc) if title == "Wrong" else body.strip()
        parts += [f"## {title}", shown]
    parts += ["## Switch it off or on", _switch(rule, alone=alone)]
    return "\n\n".join(part for part in parts if part) + "\n"


def with_output(doc: RuleDoc) -> str:
    """The wrong manifests in Markdown, each with what the linter says of it and offers to fix."""
    shown = (
        f"```yaml\n{report.source.text}```\n\n```text\n" + "\n".join(_said(report)) + "\n```"
        for report in _reports(doc)
    )
    return "\n\n".join(shown)


def _reports(doc: RuleDoc) -> Iterator[Report]:
    """What the linter says of the wrong manifests."""
    from amp_lint.engine import Settings, lint
    from amp_lint.source import Source

    names = ("crmWebhook", "default-webhook") if doc.rule.id == "destination-exists" else ()
    # What a comment silences shows only when every rule is asked.
    alone = None if doc.rule.group is Group.DIRECTIVES else frozenset({doc.rule.id})
    settings = Settings(select=alone, destinations=names)
    for text in doc.wrong:
        yield lint(Source.from_text(text), settings)


def _said(report: Report) -> Iterator[str]:
    for finding in report.findings:
        at = report.source.position(finding.span.start)
        yield f"{at.line}:{at.column}: {finding.severity.value}: {finding.message}"
        for fix in finding.fixes:
            yield f"  = fix ({fix.applicability.value}): {fix.title}"


def fixable(doc: RuleDoc) -> str:
    """How far the fixes may be trusted that the wrong manifests are offered."""
    fixes = (fix for report in _reports(doc) for one in report.findings for fix in one.fixes)
    return ", ".join(sorted({fix.applicability.value for fix in fixes}))


def _switch(rule: Rule, *, alone: bool) -> str:
    words = (
        f"`amp-lint check --ignore {rule.id}` leaves it out; `--severity {rule.id}=LEVEL` gives it "
        "another level: `error`, `warning`, `info` or `off`."
    )
    if not rule.on:
        words = f"`amp-lint check --severity {rule.id}={rule.severity.value}` switches it on."
    return f"{words}\n\n{_comment(rule, alone=alone)}"


def _comment(rule: Rule, *, alone: bool) -> str:
    if rule.id in NEVER_SILENCED:
        return "No comment in the manifest silences it."
    more = "" if alone else "; see [Silencing findings](../directives.md)"
    return (
        f"In the manifest, the comment `# amp:ignore[{rule.id}]` on the line above or at the end "
        f"of the line silences it there, and `# amp:ignore-file[{rule.id}]` in the whole "
        f"file{more}."
    )


def table(docs: list[RuleDoc], folder: str) -> str:
    """All rules, chapter by chapter."""
    lines: list[str] = []
    for group in Group:
        rows = [doc for doc in docs if doc.rule.group is group]
        if rows:
            lines += [
                "",
                f"**{group.value}**",
                "",
                "| rule | severity | reports | fix |",
                "|---|---|---|---|",
            ]
            lines += [
                f"| [`{doc.rule.id}`]({folder}{doc.rule.id}.md) | {_level(doc.rule)} | "
                f"{doc.summary} | {fixable(doc)} |"
                for doc in rows
            ]
    return "\n".join(lines).strip() + "\n"


def _level(rule: Rule) -> str:
    return rule.severity.value if rule.on else f"{rule.severity.value} (off by default)"


def keys() -> str:
    """Every key of a configuration, as the schema describes it."""
    from amp_schema.config import schema

    definitions = schema()["$defs"]
    parts: list[str] = []
    for key, said in schema()["properties"].items():
        place = {**definitions.get(said.get("$ref", "").removeprefix("#/$defs/"), {}), **said}
        values = ", ".join(f"`{value}`" for value in place.get("enum", ()))
        default = f" By default `{place['default']}`." if "default" in place else ""
        kind = f"{place['title'][:1].upper()}{place['title'][1:]}"
        parts += [
            f"### `{key}`",
            f"{kind}{f': {values}' if values else ''}.{default}",
            place["description"],
        ]
    return "\n\n".join(parts) + "\n"


def generated() -> Iterator[tuple[Path, str]]:
    """Every generated file with the text it should hold. Raises OSError outside the repository."""
    from amp_lint.registry import rules

    docs = [rule_doc(rule) for rule in rules().values()]
    for doc in docs:
        yield _PAGES / f"{doc.rule.id}.md", page(doc)
    head = "# Rules\n\nEvery page is made from the docstring of its rule.\n\n"
    yield _PAGES / "README.md", head + table(docs, "")
    page_of_keys = _CONFIGURATION.read_text("utf-8")
    yield _CONFIGURATION, _KEYS.sub(lambda _: f"\n{keys()}\n", page_of_keys)
    readme = Path("README.md").read_text("utf-8")
    yield Path("README.md"), _TABLE.sub(lambda _: "\n" + table(docs, "docs/rules/") + "\n", readme)


def update(wanted: Mapping[Path, str], arguments: list[str], stray: Iterable[Path] = ()) -> int:
    """Write the generated files that are stale and delete those that are `stray`, or with `--check`
    say which these are. The exit code."""
    stale = [
        path
        for path, text in wanted.items()
        if not path.is_file() or path.read_text("utf-8") != text
    ]
    wrong = [*stale, *stray]
    if "--check" in arguments:
        for path in wrong:
            sys.stderr.write(f"{path} is out of date; run `make docs`\n")
        return 1 if wrong else 0
    for path in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(wanted[path], "utf-8")
    for path in stray:
        path.unlink()
    return 0


def main(arguments: list[str]) -> int:
    """Write the files, or with `--check` say which are stale. The exit code."""
    wanted = dict(generated())
    return update(wanted, arguments, [one for one in _PAGES.glob("*.md") if one not in wanted])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
