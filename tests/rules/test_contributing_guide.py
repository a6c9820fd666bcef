"""The guide to a new rule in CONTRIBUTING, followed to the letter in a copy of the repository."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

# A path in backticks that ends a paragraph, and the file's content in a fence of four backticks.
FILE = re.compile(r"`(?P<path>[\w/.-]+)`\n\n````\w+\n(?P<text>.*?)^````$", re.S | re.M)
RULE = "pipedrive-write-limit"
# What a clone does not have.
LEFT_OUT = (".git", ".venv*", "node_modules", "__pycache__", ".*_cache", ".hypothesis", "*.vsix")


@pytest.fixture
def clone(tmp_path: Path, repository: Path) -> Path:
    """A copy of the repository in a folder without shared facts beside it."""
    copy = tmp_path / "clone"
    shutil.copytree(repository, copy, ignore=shutil.ignore_patterns(*LEFT_OUT))
    return copy


def run(clone: Path, *arguments: str) -> str:
    """Run Python in the copy, on the copy's packages, and return what it prints."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST", "AMP_LINT"))}
    environment["PYTHONPATH"] = os.pathsep.join(
        str(clone / name) for name in ("rules", "schemas", "server")
    )
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=clone,
        env=environment,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_guide_ends_green(clone: Path) -> None:
    files = {
        match["path"]: match["text"]
        for match in FILE.finditer((clone / "CONTRIBUTING.md").read_text("utf-8"))
    }
    assert len(files) == 2
    for path, text in files.items():
        assert not (clone / path).exists()
        (clone / path).write_text(text, "utf-8")

    # `make docs`
    run(clone, "docs/generate", "--only", "index")
    run(clone, "docs/generate")
    # `make lint`, but for what other tests and the new file cannot break
    module = next(path for path in files if path.endswith(".py"))
    run(clone, "-m", "ruff", "check", module)
    run(clone, "-m", "ruff", "format", "--check", module)
    # `make test`, as far as it is about rules
    shown = run(
        clone,
        *("-m", "pytest", "-q", "-rp", "-p", "no:cacheprovider", "-n0"),
        *("tests/rules/test_snippets.py", "tests/rules/test_catalogue.py"),
        *("tests/rules/test_index.py", "tests/fixes/test_every_fix.py"),
        *("-k", f"{RULE} or index or table or released"),
    )

    for test in (f"test_docstring_snippets[{RULE}]", f"test_a_fix_changes_exactly_this[{RULE}-1]"):
        assert test in shown
    assert RULE in (clone / "docs/rules/README.md").read_text("utf-8")
    assert (clone / f"docs/rules/{RULE}.md").is_file()
