"""Mutations of manifests: of their bytes, their lines, their keys and values."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from random import Random

TOKENS = (
    *('"', "'", "[", "]", "{", "}", ",", ":", ": ", "- ", "-", "? ", "#", " #", "|", ">", "|2-\n"),
    *(
        "&a ",
        "*a",
        "<<: *a",
        "!!str ",
        "!x ",
        "---\n",
        "...\n",
        "%YAML 1.2\n",
        "%TAG ! x\n",
        "@",
        "`",
    ),
    *(
        "\t",
        " ",
        "  ",
        "\n",
        "\r",
        "\r\n",
        "\n\n",
        "\u2028",
        "\x85",
        "\xa0",
        "\ufeff",
        "\0",
        "\x1b[31m",
    ),
    *(
        "😀",
        "e\u0301",
        "\ud800",
        "no",
        "~",
        "null",
        "1.0",
        "0x1F",
        "1e999",
        "''",
        '"\\x"',
        '"\\u12"',
    ),
    *("# amp:ignore[unknown-key]", "# amp:ignore", "# amp:ignore-file[yaml-syntax]", "::error::x"),
    *("*/13 * * * *", "@hourly", "0 0 31 2 *", "*/0 * * * *", "1-99999999999999999999 * * * *"),
)
KEYS = re.compile(r"[A-Za-z]+(?=:)")
VALUES = re.compile(r"(?<=: )[^\n#]+")
LINES = re.compile(r"[^\n]*\n?")

Mutation = Callable[[str, Random, Sequence[str]], str]


def mutate(random: Random, manifests: Sequence[str]) -> bytes:
    """Return one of the manifests with one to five changes."""
    text = random.choice(manifests)
    for _ in range(random.choice((1, 1, 1, 2, 2, 3, 5))):
        text = random.choice(MUTATIONS)(text, random, manifests)
    data = text.encode("utf-8", "surrogatepass")
    if random.random() < 0.05:
        data = _bytes(data, random)
    return data


def _bytes(data: bytes, random: Random) -> bytes:
    at = random.randrange(len(data) + 1)
    junk = random.randbytes(random.choice((1, 1, 2, 8)))
    if random.random() < 0.1:
        return data.decode("utf-8", "replace").encode(
            random.choice(("utf-16", "utf-16-be", "utf-32"))
        )
    return data[:at] + junk + data[at + random.choice((0, 1, len(junk))) :]


def _insert(text: str, random: Random, _: Sequence[str]) -> str:
    at = random.randrange(len(text) + 1)
    return text[:at] + random.choice(TOKENS) + text[at:]


def _delete(text: str, random: Random, _: Sequence[str]) -> str:
    at = random.randrange(len(text) + 1)
    return text[:at] + text[at + random.choice((1, 1, 1, 2, 5, 20, 200)) :]


def _truncate(text: str, random: Random, _: Sequence[str]) -> str:
    return text[: random.randrange(len(text) + 1)]


def _character(text: str, random: Random, _: Sequence[str]) -> str:
    at = random.randrange(len(text) + 1)
    new = chr(
        random.choice((random.randrange(128), random.randrange(0x3000), random.randrange(0x110000)))
    )
    return text[:at] + new + text[at + 1 :]


def _lines(text: str, random: Random, _: Sequence[str]) -> str:
    """Move, repeat or drop some lines."""
    lines = LINES.findall(text)
    start = random.randrange(len(lines))
    run = lines[start : start + random.choice((1, 1, 2, 3, 8))]
    if random.random() < 0.7:
        del lines[start : start + len(run)]
    if random.random() < 0.7:
        at = random.randrange(len(lines) + 1)
        lines[at:at] = run
    return "".join(lines)


def _indentation(text: str, random: Random, _: Sequence[str]) -> str:
    lines = LINES.findall(text)
    start = random.randrange(len(lines))
    by = random.choice((1, 2, 4, -1, -2, -4))
    for number in range(start, min(len(lines), start + random.choice((1, 1, 2, 5)))):
        line = lines[number]
        lines[number] = " " * by + line if by > 0 else line.removeprefix(" " * -by)
    return "".join(lines)


def _splice(text: str, random: Random, manifests: Sequence[str]) -> str:
    other = random.choice(manifests)
    return text[: random.randrange(len(text) + 1)] + other[random.randrange(len(other) + 1) :]


def _breaks(text: str, random: Random, _: Sequence[str]) -> str:
    return text.replace(
        "\n", random.choice(("\r\n", "\r", "\u2028", "\n\n")), random.choice((-1, 1, 3))
    )


def _value(text: str, random: Random, manifests: Sequence[str]) -> str:
    """Replace a value with one of another manifest, or with an odd one."""
    values = VALUES.findall(random.choice(manifests))
    return _replaced(text, VALUES, random, [*values, random.choice(TOKENS)])


def _key(text: str, random: Random, manifests: Sequence[str]) -> str:
    return _replaced(text, KEYS, random, KEYS.findall(random.choice(manifests)) or ["x"])


def _slip(text: str, random: Random, _: Sequence[str]) -> str:
    """Swap two neighbouring characters."""
    at = random.randrange(len(text) + 1)
    return text[:at] + text[at : at + 2][::-1] + text[at + 2 :]


def _replaced(text: str, pattern: re.Pattern[str], random: Random, by: Sequence[str]) -> str:
    found = list(pattern.finditer(text))
    if not found:
        return text
    match = random.choice(found)
    return text[: match.start()] + random.choice(by) + text[match.end() :]


MUTATIONS: tuple[Mutation, ...] = (
    *(_insert, _insert, _delete, _truncate, _character, _lines, _lines, _indentation),
    *(_splice, _breaks, _value, _value, _key, _slip, _slip),
)
