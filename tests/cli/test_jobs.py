"""`--jobs`: the same report from any number of processes, and no process left behind."""

from __future__ import annotations

import json
import multiprocessing
import os
import select
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from amp_lint.cli import check_run, check_workers
from amp_lint.cli.check_files import FilesOfRun
from amp_lint.config.lookup import Configurations

MANIFEST = """\
specVersion: 1.0.0
integrations:
  - name: crm-{number}
    provider: salesforce
    displayNam: "名前"
    write:
      objects:
        - {{objectName: account, inheritMapping: true}}
"""
needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").is_file(), reason="needs /proc")


def manifests(folder: Path, count: int) -> None:
    for number in range(count):
        text = MANIFEST.format(number=number)
        (folder / f"{number:03}.amp.yaml").write_text(text, "utf-8")


@pytest.fixture
def _mixed(folder: Path) -> None:
    """A folder with clean and wrong manifests, an unreadable one and a wrong configuration."""
    manifests(folder, 60)
    (folder / "001.amp.yaml").write_text("integrations: [", "utf-8")
    (folder / "002.amp.yaml").write_bytes(b"\xff\x00")
    (folder / "003.amp.yaml").unlink()
    (folder / "003.amp.yaml").symlink_to(folder / "nowhere")
    for name in ("a", "b"):
        below = folder / name
        below.mkdir()
        manifests(below, 20)
    (folder / "b" / "amp-lint.toml").write_text("selct = []\n", "utf-8")


def report(spawn: Callable, *options: str) -> tuple[int, bytes, bytes]:
    done = spawn("check", "--color=never", *options, *sorted(str(p) for p in Path().glob("*")))
    return done.returncode, done.stdout, done.stderr


@pytest.mark.usefixtures("_mixed")
@pytest.mark.parametrize("output_format", ["text", "json"])
def test_the_bytes_are_those_of_one_process(output_format: str, spawn: Callable) -> None:
    one = report(spawn, "--output-format", output_format, "--jobs=1")

    assert one[0] == 2
    assert b"selct" in one[2]
    assert report(spawn, "--output-format", output_format, "--jobs=3") == one


@pytest.mark.usefixtures("_mixed")
def test_a_patch_is_that_of_one_process(spawn: Callable) -> None:
    one = report(spawn, "--diff", "--unsafe-fixes", "--jobs=1")

    assert b"+++ " in one[1]
    assert report(spawn, "--diff", "--unsafe-fixes", "--jobs=2") == one


