"""A screen in memory, for a program that has windows: its keyboard and its pixels."""

from __future__ import annotations

import os
import struct
import subprocess
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from .waiting import SECONDS, until

WIDTH, HEIGHT = 1000, 560
# Windows are as large as the screen and have no frames; dialogs keep their size.
WINDOWS = """\
<openbox_config xmlns="http://openbox.org/3.4/rc"><applications>
<application type="normal"><decor>no</decor><maximized>yes</maximized></application>
</applications></openbox_config>
"""
# Words of an XWD header: its size, the bytes of a line, and the number of colours behind it.
_HEADER_SIZE, _LINE, _COLOURS, _WORDS, _COLOUR_SIZE = 0, 12, 19, 25, 12

Colour = tuple[int, int, int]


@dataclass(frozen=True)
class Box:
    """The smallest rectangle around some pixels; `right` and `bottom` are outside."""

    left: int
    top: int
    right: int
    bottom: int


class Image:
    """What a screen has shown at one moment."""

    def __init__(self, data: bytes) -> None:
        header = struct.unpack(f">{_WORDS}I", data[: 4 * _WORDS])
        begin = header[_HEADER_SIZE] + header[_COLOURS] * _COLOUR_SIZE
        starts = range(begin, begin + HEIGHT * header[_LINE], header[_LINE])
        self._lines: list[bytes] = [data[at : at + WIDTH * 4] for at in starts]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Image) and self._lines == other._lines

    def __hash__(self) -> int:
        return hash(tuple(self._lines))

    def is_empty(self) -> bool:
        """Return whether all lines are the same."""
        return len(set(self._lines)) == 1

    def line(self, y: int) -> list[Colour]:
        """Return the colours of a line of pixels."""
        line = self._lines[y]
        return list(zip(line[2::4], line[1::4], line[0::4], strict=True))

    def box(self, colour: Colour) -> Box | None:
        """Return the box around all pixels of a colour, or None if there are none."""
        rows = [
            (y, [x for x, one in enumerate(self.line(y)) if one == colour]) for y in self._all()
        ]
        found = [(y, places) for y, places in rows if places]
        if not found:
            return None
        left = min(places[0] for _, places in found)
        right = max(places[-1] for _, places in found)
        return Box(left, found[0][0], right + 1, found[-1][0] + 1)

    def runs(self, box: Box, background: Colour, least: int) -> list[tuple[int, int]]:
        """Return where something is drawn in a box: stretches at least `least` columns wide, each
        as its first column and the one behind its last."""
        lines = [self.line(y) for y in range(box.top, box.bottom)]
        differs = [any(line[x] != background for line in lines) for x in range(WIDTH)]
        inside = range(box.left, box.right)
        groups = [(kind, list(places)) for kind, places in groupby(inside, differs.__getitem__)]
        return [
            (places[0], places[-1] + 1) for kind, places in groups if kind and len(places) >= least
        ]

    def png(self) -> bytes:
        """Return the picture as a PNG file."""
        rows = b"".join(
            b"\0" + bytes(part for colour in self.line(y) for part in colour) for y in self._all()
        )
        header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
        chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
        return b"\x89PNG\r\n\x1a\n" + b"".join(
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
            for kind, data in chunks
        )

    @staticmethod
    def _all() -> range:
        return range(HEIGHT)


@dataclass(frozen=True)
class Screen:
    """A screen with a window manager; `environment` leads programs to it."""

    hand: Path
    environment: Mapping[str, str]
    pixels: Path

    def image(self) -> Image:
        return Image(self.pixels.read_bytes())

    def steady(self) -> Image:
        """Wait until nothing changes any more on a screen that is not empty; return that."""
        images = [self.image()]

        def is_steady() -> bool:
            images.append(self.image())
            return images[-1] == images[-2] and not images[-1].is_empty()

        until("a steady picture", is_steady, self._picture)
        return images[-1]

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        self._do("key", *keys)

    def type(self, text: str) -> None:
        self._do("type", text)

    def title(self) -> str:
        """Return the title of the active window; empty if there is none."""
        return self._do("getactivewindow", "getwindowname", check=False)

    def wait(self, what: str, holds: Callable[[], object]) -> None:
        until(what, holds, self._picture)

    def _picture(self) -> Path:
        picture = self.pixels.with_name("failure.png")
        picture.write_bytes(self.image().png())
        return picture

    def _do(self, *command: str, check: bool = True) -> str:
        done = subprocess.run(
            [self.hand, *command],
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            timeout=SECONDS,
            check=check,
        )
        return done.stdout.strip()


@contextmanager
def screen(programs: Path, environment: Mapping[str, str], folder: Path) -> Iterator[Screen]:
    """Start a screen and a window manager, and end both."""
    settings = Path(environment["XDG_CONFIG_HOME"], "openbox", "rc.xml")
    settings.parent.mkdir(parents=True)
    settings.write_text(WINDOWS, encoding="utf-8")
    with ExitStack() as ends:
        reader, writer = os.pipe()
        options = [
            "-nolisten",
            "tcp",
            "-screen",
            "0",
            f"{WIDTH}x{HEIGHT}x24",
            "-fbdir",
            str(folder),
        ]
        server = [str(programs / "Xvfb"), "-displayfd", str(writer), *options]
        ends.enter_context(running(server, environment, writer))
        os.close(writer)
        with os.fdopen(reader) as numbers:
            environment = {**environment, "DISPLAY": f":{numbers.readline().strip()}"}
        ends.enter_context(running([str(programs / "openbox")], environment))
        yield Screen(programs / "xdotool", environment, folder / "Xvfb_screen0")


@contextmanager
def running(
    command: Sequence[str], environment: Mapping[str, str], *inherited: int
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program while something is done, and end it if it still runs then."""
    with subprocess.Popen(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        pass_fds=inherited,
    ) as process:
        try:
            yield process
        finally:
            process.terminate()
