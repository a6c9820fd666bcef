"""`check --fix` writes files that it fixed, and no others."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from amp_lint.cli.main import main
from amp_lint.linter import fixer
from amp_lint.linter.fixer import Fixed

WRONG = b"""\
specversion: 1.0.0
integrations:
  - name: crm
    provider: hubspot
    displayName: Caf\xc3\xa9
    proxy:
      enabled: true
"""
RIGHT = WRONG.replace(b"specv", b"specV")

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, made the current one."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    return tmp_path


def run(capsys: Capture, *arguments: str) -> tuple[int, str, str]:
    code = main(arguments)
    return (code, *capsys.readouterr())


def test_a_manifest_is_mended_and_then_left_alone(folder: Path, capsys: Capture) -> None:
    file = folder / "amp.yaml"
    file.write_bytes(WRONG)
    assert run(capsys, "check", "--fix")[0] == 0
    assert file.read_bytes() == RIGHT
    before = file.stat()
    assert run(capsys, "check", "--fix")[0] == 0
    assert (file.stat().st_ino, file.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


@pytest.mark.parametrize(
    ("data", "severity"),
    [
        (WRONG.replace(b"\xc3\xa9", b"\xe9"), "error"),
        # The platform reads UTF-16, but a fixed file would be UTF-8.
        (WRONG.decode().encode("utf-16"), "warning"),
    ],
    ids=["latin-1", "utf-16"],
)
def test_bytes_that_are_not_utf_8_are_not_written_over(
    data: bytes, severity: str, folder: Path, capsys: Capture
) -> None:
    file = folder / "amp.yaml"
    file.write_bytes(data)
    code, out, _ = run(capsys, "check", "--fix", "--unsafe-fixes")
    assert code == (severity == "error")
    assert f"{severity}[yaml-unsupported]" in out
    assert "fixed" not in out
    assert "fixable" not in out
    assert file.read_bytes() == data
    assert run(capsys, "check", "--diff") == (0, "", "")


def test_a_file_that_changes_meanwhile_keeps_the_change(
    folder: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = folder / "amp.yaml"
    file.write_bytes(WRONG)
    fix_source = fixer.fix_source

    def slowly(*arguments: Any, **options: Any) -> Fixed:
        file.write_bytes(WRONG + b"# more\n")
        return fix_source(*arguments, **options)

    monkeypatch.setattr(fixer, "fix_source", slowly)
    code, _, err = run(capsys, "check", "--fix")
    assert code == 2
    assert "it has changed in the meantime" in err
    assert file.read_bytes() == WRONG + b"# more\n"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no named pipes")
def test_a_pipe_is_no_file_to_mend(folder: Path) -> None:
    pipe = folder / "pipe"
    os.mkfifo(pipe)
    writer = Thread(target=pipe.write_bytes, args=(WRONG,), daemon=True)
    writer.start()
    # Reading the pipe a second time would wait for a second writer.
    told = subprocess.run(
        [sys.executable, "-m", "amp_lint", "check", "--fix", "pipe"],
        capture_output=True,
        timeout=60,
        check=False,
    )
    writer.join()
    assert told.returncode == 2
    assert b"cannot fix pipe: it is no regular file" in told.stderr
    assert pipe.is_fifo()


def test_a_patch_speaks_of_the_byte_order_mark(folder: Path, capsys: Capture) -> None:
    (folder / "amp.yaml").write_bytes(b"\xef\xbb\xbf" + WRONG)
    _, out, _ = run(capsys, "check", "--diff")
    assert out.splitlines()[3:5] == ["-\ufeffspecversion: 1.0.0", "+\ufeffspecVersion: 1.0.0"]
