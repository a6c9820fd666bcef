"""`amp-lint changes` with git, files and deployed revisions."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

OLD = """\
specVersion: 1.0.0
integrations:
  - name: crm-sync
    provider: hubspot
    read:
      objects:
        - objectName: contacts
          destination: crmWebhook
          schedule: "*/30 * * * *"
          requiredFields:
            - fieldName: email
"""
NEW = OLD.replace("destination: crmWebhook", "destination: crmStream")

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def changes(tmp_path: Path) -> Run:
    def run(*arguments: str, cwd: Path = tmp_path, **more: str) -> subprocess.CompletedProcess[str]:
        environment = {name: value for name, value in os.environ.items() if "GITHUB" not in name}
        return subprocess.run(
            [sys.executable, "-m", "amp_lint", "changes", "--output-format=concise", *arguments],
            cwd=cwd,
            env={**environment, **more},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return run


def git(folder: Path, *arguments: str) -> str:
    command = ["git", "-c", "user.name=test", "-c", "user.email=test@example.com", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository whose first commit has the old manifest, and whose working tree has the new."""
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    (tmp_path / "amp.yaml").write_text(OLD)
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "-m", "old")
    (tmp_path / "amp.yaml").write_text(NEW)
    return tmp_path


@pytest.mark.usefixtures("repository")
def test_against_a_revision(changes: Run) -> None:
    done = changes("--against", "HEAD", "--strict")
    assert done.returncode == 1, done.stderr
    assert "warning[destination-changed]" in done.stdout


def test_from_a_folder_below_and_in_a_worktree(
    repository: Path, changes: Run, tmp_path: Path
) -> None:
    folder = repository / "sub" / "deeper"
    folder.mkdir(parents=True)
    assert (
        "destination-changed" in changes("../../amp.yaml", "--against", "HEAD", cwd=folder).stdout
    )
    tree = tmp_path / "tree"
    git(repository, "worktree", "add", "--quiet", str(tree), "HEAD")
    (tree / "amp.yaml").write_text(NEW)
    assert "destination-changed" in changes("amp.yaml", "--against", "main", cwd=tree).stdout


def test_a_renamed_file_is_named_by_its_old_path(repository: Path, changes: Run) -> None:
    git(repository, "mv", "--force", "amp.yaml", "new.amp.yaml")
    assert changes("new.amp.yaml", "--against", "HEAD", "--strict").returncode == 0
    done = changes("new.amp.yaml", "--against", "HEAD:amp.yaml", "--strict")
    assert "destination-changed" in done.stdout
    wrong = changes("new.amp.yaml", "--against", "HEAD:none.yaml")
    assert wrong.returncode == 2
    assert "none.yaml in HEAD does not exist" in wrong.stderr


@pytest.mark.parametrize("revision", ["nowhere", "-x", "HEAD~9"])
@pytest.mark.usefixtures("repository")
def test_a_missing_revision_is_one_line(changes: Run, revision: str) -> None:
    done = changes(f"--against={revision}")
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert "revision" in done.stderr


def test_a_shallow_clone_is_named(repository: Path, changes: Run, tmp_path: Path) -> None:
    git(repository, "commit", "--quiet", "--all", "-m", "new")
    shallow = tmp_path / "shallow"
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{repository}", str(shallow))
    done = changes("amp.yaml", "--against", "HEAD~1", cwd=shallow)
    assert done.returncode == 2
    assert "shallow clone" in done.stderr


def test_outside_of_a_repository(tmp_path: Path, changes: Run) -> None:
    (tmp_path / "amp.yaml").write_text(NEW)
    done = changes("--against", "main", GIT_CEILING_DIRECTORIES=str(tmp_path.parent))
    assert done.returncode == 2
    assert "is not in a git repository" in done.stderr


