"""Real processes: pipes that break, encodings that lack characters, disks that are full."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

# The real rules run here; this one has a finding of one of them on a name with wide characters.
MANIFEST = """\
specVersion: 1.0.0
integrations:
  - name: crm-sync
    provider: salesforce
    displayName: "名前 é 😀"
    write:
      objects:
        - {objectName: "名前 é", inheritMapping: true}
"""


def manifest(folder: Path) -> Path:
    file = folder / "amp.yaml"
    file.write_text(MANIFEST, "utf-8")
    return file


def test_module_and_exit_code(folder: Path, spawn: Callable) -> None:
    manifest(folder)
    done = spawn("check", "--select", "write-inherit-mapping", env={"PYTHONIOENCODING": "utf-8"})
    assert done.returncode == 0
    assert done.stderr == b""
    row, carets = done.stdout.decode().splitlines()[4:6]
    assert row == ' 8 |         - {objectName: "名前 é", inheritMapping: true}'
    before = row.replace("名", "xx").replace("前", "xx").index("true")
    assert carets == "   |".ljust(before) + "^^^^"
    assert spawn("check", "--strict").returncode == 1


@pytest.mark.parametrize(
    "format_name", ["text", "concise", "json", "sarif", "github", "gitlab", "junit"]
)
def test_an_encoding_that_lacks_characters(format_name: str, folder: Path, spawn: Callable) -> None:
    manifest(folder)
    done = spawn(
        "check",
        f"--output-format={format_name}",
        "--select=write-inherit-mapping",
        env={"PYTHONIOENCODING": "ascii"},
    )
    assert (done.returncode, done.stderr) == (0, b"")
    text = done.stdout.decode("ascii")
    if format_name == "text":
        assert '- {objectName: "?? ?", inheritMapping: true}' in text
        row, carets = text.splitlines()[4:6]
        assert carets.index("^") == row.index("true")
    elif format_name == "json":
        assert "`名前 é`" in json.loads(text)["findings"][0]["message"]


@pytest.mark.skipif(sys.platform != "linux", reason="names that are no UTF-8 are a matter of Linux")
@pytest.mark.parametrize("format_name", ["text", "concise", "json"])
def test_names_that_are_no_text(format_name: str, folder: Path, spawn: Callable) -> None:
    name = b"\xff\n\x1b[2J.amp.yaml"
    (folder / os.fsdecode(name)).write_text(MANIFEST, "utf-8")
    for path in (b".", name):
        only = "--select=write-inherit-mapping"
        done = spawn("check", "--strict", only, f"--output-format={format_name}", path)
        assert (done.returncode, done.stderr) == (1, b"")
        if format_name == "json":
            file = json.loads(done.stdout)["findings"][0]["file"]
            assert os.fsencode(file) == name
        else:
            assert b"\\xff\\n\\x1b[2J.amp.yaml:8:" in done.stdout


def test_a_reader_that_leaves_is_no_error(folder: Path) -> None:
    # Far more than a pipe holds, so that writing goes on after the reader has gone.
    item = "    - {objectName: lead, inheritMapping: true}\n"
    head = "integrations:\n- name: x\n  write:\n    objects:\n"
    (folder / "amp.yaml").write_text(head + item * 1_000)
    options = ["--strict", "--select", "write-inherit-mapping"]
    command = [sys.executable, "-m", "amp_lint", "check", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline().startswith(b"warning[")
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 1


@pytest.mark.parametrize("arguments", [["--help"], ["check", "--help"], ["--version"]])
def test_help_for_a_reader_that_has_left(arguments: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "amp_lint", *arguments]
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, timeout=60, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="/dev/full stands for a full disk")
def test_a_full_disk(folder: Path) -> None:
    manifest(folder)
    command = [sys.executable, "-m", "amp_lint", "check"]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, timeout=60, check=False)
    assert done.returncode == 2
    assert done.stderr == b"amp-lint: cannot write the report: No space left on device\n"


@pytest.mark.skipif(os.name != "posix", reason="a shell closes the streams")
def test_closed_streams(folder: Path) -> None:
    manifest(folder)
    only = "--strict --select write-inherit-mapping"
    for arguments, code in (
        (f"check {only}", 1),
        ("check missing", 2),
        ("chekc", 2),
        ("--help", 0),
    ):
        done = subprocess.run(
            ["sh", "-c", f'exec "$0" -m amp_lint {arguments} >&- 2>&-', sys.executable],
            timeout=60,
            check=False,
        )
        assert done.returncode == code


def test_standard_input_of_a_process(spawn: Callable) -> None:
    only = "--select=write-inherit-mapping"
    options = ["--stdin-filename", "x.yaml", "--output-format=json", only]
    done = spawn("check", "-", *options, input=MANIFEST.encode())
    assert {entry["file"] for entry in json.loads(done.stdout)["findings"]} == {"x.yaml"}
    assert done.stderr == b""


@pytest.mark.parametrize("arguments", [["check", "amp.yaml"], ["rule", "unknown-key"]])
def test_python_without_docstrings_prints_the_same(folder: Path, arguments: list[str]) -> None:
    manifest(folder)
    plain, stripped = (
        subprocess.run(
            [sys.executable, *flags, "-m", "amp_lint", *arguments],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        for flags in ([], ["-OO"])
    )

    assert stripped.stdout == plain.stdout
    assert (stripped.returncode, stripped.stderr) == (plain.returncode, plain.stderr)
