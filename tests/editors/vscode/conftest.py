"""A plan for a window of VS Code, and what comes of it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

HERE = Path(__file__).parent
REPOSITORY = HERE.parents[2]
NEWEST = "4.139.1"
OLDEST = "4.93.1"
SECONDS = 240

VSIX = """\
<?xml version="1.0" encoding="utf-8"?>
<PackageManifest Version="2.0.0" xmlns="http://schemas.microsoft.com/developer/vsx-schema/2011">
  <Metadata>
    <Identity Language="en-US" Id="{name}" Version="{version}" Publisher="{publisher}"/>
  </Metadata>
  <Installation><InstallationTarget Id="Microsoft.VisualStudio.Code"/></Installation>
  <Assets>
    <Asset Type="Microsoft.VisualStudio.Code.Manifest" Path="extension/package.json"/>
  </Assets>
</PackageManifest>
"""


@dataclass
class Window:
    """A window to open: what is in it, and who works in it."""

    root: Path
    environment: dict[str, str]
    installed: Callable[[str], Path]
    extensions: list[Path]
    settings: dict[str, Any] = field(default_factory=dict)
    trusted: bool = True
    seen: Sequence[str] = ()
    clicks: Sequence[str] = ()
    picture: str = ""

    @property
    def pictures(self) -> Path:
        """Where pictures go: into the folder that $AMP_LINT_PICTURES names, or nowhere for long."""
        folder = Path(os.environ.get("AMP_LINT_PICTURES", self.root / "pictures"))
        folder.mkdir(exist_ok=True)
        return folder

    @property
    def folder(self) -> Path:
        """The folder that is open in the window."""
        return self.root / "workspace"

    def check(self, version: str, names: Sequence[str]) -> Mapping[str, str]:
        """Let the driver work through these checks; what became of each."""
        result = self.root / "result.json"
        self.environment["AMP_LINT_CHECKS"] = json.dumps(names)
        self.environment["AMP_LINT_RESULT"] = str(result)
        self.extensions.append(self._driver())
        self.run(version, "drive.mjs")
        answer: dict[str, str] = json.loads(result.read_text("utf-8"))["checks"]
        return answer

    def show(self, version: str, pictures: Path) -> None:
        """Work through the example on the screen, and take pictures."""
        shutil.copyfile(REPOSITORY / "docs" / "examples" / "amp.yaml", self.folder / "amp.yaml")
        self.run(version, "screen.mjs", open=["amp.yaml"], pictures=str(pictures))

    @property
    def log(self) -> str:
        """What the extension has logged."""
        logs = self.root.glob("data/logs/**/amp-lint.log")
        return "".join(log.read_text("utf-8") for log in logs)

    def run(self, version: str, script: str, **more: Any) -> str:
        """Run a script with the plan of this window."""
        editor = self.installed(f"code-server-{version}/ready").parent
        browser = shutil.which("chromium")
        if browser is None:
            missing("There is no chromium to show VS Code in.")
        plan = {
            "editor": str(editor),
            "root": str(self.root),
            "folder": str(self.folder),
            "extensions": [str(extension) for extension in self.extensions],
            "settings": self.settings,
            "trusted": self.trusted,
            "environment": self.environment,
            "browser": browser,
            "size": {"width": 1280, "height": 800},
            "seen": list(self.seen),
            "clicks": list(self.clicks),
            "picture": self.picture,
            **more,
        }
        (self.root / "plan.json").write_text(json.dumps(plan), "utf-8")
        command = [str(editor / "node"), str(HERE / script), str(self.root / "plan.json")]
        return self._finish(command)

    def _driver(self) -> Path:
        folder = HERE / "driver"
        manifest = json.loads((folder / "package.json").read_text("utf-8"))
        files = {file.name: file.read_bytes() for file in sorted(folder.glob("*.js"))}
        return packed(manifest, files, self.root / "driver.vsix")

    def _finish(self, command: Sequence[str]) -> str:
        with subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            start_new_session=True,
        ) as script:
            try:
                output, _ = script.communicate(timeout=SECONDS)
            except BaseException:
                os.killpg(script.pid, signal.SIGKILL)
                raise
        assert script.returncode == 0, f"{output}\n{self._logs()}"
        return output

    def _logs(self) -> str:
        """What the window said; the picture of it is beside the logs."""
        logs = [self.root / "code-server.log"]
        kept = Path(tempfile.gettempdir()) / "amp-lint-vscode-failure.png"
        picture = self.root / "failure.png"
        if picture.exists():
            shutil.copyfile(picture, kept)
        texts = [log.read_text("utf-8", "replace")[-3000:] for log in logs if log.exists()]
        return "\n----\n".join([f"picture: {kept}", self.log, *texts])


@pytest.fixture
def window(environment: Mapping[str, str], installed: Callable[[str], Path]) -> Iterator[Window]:
    """A window with the extension and an empty folder; it starts the server under test."""
    vsix = REPOSITORY / "vscode-extension" / "amp-lint.vsix"
    if not vsix.exists():
        missing(f"{vsix} is missing; `make extension` builds it")
    # A short path: the sockets of VS Code lie in it, whose names may have 107 bytes.
    root = Path(tempfile.mkdtemp(prefix="amp-"))
    try:
        (root / "workspace").mkdir()
        yield Window(root, {**environment, "TMPDIR": str(root)}, installed, [vsix])
    finally:
        _kill_all_of(root)
        shutil.rmtree(root, ignore_errors=True)


def _kill_all_of(root: Path) -> None:
    """Kill what a script that was killed has left: the server of the window, with its children."""
    for commandline in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            if os.fsencode(root) in commandline.read_bytes():
                os.killpg(int(commandline.parent.name), signal.SIGKILL)


def packed(manifest: Mapping[str, Any], files: Mapping[str, bytes], vsix: Path) -> Path:
    """Pack an extension that needs no building."""
    with ZipFile(vsix, "w") as archive:
        archive.writestr("extension.vsixmanifest", VSIX.format(**manifest))
        archive.writestr("extension/package.json", json.dumps(manifest))
        for name, content in files.items():
            archive.writestr(f"extension/{name}", content)
    return vsix


def missing(message: str) -> None:
    """Skip by name on a laptop; in CI all must be there."""
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)
