"""Put the wheels of amp-lint's dependencies for one platform beside the wheel of amp-lint.

    python vscode-extension/wheels.py TARGET

TARGET is a platform of `vsce package --target`. For each supported CPython, uv resolves the
dependencies of the wheel in `vscode-extension/server`, with the environment markers of that Python
and platform, which pip cannot do from another one; pip downloads them. Finally uv installs from the
folder alone, as the extension will without an index.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "server"
PYTHONS = ("3.10", "3.11", "3.12", "3.13", "3.14")
PYTHON = [sys.executable, "-m"]


@dataclass(frozen=True, slots=True)
class Platform:
    """A platform as uv and as pip call it; pip lists each platform tag, the newest first."""

    uv: str
    pip: tuple[str, ...]


def _manylinux(machine: str) -> tuple[str, ...]:
    # The server of VS Code for remote windows needs glibc 2.28 as well.
    return (*(f"manylinux_2_{minor}_{machine}" for minor in (28, 17)), f"manylinux2014_{machine}")


def _musllinux(machine: str) -> tuple[str, ...]:
    return tuple(f"musllinux_1_{minor}_{machine}" for minor in (2, 1))


def _macos(machine: str, *versions: str) -> tuple[str, ...]:
    kinds = (machine, "universal2")
    return tuple(f"macosx_{version}_{kind}" for version in versions for kind in kinds)


PLATFORMS = {
    "linux-x64": Platform("x86_64-manylinux_2_28", _manylinux("x86_64")),
    "linux-arm64": Platform("aarch64-manylinux_2_28", _manylinux("aarch64")),
    "alpine-x64": Platform("x86_64-unknown-linux-musl", _musllinux("x86_64")),
    "alpine-arm64": Platform("aarch64-unknown-linux-musl", _musllinux("aarch64")),
    "darwin-x64": Platform("x86_64-apple-darwin", _macos("x86_64", "10_15")),
    "darwin-arm64": Platform("aarch64-apple-darwin", _macos("arm64", "11_0")),
    "win32-x64": Platform("x86_64-pc-windows-msvc", ("win_amd64",)),
}


def main(arguments: list[str]) -> int:
    """Download the wheels and check that they suffice; return the exit code."""
    if len(arguments) != 1 or arguments[0] not in PLATFORMS:
        sys.stderr.write(f"usage: wheels.py TARGET, one of {', '.join(PLATFORMS)}\n")
        return 2
    platform = PLATFORMS[arguments[0]]
    (own,) = FOLDER.glob("amp_lint-*.whl")
    for python in PYTHONS:
        download(resolve(own, python, platform), python, platform)
    for python in PYTHONS:
        check(own, python, platform)
    return 0


def resolve(wheel: Path, python: str, platform: Platform) -> str:
    """Return the pinned dependencies of the wheel, one a line."""
    options = ["--quiet", "--no-header", "--no-annotate", "--only-binary", ":all:"]
    options += ["--python-version", python, "--python-platform", platform.uv]
    command = [*PYTHON, "uv", "pip", "compile", *options, "-"]
    given = f"amp-lint @ {wheel.resolve().as_uri()}\n"
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr)
    return "".join(line for line in done.stdout.splitlines(True) if not line.startswith("amp-lint"))


def download(requirements: str, python: str, platform: Platform) -> None:
    """Download the wheels that are not there yet."""
    with tempfile.TemporaryDirectory() as folder:
        pinned = Path(folder) / "requirements.txt"
        pinned.write_text(requirements, "utf-8")
        options = ["--disable-pip-version-check", "--quiet", "--no-deps", "--only-binary", ":all:"]
        options += ["--implementation", "cp", "--python-version", python]
        for tag in platform.pip:
            options += ["--platform", tag]
        command = [*PYTHON, "pip", "download", *options, "--dest", str(FOLDER), "-r", str(pinned)]
        subprocess.run(command, check=True)


def check(wheel: Path, python: str, platform: Platform) -> None:
    """Install from the folder alone. Raises CalledProcessError where a wheel is missing."""
    options = ["--quiet", "--offline", "--no-index", "--find-links", str(FOLDER), "--dry-run"]
    options += ["--python-version", python, "--python-platform", platform.uv]
    with tempfile.TemporaryDirectory() as target:
        command = [*PYTHON, "uv", "pip", "install", *options, "--target", target, str(wheel)]
        subprocess.run(command, check=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
