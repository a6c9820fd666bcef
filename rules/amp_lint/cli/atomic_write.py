"""Files written in one step: a reader sees the old content or the new, never a part."""

from __future__ import annotations

import os
from contextlib import suppress
from errno import EACCES, EINVAL
from pathlib import Path
from stat import S_ISREG


def write(path: str, data: bytes) -> None:
    """Put `data` into a file. A link is followed; permissions and, where that is allowed, the
    owner stay as they were.

    Raises OSError, and the file is then as it was before. A file that may not be written is not
    replaced either.
    """
    from tempfile import mkstemp

    target = Path(os.path.realpath(path))
    before = target.stat() if target.exists() else None
    # Even a device would be replaced, where the user may do that.
    if before is not None and not S_ISREG(before.st_mode):
        raise OSError(EINVAL, "it is no regular file", path)
    if before is not None and not os.access(target, os.W_OK):
        raise PermissionError(EACCES, "it is read-only", path)
    handle, name = mkstemp(prefix=".amp-lint-", dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(handle)
        _take_over(temporary, before)
        temporary.replace(target)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


def _take_over(temporary: Path, before: os.stat_result | None) -> None:
    """Give a new file the owner and the permissions of the old, or those that files get here."""
    if before is None:
        mask = os.umask(0)
        os.umask(mask)
        temporary.chmod(0o666 & ~mask)
        return
    if hasattr(os, "chown"):
        with suppress(OSError):
            os.chown(temporary, before.st_uid, before.st_gid)
    temporary.chmod(before.st_mode & 0o7777)
