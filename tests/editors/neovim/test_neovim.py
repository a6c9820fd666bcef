"""Neovim with the snippets of `docs/editors.md`, driven by keys as by a user."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

NEWEST = "neovim-0.11.4/bin/nvim"
EDITIONS = {
    "0.11": ("Neovim 0.11 and newer", NEWEST),
    "old": ("Neovim 0.7 to 0.10", "neovim-old/nvim"),
}
Start = Callable[[str, str], "Neovim"]


@dataclass(frozen=True)
class Neovim:
    """A running editor, spoken to over its socket by another one."""

    client: tuple[str | Path, ...]
    environment: Mapping[str, str]
    project: Path
    manifest: str

    def _remote(self, option: str, value: str) -> str:
        done = subprocess.run(
            [*self.client, option, value],
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=30,
            check=True,
        )
        return done.stdout

    def type(self, keys: str) -> None:
        self._remote("--remote-send", keys)

    def ask(self, expression: str) -> Any:
        """The value of an expression in Lua."""
        quoted = expression.replace("'", "''")
        return json.loads(self._remote("--remote-expr", f"json_encode(luaeval('{quoted}'))"))

    def wait(self, condition: str) -> None:
        """Wait until a condition in Lua holds. Keys are taken between the looks, not during one."""
        look = f"vim.wait(200, function() return {condition} end, 5)"
        if not any(self.ask(look) for _ in range(100)):
            state = self.ask("{vim.api.nvim_get_mode(), vim.fn.execute('messages')}")
            pytest.fail(f"{condition} never came; {state}\n{self.text()}")

    def open(self, name: str = "amp.yaml") -> None:
        """Open a new manifest and wait until the server has judged it."""
        (self.project / name).write_text(self.manifest, encoding="utf-8")
        self.type(f"<Esc>:edit {name}<CR>")
        self.wait(f"vim.fn.expand('%:t') == '{name}' and #vim.diagnostic.get(0) > 0")

    def at(self, words: str) -> None:
        """Put the cursor on the first place of some words."""
        self.type(f"<Esc>gg/{words}<CR>")

    def text(self) -> str:
        return "\n".join([*self.ask("vim.api.nvim_buf_get_lines(0, 0, -1, false)"), ""])


@pytest.fixture(params=EDITIONS)
def edition(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture
def start(
    environment: Mapping[str, str], installed: Callable[[str], Path], manifest: str, tmp_path: Path
) -> Iterator[Start]:
    """Start an editor with a text as its init file."""
    socket, project = tmp_path / "socket", tmp_path / "project"
    project.mkdir()
    client = (installed(NEWEST), "--server", socket)
    with ExitStack() as ends:

        def run(program: str, init: str) -> Neovim:
            settings = Path(environment["XDG_CONFIG_HOME"], "nvim", "init.lua")
            settings.parent.mkdir(parents=True)
            settings.write_text(init, encoding="utf-8")
            ready = 'lua io.stdout:write(vim.v.errmsg .. "\\n") io.stdout:flush()'
            editor = subprocess.Popen(
                [installed(program), "--headless", "-n", "--listen", socket, "-c", ready],
                cwd=project,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
            ends.enter_context(editor)
            ends.callback(editor.terminate)
            assert editor.stdout is not None
            assert editor.stdout.readline() == b"\n", "the init file is faulty"
            return Neovim(client, environment, project, manifest)

        yield run


@pytest.fixture
def nvim(edition: str, start: Start, snippets: Callable[..., list[str]]) -> Neovim:
    """An editor whose init file is the snippet of the page, unchanged."""
    title, program = EDITIONS[edition]
    return start(program, snippets(title, "lua")[0])


def test_the_editor_is_the_edition_that_is_meant(nvim: Neovim, edition: str) -> None:
    version = nvim.ask("vim.version()")

    assert (version["major"], version["minor"] >= 7) == (0, True)
    assert (version["minor"] >= 11) == (edition == "0.11")


def test_a_mistake_is_underlined_exactly(nvim: Neovim, edition: str) -> None:
    nvim.open()

    (found,) = nvim.ask("vim.diagnostic.get(0)")

    line = nvim.manifest.splitlines()[found["lnum"]].encode()
    assert line[found["col"] : found["end_col"]] == b"promt"
    assert found["end_lnum"] == found["lnum"]
    assert (found["source"], found["code"]) == ("amp-lint", "unknown-key")
    assert found["message"].startswith("a field entry has no key `promt`")
    (encoding,) = nvim.ask(
        "vim.tbl_map(function(one) return one.offset_encoding end,"
        " (vim.lsp.get_clients or vim.lsp.get_active_clients)())"
    )
    assert encoding == ("utf-8" if edition == "0.11" else "utf-16")


def test_what_is_mended_by_hand_is_no_longer_underlined(nvim: Neovim) -> None:
    nvim.open()

    nvim.at("promt")
    nvim.type("cwprompt<Esc>")

    nvim.wait("#vim.diagnostic.get(0) == 0")


@pytest.mark.parametrize("name", ["amp.yml", "crm.amp.yaml", "crm.amp.yml"])
def test_each_name_of_a_manifest_is_served_and_by_one_server(nvim: Neovim, name: str) -> None:
    nvim.open()
    nvim.open(name=name)

    assert nvim.ask("#(vim.lsp.get_clients or vim.lsp.get_active_clients)()") == 1
    assert nvim.ask("vim.bo.syntax .. vim.bo.filetype").startswith("yaml")


def test_other_yaml_is_left_alone(nvim: Neovim, edition: str) -> None:
    (nvim.project / "other.yaml").write_text(nvim.manifest, encoding="utf-8")

    nvim.open()
    nvim.type(":edit other.yaml<CR>")
    nvim.wait("vim.fn.expand('%') == 'other.yaml'")

    clients = "get_clients({ bufnr = 0 })" if edition == "0.11" else "buf_get_clients(0)"
    assert not nvim.ask(f"vim.tbl_keys(vim.lsp.{clients})")


def test_the_hover_of_a_schedule_tells_it_in_words(nvim: Neovim) -> None:
    nvim.open()

    nvim.at("30 ")
    nvim.type("K")
    nvim.wait("#vim.api.nvim_list_wins() == 2")

    shown = nvim.ask(
        "vim.api.nvim_buf_get_lines("
        "vim.api.nvim_win_get_buf(vim.api.nvim_list_wins()[2]), 0, -1, false)"
    )
    assert "every 30 minutes" in "\n".join(shown).lower()


def test_a_completion_that_is_taken_replaces_what_was_typed(nvim: Neovim) -> None:
    nvim.open()

    nvim.at("requiredFields")
    # The editions indent YAML differently, so not with what they have put there.
    nvim.type("O<C-u>          mapToN<C-x><C-o>")
    nvim.wait("vim.fn.pumvisible() == 1")
    nvim.type("<C-n><C-y>")
    nvim.wait("vim.api.nvim_get_current_line():find('mapToName: ')")
    nvim.type("people")

    nvim.wait("vim.api.nvim_get_current_line():find('people')")
    assert nvim.text() == nvim.manifest.replace(
        "          requiredFields", "          mapToName: people\n          requiredFields"
    )


@pytest.mark.parametrize("edition", ["0.11"], indirect=True)
def test_completions_open_behind_a_blank(nvim: Neovim) -> None:
    nvim.open()

    nvim.at("provider")
    nvim.type("ccprovider: ")
    nvim.wait("vim.fn.pumvisible() == 1")
    nvim.type("salesforcem<C-n><C-y>")

    nvim.wait("vim.fn.pumvisible() == 0")
    assert nvim.text() == nvim.manifest.replace("hubspot", "salesforceMarketing")


@pytest.mark.parametrize("edition", ["0.11"], indirect=True)
def test_a_value_with_blanks_is_inserted_whole(nvim: Neovim) -> None:
    nvim.open()

    nvim.at("schedule")
    nvim.type("ccschedule: ")
    nvim.wait("vim.fn.pumvisible() == 1")
    nvim.type("<C-n><C-y>")

    nvim.wait("vim.fn.pumvisible() == 0")
    nvim.wait("#vim.api.nvim_get_current_line() > 30")
    assert nvim.ask("vim.api.nvim_get_current_line()").split(None, 1)[1].count(" ") == 4


def test_a_fix_is_offered_and_made(nvim: Neovim) -> None:
    nvim.open()
    nvim.ask(
        "(function() vim.ui.select = function(items, options, choose)"
        " vim.g.offered = vim.tbl_map(options.format_item, items) choose(items[1]) end end)()"
    )

    nvim.at("promt")
    nvim.type("gra")

    nvim.wait("#vim.diagnostic.get(0) == 0")
    assert nvim.text() == nvim.manifest.replace("promt", "prompt")
    offered = nvim.ask("vim.g.offered")
    assert [title.partition(" [")[0] for title in offered] == [
        "Change to `prompt`",
        "Ignore unknown-key for this line",
    ]


def test_an_object_is_renamed_in_all_actions(nvim: Neovim) -> None:
    nvim.open()

    nvim.at("contacts")
    nvim.type("grn")
    nvim.wait("vim.api.nvim_get_mode().mode == 'c'")
    nvim.type("<C-u>leads<CR>")

    nvim.wait("vim.fn.search('leads', 'n') > 0")
    assert nvim.text() == nvim.manifest.replace("contacts", "leads")


def test_the_lines_of_the_readme_suffice(start: Start, snippets: Callable[..., list[str]]) -> None:
    (lines,) = snippets("Editors", "lua", page="README.md")
    nvim = start(NEWEST, lines)

    nvim.open()

    assert nvim.ask("vim.diagnostic.get(0)[1].code") == "unknown-key"


def test_what_may_be_added_shows_messages_and_schedules(
    start: Start, snippets: Callable[..., list[str]]
) -> None:
    nvim = start(NEWEST, "".join(snippets("Neovim 0.11 and newer", "lua")))

    nvim.open()

    marks = "vim.api.nvim_buf_get_extmarks(0, -1, 0, -1, { details = true })"
    nvim.wait(f"vim.inspect({marks}):find('field entry has no key')")
    nvim.wait(f"vim.inspect({marks}):find('every 30 minutes')")


def test_the_settings_of_the_snippet_are_heeded(
    edition: str, start: Start, snippets: Callable[..., list[str]]
) -> None:
    title, program = EDITIONS[edition]
    snippet = snippets(title, "lua")[0]
    assert "debounceMs = 100" in snippet
    severity = "severity = { ['unknown-key'] = 'error' }"
    nvim = start(program, snippet.replace("debounceMs = 100", severity))

    nvim.open()

    nvim.wait("vim.diagnostic.get(0)[1].severity == vim.diagnostic.severity.ERROR")
