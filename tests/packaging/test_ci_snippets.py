"""The snippets of `docs/ci.md` parse, and their commands do what the page says."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import venv
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

BASH = shutil.which("bash")
needs_bash = pytest.mark.skipif(BASH is None or os.name == "nt", reason="needs bash")

SECONDS = 300
PLACE = "<path or address of amp-lint>"
# What the CI that runs these tests has set, and what would lead pip elsewhere.
OUTER = {"GITHUB_ACTIONS", "GITHUB_WORKSPACE", "CI_PROJECT_DIR", "PYTHONPATH", "VIRTUAL_ENV"}

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


def run(script: list[str], folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the lines of a job but the installation, which names a place that it does not have."""
    first, *others = script
    assert first == f"pip install {PLACE}"
    return bash(others, folder, Path(sys.executable).parent, **variables)


def bash(
    script: list[str], folder: Path, scripts: Path, **variables: str
) -> subprocess.CompletedProcess[str]:
    """Run the lines of a job in a folder with a wrong manifest; `scripts` come first on PATH."""
    (folder / "amp.yaml").write_text(INVALID, encoding="utf-8")
    outer = {name: value for name, value in os.environ.items() if name not in OUTER}
    assert BASH is not None
    return subprocess.run(
        [BASH, "-eo", "pipefail", "-c", "\n".join(script)],
        cwd=folder,
        env={**outer, "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}", **variables},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=SECONDS,
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


def repository_with_a_change(folder: Path) -> str:
    """Make a repository whose first commit names the integration otherwise; return the commit."""

    def git(*arguments: str) -> str:
        identity = ["-c", "user.name=test", "-c", "user.email=test@example.com"]
        command = ["git", *identity, *arguments]
        return subprocess.run(
            command, cwd=folder, check=True, capture_output=True, text=True
        ).stdout

    manifest = folder / "amp.yaml"
    manifest.write_text(INVALID.replace("contact-sync", "people-sync"), encoding="utf-8")
    git("init", "--quiet", "--initial-branch=main")
    git("add", "amp.yaml")
    git("commit", "--quiet", "-m", "old")
    git("update-ref", "refs/remotes/origin/main", "HEAD")
    return git("rev-parse", "HEAD").strip()


@needs_bash
def test_the_merge_request_job_tells_what_breaks(repository: Path, tmp_path: Path) -> None:
    (snippet,) = fences(section(repository, "GitLab: changes of a merge request"), "yaml")
    base = repository_with_a_change(tmp_path)
    script = read(snippet)["amp-lint-changes"]["script"]

    done = run(script, tmp_path, CI_MERGE_REQUEST_DIFF_BASE_SHA=base)

    assert done.returncode == 1, done.stderr
    assert "error[integration-renamed]" in done.stdout


@needs_bash
def test_the_hook_before_a_push_tells_what_breaks(repository: Path, tmp_path: Path) -> None:
    (snippet,) = fences(section(repository, "Before a push"), "sh")
    repository_with_a_change(tmp_path)

    done = bash([snippet], tmp_path, Path(sys.executable).parent)

    assert done.returncode == 1, done.stderr
    assert "error[integration-renamed]" in done.stdout


@needs_bash
def test_the_plain_steps_annotate_and_fail(repository: Path, tmp_path: Path) -> None:
    (snippet,) = fences(section(repository, "GitHub: a plain step"), "yaml")
    first, *others = read(snippet)

    done = run([step["run"] for step in others], tmp_path, GITHUB_ACTIONS="true")

    assert first["uses"].startswith("actions/setup-python@")
    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith("::error file=amp.yaml,line=4,")


@needs_bash
@pytest.mark.network
def test_the_gitlab_job_installs_amp_lint_in_an_empty_environment(
    repository: Path, tmp_path: Path
) -> None:
    (snippet,) = fences(section(repository, "GitLab"), "yaml")
    script = [
        line.replace(PLACE, shlex.quote(str(repository)))
        for line in read(snippet)["amp-lint"]["script"]
    ]
    environment = tmp_path / "venv"
    venv.create(environment, with_pip=True)

    done = bash(script, tmp_path, environment / "bin")

    assert done.returncode == 1, done.stderr
    assert "error[provider-not-supported]" in done.stdout
    assert (tmp_path / "gl-code-quality-report.json").is_file()


@needs_bash
def test_the_junit_commands_report_print_and_fail(repository: Path, tmp_path: Path) -> None:
    (snippet,) = fences(section(repository, "Jenkins, and other readers of JUnit"), "sh")

    done = run(snippet.splitlines(), tmp_path)

    assert done.returncode == 1, done.stderr
    assert "error[provider-not-supported]" in done.stdout
    assert ET.parse(tmp_path / "amp-lint.xml").getroot().attrib["failures"] == "1"


@needs_bash
def test_the_azure_commands_report_print_and_fail(repository: Path, tmp_path: Path) -> None:
    (snippet,) = fences(section(repository, "Azure Pipelines"), "sh")

    done = run(snippet.splitlines(), tmp_path, TF_BUILD="True", SYSTEM_DEFINITIONID="7")

    assert done.returncode == 1, done.stderr
    assert "error[provider-not-supported]" in done.stdout
    (report,) = json.loads((tmp_path / "amp-lint.sarif").read_text("utf-8"))["runs"]
    assert report["automationDetails"]["id"].startswith("azuredevops/pipeline/build/")


def test_the_hook_of_the_docs_is_one_of_ours(repository: Path) -> None:
    (snippet,) = fences(section(repository, "pre-commit and prek"), "yaml")
    hooks = read((repository / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert read(snippet)["repos"][0]["hooks"][0]["id"] in {hook["id"] for hook in hooks}
    assert {hook["id"] for hook in hooks} == {"amp-lint", "amp-lint-fix", "amp-lint-format"}
    for hook in hooks:
        assert "--force-exclude" in hook["entry"]
        assert hook["args"] == ["--"]


def test_the_workflows_give_the_action_inputs_that_it_has(repository: Path) -> None:
    action = read((repository / "action.yml").read_text("utf-8"))
    snippets = [read(text) for text in fences(section(repository, "GitHub: the action"), "yaml")]
    steps = [step for one in snippets for step in one["jobs"]["amp-lint"]["steps"]]
    ours = [step for step in steps if step["uses"].startswith("<owner>/amp-lint@")]
    assert len(ours) == len(snippets) == 2
    assert all(set(step["with"]) <= set(action["inputs"]) for step in ours)


def test_every_action_is_pinned_to_a_commit(repository: Path) -> None:
    text = (repository / "docs" / "ci.md").read_text("utf-8")
    used = re.findall(r"uses: (\S+)", text)
    assert len(used) >= 4
    for one in used:
        assert re.fullmatch(r"[\w/-]+@[0-9a-f]{40}|<owner>/amp-lint@<tag", one), one


def test_the_table_lists_the_action_s_inputs(repository: Path) -> None:
    action = read((repository / "action.yml").read_text("utf-8"))
    rows = re.findall(r"^\| `([\w-]+)` \|", section(repository, "GitHub: the action"), re.M)
    assert rows == list(action["inputs"])


def test_zizmor_has_nothing_against_the_action_and_the_workflows(
    repository: Path, tmp_path: Path
) -> None:
    zizmor = str(Path(sys.executable).with_name("zizmor"))
    workflows = re.findall(
        r"^<!-- workflow -->\n\n```yaml\n(.*?)^```$",
        (repository / "docs" / "ci.md").read_text("utf-8"),
        re.S | re.M,
    )
    assert len(workflows) == 2
    folder = tmp_path / ".github" / "workflows"
    folder.mkdir(parents=True)
    for number, text in enumerate(workflows):
        named = text.replace("<owner>/amp-lint@<tag or commit>", f"example/amp-lint@{'0' * 40}")
        (folder / f"{number}.yml").write_text(named, encoding="utf-8")
    shutil.copy(repository / "action.yml", tmp_path)
    done = subprocess.run(
        [zizmor, "--offline", str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
