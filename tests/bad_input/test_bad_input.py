"""Malformed input gives a finding, in bounded time and memory, and never a traceback.

Every case runs the command line in a process of its own, limited to 400 MB and 5 seconds, once with
each parser. Sizes keep a case at about a second of work, so that a busy machine does not fail the
test. With ruamel's own parser, thirty times slower than libyaml, cases are smaller.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from amp_lint.cli.main import main
from amp_lint.text.source import Source

from .cases import ALIASES, CASES, CLEAN, DEEP, YAML, Case

# Processor time, which other work on the machine does not affect. The clock only detects a process
# that hangs.
SECONDS = 5
PATIENCE = 60
MEGABYTES = 400

RUN = "import runpy; runpy.run_module('amp_lint', run_name='__main__', alter_sys=True)"
# Without the C parser: its module is hidden before anything could import it.
PURE = "import sys; sys.modules['_ruamel_yaml'] = None; "
LOWERED = (
    "from amp_lint.yaml import parser; parser.MAX_FOLLOWED, parser.MAX_ALIASED = 2_000, 4_000; "
    "parser.MAX_DEPTH = 200; "
)


def content(case: Case, *, pure: bool = False) -> bytes:
    made = case.make(case.size if not pure else max(case.size // case.slow, 1))
    return made if isinstance(made, bytes) else made.encode("utf-8")


def limited() -> None:
    """Limit the memory and time of this process; runs in the child."""
    import resource

    most = MEGABYTES * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def check(
    *arguments: str | Path, pure: bool = False, lowered: bool = False
) -> subprocess.CompletedProcess[str]:
    """Run the command within the limits. The test fails if it takes longer or crashes."""
    code = f"{PURE if pure else ''}{LOWERED if lowered else ''}{RUN}"
    done = subprocess.run(
        [sys.executable, "-c", code, "check", "--isolated", *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        preexec_fn=limited if sys.platform == "linux" else None,
        check=False,
    )
    assert "Traceback" not in done.stdout + done.stderr
    return done


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name.replace(" ", "-"))
def test_the_text_report_has_a_finding(case: Case, tmp_path: Path) -> None:
    file = tmp_path / "amp.yaml"
    file.write_bytes(content(case))

    done = check(file, "--fail-on", "info", lowered=case in (*ALIASES, *DEEP))

    assert done.stderr == ""
    assert done.returncode == 1
    # If there are very many findings, only the worst are shown.
    words = (*(f"[{rule}]" for rule in case.rule.split("|")), "more finding")
    assert any(word in done.stdout for word in words)


@pytest.mark.parametrize("case", YAML, ids=lambda case: case.name.replace(" ", "-"))
def test_so_has_the_json_report_without_the_c_parser(case: Case, tmp_path: Path) -> None:
    file = tmp_path / "amp.yaml"
    file.write_bytes(content(case, pure=True))

    arguments = (file, "--fail-on", "info", "--output-format", "json")
    done = check(*arguments, pure=True, lowered=case in (*ALIASES, *DEEP))

    assert done.stderr == ""
    assert done.returncode == 1
    found = {finding["rule"] for finding in json.loads(done.stdout)["findings"]}
    assert found & set(case.rule.split("|"))


def test_a_vanished_file_is_one_line_and_the_others_are_judged(tmp_path: Path) -> None:
    (tmp_path / "amp.yaml").write_text(CLEAN, encoding="utf-8")
    (tmp_path / "gone.yaml").symlink_to(tmp_path / "nowhere")

    done = check(tmp_path / "gone.yaml", tmp_path / "amp.yaml", "--output-format", "json")

    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert "gone.yaml" in done.stderr
    assert json.loads(done.stdout)["summary"]["files"] == 1


def test_a_file_that_vanishes_while_the_folder_is_searched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "amp.yaml"
    file.write_text(CLEAN, encoding="utf-8")
    read = Source.from_file

    def vanish(path: str) -> Source:
        file.unlink()
        return read(path)

    monkeypatch.setattr(Source, "from_file", vanish)

    assert main(["check", "--isolated", str(tmp_path)]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "cannot read" in line
    assert "amp.yaml" in line


def test_an_unreadable_file_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "amp.yaml"
    file.write_text(CLEAN, encoding="utf-8")

    def refuse(path: str) -> Source:
        raise PermissionError(13, "Permission denied", path)

    # A file without permissions would not stop a superuser from reading it.
    monkeypatch.setattr(Source, "from_file", refuse)

    assert main(["check", "--isolated", str(file)]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "Permission denied" in line


def test_a_folder_in_place_of_a_file_and_a_link_to_itself(tmp_path: Path) -> None:
    (tmp_path / "amp.yaml").mkdir()
    (tmp_path / "amp.yml").symlink_to(tmp_path / "amp.yml")

    done = check(tmp_path)

    assert done.returncode == 2
    assert 1 <= len(done.stderr.splitlines()) <= 3


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_that_nobody_writes_to_is_not_found_in_a_folder(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "amp.yaml")
    (tmp_path / "amp.yml").write_text(CLEAN, encoding="utf-8")

    assert check(tmp_path).returncode == 0


def test_a_loop_of_folders_ends(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (inner / "amp.yaml").write_text(CLEAN, encoding="utf-8")
    (inner / "up").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "self").symlink_to(tmp_path / "self")

    done = check(tmp_path, "--output-format", "json")

    assert done.returncode == 0
    assert json.loads(done.stdout)["summary"]["files"] == 1
