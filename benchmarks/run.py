"""Times amp-lint against yamllint, paired: A B A B in one run, on this interpreter.

    make bench            (or: python benchmarks/run.py [ROUNDS])

Whole processes, from start to exit. The manifests are made here, so that the figures need nothing
but this repository; `../shared/corpus/samples` is measured as well when it is there.
"""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROUNDS = 15
CORPUS = Path(__file__).parents[2] / "shared" / "corpus" / "samples"
AMP_LINT = [sys.executable, "-m", "amp_lint", "check", "--quiet"]
# The peer with its default rules switched off but for those that a syntax check needs.
YAMLLINT = [sys.executable, "-m", "yamllint", "-d", "{extends: relaxed, rules: {line-length: off}}"]
# An installed program has its bytecode at hand, whatever this shell says about writing it.
ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
EMPTY = [sys.executable, "-c", "pass"]

OBJECT = """\
        - objectName: object{number}
          destination: crm-webhook
          schedule: "*/15 * * * *"
          requiredFields:
            - fieldName: id
              mapToName: remote_id
            - fieldName: name
            - mapToName: owner
              mapToDisplayName: Owner
              prompt: Which field names the owner?
          backfill:
            defaultPeriod:
              days: 30
"""


def manifest(lines: int) -> str:
    """A clean manifest of about so many lines, thirty read objects an integration."""
    parts = ["specVersion: 1.0.0\nintegrations:\n"]
    count = 2
    number = 0
    while count + OBJECT.count("\n") < lines:
        number += 1
        parts.append(
            f"  - name: crm-{number}\n    provider: salesforce\n    read:\n      objects:\n"
        )
        count += 4
        for item in range(30):
            if count >= lines:
                break
            parts.append(OBJECT.format(number=item))
            count += OBJECT.count("\n")
    return "".join(parts)


def cases(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """Names and the arguments for both programs."""
    for lines in (200, 400, 1_000, 10_000):
        path = folder / f"{lines}.amp.yaml"
        path.write_text(manifest(lines), "utf-8")
        yield f"{lines:,} lines", [str(path)]
    if CORPUS.is_dir():
        yield "the corpus, 67 manifests", [str(CORPUS)]


def seconds(command: list[str]) -> float:
    """One run from start to exit."""
    start = time.perf_counter()
    subprocess.run(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=ENVIRONMENT, check=False
    )
    return time.perf_counter() - start


def main() -> None:
    """Print the table in Markdown."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    print(f"CPython {platform.python_version()}, {platform.machine()}, medians of {rounds} pairs\n")
    print("| work | amp-lint | yamllint | ratio | `python -c pass` |")
    print("|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for name, arguments in cases(Path(folder)):
            seconds([*AMP_LINT, *arguments])
            seconds([*YAMLLINT, *arguments])
            pairs = [
                (seconds([*AMP_LINT, *arguments]), seconds([*YAMLLINT, *arguments]), seconds(EMPTY))
                for _ in range(rounds)
            ]
            ours, theirs, empty = (statistics.median(column) for column in zip(*pairs, strict=True))
            print(
                f"| {name} | {ours * 1000:.0f} ms | {theirs * 1000:.0f} ms | "
                f"{ours / theirs:.2f} | {empty * 1000:.0f} ms |",
                flush=True,
            )


if __name__ == "__main__":
    main()
