"""Notices when the process that started the server has gone."""

from __future__ import annotations

import asyncio
import os
import sys
from contextlib import suppress

# Seconds between two looks where the system cannot tell by itself.
_PAUSE = 5.0


async def gone(process: int) -> None:
    """Return when a process has ended; never, where that cannot be known.

    One that is not there to begin with is that of an editor outside of this container. On Windows
    the end of standard input has to do.
    """
    if sys.platform == "win32" or not _lives(process):
        await asyncio.Event().wait()
    if sys.platform == "linux":
        with suppress(OSError):
            await _told_by_kernel(os.pidfd_open(process))
            return
    while _lives(process):
        await asyncio.sleep(_PAUSE)


def _lives(process: int) -> bool:
    # Zero and below are groups of processes.
    if process <= 0:
        return False
    try:
        os.kill(process, 0)
    except PermissionError:
        return True
    except (OSError, OverflowError):
        return False
    return True


async def _told_by_kernel(descriptor: int) -> None:
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.add_reader(descriptor, ended.set)
    try:
        await ended.wait()
    finally:
        loop.remove_reader(descriptor)
        os.close(descriptor)
