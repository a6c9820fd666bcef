"""Hypothesis profiles, and the shared facts beside the repository, for all tests."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

REPOSITORY = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("AMP_LINT_SHARED") or REPOSITORY.parent / "shared")

# A slow machine is not a defect of the code under test, so neither profile has a deadline.
_patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("dev", _patient)
settings.register_profile("ci", _patient, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "dev")


def pytest_report_header() -> str:
    """Say at the top of a run whether the tests on real manifests will run."""
    if SHARED.is_dir():
        return f"shared facts: {SHARED}"
    return f"shared facts: none at {SHARED}; tests that need them are skipped"


def _folder(path: Path) -> Path:
    if not path.is_dir():
        pytest.skip(f"needs the folder {path} (AMP_LINT_SHARED says where to look)")
    return path


@pytest.fixture(scope="session")
def repository() -> Path:
    """The root of this repository."""
    return REPOSITORY


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of facts beside the repository; the test is skipped if it is missing."""
    return _folder(SHARED)


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The real manifests, one folder each; the test is skipped if they are missing."""
    return _folder(SHARED / "corpus" / "samples")
