"""A terminal in memory, for an editor that is used with keys."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .waiting import SECONDS, until

WIDTH, HEIGHT = 100, 30
NO_STATUS = (";", "set-option", "-g", "status", "off")


@dataclass(frozen=True)
class Terminal:
    """A program in a terminal: its keyboard and the text on its screen."""

    tmux: tuple[str, ...]
    environment: Mapping[str, str]

    def press(self, *keys: str) -> None:
        """Press keys by their names: `C-x`, `Escape`, `Enter`."""
        self._do("send-keys", *keys)

    def type(self, text: str) -> None:
        self._do("send-keys", "-l", text)

    def text(self) -> str:
        return self._do("capture-pane", "-p")

    def runs(self) -> bool:
        """Return whether the program still runs."""
        return self._call("has-session").returncode == 0

    def wait(self, what: str, holds: Callable[[], object]) -> None:
        until(what, holds, self.text)

    def wait_for(self, words: str) -> None:
        """Wait until some words are on the screen."""
        self.wait(f"the words {words!r}", lambda: words in self.text())

    def _do(self, *command: str) -> str:
        done = self._call(*command)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def _call(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*self.tmux, *command],
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=SECONDS,
            check=False,
        )


@contextmanager
def terminal(
    tmux: Path, command: Sequence[str], environment: Mapping[str, str], folder: Path
) -> Iterator[Terminal]:
    """Run a program in a terminal, in a folder; end both if the program has not ended."""
    shown = Terminal((str(tmux), "-S", str(folder / "tmux"), "-f", "/dev/null"), environment)
    size = ["-x", str(WIDTH), "-y", str(HEIGHT)]
    shown._do("new-session", "-d", *size, "-c", str(folder), *command, *NO_STATUS)
    try:
        yield shown
    finally:
        if shown.runs():
            shown._do("kill-server")
