"""Real editors: where they are installed, and a home that holds nothing of this machine's owner."""

from __future__ import annotations

import os
import re
import select
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import pytest

HERE = Path(__file__).parent
FOLDER = Path(os.environ.get("AMP_LINT_EDITORS") or Path.home() / ".cache" / "amp-lint-editors")

# An editor that hangs is ended by the test; the test itself, if even that fails, by pytest.
SECONDS_FOR_AN_EDITOR = 100
SECONDS_FOR_A_TEST = 150
# A server leaves when its input ends; it may be in an analysis then.
SECONDS_FOR_A_SERVER_TO_LEAVE = 10

# Where to put pictures; none are taken without it.
PICTURES = os.environ.get("AMP_LINT_EDITOR_PICTURES")

# What would lead an editor, git or Python to settings or code of another place.
LEADING = ("EMACS", "GIT_", "NVIM", "PRE_COMMIT", "PYTHON", "VIM", "VIRTUAL_ENV", "XDG_")

MANIFEST = """\
specVersion: 1.0.0
integrations:
  - name: contact-sync
    displayName: "Größe 🙂"
    provider: hubspot
    read:
      objects:
        - objectName: contacts
          destination: crm-webhook
          schedule: "*/30 * * * *"
          requiredFields:
            - {mapToDisplayName: "Größe 🙂", mapToName: size, promt: "Which?"}
    subscribe:
      objects:
        - objectName: contacts
          destination: crm-webhook
          inheritFieldsAndMapping: true
          deleteEvent:
            enabled: always
"""


def pytest_report_header() -> str:
    """Say where the editors are looked for."""
    return f"editors: {FOLDER}"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give each test here a hard end, and a second chance: editors are not ours to make steady."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.timeout(SECONDS_FOR_A_TEST))
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session")
def installed() -> Callable[[str], Path]:
    """Find a file of an editor below the folder of the editors.

    Without it the test is skipped, and in CI, where `make editors` has run, it fails.
    """

    def find(name: str) -> Path:
        path = FOLDER / name
        if not path.exists():
            message = f"{path} is missing; `make editors` installs the editors"
            if os.environ.get("CI"):
                pytest.fail(message)
            pytest.skip(message)
        return path

    return find


@pytest.fixture(scope="session")
def manifest() -> str:
    """Its only mistake is `promt`, behind characters that editors count differently.

    A picture has none that the fonts of a server do not have.
    """
    return MANIFEST.replace(" 🙂", "") if PICTURES else MANIFEST


@pytest.fixture(scope="session")
def picture() -> Callable[[str, Callable[[], bytes]], None]:
    """Make a picture for `docs/editors.md`, if `tests/editors/screenshots.py` runs the test."""

    def keep(name: str, take: Callable[[], bytes]) -> None:
        if PICTURES:
            Path(PICTURES, f"{name}.png").write_bytes(take())

    return keep


@pytest.fixture
def environment(tmp_path: Path) -> Mapping[str, str]:
    """What a new user has: an empty home, and amp-lint installed in the environment in use."""
    home = tmp_path / "home"
    home.mkdir()
    scripts = str(Path(sys.executable).parent)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(LEADING)}
    return kept | {
        "HOME": str(home),
        "LC_ALL": "C.UTF-8",
        "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}",
        "TERM": "dumb",
        "XDG_CACHE_HOME": str(home / ".cache"),
        "XDG_CONFIG_HOME": str(home / ".config"),
        "XDG_DATA_HOME": str(home / ".local" / "share"),
        "XDG_RUNTIME_DIR": str(home),
        "XDG_STATE_HOME": str(home / ".local" / "state"),
    }


def _servers(below: Path) -> list[int]:
    """The processes of the language server that were started with `below` in their environment."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            command = folder.joinpath("cmdline").read_bytes()
            variables = folder.joinpath("environ").read_bytes()
            if b"amp-language-server" in command and os.fsencode(below) in variables:
                found.append(int(folder.name))
    return found


@pytest.fixture(autouse=True)
def _no_server_is_left(tmp_path: Path) -> Iterator[None]:
    """Fail a test whose server still runs after its editor has ended."""
    yield
    for process in _servers(tmp_path):
        with suppress(ProcessLookupError):
            handle = os.pidfd_open(process)
            try:
                ended, _, _ = select.select([handle], [], [], SECONDS_FOR_A_SERVER_TO_LEAVE)
            finally:
                os.close(handle)
            assert ended, f"the editor has left its server {process} running"


@pytest.fixture
def drive(environment: Mapping[str, str]) -> Callable[..., str]:
    """Run an editor without a screen until it ends; return what it has written."""

    def run(command: Sequence[str | Path], cwd: Path, **variables: str) -> str:
        done = subprocess.run(
            command,
            cwd=cwd,
            env={**environment, **variables},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            timeout=SECONDS_FOR_AN_EDITOR,
            check=False,
        )
        assert done.returncode == 0, done.stdout
        return done.stdout

    return run


@pytest.fixture(scope="session")
def snippets(repository: Path) -> Callable[..., list[str]]:
    """Find the fences of a language in a section of a page, by default of `docs/editors.md`."""

    def find(title: str, language: str, page: str = "docs/editors.md") -> list[str]:
        text = (repository / page).read_text("utf-8")
        section = text.partition(f"\n## {title}\n")[2].partition("\n## ")[0]
        return re.findall(rf"^```{language}\n(.*?)^```$", section, re.S | re.M)

    return find
