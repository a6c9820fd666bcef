"""The scripts of the GitHub Action in `action.yml`, run as a runner would run them."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

BASH = shutil.which("bash")
pytestmark = pytest.mark.skipif(BASH is None or os.name == "nt", reason="needs bash")

SECONDS = 300
VALID = """\
specVersion: 1.0.0
integrations:
  - name: contact-sync
    provider: hubspot
    proxy:
      enabled: true
"""
INVALID = VALID.replace("hubspot", "Hubspot")
WARNED = VALID.replace("    proxy:\n", "    proxxy: 1\n    proxy:\n")

_EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")


@dataclass
class Runner:
    """The part of GitHub's runner that the action uses."""

    action: Mapping[str, Any]
    folder: Path
    repository: Path
    inputs: dict[str, str]
    outputs: dict[str, str] = field(default_factory=dict)

    @property
    def workspace(self) -> Path:
        return self.folder / "work space"

    def value(self, text: str) -> str:
        """What a value becomes: `${{ ... }}` names an input or an earlier step's output."""
        return _EXPRESSION.sub(lambda found: self.known()[found[1]], text)

    def known(self) -> dict[str, str]:
        given = {f"inputs.{name}": value for name, value in self.inputs.items()}
        return {"github.event.pull_request.base.sha": "", **given, **self.outputs}

    def steps(self) -> Iterator[Mapping[str, Any]]:
        assert not any("if" in step for step in self.action["runs"]["steps"])
        yield from self.action["runs"]["steps"]

    def run(self, step: Mapping[str, Any]) -> subprocess.CompletedProcess[str]:
        script = self.folder / "script.sh"
        script.write_text(step["run"], encoding="utf-8")
        output = self.folder / "output"
        output.write_text("", encoding="utf-8")
        environment = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("GITHUB_", "VIRTUAL_ENV", "PYTHONPATH"))
        } | {
            "GITHUB_ACTIONS": "true",
            "GITHUB_ACTION_PATH": str(self.repository),
            "GITHUB_WORKSPACE": str(self.workspace),
            "GITHUB_OUTPUT": str(output),
            "GITHUB_STEP_SUMMARY": str(self.folder / "summary.md"),
            "RUNNER_TEMP": str(self.folder / "runner temp"),
            **{name: self.value(value) for name, value in step.get("env", {}).items()},
        }
        assert BASH is not None
        folder = self.workspace / self.value(step.get("working-directory", "."))
        result = subprocess.run(
            [BASH, "--noprofile", "--norc", "-eo", "pipefail", script],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
        for line in output.read_text("utf-8").splitlines():
            name, _, value = line.partition("=")
            self.outputs[f"steps.{step['id']}.outputs.{name}"] = value
        return result

    def lint(self) -> subprocess.CompletedProcess[str]:
        """Run the step behind the installation."""
        self.outputs["steps.install.outputs.python"] = sys.executable
        (step,) = (one for one in self.steps() if one["id"] == "lint")
        return self.run(step)

    @property
    def summary(self) -> str:
        return (self.folder / "summary.md").read_text("utf-8")


@pytest.fixture(scope="module")
def action(repository: Path) -> Mapping[str, Any]:
    loaded: Mapping[str, Any] = YAML(typ="safe", pure=True).load(repository / "action.yml")
    return loaded


@pytest.fixture
def runner(action: Mapping[str, Any], repository: Path, tmp_path: Path) -> Runner:
    inputs = {name: str(one["default"]) for name, one in action["inputs"].items()}
    made = Runner(action, tmp_path, repository, inputs)
    made.inputs["against"] = made.value(made.inputs["against"])
    made.workspace.mkdir()
    (tmp_path / "runner temp").mkdir()
    return made


def put(runner: Runner, **files: str) -> None:
    for name, text in files.items():
        (runner.workspace / f"{name}.yaml").write_text(text, encoding="utf-8")


def test_a_mistake_is_annotated_and_fails_the_step(runner: Runner) -> None:
    put(runner, amp=INVALID)
    result = runner.lint()
    assert result.returncode == 1, result.stderr
    assert result.stdout.startswith("::error file=amp.yaml,line=4,endLine=4,col=15,endColumn=22,")
    assert result.stdout.splitlines()[-2] == "1 error in 1 manifest"


def test_a_right_manifest_passes(runner: Runner) -> None:
    put(runner, amp=VALID)
    result = runner.lint()
    assert (result.returncode, result.stdout) == (0, "The manifest is clean\n"), result.stderr


@pytest.mark.parametrize(("level", "code"), [("error", 0), ("warning", 1), ("never", 0)])
def test_fail_on_decides(runner: Runner, level: str, code: int) -> None:
    put(runner, amp=WARNED)
    runner.inputs["fail-on"] = level
    result = runner.lint()
    assert result.returncode == code, result.stderr
    assert "::warning file=amp.yaml,line=5," in result.stdout


def test_paths_stand_one_a_line(runner: Runner) -> None:
    put(runner, amp=INVALID, **{"with space": INVALID, "-dash": VALID})
    runner.inputs["paths"] = "with space.yaml\n\n-dash.yaml\n"
    result = runner.lint()
    assert "file=with space.yaml," in result.stdout
    assert result.stdout.splitlines()[-2] == "1 error in 2 manifests", result.stderr


def test_args_are_options(runner: Runner) -> None:
    put(runner, amp=INVALID)
    runner.inputs["args"] = "--ignore provider-not-supported\n  --quiet"
    result = runner.lint()
    assert (result.returncode, result.stdout) == (0, ""), result.stderr


@pytest.mark.parametrize("name", ["paths", "args", "fail-on", "sarif-file"])
def test_what_users_write_is_never_run(runner: Runner, name: str) -> None:
    put(runner, amp=VALID)
    runner.inputs[name] = "$(touch ran) `touch ran`; touch ran #' \" && touch ran"
    runner.lint()
    assert not (runner.workspace / "ran").exists()


def test_no_script_holds_an_expression(action: Mapping[str, Any]) -> None:
    scripts = [step["run"] for step in action["runs"]["steps"] if "run" in step]
    assert len(scripts) == 2
    assert not any("${{" in script for script in scripts)


def test_code_in_the_workspace_is_not_imported(runner: Runner) -> None:
    put(runner, amp=VALID)
    for name in ("json", "amp_lint", "sitecustomize"):
        (runner.workspace / f"{name}.py").write_text("raise SystemExit(99)\n", encoding="utf-8")
    assert runner.lint().returncode == 0


@pytest.mark.parametrize("text", [VALID, INVALID])
def test_sarif_is_written_whatever_is_found(runner: Runner, text: str) -> None:
    put(runner, amp=text)
    runner.inputs["sarif-file"] = "amp lint.sarif"
    result = runner.lint()
    assert result.returncode == (1 if text == INVALID else 0), result.stderr
    log = json.loads((runner.workspace / "amp lint.sarif").read_text("utf-8"))
    assert len(log["runs"][0]["results"]) == result.returncode


def test_without_a_name_no_sarif_is_written(runner: Runner) -> None:
    put(runner, amp=VALID)
    runner.lint()
    assert [path.name for path in runner.workspace.iterdir()] == ["amp.yaml"]


def test_a_sarif_file_that_cannot_be_written_costs_no_annotation(runner: Runner) -> None:
    put(runner, amp=INVALID)
    runner.inputs["sarif-file"] = "no such folder/amp-lint.sarif"
    result = runner.lint()
    assert result.returncode == 2
    assert "::error file=amp.yaml,line=4," in result.stdout
    assert "cannot write the report" in result.stderr
    assert "provider-not-supported" in runner.summary


def test_the_summary_is_a_table_of_the_findings(runner: Runner) -> None:
    put(runner, amp=INVALID)
    runner.lint()
    assert runner.summary.startswith("### amp-lint\n\n1 error in 1 manifest")
    assert "| error | amp.yaml:4:15 |" in runner.summary


def test_the_summary_can_be_switched_off(runner: Runner) -> None:
    put(runner, amp=INVALID)
    runner.inputs["summary"] = "false"
    runner.lint()
    assert not (runner.folder / "summary.md").exists()


def git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=test", "-c", "user.email=test@example.com"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


def test_a_change_is_annotated_and_summarised_and_fails_nothing(runner: Runner) -> None:
    put(runner, amp=VALID)
    git(runner.workspace, "init", "--quiet", "--initial-branch=main")
    git(runner.workspace, "add", ".")
    git(runner.workspace, "commit", "--quiet", "-m", "old")
    put(runner, amp=VALID.replace("contact-sync", "people-sync"))
    runner.inputs["against"] = "HEAD"
    result = runner.lint()
    assert result.returncode == 0, result.stderr
    assert "`contact-sync` is renamed to `people-sync`" in result.stdout
    assert "### amp-lint changes" in runner.summary
    assert "```mermaid\nflowchart LR\n" in runner.summary


def test_a_base_that_was_not_fetched_is_a_warning(runner: Runner) -> None:
    put(runner, amp=VALID)
    git(runner.workspace, "init", "--quiet")
    runner.inputs["against"] = "0123456789012345678901234567890123456789"
    result = runner.lint()
    assert result.returncode == 0, result.stderr
    assert "::warning title=amp-lint changes::not compared: " in result.stdout


def test_the_working_directory_is_where_paths_begin(runner: Runner) -> None:
    folder = runner.workspace / "services" / "my crm"
    folder.mkdir(parents=True)
    (folder / "amp.yaml").write_text(INVALID, encoding="utf-8")
    runner.inputs |= {"working-directory": "services/my crm", "sarif-file": "x.sarif"}
    result = runner.lint()
    assert result.stdout.startswith("::error file=services/my crm/amp.yaml,line=4,"), result.stderr
    log = json.loads((folder / "x.sarif").read_text("utf-8"))
    (found,) = log["runs"][0]["results"]
    uri = found["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "services/my%20crm/amp.yaml"


def test_git_is_not_needed(runner: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    assert BASH is not None
    tools = runner.folder / "tools"
    tools.mkdir()
    (tools / "bash").symlink_to(BASH)
    monkeypatch.setenv("PATH", str(tools))
    put(runner, amp=INVALID)
    assert runner.lint().stdout.startswith("::error file=amp.yaml,")


def test_every_step_but_the_set_up_of_python_is_a_script(action: Mapping[str, Any]) -> None:
    first, *others = action["runs"]["steps"]
    assert re.fullmatch(r"actions/setup-python@[0-9a-f]{40}", first["uses"])
    assert all(step["shell"] == "bash" and "run" in step for step in others)


@pytest.mark.network
def test_the_action_installs_itself_and_lints(runner: Runner) -> None:
    put(runner, amp=INVALID)
    runner.outputs["steps.python.outputs.python-path"] = sys.executable
    codes = []
    for step in runner.steps():
        if "run" in step:
            result = runner.run(step)
            codes.append(result.returncode)
    assert codes == [0, 1], result.stderr
    assert "runner temp" in runner.outputs["steps.install.outputs.python"]
    assert "provider-not-supported" in result.stdout
