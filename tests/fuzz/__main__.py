"""Mutate manifests until stopped, or a given number of times.

    make fuzz [FUZZ="--count 1000000 --seed 7"]

Each case depends only on its seed and number. A failure is printed with its bytes, its traceback
and both numbers: `--seed 7 --first 1234 --count 1` runs it again.
"""

from __future__ import annotations

import argparse
import itertools
import os
import signal
import sys
import time
import traceback
from collections import Counter
from pathlib import Path
from random import Random

from .checks import check
from .mutations import mutate
from .seeds import ROOT, seeds

HANG = 20  # seconds per case; the longest cases take a tenth of one
SHARED = Path(os.environ.get("AMP_LINT_SHARED") or ROOT.parent / "shared")


def main() -> int:
    options = _options()
    manifests = seeds(SHARED)
    numbers = itertools.count(options.first)
    if options.count is not None:
        numbers = range(options.first, options.first + options.count)
    found: Counter[str] = Counter()
    started = time.monotonic()
    done = 0
    signal.signal(signal.SIGALRM, _hangs)
    try:
        for number in numbers:
            _one(options.seed, number, manifests, found)
            done += 1
            if done % 10_000 == 0:
                rate = done / (time.monotonic() - started)
                print(
                    f"{done:,} manifests, {rate:.0f} a second, {sum(found.values())} failed",
                    flush=True,
                )
    except KeyboardInterrupt:
        pass
    print(f"{done:,} mutated manifests, {sum(found.values())} failed in {len(found)} ways")
    return 1 if found else 0


def _one(seed: int, number: int, manifests: list[str], found: Counter[str]) -> None:
    random = Random(f"{seed}:{number}")
    data = mutate(random, manifests)
    signal.alarm(HANG)
    try:
        check(data, random)
    except (Exception, _Hang) as error:  # noqa: BLE001 - any exception is what the fuzzer looks for
        signal.alarm(0)
        where = traceback.extract_tb(error.__traceback__)[-1]
        way = f"{type(error).__name__} {where.name}:{where.lineno} {str(error).splitlines()[:1]}"
        found[way[:150]] += 1
        if found[way[:150]] <= 3:
            print(f"--seed {seed} --first {number} --count 1\n{data!r}", flush=True)
            traceback.print_exc(file=sys.stdout)
    finally:
        signal.alarm(0)


class _Hang(BaseException):
    """A case takes too long."""


def _hangs(*_: object) -> None:
    raise _Hang


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make fuzz", description="Mutates manifests.")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--count", type=int)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
