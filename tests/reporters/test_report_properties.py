"""Properties of reports for any text and any finding in it, with any characters."""

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

from amp_lint.linter.engine import Report
from amp_lint.linter.finding import Finding, Related, Severity
from amp_lint.reporters import Run, load, names
from amp_lint.reporters.console import Console
from amp_lint.text.edits import Applicability, Edit, Fix
from amp_lint.text.source import Source, Span

SCHEMA = json.loads((Path(__file__).parent / "json-report.schema.json").read_text("utf-8"))
SARIF = json.loads((Path(__file__).parent / "sarif" / "sarif-schema-2.1.0.json").read_text("utf-8"))
SARIF_CONTRACT = jsonschema.Draft4Validator(SARIF)
CONTRACT = jsonschema.Draft202012Validator(SCHEMA)
COLOR = re.compile(r"\x1b\[[0-9;]*m")

# How many columns each of these takes in the text report.
WIDTHS = {"a": 1, " ": 1, "\t": 4, "é": 1, "\u0301": 0, "日": 2, "😀": 2, "\x1b": 4, "\u202e": 6}
WIDTHS |= {"\u200d": 0, "\ufeff": 6, "\x85": 4, "\U000e0001": 10, "\udc80": 4}

anything = st.text(st.characters(), max_size=20) | st.text(
    st.sampled_from("\r\n\t ab:\x1b日"), max_size=20
)


@st.composite
def spans(draw: st.DrawFn, text: str) -> Span:
    start = draw(st.integers(0, len(text)))
    return Span(start, draw(st.integers(start, len(text))))


def fixes(text: str) -> st.SearchStrategy[Fix]:
    edits = st.lists(st.builds(Edit, spans(text), anything), min_size=1, max_size=2).map(tuple)
    return st.builds(Fix, anything.filter(bool), edits, st.sampled_from(Applicability))


@st.composite
def reports(draw: st.DrawFn) -> Report:
    source = Source.from_text(draw(anything), draw(anything))
    finding = st.builds(
        Finding,
        rule=st.just("some-rule"),
        severity=st.sampled_from(Severity),
        message=anything.filter(bool),
        span=spans(source.text),
        path=st.just("$"),
        label=anything,
        related=st.lists(st.builds(Related, anything, spans(source.text)), max_size=4).map(tuple),
        url=st.just("https://example.com"),
        fixes=st.lists(fixes(source.text), max_size=2).map(tuple),
    )
    return Report(source, tuple(draw(st.lists(finding, max_size=2))))


runs = st.builds(
    Run,
    st.lists(reports(), max_size=2).map(tuple),
    problems=st.lists(anything, max_size=2).map(tuple),
)


def printed(form: str, run: Run, console: Console) -> list[str]:
    return list(load(form)(run, console))


@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "latin-1"])
@settings(max_examples=50)
@given(run=runs)
def test_nothing_but_printable_lines(encoding: str, run: Run) -> None:
    for form in ("text", "concise", "github"):
        for line in printed(form, run, Console(encoding=encoding)):
            line.encode(encoding)
            assert not re.search(
                r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\ud800-\udfff]", line
            )


@settings(max_examples=50)
@given(run=runs)
def test_colours_change_nothing_but_colours(run: Run) -> None:
    for form in names():
        plain = printed(form, run, Console())
        assert [COLOR.sub("", line) for line in printed(form, run, Console(color=True))] == plain


@settings(max_examples=50)
@given(run=runs)
def test_concise_has_a_line_for_each_finding(run: Run) -> None:
    findings = [finding for report in run.reports for finding in report.findings]
    lines = printed("concise", run, Console())
    assert len(lines) == len(findings)
    for line, finding in zip(lines, findings, strict=True):
        assert f": {finding.severity.value}[some-rule] " in line


@settings(max_examples=50)
@given(run=runs)
def test_json_keeps_the_contract_and_the_values(run: Run) -> None:
    text = "\n".join(printed("json", run, Console()))
    assert text.isascii()
    data: dict[str, Any] = json.loads(text)
    CONTRACT.validate(data)
    found = [(report, finding) for report in run.reports for finding in report.findings]
    assert len(data["findings"]) == len(found)
    for entry, (report, finding) in zip(data["findings"], found, strict=True):
        # json joins two adjacent halves of a surrogate pair; so does this.
        assert entry["message"] == json.loads(json.dumps(finding.message))
        assert entry["file"] == json.loads(json.dumps(report.source.path))
        lines = re.split(r"\r\n|\r|\n", report.source.text[: finding.span.start] + "|")
        before = report.source.text[: finding.span.start]
        if not before.endswith("\r"):
            assert (entry["line"], entry["column"]) == (len(lines), len(lines[-1]))
        assert len(entry["related"]) == len(finding.related)
    for severity in Severity:
        expected = sum(finding.severity is severity for _, finding in found)
        assert data["summary"][f"{severity.value}s"] == expected


