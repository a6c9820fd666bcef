"""Compare this tree with an earlier revision, in one table: what people wait for.

    make bench-against BASE=dbaebb5       (or: python benchmarks/against.py REVISION [ROUNDS])

Both are installed as wheels in environments of their own in a temporary folder. Times are paired
(A B A B), so that other work on the machine affects both. Instructions are counted where valgrind
is installed. The corpus is measured if `../shared/corpus/samples` exists.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

from budget import works
from instructions import counted
from language_servers import URI, Client
from language_servers import manifest as long_manifest
from run import CORPUS, ENVIRONMENT, machine, manifest, paired

TOP = Path(__file__).parents[1]
ROUNDS = 9
MANY = 1_000
BETWEEN_KEYS = 0.15
# Typed at the end of a schedule: each second key makes another mistake.
KEYS = " * * * *"
LINE = '          schedule: "*/15 * * * *'
# The goals of the change that introduced this table.
GOALS = {
    "clean": 0.88,
    "unknown key": 0.5,
    "wrong type": 0.5,
    "corpus": 0.75,
    "many": 0.62,
    "open": 0.55,
    "memory": 0.88,
    "last key, 200 lines": 0.12,
    "last key, 10,000 lines": 0.4,
}


@dataclass(frozen=True, slots=True)
class Build:
    """An installed revision."""

    folder: Path

    def program(self, name: str) -> str:
        """Return the path of one of its programs."""
        return str(self.folder / "bin" / name)

    def check(self, path: Path) -> list[str]:
        """Return the command that lints a path."""
        return [self.program("python"), self.program("amp-lint"), "check", str(path)]


@contextmanager
def builds(revision: str, folder: Path) -> Iterator[tuple[Build, Build]]:
    """Install this tree and a revision of it."""
    source = folder / "source"
    git = ["git", "-C", str(TOP), "worktree"]
    subprocess.run([*git, "add", "--quiet", "--detach", str(source), revision], check=True)
    try:
        yield _installed(TOP, folder / "new"), _installed(source, folder / "old")
    finally:
        subprocess.run([*git, "remove", "--force", str(source)], check=True)


def _installed(source: Path, folder: Path) -> Build:
    venv.create(folder, with_pip=True)
    pip = [str(folder / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "install"]
    subprocess.run([*pip, "--quiet", str(source)], check=True)
    return Build(folder)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: both figures, and the median of the ratios of the pairs."""

    work: str
    new: float
    old: float
    ratio: float
    unit: str
    goal: str = ""

    @classmethod
    def of(cls, work: str, pairs: list[tuple[float, float]], unit: str, goal: str) -> Row:
        """Return the row for pairs of figures."""
        new, old = (statistics.median(column) for column in zip(*pairs, strict=True))
        ratio = statistics.median(one / other for one, other in pairs)
        return cls(work, new, old, ratio, unit, goal)

    def __str__(self) -> str:
        """Return a line of Markdown."""
        goal = GOALS.get(self.goal, "")
        figures = f"{self.new:.1f} {self.unit} | {self.old:.1f} {self.unit} | {self.ratio:.2f}"
        return f"| {self.work} | {figures} | {goal} |"


