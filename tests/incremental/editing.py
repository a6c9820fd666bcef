"""Manifests made of the integrations of many, and what happens to them in an editor."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from random import Random

from amp_lint.linter.registry import rules

TOP = "specVersion: 1.0.0\nintegrations:\n"
_FENCE = re.compile(r"```yaml\n(.*?)```", re.S)
_CASES = Path(__file__).resolve().parent.parent / "rules"
_NAME = re.compile(r"(?:[nN]ame|provider|destination): *(\S+)")
_TOPS = (
    *(TOP, TOP, TOP, "integrations:\n", "Integrations:\n"),
    "---\nspecVersion: 1.0.0\n# a note\nintegrations: # and another\n",
    "specVersion: '1.0'\nfoo: {a: [b]}\n\nintegrations:\n\n",
    "specVersion: 1.0.0\nintegrations:\n# amp:ignore[missing-schedule]\n",
)
_ENDS = ("", "", "", "", "specVersion: 1.0.0\n", "foo: 1\n", "# amp:ignore\n", "z:\n  - a: 'b'\n")
_BETWEEN = ("", "", "\n", "# amp:ignore[unknown-key]\n", "  # a note\n")
_WORDS = (
    *("\n", "\r\n", "\r", "\t", "- ", "-", " ", "  ", '"', "'", "#", ":", ": ", "{", "}", "[", "]"),
    *(
        "&a ",
        "*a",
        "<<: *a",
        "|",
        ">",
        "|+\n",
        "!!str ",
        "!x ",
        "---\n",
        "...\n",
        "%TAG ! x\n",
        "?",
    ),
    *("\u2028", "\x85", "\ufeff", "\U0001f600", "é", "\x00", "@", "`", "~", "null", "true", "1.0"),
    *("# amp:ignore", "# amp:ignore[missing-schedule]", "# amp:ignore[unknown-key, nope]"),
    *("# amp:ignore-file[key-case]", "  - name: new\n", "specVersion: 2\n", "integrations:\n"),
    *("foo: bar\n", "name: a", "read:", "- objectName: contact\n", '"a\n  - name: b\n"'),
    *("    - name: deep\n", " - name: odd\n", "inheritMapping: true\n", "[https://example.com]"),
)


@cache
def integrations() -> tuple[str, ...]:
    """The integrations in the documentation and the edge cases of the rules, indented by two."""
    texts = [rule.doc.replace("\n    ", "\n") for rule in rules().values()]
    texts += [path.read_text(encoding="utf-8") for path in sorted(_CASES.glob("*.md"))]
    found = (item for text in texts for fence in _FENCE.findall(text) for item in items(fence))
    return tuple(dict.fromkeys(found))


def items(manifest: str) -> list[str]:
    """The integrations of a manifest that is written as usual."""
    _, _, listed = manifest.partition("\nintegrations:\n")
    indent = listed[: len(listed) - len(listed.lstrip(" "))]
    lines = (line.removeprefix(indent) for line in listed.splitlines())
    moved = "".join(f"  {line}".rstrip() + "\n" for line in lines)
    return [part for part in re.split(r"^(?=  - )", moved, flags=re.M) if part.startswith("  - ")]


def manifest(random: Random, parts: tuple[str, ...]) -> str:
    """A manifest with some integrations."""
    chosen = [random.choice(parts) for _ in range(random.randint(1, 6))]
    text = random.choice(_TOPS) + random.choice(_BETWEEN).join(chosen) + random.choice(_ENDS)
    if random.random() < 0.15:
        text = re.sub(r"^  (?=  |- )", "", text, flags=re.M)
    if random.random() < 0.1:
        text = text.replace("\n", "\r\n")
    return text.rstrip("\r\n") if random.random() < 0.1 else text


def edited(random: Random, text: str) -> str:
    """The text after one more thing that people do."""
    change = random.choice(
        (_type, _type, _type, _delete, _lines, _lines, _indent, _move, _name, _all)
    )
    return change(random, text) or TOP


def _type(random: Random, text: str) -> str:
    at = random.randint(0, len(text))
    return text[:at] + random.choice(_WORDS) + text[at:]


def _delete(random: Random, text: str) -> str:
    at = random.randint(0, len(text))
    return text[:at] + text[at + random.randint(1, 6) :]


def _lines(random: Random, text: str) -> str:
    lines = text.splitlines(keepends=True) or [""]
    one, other = random.randrange(len(lines)), random.randrange(len(lines))
    match random.randrange(4):
        case 0:
            del lines[one : one + random.randint(1, 3)]
        case 1:
            lines.insert(one, lines[other])
        case 2:
            lines[one], lines[other] = lines[other], lines[one]
        case _:
            lines.insert(one, random.choice(_WORDS) + random.choice(("\n", "\r\n", "")))
    return "".join(lines)


def _indent(random: Random, text: str) -> str:
    lines = text.splitlines(keepends=True) or [""]
    at = random.randrange(len(lines))
    lines[at] = " " * random.randint(0, 9) + lines[at].lstrip(" ")
    return "".join(lines)


def _move(random: Random, text: str) -> str:
    """Move an integration, remove it, or have it twice."""
    parts = re.split(r"^(?=  - )", text, flags=re.M)
    taken = parts.pop(random.randrange(len(parts)))
    for _ in range(random.randint(0, 2)):
        parts.insert(random.randint(min(1, len(parts)), len(parts)), taken)
    return "".join(parts)


def _name(random: Random, text: str) -> str:
    """Give something the name of something else."""
    names = list(_NAME.finditer(text))
    if not names:
        return text
    one, other = random.choice(names), random.choice(names)
    return text[: one.start(1)] + other[1] + text[one.end(1) :]


def _all(random: Random, text: str) -> str:
    """Change the quotes or the line breaks of the whole file."""
    old, new = random.choice((('"', "'"), ("'", '"'), ("\r\n", "\n"), ("\n", "\r\n")))
    return text.replace(old, new)
