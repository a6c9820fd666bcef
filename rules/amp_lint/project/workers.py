"""Asks several questions at a time, and none for longer than until a deadline."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Mapping
from typing import TypeVar

from amp_lint.project.api import ApiError, Client

T = TypeVar("T")

_AT_A_TIME = 4


def ask_all(
    client: Client,
    questions: Mapping[str, Callable[[], T]],
    progress: Callable[[str], None],
) -> dict[str, T | ApiError]:
    """Return each question's answer, or the reason why there is none, by the questions' names.

    `progress` is called with each name that is done. The threads are daemons, and a thread that
    hangs is left behind: a lookup of a host, and a server that sends a byte now and then, obey no
    time limit of a socket.
    """
    waiting: queue.SimpleQueue[tuple[str, Callable[[], T]]] = queue.SimpleQueue()
    done: queue.SimpleQueue[tuple[str, T | ApiError | BaseException]] = queue.SimpleQueue()
    for item in questions.items():
        waiting.put(item)
    for _ in range(min(_AT_A_TIME, len(questions))):
        threading.Thread(target=_work, args=(waiting, done), daemon=True).start()
    answers: dict[str, T | ApiError] = {}
    try:
        while len(answers) < len(questions):
            try:
                name, answer = done.get(timeout=max(0.0, client.remaining))
            except queue.Empty:
                break
            if isinstance(answer, BaseException) and not isinstance(answer, ApiError):
                raise answer
            answers[name] = answer
            progress(name)
    finally:
        if len(answers) < len(questions):
            client.stop()
    late = ApiError(client.out_of_time)
    return {name: answers.get(name, late) for name in questions}


def _work(
    waiting: queue.SimpleQueue[tuple[str, Callable[[], T]]],
    done: queue.SimpleQueue[tuple[str, T | ApiError | BaseException]],
) -> None:
    while True:
        try:
            name, ask = waiting.get_nowait()
        except queue.Empty:
            return
        try:
            done.put((name, ask()))
        except BaseException as error:  # noqa: BLE001 - raised again in the thread that asked
            done.put((name, error))
