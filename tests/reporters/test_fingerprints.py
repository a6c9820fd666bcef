"""What the reports for other programs promise beyond their golden files."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amp_lint.linter.engine import Report, lint
from amp_lint.linter.registry import rules
from amp_lint.reporters import Run, load
from amp_lint.reporters.console import Console
from amp_lint.text.source import Source

MakeReport = Callable[..., Report]
SCHEMA = Path(__file__).parent / "sarif" / "sarif-schema-2.1.0.json"
GOLDEN = Path(__file__).parent / "golden"
CONTRACT = jsonschema.Draft4Validator(json.loads(SCHEMA.read_text("utf-8")))

WRONG = """\
specVersion: 1.0.0
integrations:
  - name: crm-sync
    provider: Hubspot
    displayNmae: CRM
    proxy:
      enabled: true
"""


def sarif(*reports: Report) -> dict[str, Any]:
    log = json.loads("\n".join(load("sarif")(Run(reports), Console())))
    CONTRACT.validate(log)
    (run,) = log["runs"]
    assert isinstance(run, dict)
    return run


def fingerprints(form: str, *reports: Report) -> list[str]:
    if form == "sarif":
        return [one["partialFingerprints"]["ampLint/v2"] for one in sarif(*reports)["results"]]
    return [one["fingerprint"] for one in json.loads("".join(load(form)(Run(reports), Console())))]


@pytest.mark.parametrize("file", sorted(GOLDEN.glob("*.sarif")), ids=lambda file: file.stem)
def test_the_golden_files_keep_to_the_official_schema(file: Path) -> None:
    CONTRACT.validate(json.loads(file.read_text("utf-8")))


def test_the_official_schema_is_asked_in_earnest() -> None:
    log = json.loads((GOLDEN / "typical.sarif").read_text("utf-8"))
    log["runs"][0]["results"][0]["level"] = "fatal"
    assert not CONTRACT.is_valid(log)


def test_sarif_explains_each_rule_that_reports() -> None:
    run = sarif(lint(Source.from_text(WRONG)))
    described = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in described] == sorted({one["ruleId"] for one in run["results"]})
    assert {"provider-not-supported", "unknown-key"} <= {rule["id"] for rule in described}
    for result in run["results"]:
        assert described[result["ruleIndex"]]["id"] == result["ruleId"]
    for entry in described:
        rule = rules()[entry["id"]]
        assert entry["helpUri"] == rule.url
        assert entry["help"]["markdown"].startswith(entry["shortDescription"]["text"].split()[0])
        assert "## Wrong\n\n```yaml\n" in entry["help"]["markdown"]
        assert entry["fullDescription"]["text"] == entry["help"]["text"]


def test_sarif_can_explain_every_rule(make_report: MakeReport) -> None:
    report = make_report("a\n", *({"at": "a", "rule": rule_id} for rule_id in rules()))
    described = sarif(report)["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in described] == sorted(rules())
    assert all(rule["shortDescription"]["text"] for rule in described)


@pytest.mark.parametrize("form", ["sarif", "gitlab"])
def test_fingerprints_stay_when_lines_shift(form: str) -> None:
    moved = "# a comment\n\n" + WRONG.replace("provider", "displayName: CRM\n    provider")
    before = fingerprints(form, lint(Source.from_text(WRONG)))
    assert len(set(before)) == len(before) > 1
    assert fingerprints(form, lint(Source.from_text(moved))) == before


# An integration with a mistake of each kind: missing key, unknown key, wrong value, duplicate.
ENTRIES = (
    ("name", " {name}"),
    ("provider", " hubspott"),
    ("displayNam", " CRM"),
    (
        "read",
        """
      objects:
        - objectName: contacts
          schedule: "*/13 * * * *"
          requiredFields:
            - fieldName: email
            - fieldName: email
            - fieldNam: phone
            - fieldNam: fax""",
    ),
)


def integration(name: str, order: list[int], fields: list[str]) -> str:
    lines = [f"{ENTRIES[at][0]}:{ENTRIES[at][1].format(name=name)}" for at in order]
    text = "  - " + "\n    ".join(lines) + "\n"
    above = "".join(f"            - fieldName: {field}\n" for field in fields)
    return text.replace("requiredFields:\n", f"requiredFields:\n{above}")


def manifest(*integrations: str, above: int = 0) -> Source:
    lines = "# a comment\n\n" * above
    return Source.from_text(f"{lines}specVersion: 1.0.0\nintegrations:\n{''.join(integrations)}")


@settings(max_examples=40, deadline=None)
@given(
    order=st.permutations(range(len(ENTRIES))),
    fields=st.lists(st.sampled_from(["city", "zip", "name"]), unique=True, max_size=2),
    above=st.integers(0, 3),
    others=st.lists(st.sampled_from(["before", "between"]), unique=True, max_size=2),
)
@pytest.mark.parametrize("form", ["sarif", "gitlab"])
def test_fingerprints_survive_edits_elsewhere(
    form: str, order: list[int], fields: list[str], above: int, others: list[str]
) -> None:
    plain = list(range(len(ENTRIES)))
    before = fingerprints(form, lint(manifest(integration("crm", plain, []))))
    assert len(set(before)) == len(before) > 6
    added = [integration(name, plain, []) for name in others]
    text = manifest(*added, integration("crm", order, fields), above=above)
    after = fingerprints(form, lint(text))
    assert set(before) <= set(after)
    # Each integration has its own, and none is lost or counted twice.
    assert len(set(after)) == len(after) == len(before) * (1 + len(others))


@pytest.mark.parametrize("form", ["sarif", "gitlab"])
def test_a_mistake_that_is_corrected_takes_only_its_own_fingerprint(form: str) -> None:
    source = manifest(integration("crm", [0, 1, 2, 3], []))
    before = set(fingerprints(form, lint(source)))
    fixed = source.text.replace("displayNam:", "displayName:")
    after = set(fingerprints(form, lint(Source.from_text(fixed))))
    assert after < before
    assert len(before - after) == 1


def test_code_scanning_gets_the_same_identity(make_report: MakeReport) -> None:
    report = make_report("a a\n", *[{"at": (0, 1)}] * 2)
    hashes = [one["partialFingerprints"] for one in sarif(report)["results"]]
    first, second = (one["primaryLocationLineHash"] for one in hashes)
    assert re.fullmatch(r"[0-9a-f]{16}:1", first)
    assert second == f"{first[:-1]}2"


@pytest.mark.parametrize("form", ["sarif", "gitlab"])
def test_equal_findings_have_fingerprints_of_their_own(form: str, make_report: MakeReport) -> None:
    same = make_report("a a\n", *[{"at": (0, 1)}] * 3)
    other = make_report("a a\n", {"at": (0, 1)}, path="b.amp.yaml")
    assert len(set(fingerprints(form, same, other))) == 4


def test_sarif_fixes_say_what_becomes_of_which_characters(make_report: MakeReport) -> None:
    fix = ("Swap", "safe", [("b", "B"), ("d", "")])
    nothing = ("Think", "unsafe", [])
    (result,) = sarif(make_report("a: b\nc: d\n", {"at": "b", "fixes": [fix, nothing]}))["results"]
    (shown,) = result["fixes"]
    assert shown["description"] == {"text": "Swap"}
    assert shown["properties"] == {"applicability": "safe"}
    (change,) = shown["artifactChanges"]
    assert change["artifactLocation"]["uri"] == "amp.yaml"
    regions = [
        (one["deletedRegion"]["startLine"], one["insertedContent"]["text"])
        for one in change["replacements"]
    ]
    assert regions == [(1, "B"), (2, "")]


def test_sarif_holds_equal_fixes_once(make_report: MakeReport) -> None:
    one, other = ("Take `b`", "unsafe", [("a", "b")]), ("Take `c`", "unsafe", [("a", "c")])
    report = make_report("a", {"at": "a", "fixes": [one, other, one]})
    (result,) = sarif(report)["results"]
    shown = [fix["description"]["text"] for fix in result["fixes"]]
    assert shown == ["Take `b`", "Take `c`"]


def test_sarif_tells_what_could_not_be_done() -> None:
    log = json.loads("\n".join(load("sarif")(Run((), 1, problems=("cannot read x",)), Console())))
    (invocation,) = log["runs"][0]["invocations"]
    assert invocation["executionSuccessful"] is False
    (note,) = invocation["toolExecutionNotifications"]
    assert (note["level"], note["message"]["text"]) == ("error", "cannot read x")


def test_github_gives_columns_only_on_one_line(make_report: MakeReport) -> None:
    report = make_report("a: b\nc: d\n", {"at": "b"}, {"at": (0, 8), "severity": "info"})
    first, second, _ = load("github")(Run((report,)), Console(color=True))
    assert first.startswith("::error file=amp.yaml,line=1,endLine=1,col=4,endColumn=5,title=")
    assert second.startswith("::notice file=amp.yaml,line=1,endLine=2,title=")


def test_junit_counts_what_it_holds(make_report: MakeReport) -> None:
    clean, broken = make_report("a\n"), make_report("a\n", {"at": "a"}, {"at": (0, 0)})
    run = Run((clean, broken), 1, problems=("cannot read x",))
    root = ET.fromstring("\n".join(load("junit")(run, Console())))
    assert root.attrib == {"name": "amp-lint", "tests": "4", "failures": "2", "errors": "1"}
    for suite in root:
        assert int(suite.attrib["tests"]) == len(suite.findall("testcase"))
        assert int(suite.attrib["failures"]) == len(suite.findall("testcase/failure"))
        assert int(suite.attrib["errors"]) == len(suite.findall("testcase/error"))
