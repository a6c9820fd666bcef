"""Kate with the snippet of `docs/editors.md`, worked in with keys, and looked at."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from ..screen import Colour, Screen, running, screen
from ..waiting import SECONDS

# Colours of the theme Breeze Light: the line of a warning, a selection, the chosen completion.
WARNING: Colour = (229, 255, 229)
SELECTION: Colour = (148, 202, 239)
CHOSEN: Colour = (194, 224, 245)

SETTINGS = """\
[General]
Show welcome view for new window=false

[Kate Plugins]
lspclientplugin=true
"""


@dataclass(frozen=True)
class Kate:
    """A window with a manifest whose finding is shown."""

    screen: Screen
    file: Path
    process: subprocess.Popen[bytes]

    def go(self, line: int) -> None:
        """Put the caret on the start of a line."""
        self.screen.press("ctrl+g")
        self.screen.type(str(line))
        self.screen.press("Return")

    def select(self, words: str) -> None:
        """Select the first place of some words behind the caret."""
        self.screen.press("ctrl+f")
        self.screen.type(words)
        self.screen.wait("the selection", lambda: self.screen.image().box(SELECTION))
        self.screen.press("Escape")

    def becomes(self, text: str) -> bool:
        """Save the manifest. Whether it is this text."""
        self.screen.press("ctrl+s")
        return self.file.read_text("utf-8") == text

    def underlines(self) -> list[tuple[int, int]]:
        """Return from where to where the line of the warning is underlined."""
        image = self.screen.image()
        line = image.box(WARNING)
        # Letters reach there as well, but they are not as wide.
        return image.runs(replace(line, top=line.bottom - 4), WARNING, 12) if line else []


@pytest.fixture
def kate(
    environment: Mapping[str, str],
    installed: Callable[[str], Path],
    snippets: Callable[..., list[str]],
    manifest: str,
    tmp_path: Path,
) -> Iterator[Kate]:
    """Open a manifest in Kate with the snippet as its settings; close it with keys."""
    programs = installed("kate/openbox").parent
    (settings,) = snippets("Kate", "json")
    configuration = Path(environment["XDG_CONFIG_HOME"])
    servers = configuration / "kate" / "lspclient" / "settings.json"
    servers.parent.mkdir(parents=True)
    servers.write_text(settings, encoding="utf-8")
    (configuration / "katerc").write_text(SETTINGS, encoding="utf-8")
    file = tmp_path / "project" / "amp.yaml"
    (file.parent / ".git").mkdir(parents=True)
    file.write_text(manifest, encoding="utf-8")
    # Nothing leads to another Kate.
    alone = {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/dev/null", "QT_QPA_PLATFORM": "xcb"}
    command = [str(programs / "kate"), "--startanon", str(file)]
    with (
        screen(programs, {**environment, **alone}, tmp_path) as shown,
        running(command, shown.environment) as process,
    ):
        shown.wait("the question", lambda: shown.title().startswith("LSP server start"))
        shown.press("alt+y")
        shown.wait("the finding", lambda: shown.image().box(WARNING))
        yield Kate(shown, file, process)
        if process.poll() is None:
            shown.press("ctrl+q")
        process.wait(SECONDS)


def test_a_mistake_is_underlined_exactly(kate: Kate) -> None:
    kate.screen.wait("the underline", kate.underlines)
    (underline,) = kate.underlines()
    kate.select("promt")
    chosen = kate.screen.image().box(SELECTION)
    assert chosen is not None
    assert underline == (chosen.left, chosen.right)


def test_a_completion_that_is_taken_replaces_what_was_typed(
    kate: Kate, manifest: str, picture: Callable[..., None]
) -> None:
    before = "          requiredFields"
    kate.go(1 + manifest[: manifest.index(before)].count("\n"))
    kate.screen.press("Return", "Up")
    kate.screen.type("          mapToN")
    kate.screen.wait("completions", lambda: kate.screen.image().box(CHOSEN))
    picture("kate", lambda: kate.screen.steady().png())
    kate.screen.press("Return")
    kate.screen.type("people")
    wanted = manifest.replace(before, f"          mapToName: people\n{before}")
    kate.screen.wait("the completed text", lambda: kate.becomes(wanted))


def test_the_quick_fix_makes_the_fix_and_nothing_else(kate: Kate, manifest: str) -> None:
    """Kate applies every action that it gets, so the comment that ignores is not among them."""
    kate.go(1 + manifest[: manifest.index("promt")].count("\n"))
    kate.screen.press("ctrl+period")
    fixed = manifest.replace("promt", "prompt")
    kate.screen.wait("the fix", lambda: kate.becomes(fixed))


def test_an_object_is_renamed_in_all_actions(kate: Kate, manifest: str) -> None:
    kate.select("contacts")
    kate.screen.press("F2")
    kate.screen.wait("the question", lambda: kate.screen.title().startswith("Rename"))
    kate.screen.type("leads")
    kate.screen.press("Return")
    renamed = manifest.replace("contacts", "leads")
    kate.screen.wait("the new name", lambda: kate.becomes(renamed))


def test_a_kate_that_is_killed_leaves_no_server(kate: Kate) -> None:
    kate.process.kill()
    kate.process.wait()
