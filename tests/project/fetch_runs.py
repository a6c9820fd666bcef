"""A client with short limits, and what is fetched with it."""

from __future__ import annotations

from collections.abc import Callable

from amp_lint.project.api import Limits
from amp_lint.project.fetch import Wanted
from amp_lint.project.snapshot import Snapshot

QUICK = Limits(total=5.0, connect=1.0, idle=1.0, retry_waits=(0.0, 0.0, 0.0), longest_wait=0.0)
WANTED = Wanted("acme-dev")
Fetch = Callable[..., Snapshot]
