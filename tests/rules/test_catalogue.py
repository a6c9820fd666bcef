"""Ids and severities are a contract: users write them in comments and configurations.

`released.json` holds those of the rules that users have. A new rule need not be added to it; one
that is missing or has another severity is a breaking change.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from amp_lint.linter.registry import rules

OFF = "off by default"
# In the specification, for rules that another table describes.
AS_TODAY = "as today"
ROOT = Path(__file__).parents[2]


def released() -> dict[str, str]:
    """Return the released severities by id."""
    found: dict[str, str] = json.loads(Path(__file__).with_name("released.json").read_text("utf-8"))
    return found


def test_released_ids_keep_their_severities() -> None:
    now = {rule.id: rule.severity.value if rule.on else OFF for rule in rules().values()}
    assert {rule_id: now.get(rule_id) for rule_id in released()} == released()


def test_each_rule_is_in_the_table_of_the_documentation() -> None:
    table = (ROOT / "docs" / "rules" / "README.md").read_text("utf-8")
    listed = re.findall(r"^\| \[`([a-z0-9-]+)`\]", table, re.M)
    assert sorted(listed) == sorted(rules())


def catalogue(text: str) -> dict[str, str]:
    """Return severities by id, from the tables of a page of the specification."""
    found: dict[str, str] = {}
    for ids, severity in re.findall(r"^\| (`.*?) \| (.*?) \|", text, re.M):
        for name in re.findall(r"`([a-z-]+)`", re.sub(r"\(ignore[^)]*\)", "", ids)):
            found[f"provider-capability{name}" if name.startswith("-") else name] = severity
    return {rule_id: severity for rule_id, severity in found.items() if severity != AS_TODAY}


def test_rules_of_the_specification_have_its_severities(shared: Path) -> None:
    project = (shared / "spec" / "project.md").read_text("utf-8")
    wanted = {
        **catalogue((shared / "spec" / "rules.md").read_text("utf-8")),
        **catalogue(project[project.index("### 4.1") :]),
    }
    common = wanted.keys() & rules().keys()
    assert len(common) > 60
    for rule_id in common:
        rule, severity = rules()[rule_id], wanted[rule_id]
        assert rule.on == (OFF not in severity), rule_id
        assert not rule.on or severity.startswith(rule.severity.value), rule_id
