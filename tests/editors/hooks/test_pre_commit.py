"""The hooks of `.pre-commit-hooks.yaml`, run by the real pre-commit in a user's repository."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

pytestmark = pytest.mark.network

SECONDS = 120

VALID = """\
specVersion: 1.0.0
integrations:
  - name: contact-sync
    provider: hubspot
    read:
      objects:
        - objectName: contacts
          destination: contact-webhook
          schedule: "*/30 * * * *"
          requiredFields:
            - fieldName: email
"""
INVALID = VALID.replace("*/30", "*/13")
FIXABLE = VALID.replace("fieldName: email", "email")

CONFIGURATION = """\
repos:
  - repo: {hook}
    rev: {revision}
    hooks:
      - id: {id}
"""

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the tests here share, so that the hooks are installed once."""
    return tmp_path_factory.mktemp("hooks")


@pytest.fixture(scope="module")
def run(folder: Path) -> Run:
    """Run a command as a user without any settings of this machine's owner."""
    inherited = {
        name: value
        for name, value in os.environ.items()
        # A test started from a git hook inherits GIT_DIR and the like.
        if not name.startswith(("GIT_", "PRE_COMMIT", "VIRTUAL_ENV", "PYTHONPATH", "XDG_"))
    }
    home = folder / "home"
    home.mkdir()
    settings = home / "gitconfig"
    settings.write_text(
        "[user]\n\tname = Tester\n\temail = tester@example.invalid\n"
        "[init]\n\tdefaultBranch = main\n",
        encoding="utf-8",
    )
    environment = inherited | {
        "HOME": str(home),
        "PRE_COMMIT_HOME": str(folder / "pre-commit"),
        "PRE_COMMIT_COLOR": "never",
        "GIT_CONFIG_GLOBAL": str(settings),
        "GIT_CONFIG_NOSYSTEM": "1",
    }

    def run(*command: str, cwd: Path, check: bool = True) -> subprocess.CompletedProcess[str]:
        result = subprocess.run(
            command,
            cwd=cwd,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=SECONDS,
            check=False,
        )
        assert not check or result.returncode == 0, f"{command}\n{result.stdout}"
        return result

    return run


@pytest.fixture(scope="module")
def hook(run: Run, repository: Path, folder: Path) -> Path:
    """A repository that holds the working tree as it is, so that it is tested before a commit."""
    if not (repository / ".git").exists():
        pytest.skip("needs a git checkout: git says which files belong to the project")
    listed = run(
        *("git", "-c", "safe.directory=*", "ls-files", "-z"),
        *("--cached", "--others", "--exclude-standard"),
        cwd=repository,
    )
    copy = folder / "hook"
    for name in filter(None, listed.stdout.split("\0")):
        if (repository / name).is_file():  # a file may be listed and deleted
            target = copy / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(repository / name, target)
    commit_all(run, copy)
    return copy


def commit_all(run: Run, folder: Path) -> None:
    run("git", "init", "--quiet", cwd=folder)
    run("git", "add", "--all", cwd=folder)
    run("git", "commit", "--quiet", "--message", "Everything", cwd=folder)


