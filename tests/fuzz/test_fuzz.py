"""A bounded run of the fuzzer on the same cases each time, with the same findings everywhere."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from .checks import check
from .mutations import MUTATIONS, mutate
from .seeds import ROOT, seeds

CASES = 3_000
CHUNK = 250

# Prints a digest of the findings, fixes and reports of the same manifests.
DIGEST = """
import hashlib, random, sys
sys.path.insert(0, sys.argv[1])
from fuzz.mutations import mutate
from fuzz.seeds import seeds
from pathlib import Path
from amp_lint.reporters.console import Console
from amp_lint.linter.fixer import fix_source
from amp_lint.reporters import Run, load
from amp_lint.text.source import Source

digest = hashlib.sha256()
manifests = seeds(Path("none"))
for number in range(300):
    source = Source.from_bytes(mutate(random.Random(number), manifests))
    fixed = fix_source(source, unsafe=True)
    digest.update(fixed.report.source.to_bytes())
    for name in ("json", "text"):
        digest.update("\\n".join(load(name)(Run((fixed.report,)), Console())).encode())
print(digest.hexdigest())
"""


@pytest.fixture(scope="module")
def manifests() -> list[str]:
    # Without the real manifests, so that the cases are the same on every machine.
    return seeds(Path("none"))


@pytest.mark.parametrize("first", range(0, CASES, CHUNK))
def test_any_manifest_is_judged_mended_and_reported(first: int, manifests: list[str]) -> None:
    for number in range(first, first + CHUNK):
        random = Random(f"0:{number}")
        data = mutate(random, manifests)
        try:
            check(data, random)
        except Exception as error:
            raise AssertionError(f"case {number}: {data!r}") from error


def test_real_manifests_too(shared: Path) -> None:
    manifests = seeds(shared)
    for number in range(CHUNK):
        random = Random(f"real:{number}")
        check(mutate(random, manifests), random)


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.__name__)
def test_each_mutation_changes_something(mutation: object, manifests: list[str]) -> None:
    assert callable(mutation)
    text = manifests[0]
    assert any(mutation(text, Random(number), manifests) != text for number in range(20))


def test_the_verdict_depends_on_nothing_but_the_bytes(tmp_path: Path) -> None:
    usual = {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8"}
    other = {
        "PYTHONHASHSEED": "4321",
        "TZ": "Pacific/Apia",
        "LC_ALL": "tr_TR.UTF-8",
        "COLUMNS": "20",
    }
    assert digest(ROOT, usual) == digest(tmp_path, other)


def digest(folder: Path, variables: dict[str, str]) -> str:
    return subprocess.run(
        [sys.executable, "-c", DIGEST, str(ROOT / "tests")],
        cwd=folder,
        env=os.environ | variables,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
