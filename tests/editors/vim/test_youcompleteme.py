"""Vim with YouCompleteMe and the snippet of `docs/editors.md`, in a terminal."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from ..terminal import Terminal, terminal


@dataclass(frozen=True)
class Vim:
    """A window with a manifest whose finding is shown."""

    screen: Terminal
    file: Path

    def command(self, text: str) -> None:
        self.screen.press("Escape")
        self.screen.type(f":{text}\n")

    def go(self, words: str) -> None:
        """Put the cursor on the first place of some words."""
        self.command("1")
        self.screen.type(f"/{words}\n")

    def becomes(self, text: str) -> bool:
        """Save the manifest. Whether it is this text."""
        self.command("silent write")
        return self.file.read_text("utf-8") == text


@pytest.fixture
def vim(
    environment: Mapping[str, str],
    installed: Callable[[str], Path],
    snippets: Callable[..., list[str]],
    manifest: str,
    tmp_path: Path,
) -> Iterator[Vim]:
    """Open a manifest in Vim with the snippet as its settings; close it with keys."""
    tmux, vimrc, file = installed("vim/tmux"), tmp_path / "vimrc", tmp_path / "amp.yaml"
    (settings,) = (one for one in snippets("Vim", "vim") if "g:ycm_language_server" in one)
    vimrc.write_text(settings, encoding="utf-8")
    file.write_text(manifest, encoding="utf-8")
    command = [str(installed("vim/vim")), "-N", "-n", "-u", str(vimrc), str(file)]
    with terminal(tmux, command, environment, tmp_path) as screen:
        # The sign of a warning.
        screen.wait_for(">>")
        shown = Vim(screen, file)
        yield shown
        shown.command("qall!")
        screen.wait("the end", lambda: not screen.runs())


def test_a_mistake_is_underlined_exactly(vim: Vim, manifest: str, tmp_path: Path) -> None:
    answer = tmp_path / "answer"
    number = 1 + manifest[: manifest.index("promt")].count("\n")
    vim.command(f"call writefile([json_encode(prop_list({number}))], '{answer}')")
    vim.screen.wait("the answer", lambda: answer.exists() and answer.read_text("utf-8"))
    found = [one for one in json.loads(answer.read_text("utf-8")) if "Warning" in one["type"]]
    line = manifest.splitlines()[number - 1].encode()
    under = {line[one["col"] - 1 : one["col"] - 1 + one["length"]] for one in found}
    assert under == {b"promt"}


def test_a_completion_that_is_taken_replaces_what_was_typed(vim: Vim, manifest: str) -> None:
    before = "          requiredFields"
    vim.go("requiredFields")
    vim.screen.type("O")
    vim.screen.press("C-u")
    vim.screen.type("          mapToN")
    vim.screen.wait_for("Mapped name")
    vim.screen.press("C-n")
    vim.screen.wait_for("    mapToName:")
    vim.screen.press("C-y")
    vim.screen.type("people")
    wanted = manifest.replace(before, f"          mapToName: people\n{before}")
    vim.screen.wait("the completed text", lambda: vim.becomes(wanted))


def test_a_fix_is_offered_and_made(vim: Vim, manifest: str) -> None:
    vim.go("promt")
    vim.command("YcmCompleter FixIt")
    vim.screen.wait_for("1: Change to `prompt`")
    vim.screen.type("1\n")
    fixed = manifest.replace("promt", "prompt")
    vim.screen.wait("the fix", lambda: vim.becomes(fixed))


def test_an_object_is_renamed_in_all_actions(vim: Vim, manifest: str) -> None:
    vim.go("contacts")
    vim.command("YcmCompleter RefactorRename leads")
    renamed = manifest.replace("contacts", "leads")
    vim.screen.wait("the new name", lambda: vim.becomes(renamed))