def short_runs(new: Build, old: Build, folder: Path, rounds: int) -> Iterator[Row]:
    """Measure `check` of one file, the corpus and many files."""
    for name, path in works(folder).items():
        work = f"check, 380 lines, {name}"
        if shutil.which("valgrind") is not None:
            environment = {**ENVIRONMENT, "PYTHONHASHSEED": "0"}
            pair = [counted(build.check(path), environment) / 1e6 for build in (new, old)]
            yield Row.of(work, [(pair[0], pair[1])], "M instructions", name)
        yield _wall(work, new, old, path, rounds, name)
    if CORPUS.is_dir():
        yield _wall("check, the corpus", new, old, CORPUS, rounds, "corpus")
    many = folder / "many"
    for number in range(MANY):
        path = many / str(number) / "amp.yaml"
        path.parent.mkdir(parents=True)
        path.write_text(manifest(20 + number % 200), "utf-8")
    yield _wall(f"check, {MANY:,} manifests", new, old, many, max(3, rounds // 3), "many")


def _wall(work: str, new: Build, old: Build, path: Path, rounds: int, goal: str) -> Row:
    times = paired(rounds, new.check(path), old.check(path))
    pairs = [(one * 1000, other * 1000) for one, other in zip(*times, strict=True)]
    return Row.of(work, pairs, "ms", goal)


class Typist:
    """An editor that types into one document, at the pace of a person."""

    def __init__(self, build: Build, lines: int) -> None:
        command = [build.program("python"), "-m", "amp_language_server"]
        self.client = Client(command, {"ampLint": {}})
        self.text = long_manifest(lines)
        self.version = 0
        rows = self.text.split("\n")
        middle = len(rows) // 2
        self.line = next(at for at in range(middle, len(rows)) if rows[at].startswith(LINE))
        document = {"uri": URI, "languageId": "yaml", "version": 0, "text": self.text}
        self.client.notify("textDocument/didOpen", {"textDocument": document})
        self.client.diagnostics(0)
        for _ in range(2):
            self.type()

    def type(self) -> float:
        """Type with pauses, then delete at once; return the ms from the last key to its squiggles.

        Every key is awaited, so that none is still being analysed when the next one comes.
        """
        for at, key in enumerate(KEYS):
            time.sleep(BETWEEN_KEYS)
            start = time.perf_counter()
            self._edit(at, 0, key)
        found = self.client.diagnostics(self.version)
        took = time.perf_counter() - start
        assert found, "the mistake was not reported"
        self._edit(0, len(KEYS), "")
        assert not self.client.diagnostics(self.version)
        return took * 1000

    def _edit(self, at: int, deleted: int, text: str) -> None:
        self.version += 1
        at += len(LINE)
        range_ = {
            "start": {"line": self.line, "character": at},
            "end": {"line": self.line, "character": at + deleted},
        }
        document = {"uri": URI, "version": self.version}
        params = {"textDocument": document, "contentChanges": [{"range": range_, "text": text}]}
        self.client.notify("textDocument/didChange", params)

    def used(self) -> tuple[int, float]:
        """Return the notifications of diagnostics so far, and the processor time in ms."""
        fields = Path(f"/proc/{self.client.process.pid}/stat").read_text("ascii").split()
        ticks = int(fields[13]) + int(fields[14])
        return self.client.published, ticks * 1000 / os.sysconf("SC_CLK_TCK")


def server_runs(new: Build, old: Build, rounds: int) -> Iterator[Row]:
    """Measure the server: typing, and a document with a mistake."""
    for lines in (200, 10_000):
        pair = [Typist(build, lines) for build in (new, old)]
        before = [one.used() for one in pair]
        times = [(pair[0].type(), pair[1].type()) for _ in range(rounds)]
        after = [one.used() for one in pair]
        yield Row.of(
            f"last key to its squiggles, {lines:,} lines",
            times,
            "ms",
            f"last key, {lines:,} lines",
        )
        keys = rounds * (len(KEYS) + 1)
        for index, (what, unit) in enumerate((("notifications", ""), ("processor time", "ms"))):
            spent = [(b[index] - a[index]) / keys for a, b in zip(before, after, strict=True)]
            yield Row.of(f"{what} per key, {lines:,} lines", [(spent[0], spent[1])], unit, "")
        for one in pair:
            one.client.close()
    opened = [(_opened(new), _opened(old)) for _ in range(rounds)]
    yield Row.of("open a file with a mistake", [(a[0], b[0]) for a, b in opened], "ms", "open")
    memory = [(a[1], b[1]) for a, b in opened]
    yield Row.of("memory of the server after it", memory, "MB", "memory")


def _opened(build: Build) -> tuple[float, float]:
    """Open a clean document, then one with a mistake; return the ms of the second, and the MB."""
    client = Client([build.program("python"), "-m", "amp_language_server"], {"ampLint": {}})
    clean = long_manifest(200)
    wrong = clean.replace("destination:", "destinatoin:", 1)
    uri = URI.replace("amp.yaml", "other.amp.yaml")
    for version, (name, text) in enumerate(((URI, clean), (uri, wrong)), 1):
        start = time.perf_counter()
        document = {"uri": name, "languageId": "yaml", "version": version, "text": text}
        client.notify("textDocument/didOpen", {"textDocument": document})
        client.diagnostics(version)
        took = time.perf_counter() - start
    held = client.memory()
    client.close()
    return took * 1000, held


def main(arguments: list[str]) -> int:
    """Print the table in Markdown; return the exit code."""
    if not 1 <= len(arguments) <= 2:
        sys.stderr.write("usage: against.py REVISION [ROUNDS]\n")
        return 2
    revision, rounds = arguments[0], int(arguments[1]) if len(arguments) > 1 else ROUNDS
    today = datetime.now(timezone.utc).date()
    print(f"{today}, {machine()}; medians of {rounds} pairs with revision {revision}.\n")
    print("| work | this tree | before | ratio | goal |")
    print("|---|---|---|---|---|")
    runs: list[Callable[[Build, Build], Iterator[Row]]]
    with tempfile.TemporaryDirectory() as name, builds(revision, Path(name)) as (new, old):
        runs = [
            lambda one, other: short_runs(one, other, Path(name), rounds),
            lambda one, other: server_runs(one, other, rounds),
        ]
        for run in runs:
            for row in run(new, old):
                print(row, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