@pytest.mark.usefixtures("repository")
def test_without_git(changes: Run, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    done = changes("--against", "HEAD", PATH=str(empty))
    assert done.returncode == 2
    assert "git is not installed" in done.stderr


def test_no_configured_program_runs(repository: Path, changes: Run) -> None:
    witness = repository / "witness"
    for key in (
        "core.pager",
        "core.fsmonitor",
        "diff.external",
        "core.sshCommand",
        "filter.x.smudge",
    ):
        git(repository, "config", key, f"touch {witness}; cat")
    (repository / ".gitattributes").write_text("*.yaml filter=x diff=x\n")
    git(repository, "config", "diff.x.textconv", f"touch {witness}; cat")
    assert "destination-changed" in changes("--against", "HEAD").stdout
    assert not witness.exists()


def test_against_a_file(tmp_path: Path, changes: Run) -> None:
    (tmp_path / "amp.yaml").write_text(NEW)
    (tmp_path / "old.txt").write_text(OLD)
    assert "destination-changed" in changes("--against", "old.txt").stdout


@pytest.mark.parametrize(
    ("old", "reason"),
    [
        (OLD.replace("provider: hubspot", "provider hubspot"), "line 4: `provider hubspot` has no"),
        (OLD.replace("    provider: hubspot\n", ""), "line 3: an integration requires `provider`"),
    ],
)
def test_an_old_manifest_that_the_platform_refuses_is_told(
    tmp_path: Path, changes: Run, old: str, reason: str
) -> None:
    (tmp_path / "amp.yaml").write_text(NEW)
    (tmp_path / "old.yaml").write_text(old)
    done = changes("--against", "old.yaml")
    assert f"amp-lint: the platform refuses the old manifest old.yaml, {reason}" in done.stderr
    assert "destination-changed" in done.stdout
    assert done.returncode == 0


def test_against_the_deployed_revision(tmp_path: Path, changes: Run) -> None:
    content = {
        "name": "crm-sync",
        "provider": "hubspot",
        "read": {
            "objects": [
                {
                    "objectName": "contacts",
                    "destination": "crmWebhook",
                    "schedule": "*/30 * * * *",
                    "requiredFields": [{"fieldName": "email"}],
                }
            ]
        },
    }
    snapshot = {
        "version": 1,
        "asOf": "2026-11-29",
        "failed": {},
        "project": {"id": "p1", "name": "acme-dev"},
        "integrations": [
            {
                "id": "i1",
                "name": "crm-sync",
                "provider": "hubspot",
                "installations": 3,
                "revision": {"id": "r1", "createTime": "2026-11-01T00:00:00Z", "content": content},
            }
        ],
        "selections": {"crm-sync": {"contacts": {"read": 3, "pinned": {"destination": 1}}}},
    }
    (tmp_path / "project.json").write_text(json.dumps(snapshot))
    (tmp_path / "amp.yaml").write_text(NEW)
    done = changes("--against", "deployed", "--snapshot", "project.json")
    assert "1 of 3 customers, who have `crmWebhook` configured" in done.stdout, done.stderr
    alone = changes("--against", "deployed")
    assert alone.returncode == 2
    assert "--snapshot" in alone.stderr


def test_against_is_required(changes: Run) -> None:
    done = changes()
    assert done.returncode == 2
    assert "--against is missing" in done.stderr


@pytest.mark.parametrize(
    ("new", "reason"),
    [
        ("", "line 1: "),
        (OLD.replace("integrations:", "integration:"), "line 2: "),
        (OLD.replace("    provider:", "<<<<<<< HEAD\n    provider:"), "line 4: "),
        ("manifest:\n" + "".join(f"  {line}\n" for line in OLD.splitlines()), "line 1: "),
    ],
)
def test_a_new_manifest_that_the_platform_refuses_is_a_problem(
    tmp_path: Path, changes: Run, new: str, reason: str
) -> None:
    (tmp_path / "amp.yaml").write_text(new)
    (tmp_path / "old.yaml").write_text(OLD)
    done = changes("--against", "old.yaml")
    assert f"amp-lint: the platform refuses the new manifest amp.yaml, {reason}" in done.stderr
    assert "Nothing changes" not in done.stdout
    assert done.returncode == 2


def test_nothing_is_promised_against_an_old_manifest_that_the_platform_refuses(
    tmp_path: Path, changes: Run
) -> None:
    (tmp_path / "amp.yaml").write_text(OLD)
    (tmp_path / "old.yaml").write_text(OLD.replace("    provider: hubspot\n", ""))
    done = changes("--against", "old.yaml", "--output-format", "text")
    assert "No change for customers was found in what could be compared" in done.stdout
    assert done.returncode == 0
