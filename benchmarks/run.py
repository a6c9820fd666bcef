"""Compare the time of amp-lint and yamllint, in pairs (A B A B), on this interpreter.

    make bench            (or: python benchmarks/run.py [ROUNDS])

Times are of whole processes, from start to exit, as installed. The manifests are made here;
`../shared/corpus/samples` is measured too if it exists. A ratio is the median of the ratios of the
pairs, so that other work on the machine affects both sides.
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
PROGRAMS = Path(sys.executable).parent
AMP_LINT = [str(PROGRAMS / "amp-lint"), "check"]
# The peer with only the rules that a syntax check needs.
YAMLLINT = [str(PROGRAMS / "yamllint"), "-d", "{extends: relaxed, rules: {line-length: off}}"]
# An installed program has its bytecode, so it may be written here even if the shell forbids it.
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
    """Return a clean manifest of about this many lines, thirty read objects per integration."""
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


def written(folder: Path, lines: int) -> str:
    """Write such a manifest and return its path."""
    path = folder / f"{lines}.amp.yaml"
    path.write_text(manifest(lines), "utf-8")
    return str(path)


def cases(folder: Path) -> Iterator[tuple[str, str, float | None]]:
    """Yield the name of a case, the path to check, and the target ratio."""
    for lines, goal in ((200, None), (380, 0.5), (1_000, None), (10_000, 0.15)):
        yield f"{lines:,} lines", written(folder, lines), goal
    if CORPUS.is_dir():
        count = len(list(CORPUS.glob("**/*amp.y*ml")))
        yield f"the corpus, {count} manifests", str(CORPUS), 0.2


def seconds(command: list[str]) -> float:
    """Return the seconds of one run, from start to exit."""
    start = time.perf_counter()
    subprocess.run(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=ENVIRONMENT, check=False
    )
    return time.perf_counter() - start


def paired(rounds: int, *commands: list[str]) -> list[list[float]]:
    """Return the seconds of each command, run in turn; a first run of each is not counted."""
    for command in commands:
        seconds(command)
    rows = [[seconds(command) for command in commands] for _ in range(rounds)]
    return [list(column) for column in zip(*rows, strict=True)]


def ratio(ours: list[float], theirs: list[float]) -> str:
    """Return the median of the ratios of the pairs."""
    return f"{statistics.median(a / b for a, b in zip(ours, theirs, strict=True)):.2f}"


def milliseconds(column: list[float]) -> str:
    return f"{statistics.median(column) * 1000:.0f} ms"


def machine() -> str:
    """Return a description of the machine."""
    described = Path("/proc/cpuinfo")
    text = described.read_text("utf-8") if described.is_file() else ""
    models = [line.partition(":")[2].strip() for line in text.splitlines() if "model name" in line]
    return (
        f"{platform.system()} on {platform.machine()}, {os.cpu_count()} processors"
        f"{f' ({models[0]})' if models else ''}, CPython {platform.python_version()}"
    )


def main() -> None:
    """Print the tables in Markdown."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    print(f"{machine()}; medians of {rounds} pairs.\n")
    print("| work | amp-lint | yamllint | ratio | goal |")
    print("|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for work, path, goal in cases(folder):
            ours, theirs = paired(rounds, [*AMP_LINT, path], [*YAMLLINT, path])
            print(
                f"| {work} | {milliseconds(ours)} | {milliseconds(theirs)} | "
                f"{ratio(ours, theirs)} | {goal or ''} |",
                flush=True,
            )
        print("\n| work | it | the other | ratio | goal |")
        print("|---|---|---|---|---|")
        ours, empty = paired(rounds, [*AMP_LINT, written(folder, 380)], EMPTY)
        print(
            f"| 380 lines, and `python -c pass` | {milliseconds(ours)} | {milliseconds(empty)} | "
            f"{ratio(ours, empty)} | 5 |"
        )
        long, short = (written(folder, lines) for lines in (100_000, 10_000))
        longs, shorts = paired(max(3, rounds // 3), [*AMP_LINT, long], [*AMP_LINT, short])
        print(
            f"| 100,000 lines, and 10,000 | {milliseconds(longs)} | {milliseconds(shorts)} | "
            f"{ratio(longs, shorts)} | 12 |"
        )


if __name__ == "__main__":
    main()
