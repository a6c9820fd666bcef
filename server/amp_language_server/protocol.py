"""The server object: pygls with a session of ours."""

from __future__ import annotations

import logging

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from amp_language_server.features import (
    code_actions,
    code_lens,
    commands,
    completion,
    diagnostics,
    document_link,
    documents,
    folding,
    hints,
    hover,
    navigation,
    rename,
    symbols,
)
from amp_language_server.session import Analysis, Session
from amp_lint import __version__

SERVER_NAME = "amp-language-server"

_FEATURES = (
    documents,
    diagnostics,
    code_actions,
    completion,
    hover,
    symbols,
    hints,
    navigation,
    rename,
    folding,
    code_lens,
    document_link,
    commands,
)
_log = logging.getLogger(__name__)


class AmpServer(LanguageServer):
    """A language server for manifests."""

    def __init__(self) -> None:
        super().__init__(
            name=SERVER_NAME,
            version=__version__,
            text_document_sync_kind=types.TextDocumentSyncKind.Incremental,
        )
        self.session = Session(self._publish)
        for feature in _FEATURES:
            feature.register(self)

    @property
    def pulls(self) -> bool:
        """Whether the client asks for diagnostics itself."""
        document = self.client_capabilities.text_document
        return document is not None and document.diagnostic is not None

    def report_server_error(self, error: Exception, source: type[Exception]) -> None:
        """Log a fault; a message in the user's way would help nobody."""
        _log.error("%s: %s", source.__name__, error, exc_info=error)

    def _publish(self, analysis: Analysis) -> None:
        if not self.pulls:
            self.text_document_publish_diagnostics(diagnostics.published(analysis))
