"""What the server tells of itself: to its client once there is one, to standard error before.

`messages` has a line for each message, which only a client that traces sees; the rest is faults.
"""

from __future__ import annotations

import logging
import sys
import threading
from collections import Counter
from collections.abc import Callable

# A fault at every key would bury all else.
MOST_OF_THE_SAME = 3
_MOST_REMEMBERED = 1_000
_LONGEST = 10_000

_LEVELS = {"off": logging.WARNING, "messages": logging.INFO, "verbose": logging.DEBUG}

messages = logging.getLogger("amp_language_server.messages")
_ours = logging.getLogger("amp_language_server")

Send = Callable[[logging.LogRecord, str], None]


class Log(logging.Handler):
    """Where log records go. `send` takes one with its text, and may raise."""

    def __init__(self) -> None:
        super().__init__()
        self.send: Send | None = None
        self._wishes: dict[str, int] = {}
        self._seen: Counter[str] = Counter()
        self._busy = threading.local()

    def install(self) -> None:
        """Take over all logging of the process."""
        logging.basicConfig(
            handlers=[self], format="%(message)s", level=logging.WARNING, force=True
        )
        # That a request was cancelled too late is no news.
        logging.getLogger("pygls").setLevel(logging.ERROR)
        self.follow("off")

    def follow(self, trace: str, by: str = "settings") -> None:
        """Log as much as is asked for: `off`, `messages` or `verbose`; anything else is `off`. The
        settings and the client (`by`) may both ask; the more counts."""
        self._wishes[by] = _LEVELS.get(trace, logging.WARNING)
        _ours.setLevel(min(self._wishes.values()))

    def emit(self, record: logging.LogRecord) -> None:
        """Pass a record on, unless the same has been told often enough."""
        if getattr(self._busy, "yes", False):
            return
        self._busy.yes = True
        try:
            self._tell(record)
        except Exception:  # noqa: BLE001 - a log that fails has nobody left to tell
            self.handleError(record)
        finally:
            self._busy.yes = False

    def _tell(self, record: logging.LogRecord) -> None:
        text = self.format(record)[:_LONGEST]
        if record.levelno >= logging.WARNING:
            if len(self._seen) > _MOST_REMEMBERED:
                self._seen.clear()
            self._seen[text] += 1
            if self._seen[text] > MOST_OF_THE_SAME:
                return
            if self._seen[text] == MOST_OF_THE_SAME:
                text += "\n(not told again)"
        if self.send is not None:
            self.send(record, text)
        else:
            sys.stderr.write(f"{text}\n")
