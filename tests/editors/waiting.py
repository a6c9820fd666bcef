"""Waiting for an editor: for a state, not for a time."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

SECONDS = 60
_BETWEEN_LOOKS = 0.05


def until(what: str, holds: Callable[[], object], seen: Callable[[], object]) -> None:
    """Look until something holds; fail with what was awaited and what is seen instead."""
    deadline = time.monotonic() + SECONDS
    while not holds():
        if time.monotonic() > deadline:
            pytest.fail(f"not in {SECONDS} s: {what}\n{seen()}")
        time.sleep(_BETWEEN_LOOKS)
