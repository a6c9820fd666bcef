"""Check the instructions of short runs against a budget, so that no change spends them unseen.

    make check-instructions       (or: python benchmarks/budget.py)

Instructions are counted by valgrind (Debian: apt-get install valgrind); without it nothing is
checked. Interpreters differ in how many they need for the same work, so each count is divided by
that of a reference: a package that is made here, which is imported and run by the same interpreter.
The start of the interpreter is subtracted from both. Two builds of CPython 3.11 then differ by
0.4 %, and the minor versions have budgets of their own; another version only prints its figures.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

from instructions import instructions
from run import manifest

# The instructions of a run as a multiple of those of the reference, measured on 2026-11-30.
BUDGETS = {
    (3, 10): {"clean": 2.28, "unknown key": 2.67, "wrong type": 2.56},
    (3, 11): {"clean": 2.15, "unknown key": 2.49, "wrong type": 2.39},
    (3, 12): {"clean": 2.11, "unknown key": 2.46, "wrong type": 2.36},
    (3, 13): {"clean": 2.09, "unknown key": 2.43, "wrong type": 2.34},
}
# A run may need this much more before the check fails.
MARGIN = 0.05

# Ends with 0 also for findings.
RUN = "import sys; from amp_lint.cli.main import main; sys.exit(main() > 1)"

MODULES = 100
# Imports, classes, functions and some work, in about the proportions of a linter.
MODULE = '''\
"""Module {number} of the reference."""

from __future__ import annotations

import re

WORDS = {{f"word-{{number}}": number for number in range(40)}}


class Record{number}:
    """A record with a few methods."""

    __slots__ = ("first", "second")

    def __init__(self, first: int, second: str) -> None:
        self.first = first
        self.second = second

    def __eq__(self, other: object) -> bool:
        """Return whether the fields are equal."""
        if not isinstance(other, Record{number}):
            return NotImplemented
        return (self.first, self.second) == (other.first, other.second)

    @property
    def words(self) -> list[str]:
        """The words of the text."""
        return [word.strip() for word in self.second.split(",") if word]

    def moved(self, by: int) -> Record{number}:
        """Return a record at another place."""
        return Record{number}(self.first + by, self.second)


def count(text: str, most: int = 10) -> dict[str, int]:
    """Count the words of a text."""
    found: dict[str, int] = {{}}
    for word in text.split():
        found[word] = found.get(word, 0) + 1
    return dict(sorted(found.items(), key=lambda pair: -pair[1])[:most])


def check(lines: list[str]) -> list[tuple[int, str]]:
    """Return the lines with a word that is not known."""
    found = []
    for number, line in enumerate(lines):
        key, colon, value = line.partition(":")
        if colon and key.strip() not in WORDS and value:
            found.append((number, key))
    return found


record = Record{number}({number}, "a, b, c").moved(1)
assert record.words == ["a", "b", "c"]
assert len(count("a b c a b a")) == 3
assert len(check(["a: b", "word-1: c", "d"] * 30)) == 30
'''


def reference(folder: Path) -> str:
    """Write the package of the reference; return the code that runs it."""
    package = folder / "reference"
    package.mkdir()
    (package / "__init__.py").write_text("", "ascii")
    for number in range(MODULES):
        (package / f"module{number}.py").write_text(MODULE.format(number=number), "ascii")
    return "\n".join(f"import reference.module{number}" for number in range(MODULES))


def works(folder: Path) -> dict[str, Path]:
    """Write the manifests to check."""
    clean = manifest(380)
    texts = {
        "clean": clean,
        "unknown key": clean.replace("destination:", "destinatoin:", 1),
        "wrong type": clean.replace("days: 30", "days: thirty", 1),
    }
    found = {name: folder / f"{name}.amp.yaml" for name in texts}
    for name, path in found.items():
        path.write_text(texts[name], "utf-8")
    return found


def ratios(folder: Path) -> dict[str, float]:
    """Return the instructions of each work as a multiple of those of the reference."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(folder),
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "",
    }
    empty = instructions("pass", [], environment)
    unit = instructions(reference(folder), [], environment) - empty
    return {
        name: (instructions(RUN, ["check", str(path)], environment) - empty) / unit
        for name, path in works(folder).items()
    }


def main() -> int:
    """Print the table in Markdown; return the exit code."""
    if shutil.which("valgrind") is None:
        print("skipped: valgrind is not installed, which counts the instructions")
        return 0
    with tempfile.TemporaryDirectory() as name:
        try:
            found = ratios(Path(name))
        except ValueError as error:
            print(f"skipped: valgrind counts nothing here: {error}")
            return 0
    print(f"CPython {sys.version.split()[0]}\n")
    print("| check of a manifest of 380 lines | of the reference | budget |")
    print("|---|---|---|")
    budgets = BUDGETS.get(sys.version_info[:2], {})
    for work, ratio in found.items():
        print(f"| {work} | {ratio:.3f} | {budgets.get(work, 'none for this version')} |")
    over = [work for work, most in budgets.items() if found[work] > most * (1 + MARGIN)]
    if over:
        print(
            f"\nMore than {MARGIN:.0%} above the budget: {', '.join(over)}. Find what the change "
            "spends (make bench-instructions), or raise the budget and say in the commit what for.",
            file=sys.stderr,
        )
    return int(bool(over))


if __name__ == "__main__":
    sys.exit(main())
