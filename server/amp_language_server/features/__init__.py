"""The features of the server, one module for each family of methods of the protocol.

Each module has a function `register` that binds its handlers; `FEATURES` lists these functions for
`amp_language_server.main`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from amp_language_server.features import (
    code_actions,
    code_lens,
    completion,
    configuration,
    diagnostics,
    document_link,
    document_symbols,
    execute_command,
    folding,
    formatting,
    hover,
    inlay_hints,
    references,
    rename,
    text_sync,
    watched_files,
    workspace_symbols,
)

if TYPE_CHECKING:
    from amp_language_server.server import AmpServer

FEATURES: tuple[Callable[[AmpServer], None], ...] = (
    configuration.register,
    text_sync.register,
    watched_files.register,
    diagnostics.register,
    code_actions.register,
    completion.register,
    hover.register,
    document_symbols.register,
    workspace_symbols.register,
    inlay_hints.register,
    references.register,
    rename.register,
    folding.register,
    formatting.register,
    code_lens.register,
    document_link.register,
    execute_command.register,
)
