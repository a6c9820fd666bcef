from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from amp_lint.cli import atomic_write


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_new_file_gets_the_usual_permissions(tmp_path: Path) -> None:
    usual = tmp_path / "usual"
    usual.touch()
    atomic_write.write(str(tmp_path / "new"), b"text")
    assert (tmp_path / "new").read_bytes() == b"text"
    assert (tmp_path / "new").stat().st_mode == usual.stat().st_mode
    assert names(tmp_path) == ["new", "usual"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
@pytest.mark.parametrize("mode", [0o600, 0o644, 0o755, 0o664])
def test_permissions_stay(mode: int, tmp_path: Path) -> None:
    file = tmp_path / "amp.yaml"
    file.write_bytes(b"old")
    file.chmod(mode)
    atomic_write.write(str(file), b"new")
    assert file.read_bytes() == b"new"
    assert stat.S_IMODE(file.stat().st_mode) == mode


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    file = tmp_path / "there" / "amp.yaml"
    file.write_bytes(b"old")
    link = tmp_path / "amp.yaml"
    link.symlink_to(file)
    atomic_write.write(str(link), b"new")
    assert link.is_symlink()
    assert file.read_bytes() == b"new"
    assert names(tmp_path / "there") == ["amp.yaml"]


@pytest.mark.parametrize("failing", ["fsync", "fdopen"])
def test_a_failure_leaves_the_old_file_and_nothing_else(
    failing: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    file = tmp_path / "amp.yaml"
    file.write_bytes(b"old")
    monkeypatch.setattr(f"amp_lint.cli.atomic_write.os.{failing}", full)
    with pytest.raises(OSError, match="No space left"):
        atomic_write.write(str(file), b"new")
    assert file.read_bytes() == b"old"
    assert names(tmp_path) == ["amp.yaml"]


def test_a_read_only_file_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Tests may run as root, who may write anything.
    monkeypatch.setattr("amp_lint.cli.atomic_write.os.access", lambda *_: False)
    file = tmp_path / "amp.yaml"
    file.write_bytes(b"old")
    with pytest.raises(PermissionError, match="read-only"):
        atomic_write.write(str(file), b"new")
    assert file.read_bytes() == b"old"


def test_a_missing_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        atomic_write.write(str(tmp_path / "none" / "amp.yaml"), b"new")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no named pipes")
def test_what_is_no_regular_file_is_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(OSError, match="no regular file"):
        atomic_write.write(str(pipe), b"new")
    assert pipe.is_fifo()
    assert names(tmp_path) == ["pipe"]
