"""`amp-lint format`: what it writes, prints and answers."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from amp_lint import FormatError, format_text

Run = Callable[..., Any]
Spawn = Callable[..., "subprocess.CompletedProcess[bytes]"]

BEFORE = "a:   1\nb: 'x'\n"
AFTER = 'a: 1\nb: "x"\n'


def test_files_are_rewritten(folder: Path, run: Run) -> None:
    (folder / "amp.yaml").write_text(BEFORE)
    (folder / "b.amp.yaml").write_text(AFTER)
    outcome = run("format")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == "1 manifest formatted, 1 manifest left unchanged\n"
    assert (folder / "amp.yaml").read_text() == AFTER
    assert run("format", "--quiet").out == ""


def test_line_ends_and_byte_order_mark_stay(folder: Path, run: Run) -> None:
    file = folder / "amp.yaml"
    file.write_bytes(b"\xef\xbb\xbfa:   1\r\nb: 2\r\n")
    assert run("format").code == 0
    assert file.read_bytes() == b"\xef\xbb\xbfa: 1\r\nb: 2\r\n"


def test_check_prints_names_and_writes_nothing(folder: Path, run: Run) -> None:
    (folder / "amp.yaml").write_text(BEFORE)
    (folder / "b.amp.yaml").write_text(AFTER)
    outcome = run("format", "--check")
    assert outcome.code == 1
    assert outcome.out == (
        "Would format amp.yaml\n1 manifest would change, 1 manifest left unchanged\n"
    )
    assert (folder / "amp.yaml").read_text() == BEFORE
    assert run("format", "--check", "b.amp.yaml").code == 0


def test_diff_can_be_applied(folder: Path, run: Run) -> None:
    file = folder / "amp.yaml"
    file.write_text(BEFORE)
    outcome = run("format", "--diff")
    assert outcome.code == 1
    assert file.read_text() == BEFORE
    subprocess.run(["git", "apply", "-p0"], input=outcome.out, text=True, check=True)
    assert file.read_text() == AFTER
    assert run("format", "--diff").out == ""


def test_standard_input(spawn: Spawn) -> None:
    done = spawn("format", "-", input=BEFORE.replace("\n", "\r\n").encode())
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == AFTER.replace("\n", "\r\n").encode()
    assert spawn("format", "--check", "-", input=BEFORE.encode()).returncode == 1


def test_what_cannot_be_read_is_left_alone(folder: Path, run: Run) -> None:
    (folder / "amp.yaml").write_text(BEFORE)
    (folder / "bad.amp.yaml").write_text("a:   [\n")
    outcome = run("format")
    assert outcome.code == 2
    assert outcome.err.startswith("amp-lint: cannot format bad.amp.yaml: the `[` opened here")
    assert outcome.err.count("\n") == 1
    assert outcome.out == "1 manifest formatted\n"
    assert (folder / "bad.amp.yaml").read_text() == "a:   [\n"


def test_the_name_of_standard_input(spawn: Spawn) -> None:
    done = spawn("format", "--stdin-filename", "crm.amp.yaml", "-", input=b"a: [\n")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.startswith(b"amp-lint: cannot format crm.amp.yaml: ")


def test_excluded_files_are_left_out(folder: Path, run: Run) -> None:
    (folder / "amp-lint.toml").write_text('exclude = ["old"]\n')
    (folder / "old").mkdir()
    (folder / "old" / "amp.yaml").write_text(BEFORE)
    (folder / "amp.yaml").write_text(BEFORE)
    assert run("format").out == "1 manifest formatted\n"
    assert (folder / "old" / "amp.yaml").read_text() == BEFORE


def test_force_exclude_is_about_files_that_are_named(folder: Path, run: Run, spawn: Spawn) -> None:
    (folder / "amp-lint.toml").write_text('exclude = ["old"]\n')
    (folder / "old").mkdir()
    excluded = folder / "old" / "amp.yaml"
    excluded.write_text(BEFORE)
    outcome = run("format", "--force-exclude", "old/amp.yaml")
    assert (outcome.code, outcome.out, outcome.err) == (0, "", "")
    assert excluded.read_text() == BEFORE
    named = ("format", "--stdin-filename", "old/amp.yaml", "-")
    assert spawn(*named, "--force-exclude", input=BEFORE.encode()).stdout == BEFORE.encode()
    assert spawn(*named, input=BEFORE.encode()).stdout == AFTER.encode()
    assert run("format", "old/amp.yaml").out == "1 manifest formatted\n"


@pytest.mark.parametrize("path", [".", "amp.yaml"])
def test_a_configuration_that_cannot_be_read_excludes_everything(
    folder: Path, run: Run, path: str
) -> None:
    (folder / "amp-lint.toml").write_text("exclud = 1\n")
    (folder / "amp.yaml").write_text(BEFORE)
    outcome = run("format", "--force-exclude", path)
    assert outcome.code == 2
    assert (
        outcome.err
        == "amp-lint: amp-lint.toml:1: there is no key `exclud`; did you mean `exclude`?\n"
    )
    assert (folder / "amp.yaml").read_text() == BEFORE


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root writes anything")
def test_a_read_only_file_is_left_alone(folder: Path, run: Run) -> None:
    file = folder / "amp.yaml"
    file.write_text(BEFORE)
    file.chmod(0o444)
    outcome = run("format")
    assert outcome.code == 2
    assert "cannot format amp.yaml: it is read-only" in outcome.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--check", "--diff"), "use one of the two"),
        (("-", "amp.yaml"), "no other PATH"),
        (("--stdin-filename", "x"), "there is no `-`"),
        (("--isolated", "--config", "x"), "--isolated uses none"),
        (("--chekc",), "--check"),
        (("",), "a PATH is empty"),
    ],
)
def test_contradictions_are_refused(arguments: tuple[str, ...], message: str, run: Run) -> None:
    outcome = run("format", *arguments)
    assert outcome.code == 2
    assert message in outcome.err


def test_library() -> None:
    assert format_text(BEFORE) == AFTER
    with pytest.raises(FormatError, match="never closed"):
        format_text("a: [\n")
