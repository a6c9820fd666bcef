"""JUnit as Jenkins takes it: the schema of its xUnit plugin, and failures that mean something."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pytest

from amp_lint.cli.main import main
from amp_lint.linter.engine import Report
from amp_lint.linter.finding import Severity
from amp_lint.reporters import Run, load
from amp_lint.reporters.console import Console

MakeReport = Callable[..., Report]
GOLDEN = Path(__file__).parent / "golden"

# The part of the plugin's schema that a linter can need: for each element its attributes (those
# with a `!` are required) and the elements in it. It knows no attribute `line`.
XUNIT: dict[str, tuple[set[str], set[str]]] = {
    "testsuites": ({"name", "time", "tests", "failures", "errors", "disabled"}, {"testsuite"}),
    "testsuite": (
        {"name!", "tests!", "failures", "errors", "skipped", "time", "timestamp", "hostname"},
        {"properties", "testcase", "system-out", "system-err"},
    ),
    "testcase": (
        {"name!", "classname!", "time"},
        {"skipped", "error", "failure", "system-out", "system-err"},
    ),
    "failure": ({"type", "message"}, set()),
    "error": ({"type", "message"}, set()),
    "system-out": (set(), set()),
}
INFO = """\
specVersion: 1.0.0
integrations:
  - name: crmSync
    provider: hubspot
    proxy:
      enabled: true
"""


def problems(element: ET.Element) -> list[str]:
    attributes, children = XUNIT[element.tag]
    known = {name.rstrip("!") for name in attributes}
    required = {name.rstrip("!") for name in attributes if name.endswith("!")}
    found = [f"{element.tag}: attribute {name}" for name in element.attrib if name not in known]
    found += [f"{element.tag}: lacks {name}" for name in required - set(element.attrib)]
    for child in element:
        if child.tag not in children:
            found.append(f"{element.tag}: element {child.tag}")
        found += problems(child)
    return found


@pytest.mark.parametrize("file", sorted(GOLDEN.glob("*.junit")), ids=lambda file: file.stem)
def test_the_golden_files_keep_to_the_schema_of_jenkins(file: Path) -> None:
    assert problems(ET.parse(file).getroot()) == []


def test_the_schema_is_asked_in_earnest() -> None:
    root = ET.fromstring(
        '<testsuites><testsuite name="x"><testcase line="1"/></testsuite></testsuites>'
    )
    assert sorted(problems(root)) == [
        "testcase: attribute line",
        "testcase: lacks classname",
        "testcase: lacks name",
        "testsuite: lacks tests",
    ]


@pytest.mark.parametrize(
    ("limit", "failing"),
    [(None, 0), (Severity.ERROR, 1), (Severity.WARNING, 2), (Severity.INFO, 3)],
)
def test_what_makes_the_run_fail_is_a_failure(
    limit: Severity | None, failing: int, make_report: MakeReport
) -> None:
    found = [{"at": "a", "severity": level.value} for level in Severity]
    run = Run((make_report("a\n", *found),), fail_on={"amp.yaml": limit})
    root = ET.fromstring("\n".join(load("junit")(run, Console())))
    assert root.attrib["failures"] == root[0].attrib["failures"] == str(failing)
    assert len(root.findall(".//failure")) == failing
    assert len(root.findall(".//system-out")) == 3 - failing


@pytest.mark.parametrize("arguments", [[], ["--fail-on", "info"], ["--strict"]])
def test_failures_and_the_exit_code_agree(
    arguments: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "amp.yaml").write_text(INFO, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    options = ["--severity", "integration-name-format=info", "--output-format", "junit"]
    code = main(["check", *options, *arguments])
    root = ET.fromstring(capsys.readouterr().out)
    assert int(root.attrib["tests"]) == 1
    assert bool(int(root.attrib["failures"])) is bool(code) is (arguments == ["--fail-on", "info"])


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("amp.yaml", "amp_yaml"),
        ("services/v1.2/crm.amp.yaml", "services.v1_2.crm_amp_yaml"),
        ("/abs/amp.yaml", "abs.amp_yaml"),
    ],
)
def test_the_class_is_the_file_and_the_package_its_folder(
    path: str, name: str, make_report: MakeReport
) -> None:
    root = ET.fromstring("\n".join(load("junit")(Run((make_report("a\n", path=path),)), Console())))
    assert root[0][0].attrib["classname"] == name
    assert root[0].attrib["name"] == path
