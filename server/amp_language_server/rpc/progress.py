"""A bar that shows how far some work is, in clients that have one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types
from pygls.exceptions import JsonRpcException

if TYPE_CHECKING:
    from amp_language_server.server import AmpServer


class ProgressBar:
    """One piece of work at a time. The work never waits for the client to show it."""

    def __init__(self, server: AmpServer, title: str) -> None:
        self._server = server
        self._title = title
        self._number = 0
        self._is_wanted = False
        self._is_shown = False
        self._percentage = -1

    @property
    def token(self) -> str:
        """By which the client names the work."""
        return f"amp-lint-{self._number}"

    def begin(self) -> None:
        """Show it, unless it is shown."""
        window = self._server.client_capabilities.window
        if self._is_wanted or not (window and window.work_done_progress):
            return
        self._is_wanted = True
        self._number += 1
        self._percentage = -1
        self._server.background(self._create(self.token))

    def report(self, done: int, of: int) -> None:
        """So much is done of what is known to be to do."""
        percentage = 100 * done // max(of, 1)
        if self._is_shown and percentage > self._percentage:
            self._percentage = percentage
            message = f"{done} of {of}"
            self._say(types.WorkDoneProgressReport(message=message, percentage=percentage))

    def end(self) -> None:
        """Take it away."""
        if self._is_shown:
            self._say(types.WorkDoneProgressEnd())
        self._is_wanted = self._is_shown = False

    async def _create(self, token: str) -> None:
        try:
            await self._server.work_done_progress.create_async(token)
        except JsonRpcException:
            return
        # A slow client may have answered when the work is over.
        if self._is_wanted and token == self.token:
            self._is_shown = True
            self._say(types.WorkDoneProgressBegin(self._title, cancellable=True, percentage=0))

    def _say(
        self,
        value: types.WorkDoneProgressBegin
        | types.WorkDoneProgressReport
        | types.WorkDoneProgressEnd,
    ) -> None:
        self._server.progress(types.ProgressParams(self.token, value))
