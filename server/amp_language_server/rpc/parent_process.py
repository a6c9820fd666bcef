"""Detects the end of the process that started the server."""

from __future__ import annotations

import asyncio
import os
import sys
from contextlib import suppress

# Seconds between two checks, on systems that do not report the end of a process.
_PAUSE = 5.0


async def gone(process: int) -> None:
    """Return when a process has ended; never return if that cannot be observed.

    A process that does not exist belongs to an editor outside of this container. On Windows the
    end of standard input is the only sign.
    """
    if sys.platform == "win32" or not _lives(process):
        await asyncio.Event().wait()
    if sys.platform == "linux":
        with suppress(OSError):
            await _reported_by_kernel(os.pidfd_open(process))
            return
    while _lives(process):
        await asyncio.sleep(_PAUSE)


def _lives(process: int) -> bool:
    # Zero and negative numbers name groups of processes.
    if process <= 0:
        return False
    try:
        os.kill(process, 0)
    except PermissionError:
        return True
    except (OSError, OverflowError):
        return False
    return True


async def _reported_by_kernel(descriptor: int) -> None:
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.add_reader(descriptor, ended.set)
    try:
        await ended.wait()
    finally:
        loop.remove_reader(descriptor)
        os.close(descriptor)
