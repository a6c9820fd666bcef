"""The server's log: sent to the client, or written to standard error before there is one.

The logger `messages` gets a line for each message of the protocol, which only a client that traces
sees. Everything else that is logged is a fault.
"""

from __future__ import annotations

import logging
import sys
import threading
from collections import Counter
from collections.abc import Callable

# A fault that occurs on every keystroke would bury everything else.
MAX_REPEATS = 3
_MAX_REMEMBERED = 1_000
_MAX_LENGTH = 10_000

_LEVELS = {"off": logging.WARNING, "messages": logging.INFO, "verbose": logging.DEBUG}

messages = logging.getLogger("amp_language_server.messages")
_ours = logging.getLogger("amp_language_server")

Send = Callable[[logging.LogRecord, str], None]


class Log(logging.Handler):
    """Passes log records on. `send` takes a record with its text, and may raise."""

    def __init__(self) -> None:
        super().__init__()
        self.send: Send | None = None
        self._levels: dict[str, int] = {}
        self._seen: Counter[str] = Counter()
        self._busy = threading.local()

    def install(self) -> None:
        """Take over all logging of the process."""
        logging.basicConfig(
            handlers=[self], format="%(message)s", level=logging.WARNING, force=True
        )
        # pygls warns when a request is cancelled after its answer, which is normal.
        logging.getLogger("pygls").setLevel(logging.ERROR)
        self.follow("off")

    def follow(self, trace: str, by: str = "settings") -> None:
        """Set how much is logged: `off`, `messages` or `verbose`; anything else is `off`.

        The settings and the client (`by`) each have a wish; the more detailed one counts.
        """
        self._levels[by] = _LEVELS.get(trace, logging.WARNING)
        _ours.setLevel(min(self._levels.values()))

    def emit(self, record: logging.LogRecord) -> None:
        """Pass a record on, unless the same text was passed on `MAX_REPEATS` times."""
        if getattr(self._busy, "yes", False):
            return
        self._busy.yes = True
        try:
            self._pass_on(record)
        except Exception:  # noqa: BLE001 - a failing log cannot be logged
            self.handleError(record)
        finally:
            self._busy.yes = False

    def _pass_on(self, record: logging.LogRecord) -> None:
        text = self.format(record)[:_MAX_LENGTH]
        if record.levelno >= logging.WARNING:
            if len(self._seen) > _MAX_REMEMBERED:
                self._seen.clear()
            self._seen[text] += 1
            if self._seen[text] > MAX_REPEATS:
                return
            if self._seen[text] == MAX_REPEATS:
                text += "\n(not repeated from now on)"
        if self.send is not None:
            self.send(record, text)
        else:
            sys.stderr.write(f"{text}\n")
