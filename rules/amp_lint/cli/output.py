"""How a command prints its answer."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from amp_lint.reporters.console import Console, complain, print_lines

UNUSABLE = 2


def answer(lines: Iterable[str], code: int = 0) -> int:
    """Print lines on standard output and return the exit code: another one if they get lost."""
    try:
        print_lines(lines, sys.stdout)
    except OSError as error:
        return refuse(f"cannot write the output: {error.strerror or error}")
    return code


def answer_json(value: object, code: int = 0) -> int:
    """Print a value as JSON, as `answer` does."""
    import json

    return answer([json.dumps(value, indent=2)], code)


def refuse(words: str, code: int = UNUSABLE) -> int:
    """Say on standard error what cannot be done; return the exit code."""
    complain([f"amp-lint: {Console().show(words)}"])
    return code


def columns(rows: Iterable[tuple[str, ...]], console: Console) -> list[str]:
    """Lay rows out in columns; a cell may hold wide or unprintable characters."""
    shown = [tuple(map(console.show, row)) for row in rows]
    widths = [max(map(console.columns, column)) for column in zip(*shown, strict=True)]
    return [
        "  ".join(
            cell + " " * (width - console.columns(cell))
            for cell, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in shown
    ]
