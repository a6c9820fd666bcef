"""The catalog knows what real manifests use."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest


def test_most_objects_and_fields_of_real_manifests_are_known(
    repository: Path, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = repository / "benchmarks" / "coverage.py"
    if not path.is_file():
        pytest.skip(f"needs {path}")
    spec = importlib.util.spec_from_file_location("coverage_benchmark", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    # A dataclass looks its module up by name.
    monkeypatch.setitem(sys.modules, spec.name, module)
    spec.loader.exec_module(module)
    found = module.coverage(sorted(corpus.rglob("*.y*ml")))
    assert found.objects == 448
    assert found.of_objects >= 0.99
    assert found.of_fields >= 0.86
