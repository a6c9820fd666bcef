"""Publishes diagnostics to clients that do not, or not reliably, request them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from lsprotocol.types import PublishDiagnosticsParams

from amp_language_server.lsp.client import Client
from amp_language_server.lsp.diagnostics import diagnostics
from amp_language_server.state.documents import Analysis

Send = Callable[[PublishDiagnosticsParams], None]


@dataclass(slots=True)
class Publisher:
    """Decides for one client whether diagnostics are published.

    Three kinds of clients announce `textDocument/diagnostic`. Those that can be told to request
    again (`refreshSupport`) are left to do so. Those that cannot would keep outdated diagnostics
    after a change of the configuration, and some never request at all: they get both, and show
    both in one list. A client that would show both lists, one beside the other, gets no more
    publications once it has requested.
    """

    send: Send
    client: Client = field(default_factory=Client)
    _has_pulled: bool = False
    _published: dict[str, PublishDiagnosticsParams] = field(default_factory=dict)

    def publish(self, analysis: Analysis) -> None:
        """Publish an analysis, unless the client has the same already."""
        if not self._is_wanted:
            return
        document = analysis.document
        found = diagnostics(
            analysis.findings,
            document.identifier,
            document.positions,
            dims=self.client.dims_text,
        )
        params = PublishDiagnosticsParams(document.uri, found, document.version)
        if self._published.get(document.uri) != params:
            self._published[document.uri] = params
            self.send(params)

    def clear(self, uri: str) -> None:
        """Remove the diagnostics of a document."""
        self._published.pop(uri, None)
        if self._is_wanted:
            self.send(PublishDiagnosticsParams(uri, []))

    def pulled(self) -> None:
        """Note that the client has requested diagnostics."""
        self._has_pulled = True
        if not self._is_wanted:
            for uri in [uri for uri, one in self._published.items() if one.diagnostics]:
                self.send(PublishDiagnosticsParams(uri, []))
            self._published.clear()

    @property
    def _is_wanted(self) -> bool:
        separates = self.client.quirks.separates_pulled
        return not (self.client.can_be_refreshed or (self._has_pulled and separates))
