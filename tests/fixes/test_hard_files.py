"""`--fix` under difficult conditions leaves the old file or the new one, never a part of it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from amp_lint.cli.main import main

WRONG = b"""\
specVersion: 1.0.0
integrations:
  - name: crm-sync
    provider: hubspot
    proxy:
      enabled: "true"
"""
RIGHT = WRONG.replace(b'"true"', b"true")
FIX = [sys.executable, "-m", "amp_lint", "check", "--isolated", "--fix"]


# Simulates a full disk: no file may grow beyond ten bytes.
FIX_WITHOUT_ROOM = """
import resource, sys
from amp_lint.cli.main import main
resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10))
sys.exit(main(["check", "--isolated", "--fix", sys.argv[1]]))
"""


def fix(path: str | Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([*FIX, path], stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_runs_at_the_same_time_leave_the_mended_file(tmp_path: Path) -> None:
    file = tmp_path / "amp.yaml"
    file.write_bytes(WRONG)

    runs = [fix(file) for _ in range(4)]
    told = [run.communicate() for run in runs]

    # The second process may find that the file has changed, and reports it.
    assert {run.returncode for run in runs} <= {0, 2}
    assert all(b"Traceback" not in err for _, err in told)
    assert file.read_bytes() == RIGHT
    assert [one.name for one in tmp_path.iterdir()] == ["amp.yaml"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such limit")
def test_a_disk_without_room_leaves_the_old_file(tmp_path: Path) -> None:
    file = tmp_path / "amp.yaml"
    file.write_bytes(WRONG)

    command = [sys.executable, "-c", FIX_WITHOUT_ROOM, file]
    run = subprocess.run(command, capture_output=True, check=False)

    assert run.returncode == 2
    assert b"cannot fix" in run.stderr
    assert b"Traceback" not in run.stderr
    assert file.read_bytes() == WRONG
    assert [one.name for one in tmp_path.iterdir()] == ["amp.yaml"]


def test_a_file_that_vanishes_before_it_is_written_is_not_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from amp_lint.linter import fixer

    file = tmp_path / "amp.yaml"
    file.write_bytes(WRONG)
    fix_source = fixer.fix_source

    def slowly(*arguments: object, **options: object) -> fixer.Fixed:
        file.unlink()
        return fix_source(*arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(fixer, "fix_source", slowly)

    assert main(["check", "--isolated", "--fix", str(file)]) == 2
    assert "cannot fix" in capsys.readouterr().err
    assert not file.exists()


@pytest.mark.parametrize("name", ["a\nb.amp.yaml", "a\x1b[31mb.amp.yaml", "größe 😀.amp.yaml"])
def test_names_of_any_kind_are_mended_and_shown_harmlessly(name: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_bytes(WRONG)

    out, err = fix(tmp_path).communicate()

    assert file.read_bytes() == RIGHT
    assert b"\x1b" not in out + err

    file.write_bytes(WRONG.replace(b"hubspot", b"Hubspot"))
    run = fix(tmp_path)
    out, err = run.communicate()
    assert (run.returncode, err) == (1, b"")
    assert b"\x1b" not in out
    (title,) = (line for line in out.splitlines() if line.startswith(b"error["))
    assert title.endswith(b"write `hubspot`")


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names are text there")
def test_a_name_that_is_no_utf_8_is_mended(tmp_path: Path) -> None:
    file = os.fsencode(tmp_path) + b"/\xff\xfe.amp.yaml"
    with open(file, "wb") as stream:  # noqa: PTH123 - pathlib takes no bytes
        stream.write(WRONG)

    run = fix(tmp_path)
    _, err = run.communicate()

    assert run.returncode == 0, err
    with open(file, "rb") as stream:  # noqa: PTH123
        assert stream.read() == RIGHT


@pytest.mark.parametrize("name", [".gitignore", "amp-lint.toml", "pyproject.toml"])
@pytest.mark.parametrize("kind", ["device", "pipe"])
@pytest.mark.skipif(sys.platform == "win32", reason="needs devices and pipes")
def test_what_has_no_end_is_not_read(name: str, kind: str, tmp_path: Path) -> None:
    file = tmp_path / "amp.yaml"
    file.write_bytes(WRONG)
    (tmp_path / ".git").mkdir()
    if kind == "device":
        (tmp_path / name).symlink_to("/dev/zero")
    else:
        os.mkfifo(tmp_path / name)

    command = [sys.executable, "-m", "amp_lint", "check", "--fix", os.fspath(tmp_path)]
    run = subprocess.run(command, capture_output=True, timeout=60, check=False)

    assert run.returncode == 0, run.stderr
    assert file.read_bytes() == RIGHT


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs the device")
def test_a_file_without_an_end_is_one_finding() -> None:
    out, err = fix("/dev/zero").communicate()

    assert err == b""
    assert b"larger than 10 MB" in out
