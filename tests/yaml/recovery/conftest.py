"""The findings of the manifest without a syntax error."""

from __future__ import annotations

import pytest

from amp_lint.linter.engine import Report

from .broken_manifests import judged, manifest


@pytest.fixture(scope="module")
def unbroken() -> Report:
    return judged(manifest(), False)[1]