def test_fixes_are_those_of_one_process(
    folder: Path, spawn: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts, outputs = [], []
    for jobs in ("1", "2"):
        below = folder / jobs
        below.mkdir()
        monkeypatch.chdir(below)
        manifests(below, 40)
        outputs.append(report(spawn, "--fix", "--unsafe-fixes", "--jobs", jobs))
        texts.append([file.read_text("utf-8") for file in sorted(below.iterdir())])

    assert outputs[0] == outputs[1]
    assert texts[0] == texts[1]
    assert "displayName:" in texts[0][0]


def test_standard_input_is_read_once(folder: Path, spawn: Callable) -> None:
    manifests(folder, 40)
    text = MANIFEST.format(number=40).encode()
    one, two = (spawn("check", f"--jobs={jobs}", ".", "-", input=text) for jobs in "12")

    assert b"41 manifests" in one.stdout
    assert one.stdout == two.stdout


@pytest.mark.parametrize("method", multiprocessing.get_all_start_methods())
def test_every_way_to_start_a_process(method: str, folder: Path) -> None:
    # In a process of its own, because the method can be set only once.
    manifests(folder, 40)
    code = (
        "import multiprocessing, sys\n"
        "from amp_lint.cli.main import main\n"
        "if __name__ == '__main__':\n"
        f"    multiprocessing.set_start_method({method!r})\n"
        "    sys.exit(main(['check', '--jobs=2', '--statistics', '.']))\n"
    )
    script = folder / "script.py"
    script.write_text(code, "utf-8")
    done = subprocess.run(
        [sys.executable, script], capture_output=True, text=True, timeout=60, check=False
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert "40" in done.stdout


def files_of_run(count: int, jobs: int | None) -> FilesOfRun:
    request = check_run.CheckRequest((".",), jobs=jobs)
    return FilesOfRun([f"{number}.amp.yaml" for number in range(count)], request, Configurations())


@pytest.mark.parametrize(
    ("count", "jobs", "processes"),
    [
        (check_run.MANY - 1, None, False),
        (check_run.MANY, None, True),
        (check_run.MANY, 1, False),
        (2 * check_workers.CHUNK, 2, True),
        (check_workers.CHUNK, 2, False),
        (0, 2, False),
    ],
)
def test_how_many_manifests_need_processes(
    count: int, jobs: int | None, processes: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    class StartedError(Exception):
        pass

    def refuse(*_: object) -> None:
        raise StartedError

    monkeypatch.setattr(check_workers, "processors", lambda: 2)
    monkeypatch.setattr(check_workers, "_pool", refuse)
    started = False
    try:
        list(check_run._results(files_of_run(count, jobs)))
    except StartedError:
        started = True

    assert started is processes


def test_without_processes_one_does_the_work(
    folder: Path, run: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(40):
        (folder / f"{number:03}.amp.yaml").write_text("WARNING\n")

    def refuse(*_: object) -> None:
        raise OSError("no semaphores here")

    monkeypatch.setattr(check_workers, "_pool", refuse)

    assert "40 warnings in 40 manifests" in run("check", "--jobs=2").out


@pytest.mark.parametrize("value", ["", "-1", "1.5", "two", "²"])
def test_other_values_are_refused(value: str, folder: Path, run: Callable) -> None:
    manifests(folder, 1)
    outcome = run("check", f"--jobs={value}")

    assert outcome.code == 2
    assert "--jobs: must be a number of processes or auto" in outcome.err


@pytest.mark.parametrize("value", ["0", "auto"])
def test_zero_and_auto_are_the_default(value: str, folder: Path, run: Callable) -> None:
    manifests(folder, 1)

    assert run("check", "--jobs", value) == run("check")


def test_a_small_run_imports_no_processes(folder: Path) -> None:
    manifests(folder, 3)
    code = (
        "import json, sys\n"
        "from amp_lint.cli.main import main\n"
        "main(['check'])\n"
        "sys.stderr.write(json.dumps(sorted(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=60, check=True)
    loaded = set(json.loads(done.stderr))

    assert loaded & {"concurrent.futures", "multiprocessing", "amp_lint.cli.check_workers"} == set()


# A run in which each worker waits in its first manifest, and which prints the ids of its processes.
WAITING = """
import multiprocessing, os, sys, time
from amp_lint.cli import check_files
from amp_lint.cli.main import main

def wait(source, settings):
    if multiprocessing.parent_process() is None:
        return lint(source, settings)
    os.write(1, f"{os.getpid()}\\n".encode())
    while True:
        time.sleep(60)

lint, check_files.lint = check_files.lint, wait
multiprocessing.set_start_method("fork")
sys.argv = ["amp-lint", "check", "--jobs=2"]
sys.exit(main())
"""


@pytest.fixture
def waiting(folder: Path) -> Iterator[tuple[subprocess.Popen[bytes], list[int]]]:
    """A run with two workers that wait forever, and the ids of the workers."""
    if "fork" not in multiprocessing.get_all_start_methods():
        pytest.skip("needs fork")
    manifests(folder, 64)
    with subprocess.Popen(
        [sys.executable, "-c", WAITING],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        assert process.stdout is not None
        workers = [int(process.stdout.readline()) for _ in range(2)]
        try:
            yield process, workers
        finally:
            process.kill()
            for worker in workers:
                if is_running(worker):
                    os.kill(worker, signal.SIGKILL)


def is_running(process: int) -> bool:
    """Return whether a process exists and is not only waiting to be removed by its parent."""
    try:
        state = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def ends(process: int) -> bool:
    """Return whether a process that is not a child of this one ends within a minute."""
    try:
        handle = os.pidfd_open(process)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([handle], [], [], 60)[0])
    finally:
        os.close(handle)


@needs_proc
@pytest.mark.parametrize("whole_group", [True, False], ids=["a terminal", "one process"])
def test_an_interrupt_ends_all_processes(
    whole_group: bool, waiting: tuple[subprocess.Popen[bytes], list[int]]
) -> None:
    process, workers = waiting
    (os.killpg if whole_group else os.kill)(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=60)

    assert (process.returncode, out, err) == (130, b"", b"")
    assert not any(map(is_running, workers))


@needs_proc
def test_a_killed_worker_is_one_line(
    waiting: tuple[subprocess.Popen[bytes], list[int]],
) -> None:
    process, workers = waiting
    os.kill(workers[0], signal.SIGKILL)
    out, err = process.communicate(timeout=60)

    assert (process.returncode, out) == (2, b"")
    assert err == (
        b"amp-lint: a process that lints manifests was killed, possibly because memory ran out; "
        b"try fewer processes: --jobs 1\n"
    )
    assert not any(map(is_running, workers))


@needs_proc
def test_workers_end_with_a_run_that_is_killed(
    waiting: tuple[subprocess.Popen[bytes], list[int]],
) -> None:
    process, workers = waiting
    process.kill()
    process.communicate(timeout=60)

    assert all(map(ends, workers))
