"""Lints the manifests of a large run of `check` in several processes.

Each result equals that of a single process. Nothing here depends on how the platform starts a
process (fork, forkserver or spawn): a worker gets the request, and reads the configuration itself.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Collection, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import active_children, parent_process
from multiprocessing.process import BaseProcess
from typing import TYPE_CHECKING

from amp_lint.cli.check_files import (
    STDIN,
    FilesOfRun,
    Result,
    WorkerDiedError,
    configurations_of,
)
from amp_schema.lite_dataclasses import replace

if TYPE_CHECKING:
    from amp_lint.cli.check_run import CheckRequest
    from amp_lint.project.snapshot import Snapshot

# `concurrent.futures` allows no more on Windows.
MAX_WORKERS = 61

# Manifests in one message to a worker. More of them are not measurably faster, and let the workers
# end at different times.
CHUNK = 16

# The run of a worker process, set when it starts.
_runs: list[FilesOfRun] = []


def results(run: FilesOfRun, jobs: int | None) -> Iterator[Result]:
    """Lint each file of a run in `jobs` processes; None: one per processor.

    Falls back to this process if no others can be started. Raises WorkerDiedError. When the
    iterator ends, is closed or is interrupted, the processes end.
    """
    # Only this process can read standard input. A rule about the integrations of all manifests
    # reads all of them for the first one.
    here = {*run.files[:1], STDIN}
    there = [file for file in run.files if file not in here]
    workers = min(jobs or processors(), MAX_WORKERS, -(-len(there) // CHUNK))
    if workers < 2:
        yield from map(run.result, run.files)
        return
    with _linted(there, run, workers) as answers:
        for file in run.files:
            yield run.result(file) if answers is None or file in here else next(answers)


def processors() -> int:
    """Return the number of processors that this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # macOS and Windows do not have it
        return os.cpu_count() or 1


@contextmanager
def _linted(files: list[str], run: FilesOfRun, workers: int) -> Iterator[Iterator[Result] | None]:
    """Yield an iterator over the results in the same order; None if no process can be started."""
    others = active_children()
    try:
        with _interrupts_ignored():
            pool = _pool(run, workers)
            answers = pool.map(_result, files, chunksize=CHUNK)
    except (NotImplementedError, OSError):
        # A sandbox without shared semaphores, or the limit of processes.
        _terminate_all_but(others)
        yield None
        return
    try:
        yield answers
    except BrokenProcessPool:
        raise WorkerDiedError(
            "a process that lints manifests was killed, possibly because memory ran out; "
            "try fewer processes: --jobs 1"
        ) from None
    except BaseException:
        _terminate_all_but(others)
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _pool(run: FilesOfRun, workers: int) -> ProcessPoolExecutor:
    # `project` may hold the key of the API, and the snapshot is fetched already.
    request = replace(run.request, project=None)
    return ProcessPoolExecutor(workers, initializer=_start, initargs=(request, run.snapshot))


def _terminate_all_but(others: Collection[BaseProcess]) -> None:
    for process in active_children():
        if process not in others:
            process.terminate()


@contextmanager
def _interrupts_ignored() -> Iterator[None]:
    """Ignore Ctrl-C, also in each process that is started here, which would print a traceback.

    The process that starts them ends them.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _start(request: CheckRequest, snapshot: Snapshot | None) -> None:
    """Prepare a worker process."""
    from amp_lint.cli.main import collect_garbage_rarely

    collect_garbage_rarely()
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _runs.append(FilesOfRun((), request, configurations_of(request), snapshot))


def _end_with_parent() -> None:
    """Wait until the process that started this one is gone, then end this one.

    The workers of `concurrent.futures` would wait for work forever if that process is killed.
    """
    parent = parent_process()
    if parent is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)


def _result(file: str) -> Result:
    """Lint a file in a worker process."""
    return _runs[-1].result(file)
