"""`check --fix` and `check --diff`, with the real rules."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from amp_lint.linter import fixer
from amp_lint.linter.fixer import Fixed

# One finding with a safe fix and one with an unsafe fix only.
TEXT = """\
specVersion: 1.0
integrations:
  - name: crm-sync # ours
    provider: HubSpot
    proxy:
      enabled: true
"""
SAFE = TEXT.replace("1.0\n", "1.0.0\n")
ALL = SAFE.replace("HubSpot", "hubspot")


@pytest.fixture(autouse=True)
def word_rules() -> None:
    """Here the real rules count, not those that the other tests of the command line make up."""


@pytest.fixture
def file(folder: Path) -> Path:
    file = folder / "amp.yaml"
    file.write_text(TEXT, encoding="utf-8", newline="")
    return file


def test_safe_fixes_are_made_and_the_rest_is_reported(file: Path, run: Callable) -> None:
    outcome = run("check", "--fix")
    assert outcome.code == 1
    assert file.read_text("utf-8") == SAFE
    assert "error[provider-not-supported]" in outcome.out
    assert "[spec-version]" not in outcome.out
    first, *_, counts, fixable, _ = outcome.out.splitlines()
    assert first == "fixed amp.yaml:1: spec-version: change to `1.0.0`"
    assert counts == "1 error in 1 manifest; 1 mistake fixed"
    assert fixable == "1 fixable with --fix --unsafe-fixes"


def test_unsafe_fixes_are_made_when_asked_for(file: Path, run: Callable) -> None:
    outcome = run("check", "--fix", "--unsafe-fixes")
    assert outcome.code == 0
    assert outcome.out.splitlines()[2:] == ["", "The manifest is clean; 2 mistakes fixed"]
    assert file.read_text("utf-8") == ALL


def test_a_second_run_changes_nothing(file: Path, run: Callable) -> None:
    run("check", "--fix", "--unsafe-fixes")
    before = file.stat()
    outcome = run("check", "--fix", "--unsafe-fixes")
    assert (outcome.code, outcome.out) == (0, "The manifest is clean\n")
    assert file.stat().st_ino == before.st_ino
    assert file.stat().st_mtime_ns == before.st_mtime_ns


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode("utf-8-sig"),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
        TEXT.rstrip().encode(),
        (TEXT + "\n\n# end").encode(),
    ],
    ids=["BOM", "CRLF", "CR", "no final newline", "comment at the end"],
)
def test_everything_else_stays_byte_for_byte(data: bytes, folder: Path, run: Callable) -> None:
    file = folder / "amp.yaml"
    file.write_bytes(data)
    run("check", "--fix", "--unsafe-fixes")
    changed = data.replace(b"HubSpot", b"hubspot").replace(b": 1.0", b": 1.0.0", 1)
    assert file.read_bytes() == changed


def test_a_patch_shows_what_would_change_and_changes_nothing(file: Path, run: Callable) -> None:
    outcome = run("check", "--diff")
    assert (outcome.code, outcome.err) == (1, "Would fix 1 finding in 1 manifest\n")
    assert outcome.out.splitlines()[:5] == [
        "--- amp.yaml",
        "+++ amp.yaml",
        "@@ -1,4 +1,4 @@",
        "-specVersion: 1.0",
        "+specVersion: 1.0.0",
    ]
    assert file.read_text("utf-8") == TEXT


def test_the_patch_does_what_fix_does(file: Path, spawn: Callable) -> None:
    patch = spawn("check", "--diff", "--unsafe-fixes").stdout
    subprocess.run(["git", "apply", "-p0", "-"], input=patch, check=True, timeout=60)
    assert file.read_text("utf-8") == ALL


def test_the_patch_on_a_terminal_has_colours(file: Path, run: Callable) -> None:
    file.write_text(TEXT.replace("# ours", "# \u202e"), encoding="utf-8")
    outcome = run("check", "--diff", "--color", "always")
    assert "\x1b[38;5;28m+specVersion: 1.0.0\x1b[0m" in outcome.out
    assert "\u202e" not in outcome.out


def test_without_anything_to_fix_there_is_no_patch(file: Path, run: Callable) -> None:
    file.write_text(ALL, encoding="utf-8")
    outcome = run("check", "--diff", "--unsafe-fixes")
    assert (outcome.code, outcome.out, outcome.err) == (0, "", "")


def test_standard_input_has_a_patch_too(folder: Path, spawn: Callable) -> None:
    result = spawn("check", "--diff", "--stdin-filename", "x.amp.yaml", "-", input=TEXT.encode())
    assert result.returncode == 1
    assert result.stdout.startswith(b"--- x.amp.yaml\n+++ x.amp.yaml\n")
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--fix", "--diff"], "--fix and --diff exclude each other"),
        (["--fix", "-"], "--fix cannot change standard input"),
        (["--unsafe-fixes"], "--unsafe-fixes requires --fix or --diff"),
        (["--diff", "--output-format", "json"], "--diff prints a patch, so it excludes"),
        (["--diff", "--statistics"], "--diff prints a patch, so it excludes"),
    ],
)
def test_what_does_not_go_together(
    arguments: list[str], words: str, file: Path, run: Callable
) -> None:
    outcome = run("check", *arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert words in outcome.err
    assert file.read_text("utf-8") == TEXT


def test_a_file_that_changes_meanwhile_is_left_alone(
    file: Path, run: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fix_source(*arguments: object, **options: object) -> Fixed:
        file.write_text("# mine now\n" + TEXT, encoding="utf-8")
        return real(*arguments, **options)  # type: ignore[arg-type]

    real = fixer.fix_source
    monkeypatch.setattr("amp_lint.linter.fixer.fix_source", fix_source)
    outcome = run("check", "--fix")
    assert outcome.code == 2
    assert outcome.err == "amp-lint: cannot fix amp.yaml: it has changed in the meantime\n"
    assert file.read_text("utf-8") == "# mine now\n" + TEXT


def test_a_read_only_file_is_left_alone_and_reported_as_it_is(
    file: Path, run: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Tests may run as root, who may write anything.
    monkeypatch.setattr("amp_lint.cli.atomic_write.os.access", lambda *_: False)
    outcome = run("check", "--fix")
    assert outcome.code == 2
    assert outcome.err == "amp-lint: cannot fix amp.yaml: it is read-only\n"
    assert "spec-version" in outcome.out
    assert file.read_text("utf-8") == TEXT


def test_a_file_that_cannot_be_parsed_in_the_end_is_left_alone(file: Path, run: Callable) -> None:
    text = TEXT + '  - name: "open\n'
    file.write_text(text, encoding="utf-8")
    outcome = run("check", "--fix", "--unsafe-fixes")
    assert outcome.code == 1
    assert file.read_text("utf-8") == text
    assert "yaml-syntax" in outcome.out
    assert "spec-version" in outcome.out


def test_one_manifest_that_cannot_be_fixed_does_not_cost_the_others(
    file: Path, run: Callable
) -> None:
    (file.parent / "b.amp.yaml").write_text("a: [", encoding="utf-8")
    run("check", "--fix")
    assert file.read_text("utf-8") == SAFE


@pytest.mark.usefixtures("file")
def test_json_counts_what_was_fixed(run: Callable) -> None:
    outcome = run("check", "--fix", "--output-format", "json")
    summary = json.loads(outcome.out)["summary"]
    assert (summary["fixed"], summary["fixable"], summary["errors"]) == (1, 0, 1)


def test_what_a_comment_suppresses_is_not_fixed(file: Path, run: Callable) -> None:
    text = TEXT.replace("1.0\n", "1.0 # amp:ignore[spec-version]\n")
    file.write_text(text, encoding="utf-8")
    run("check", "--fix")
    assert file.read_text("utf-8") == text


def test_what_the_configuration_switches_off_is_not_fixed(file: Path, run: Callable) -> None:
    (file.parent / "amp-lint.toml").write_text('ignore = ["spec-version"]\n', encoding="utf-8")
    run("check", "--fix")
    assert file.read_text("utf-8") == TEXT
