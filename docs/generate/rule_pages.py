"""Generate the pages and tables of rules, and the keys of the configuration.

Each rule has a page in `docs/rules/`. The table of rules is there and in the README, the keys are
in `docs/configuration.md`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from amp_lint.linter.rule import Group, Rule
from amp_lint.linter.rule_docs import RuleDoc, fixable, page, rule_doc

PAGES = Path("docs/rules")

_TABLE = re.compile(r"(?<=<!-- rules -->\n).*?(?=<!-- /rules -->)", re.S)
_KEYS = re.compile(r"(?<=<!-- keys -->\n).*?(?=<!-- /keys -->)", re.S)
_CONFIGURATION = Path("docs/configuration.md")


def table(docs: list[RuleDoc], folder: str) -> str:
    """Return a table of all rules for each group."""
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
    """Return the list of all keys of a configuration, as the schema describes them."""
    from amp_schema.config_schema import schema

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
    """Yield each generated file with its text. Raises OSError outside the repository."""
    from amp_lint.linter.registry import rules

    docs = [rule_doc(rule) for rule in rules().values()]
    for doc in docs:
        yield PAGES / f"{doc.rule.id}.md", page(doc)
    head = "# Rules\n\nEvery page is made from the docstring of its rule.\n\n"
    yield PAGES / "README.md", head + table(docs, "")
    page_of_keys = _CONFIGURATION.read_text("utf-8")
    yield _CONFIGURATION, _KEYS.sub(lambda _: f"\n{keys()}\n", page_of_keys)
    readme = Path("README.md").read_text("utf-8")
    yield Path("README.md"), _TABLE.sub(lambda _: "\n" + table(docs, "docs/rules/") + "\n", readme)
