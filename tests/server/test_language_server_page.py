"""The page on the language server has words for every method that is registered."""

from __future__ import annotations

import pytest
from server_methods import commands, methods

from amp_language_server.main import create_server


def test_every_registered_method_has_a_row() -> None:
    manager = create_server().protocol.fm
    registered = {*manager.builtin_features, *manager.features}
    rows = list(methods(registered))[2:]
    assert {row.split("`")[1] for row in rows} == registered


def test_a_method_without_words_ends_the_script() -> None:
    with pytest.raises(SystemExit, match="textDocument/moniker"):
        list(methods(["textDocument/moniker", "textDocument/hover"]))


def test_every_command_has_a_row() -> None:
    rows = list(commands())[2:]
    assert [row.split("`")[1] for row in rows] == list(create_server().protocol.fm.commands)
