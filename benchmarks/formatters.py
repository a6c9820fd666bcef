"""Times `amp-lint format` against Prettier, paired: A B A B in one run.

    make bench-format     (or: python benchmarks/formatters.py [ROUNDS])

Prettier is installed from npm with Node.js from PyPI, in a folder outside the repository. Both are
whole processes that format a manifest and say whether it changes. A last row tells whether the time
of a long manifest grows with its length only.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from language_servers import node_package
from run import PROGRAMS, ROUNDS, machine, milliseconds, paired, ratio, written

PEER = "prettier@3.10.1"
OURS = [str(PROGRAMS / "amp-lint"), "format", "--check"]
SIZES = (380, 1_000, 10_000)


def main() -> None:
    """Print the tables in Markdown."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    node, packages = node_package(PEER)
    theirs = [node, str(packages / "prettier" / "bin" / "prettier.cjs"), "--check"]
    print(f"{machine()}; medians of {rounds} pairs.\n")
    with tempfile.TemporaryDirectory() as name:
        paths = {lines: written(Path(name), lines) for lines in SIZES}
        print(f"| work | amp-lint format | {PEER.replace('@', ' ')} | ratio |")
        print("|---|---|---|---|")
        for lines, path in paths.items():
            ours, peer = paired(rounds, [*OURS, path], [*theirs, path])
            figures = f"{milliseconds(ours)} | {milliseconds(peer)} | {ratio(ours, peer)}"
            print(f"| {lines:,} lines | {figures} |", flush=True)
        longs, shorts = paired(rounds, [*OURS, paths[10_000]], [*OURS, paths[1_000]])
    figures = f"{milliseconds(longs)} | {milliseconds(shorts)} | {ratio(longs, shorts)}"
    print("\n| work | it | the other | ratio |")
    print("|---|---|---|---|")
    print(f"| 10,000 lines, and 1,000 | {figures} |")


if __name__ == "__main__":
    main()
