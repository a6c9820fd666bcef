"""The rules are those of the catalogue: every id, at its severity, and no other."""

from __future__ import annotations

import re
from pathlib import Path

from amp_lint.linter.registry import rules
from amp_lint.linter.rule import Group
from amp_lint.linter.rule_docs import fixable, rule_doc

OFF = "off by default"


def catalogue(text: str) -> dict[str, str]:
    """Severity by id, from the tables of the catalogue."""
    found: dict[str, str] = {}
    for ids, severity in re.findall(r"^\| (`.*?) \| (.*?) \|", text, re.M):
        for name in re.findall(r"`([a-z-]+)`", ids):
            found[f"provider-capability{name}" if name.startswith("-") else name] = severity
    return found


# Theirs are not rows of a rule of their own: "as today".
AS_TODAY = "as today"


def wanted_rules(shared: Path) -> dict[str, str]:
    """The whole catalogue: the rules about a manifest, and those that need its project."""
    wanted = catalogue((shared / "spec" / "rules.md").read_text("utf-8"))
    project = (shared / "spec" / "project.md").read_text("utf-8")
    section = project[project.index("### 4.1") : project.index("### 4.2")]
    for ids, severity in re.findall(r"^\| (`.*?) \| (.*?) \|", section, re.M):
        names = re.findall(r"`([a-z-]+)`", re.sub(r"\(ignore[^)]*\)", "", ids))
        if severity != AS_TODAY:
            wanted.update(dict.fromkeys(names, severity))
    return wanted


def test_every_rule_of_the_catalogue_is_there(shared: Path) -> None:
    wanted = wanted_rules(shared)
    assert len(wanted) > 60
    assert set(rules()) == set(wanted)


def test_severities_are_those_of_the_catalogue(shared: Path) -> None:
    wanted = wanted_rules(shared)
    for rule in rules().values():
        severity = wanted[rule.id]
        assert rule.on == (OFF not in severity)
        if rule.on:
            assert severity.startswith(rule.severity.value), rule.id


def test_fixes_are_offered_where_the_catalogue_has_some(shared: Path) -> None:
    rows = re.findall(
        r"^\| (`[a-z`\-= ]+) \|.*\|([^|]*)\|$",
        (shared / "spec" / "rules.md").read_text("utf-8"),
        re.M,
    )
    wanted: dict[str, bool] = {}
    for ids, fix in rows:
        for name in re.findall(r"`([a-z-]+)`", ids):
            rule_id = f"provider-capability{name}" if name.startswith("-") else name
            wanted[rule_id] = bool(fix.strip())
    offered = {
        rule.id: bool(fixable(rule_doc(rule)))
        for rule in rules().values()
        if rule.group is not Group.PROJECT
    }
    assert {rule_id: wanted[rule_id] for rule_id in offered} == offered