@pytest.fixture
def project(run: Run, hook: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A user's repository in which the hook of the parameter is installed."""
    folder = tmp_path / "project"
    folder.mkdir()
    revision = run("git", "rev-parse", "HEAD", cwd=hook).stdout.strip()
    (folder / ".pre-commit-config.yaml").write_text(
        CONFIGURATION.format(hook=hook.as_posix(), revision=revision, id=request.param),
        encoding="utf-8",
    )
    commit_all(run, folder)
    run(sys.executable, "-m", "pre_commit", "install", cwd=folder)
    return folder


def commit(run: Run, project: Path, **files: str) -> subprocess.CompletedProcess[str]:
    for name, text in files.items():
        (project / f"{name}.yaml").write_text(text, encoding="utf-8")
    run("git", "add", "--all", cwd=project)
    return run("git", "commit", "--message", "Manifest", cwd=project, check=False)


def commits(run: Run, project: Path) -> int:
    return int(run("git", "rev-list", "--count", "HEAD", cwd=project).stdout)


@pytest.mark.parametrize("project", ["amp-lint"], indirect=True)
def test_a_commit_is_refused_until_the_manifest_is_right(run: Run, project: Path) -> None:
    refused = commit(run, project, amp=INVALID)

    assert refused.returncode == 1, refused.stdout
    assert "schedule-minimum-interval" in refused.stdout
    assert "amp.yaml:9:" in refused.stdout
    assert (project / "amp.yaml").read_text("utf-8") == INVALID
    assert commits(run, project) == 1

    accepted = commit(run, project, amp=VALID)

    assert accepted.returncode == 0, accepted.stdout
    assert "Passed" in accepted.stdout
    assert commits(run, project) == 2


@pytest.mark.parametrize("project", ["amp-lint", "amp-lint-fix"], indirect=True)
def test_manifests_are_known_by_their_names(run: Run, project: Path) -> None:
    other = commit(run, project, settings=INVALID)

    assert other.returncode == 0, other.stdout
    assert "no files to check" in other.stdout

    named = commit(run, project, **{"crm.amp": INVALID})

    assert named.returncode == 1, named.stdout
    assert "crm.amp.yaml:9:" in named.stdout


@pytest.mark.parametrize("project", ["amp-lint-fix"], indirect=True)
def test_a_commit_is_refused_while_it_is_mended_and_then_passes(run: Run, project: Path) -> None:
    fixed = commit(run, project, amp=FIXABLE)

    assert fixed.returncode == 1, fixed.stdout
    assert "files were modified by this hook" in fixed.stdout
    assert (project / "amp.yaml").read_text("utf-8") == VALID
    assert commits(run, project) == 1

    run("git", "add", "amp.yaml", cwd=project)
    accepted = run("git", "commit", "--message", "Manifest", cwd=project, check=False)

    assert accepted.returncode == 0, accepted.stdout
    assert "Passed" in accepted.stdout
    assert run("git", "show", "HEAD:amp.yaml", cwd=project).stdout == VALID


@pytest.mark.parametrize("project", ["amp-lint-fix"], indirect=True)
def test_what_cannot_be_mended_safely_is_reported_and_left(run: Run, project: Path) -> None:
    refused = commit(run, project, amp=INVALID)

    assert refused.returncode == 1, refused.stdout
    assert "schedule-minimum-interval" in refused.stdout
    assert "files were modified" not in refused.stdout
    assert (project / "amp.yaml").read_text("utf-8") == INVALID


@pytest.mark.parametrize("project", ["amp-lint"], indirect=True)
def test_all_files_can_be_checked_without_a_commit(run: Run, project: Path) -> None:
    (project / "amp.yaml").write_text(VALID, encoding="utf-8")
    (project / "crm.amp.yml").write_text(INVALID, encoding="utf-8")
    run("git", "add", "--all", cwd=project)

    done = run(sys.executable, "-m", "pre_commit", "run", "--all-files", cwd=project, check=False)

    assert done.returncode == 1, done.stdout
    assert "crm.amp.yml:9:" in done.stdout
    assert "1 error in 2 manifests" in done.stdout


@pytest.mark.parametrize("runner", ["python/bin/prek", "pre-commit-3.2/bin/pre-commit"])
@pytest.mark.parametrize("project", ["amp-lint", "amp-lint-fix", "amp-lint-format"], indirect=True)
def test_prek_and_an_old_pre_commit_run_the_hooks(
    run: Run, project: Path, installed: Callable[[str], Path], runner: str
) -> None:
    command = installed(f"report-readers-2/{runner}")
    untidy = VALID.replace("provider: ", "provider:   ")
    (project / "amp-lint.toml").write_text('exclude = ["old"]\n', encoding="utf-8")
    (project / "old").mkdir()
    (project / "old" / "amp.yaml").write_text(INVALID + "\n\n", encoding="utf-8")
    # A name that looks like an option.
    (project / "-x.amp.yaml").write_text(INVALID.replace("provider: ", "provider:   "), "utf-8")
    (project / "amp.yaml").write_text(untidy, encoding="utf-8")
    run("git", "add", "--all", cwd=project)

    done = run(str(command), "run", "--all-files", cwd=project, check=False)

    assert done.returncode == 1, done.stdout
    assert "old" not in done.stdout
    assert (project / "old" / "amp.yaml").read_text("utf-8") == INVALID + "\n\n"
    if "amp-lint-format" in (project / ".pre-commit-config.yaml").read_text("utf-8"):
        assert (project / "amp.yaml").read_text("utf-8") == VALID
        assert (project / "-x.amp.yaml").read_text("utf-8") == INVALID
    else:
        assert "-x.amp.yaml:9:" in done.stdout
        assert "1 error in 2 manifests" in done.stdout