def findings_of(run: Run) -> list[Finding]:
    return [finding for report in run.reports for finding in report.findings]


@settings(max_examples=50)
@given(run=runs)
def test_sarif_keeps_to_the_official_schema(run: Run) -> None:
    text = "\n".join(printed("sarif", run, Console()))
    # Unlike a lone surrogate, everything that is written can be encoded again.
    log = json.loads(text)
    json.dumps(log, ensure_ascii=False).encode()
    SARIF_CONTRACT.validate(log)
    (entry,) = log["runs"]
    assert len(entry["results"]) == len(findings_of(run))
    for result in entry["results"]:
        uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        assert re.fullmatch(r"(?:[A-Za-z0-9._~/-]|%[0-9A-F]{2})*|file://.*", uri)


@settings(max_examples=50)
@given(run=runs)
def test_github_has_one_command_for_each_finding_and_no_other(run: Run) -> None:
    lines = printed("github", run, Console())
    commands = [line for line in lines if line.startswith("::")]
    assert len(commands) == len(findings_of(run))
    closing = len(lines) - len(commands)
    assert closing == 0 if not run.reports else closing in (1, 2)
    for command in commands:
        name, shown, _ = re.fullmatch(r"::(\w+) (.*?)::(.*)", command, re.S).groups()  # type: ignore[union-attr]
        assert name in ("error", "warning", "notice")
        keys = [one.partition("=")[0] for one in shown.split(",")]
        assert keys in (
            ["file", "line", "endLine", "col", "endColumn", "title"],
            ["file", "line", "endLine", "title"],
        )


@settings(max_examples=50)
@given(run=runs)
def test_gitlab_names_every_finding_once(run: Run) -> None:
    issues = json.loads("\n".join(printed("gitlab", run, Console())))
    json.dumps(issues, ensure_ascii=False).encode()
    assert len(issues) == len(findings_of(run))
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)
    for issue in issues:
        assert issue["severity"] in ("info", "minor", "major")
        assert 1 <= issue["location"]["lines"]["begin"] <= issue["location"]["lines"]["end"]


@settings(max_examples=50)
@given(run=runs)
def test_junit_is_well_formed_and_keeps_the_words(run: Run) -> None:
    text = "\n".join(printed("junit", run, Console()))
    assert text.isascii()
    root = ET.fromstring(text)
    cases = root.findall(".//testcase[failure]") + root.findall(".//testcase[system-out]")
    assert len(cases) == len(findings_of(run))
    failing = [one for one in findings_of(run) if one.severity is Severity.ERROR]
    failures = root.findall(".//failure")
    assert len(failures) == len(failing)
    assert len(root.findall(".//error")) == len(run.problems)
    for failure, finding in zip(failures, failing, strict=True):
        shown = Console().show(finding.message)
        for char in "\ufffe\uffff":
            shown = shown.replace(char, f"\\u{ord(char):04x}")
        assert failure.attrib["message"] == shown


@settings(max_examples=25)
@given(run=runs)
def test_the_same_run_gives_the_same_bytes(run: Run) -> None:
    for form in names():
        assert printed(form, run, Console()) == printed(form, run, Console())


@given(line=st.text(st.sampled_from(sorted(WIDTHS)), max_size=60), data=st.data())
def test_carets_stand_under_the_characters(line: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(line)))
    end = data.draw(st.integers(start, len(line)))
    # A byte order mark at the start would be set aside.
    text = f"first\n{line}"
    finding = Finding("some-rule", Severity.ERROR, "words", Span(start + 6, end + 6), "$")
    rows = printed("text", Run((Report(Source.from_text(text), (finding,)),)), Console())
    indent = sum(WIDTHS[char] for char in line[:start])
    carets = max(1, sum(WIDTHS[char] for char in line[start:end]))
    assert rows[5] == "  | " + " " * indent + "^" * carets


@pytest.mark.parametrize("at", [0, 5, 1_499_990, 2_999_990])
def test_a_line_of_three_megabytes_is_cut(at: int, make_report: Callable[..., Report]) -> None:
    report = make_report("日" * 3_000_000, *[{"at": (at, at + 5)}] * 2_000)
    rows = printed("text", Run((report,)), Console())
    assert rows[4].index("^") > 0
    assert max(map(len, rows)) < 300
    assert rows[4].count("^") == 10
