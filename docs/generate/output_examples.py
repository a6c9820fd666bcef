"""Generate the parts of README, docs and picture that show the output for the example manifest."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path

EXAMPLE = "docs/examples/amp.yaml"
PICTURE = Path("docs/output.svg")
README = Path("README.md")
FORMATS = Path("docs/output-formats.md")

_BLOCK = re.compile(r"(?<=<!-- output -->\n).*?(?=<!-- /output -->)", re.S)
_EXAMPLE = re.compile(r"(?<=<!-- example: )(\w+)( -->\n).*?(?=<!-- /example -->)", re.S)
_ANSI = re.compile(r"\x1b\[([0-9;]*)m")
# Colours for the dark background of the picture, by the number in the terminal's 256 colours.
_COLORS = {"160": "#ff7b72", "130": "#e3b341", "31": "#79c0ff", "30": "#76e3ea", "28": "#56d364"}
_CHARACTER, _LINE, _MARGIN = 8.43, 20, 18


def output(color: str, *options: str, form: str = "text") -> str:
    """Return what `amp-lint check` prints for the example."""
    command = [sys.executable, "-m", "amp_lint", "check", "--isolated", "--output-format", form]
    run = subprocess.run(
        [*command, "--color", color, *options, EXAMPLE],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if run.returncode != 1:
        raise SystemExit(f"the example should have findings: {run.stderr or run.stdout}")
    return run.stdout


def example(mark: re.Match[str]) -> str:
    """Return the report in the format that a mark names, or the statistics."""
    name = mark[1]
    if name == "statistics":
        printed = output("never", "--statistics")
    else:
        printed = output("never", "--strict", "--select", "unknown-key", form=name)
    language = {
        "junit": "xml",
        "json": "json",
        "sarif": "json",
        "gitlab": "json",
        "markdown": "markdown",
    }.get(name, "text")
    return f"{name}{mark[2]}\n```{language}\n{printed}```\n\n"


def pieces(line: str) -> Iterator[tuple[str, str]]:
    """Yield the parts of a line that have the same style, each with its SVG attributes."""
    look, at = "", 0
    for mark in _ANSI.finditer(line):
        if mark.start() > at:
            yield line[at : mark.start()], look
        codes = mark[1].split(";")
        colors = [f' fill="{_COLORS[code]}"' for code in codes[-1:] if code in _COLORS]
        look = (' font-weight="bold"' if "1" in codes else "") + "".join(colors)
        at = mark.end()
    if line[at:]:
        yield line[at:], look


def picture(printed: str) -> str:
    """Return a picture of the terminal as SVG."""
    lines = ["$ amp-lint check " + EXAMPLE, "", *printed.rstrip("\n").split("\n")]
    longest = max(len(_ANSI.sub("", line)) for line in lines)
    width = round(longest * _CHARACTER) + 2 * _MARGIN
    height = len(lines) * _LINE + 2 * _MARGIN
    rows = [
        f'<text x="{_MARGIN}" y="{_MARGIN + 14 + number * _LINE}">'
        + "".join(f"<tspan{look}>{escape(text)}</tspan>" for text, look in pieces(line))
        + "</text>"
        for number, line in enumerate(lines)
        if line
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" role="img" aria-label="Output of amp-lint check">\n'
        '<rect width="100%" height="100%" rx="8" fill="#161b22"/>\n'
        '<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" '
        'font-size="14" fill="#e6edf3" xml:space="preserve">\n'
        + "\n".join(rows)
        + "\n</g>\n</svg>\n"
    )


def generated() -> Iterator[tuple[Path, str]]:
    """Yield the README, the picture and the page of formats with current output."""
    block = f"\n```text\n{output('never')}```\n\n"
    yield README, _BLOCK.sub(lambda _: block, README.read_text("utf-8"))
    yield PICTURE, picture(output("always"))
    yield FORMATS, _EXAMPLE.sub(example, FORMATS.read_text("utf-8"))
