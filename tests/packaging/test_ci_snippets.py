"""The snippets of `docs/ci.md`: YAML that can be read, commands that do what is said."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

BASH = shutil.which("bash")
needs_bash = pytest.mark.skipif(BASH is None or os.name == "nt", reason="needs bash")

INVALID = """\
specVersion: 1.0.0
integrations:
  - name: contact-sync
    provider: Hubspot
    proxy:
      enabled: true
"""


def section(repository: Path, title: str) -> str:
    text = (repository / "docs" / "ci.md").read_text("utf-8")
    found = re.search(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", text, re.S | re.M)
    assert found is not None
    return found[1]


def fences(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.S | re.M)


def read(text: str) -> Any:
    return YAML(typ="safe", pure=True).load(text)


def run(script: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the lines of a job but the installation, which names a place that it does not have."""
    (folder / "amp.yaml").write_text(INVALID, encoding="utf-8")
    first, *others = script
    assert first.startswith("pip install <")
    scripts = str(Path(sys.executable).parent)
    environment = {name: value for name, value in os.environ.items() if name != "GITHUB_ACTIONS"}
    assert BASH is not None
    return subprocess.run(
        [BASH, "-eo", "pipefail", "-c", "\n".join(others)],
        cwd=folder,
        env={**environment, "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@needs_bash
def test_the_gitlab_job_reports_prints_and_fails(repository: Path, tmp_path: Path) -> None:
    (snippet,) = fences(section(repository, "GitLab"), "yaml")
    job = read(snippet)["amp-lint"]

    done = run(job["script"], tmp_path)

    assert done.returncode == 1, done.stderr
    assert "error[provider-not-supported]" in done.stdout
    report = tmp_path / job["artifacts"]["reports"]["codequality"]
    (issue,) = json.loads(report.read_text("utf-8"))
    assert issue["check_name"] == "provider-not-supported"
    assert job["artifacts"]["when"] == "always"


@needs_bash
def test_the_junit_commands_report_print_and_fail(repository: Path, tmp_path: Path) -> None:
    (snippet,) = fences(section(repository, "Anything that reads JUnit"), "sh")

    done = run(snippet.splitlines(), tmp_path)

    assert done.returncode == 1, done.stderr
    assert ET.parse(tmp_path / "amp-lint.xml").getroot().attrib["failures"] == "1"


def test_the_workflows_give_the_action_inputs_that_it_has(repository: Path) -> None:
    action = read((repository / "action.yml").read_text("utf-8"))
    snippets = [read(text) for text in fences(section(repository, "GitHub: the action"), "yaml")]
    steps = [step for one in snippets for step in one["jobs"]["amp-lint"]["steps"]]
    ours = [step for step in steps if step["uses"].startswith("<owner>/amp-lint@")]
    assert len(ours) == len(snippets) == 2
    assert all(set(step["with"]) <= set(action["inputs"]) for step in ours)


def test_the_table_lists_the_action_s_inputs(repository: Path) -> None:
    action = read((repository / "action.yml").read_text("utf-8"))
    rows = re.findall(r"^\| `([\w-]+)` \|", section(repository, "GitHub: the action"), re.M)
    assert rows == list(action["inputs"])
