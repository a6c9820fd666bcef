"""Progress of long work, in clients that show it."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any, Protocol

from lsprotocol import types
from pygls.exceptions import JsonRpcException


class ProgressClient(Protocol):
    """The client as a progress report needs it."""

    @property
    def client_capabilities(self) -> types.ClientCapabilities:
        """What the client can do."""

    @property
    def work_done_progress(self) -> Any:
        """Creates progress tokens (`pygls.progress.Progress`)."""

    def background(self, work: Coroutine[Any, Any, None]) -> None:
        """Run work that nothing waits for."""

    def progress(self, params: types.ProgressParams) -> None:
        """Send `$/progress`."""


class ProgressReporter:
    """Reports one piece of work at a time. The work never waits for the client."""

    def __init__(self, client: ProgressClient, title: str) -> None:
        self._client = client
        self._title = title
        self._number = 0
        self._is_wanted = False
        self._is_shown = False
        self._percentage = -1

    @property
    def token(self) -> str:
        """The token by which the client names the work."""
        return f"amp-lint-{self._number}"

    def begin(self) -> None:
        """Open the progress report, unless it is open."""
        window = self._client.client_capabilities.window
        if self._is_wanted or not (window and window.work_done_progress):
            return
        self._is_wanted = True
        self._number += 1
        self._percentage = -1
        self._client.background(self._create(self.token))

    def report(self, done: int, of: int) -> None:
        """Report that `done` of `of` steps are done."""
        percentage = 100 * done // max(of, 1)
        if self._is_shown and percentage > self._percentage:
            self._percentage = percentage
            message = f"{done} of {of}"
            self._send(types.WorkDoneProgressReport(message=message, percentage=percentage))

    def end(self) -> None:
        """Close the progress report."""
        if self._is_shown:
            self._send(types.WorkDoneProgressEnd())
        self._is_wanted = self._is_shown = False

    async def _create(self, token: str) -> None:
        try:
            await self._client.work_done_progress.create_async(token)
        except JsonRpcException:
            return
        # A slow client may answer after the work has ended.
        if self._is_wanted and token == self.token:
            self._is_shown = True
            self._send(types.WorkDoneProgressBegin(self._title, cancellable=True, percentage=0))

    def _send(
        self,
        value: types.WorkDoneProgressBegin
        | types.WorkDoneProgressReport
        | types.WorkDoneProgressEnd,
    ) -> None:
        self._client.progress(types.ProgressParams(self.token, value))
