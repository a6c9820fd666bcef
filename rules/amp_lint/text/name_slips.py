"""Names that hold what nobody means as a part of a name: quotes of a word processor, the comma of a
JSON file, an invisible character, a placeholder.

Customers give their objects and fields any name, so only what is surely a slip counts.
"""

from __future__ import annotations

from functools import lru_cache

from amp_schema.lite_dataclasses import dataclass
from amp_schema.patterns import pattern

# What nearly all names are. A path such as `$['a']['b']` is left to the rule about paths.
_USUAL = pattern(r"[A-Za-z0-9_](?:[A-Za-z0-9_/.: @*()-]*[A-Za-z0-9_)*])?|\$\[.*")
_PLACEHOLDER = pattern(
    r"<[^<>]+>|\$\{[^}]*\}|\{\{.*\}\}|\{%.*%\}|\$\([A-Za-z_.]+\)|[#%]\{[^}]*\}|@@\w+@@"
    r"|\A%[A-Z_]+%\Z|\A\$[A-Z][A-Z0-9_]+\Z"
    r"|\A(?:TODO|TBD|FIXME|XXX+|CHANGE_?ME|REPLACE_?ME)\Z"
)
_LEFT_OUT = pattern(r"[.…?]{2,}|…|\[object Object\]")
# What programs write for a value that is missing.
_MISSING = frozenset(("undefined", "None", "NaN"))
_QUOTES = "\"'`\u00ab\u00bb\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u2032\u2033\u2039\u203a"
_SIGNS = ",;\uff0c\uff1b"
_AROUND = f"{_QUOTES}{_SIGNS} \t\r\n"
_SIGN_FIRST = pattern(r"(?:=>?|->|:=?)[ ]*(?=\w)")
_GLUED = pattern(r"(?P<name>[\w$/.-]+)#[ ]")
_ARROW = pattern(r"(?P<name>[\w$./-]+)[ ]*(?:->|=>|\u2192)[ ]*(?P<other>[\w$./-]+)")
# As in SQL. Written small, one of the names must look like one: `filed as draft` may be a field.
_AS = pattern(r"(?P<name>[\w$./-]+)[ ]+(?:AS|as(?=[ ]+\w*(?:_|[a-z][A-Z])))[ ]+(?P<other>[\w$-]+)")
_ADDRESS = pattern(r"(?:https?://[^/\s]+)?(?:/[\w.-]+)*/(?P<last>[\w.-]+)/?")
_SEVERAL = pattern(r"[\w$/.-]+(?:[ ]*[,;\uff0c\uff1b][ ]*[\w$/.-]+)+")
_SEPARATOR = pattern(r"[ ]*[,;\uff0c\uff1b][ ]*")
# Behind the letters with accents of European languages.
_LAST_LATIN = "\u024f"
_WORD = pattern(r"[^\W\d_]+")
# Keys whose values consist of letters, digits, dashes and the like, and those that take any name.
_STRICT = frozenset(("destination", "provider", "module", "days", "pageSize"))
_NAMES = _STRICT | {"name", "objectName", "fieldName", "mapToName", "schedule", "enabled"}
_FOR_PEOPLE = frozenset(("displayName", "mapToDisplayName", "prompt", "default"))
_ANY_TEXT = _FOR_PEOPLE | {"name", "objectName", "fieldName", "mapToName"}
_LEADING_SIGNS = pattern(r"[^A-Za-z0-9\"']+")
_ALONE = pattern(r"""[A-Za-z0-9][\w./ *-]*|"[^"\\]+"|'[^']+'""")


@dataclass(frozen=True, slots=True)
class NameSlip:
    """What is wrong with a name, in words, and the names that were meant: none where that is not
    known, several where the name is a list."""

    words: str
    meant: tuple[str, ...] = ()


@lru_cache(maxsize=1024)
def name_slip(text: str) -> NameSlip | None:
    """Return the slip in a name; None for a name that may be meant as it is written.

    Cached, because several rules ask it about each name.
    """
    if text in _MISSING:
        return NameSlip("is what a program writes for a value that is missing")
    if _USUAL.fullmatch(text) is not None and not (text.isupper() and is_placeholder(text)):
        if " " not in text or _AS.fullmatch(text) is None:
            return None
        return NameSlip("holds `AS`, which the platform reads as part of the name")
    return _no_name(text) or _name_inside(text)


def _no_name(text: str) -> NameSlip | None:
    """Return the slip of a text that is more than a name, or none."""
    if _LEFT_OUT.fullmatch(text.strip()) is not None:
        return NameSlip("stands for a name that was left out")
    if _PLACEHOLDER.search(text) is not None:
        return NameSlip("is a placeholder, which the platform does not replace")
    glued = _GLUED.match(text)
    if glued is not None:
        words = "holds a comment, which requires a blank before its `#`"
        return NameSlip(words, (glued["name"],))
    if _ARROW.fullmatch(text) is not None:
        return NameSlip("holds an arrow, which the platform reads as part of the name")
    return None


def _name_inside(text: str) -> NameSlip | None:
    """Return the slip of a name with other characters in it or around it."""
    bare, words = _visible(text)
    inner = bare.strip(_AROUND)
    if inner != bare and inner:
        words = words or _around(bare, inner)
    sign = _SIGN_FIRST.match(inner)
    if sign is not None:
        words = words or f"starts with `{sign[0].strip()}`, which the platform reads as its part"
        inner = inner[sign.end() :]
    latin, odd = _one_script(inner)
    if odd:
        words, inner = words or odd, latin
    if _SEVERAL.fullmatch(inner) is not None:
        names = tuple(_SEPARATOR.split(inner))
        return NameSlip(f"holds {len(names)} names, which the platform reads as one", names)
    return NameSlip(words, (inner,)) if words and inner else None


def is_placeholder(text: str) -> bool:
    """Return whether a text is marked as one that a template or its author replaces."""
    return _PLACEHOLDER.search(text) is not None


def mapped_names(text: str) -> tuple[str, str] | None:
    """Return the two names of `a -> b` or `a AS b`; None for other texts."""
    match = _ARROW.fullmatch(text) or _AS.fullmatch(text)
    return (match["name"], match["other"]) if match is not None else None


def object_slip(text: str) -> NameSlip | None:
    """Return the slip in the name of an object: that of any name, or an address of an API such as
    `/crm/v3/contacts`, which begins with a slash or a scheme."""
    match = _ADDRESS.fullmatch(text) if text.startswith(("/", "http")) else None
    if match is None:
        return name_slip(text)
    words = "is an address of the provider's API and not the name of an object"
    return NameSlip(words, (match["last"],))


def is_name_key(key: str) -> bool:
    """Return whether a key takes a name and not any text."""
    return key in _NAMES


def takes_text_for_people(key: str) -> bool:
    """Return whether a key takes words for people."""
    return key in _FOR_PEOPLE


def takes_any_text(key: str) -> bool:
    """Return whether a key takes words for people, or names that customers give."""
    return key in _ANY_TEXT


def name_alone(key: str, text: str) -> str:
    """Return the value of a key without the signs in front of it, or the colon at its end, that no
    such value has; "" where they may belong to it."""
    bare = text
    if key in _STRICT and (signs := _LEADING_SIGNS.match(text)):
        bare = text[signs.end() :]
    elif key in _NAMES and text.startswith("- "):
        bare = text[1:].lstrip(" ")
    elif key in _NAMES and text.endswith(":"):
        bare = text[:-1].rstrip(" ")
    return bare if bare != text and _ALONE.fullmatch(bare) is not None else ""


def _visible(text: str) -> tuple[str, str]:
    """Return a text without invisible characters, and with spaces for what looks like one; and
    what is wrong with it. Scripts that need such characters keep them."""
    from amp_lint.text.look_alikes import is_invisible, is_space

    if text.isascii():
        return text, ""
    rest = "".join(one for one in text if not (is_invisible(one) or is_space(one)))
    if rest == text or not _is_latin(rest):
        return text, ""
    found = next(one for one in text if is_invisible(one) or is_space(one))
    point = f"U+{ord(found):04X}"
    words = f"holds the invisible character {point}"
    if is_space(found):
        words = f"holds {point}, which looks like a space but is another character"
    kept = "".join(" " if is_space(one) else one for one in text if not is_invisible(one))
    return kept.strip(" "), words


def _around(text: str, inner: str) -> str:
    """Return what is wrong with the characters around a name."""
    begin = text.index(inner)
    ends = text[:begin] + text[begin + len(inner) :]
    sign = next((one for one in ends if not one.isspace()), ends[-1])
    named = {"`": "a backtick", " ": "a blank", "\t": "a tab", "\n": "a line break"}
    shown = named.get(sign, f"`{sign}`")
    if not sign.isascii():
        shown += f" (U+{ord(sign):04X})"
    place = "starts" if sign in text[:begin] else "ends"
    return f"{place} with {shown}, which the platform reads as part of the name"


def _one_script(text: str) -> tuple[str, str]:
    """Return a text with Latin letters for those of other scripts that look like them, in words
    that have Latin letters, too; and what is wrong with it."""
    if text.isascii():
        return text, ""
    from amp_lint.text.look_alikes import as_ascii, look_alike

    words, pieces, at = "", [], 0
    for match in _WORD.finditer(text):
        word = match[0]
        found = look_alike(word)
        if found is None or not _is_latin(word) or not any(one.isascii() for one in word):
            continue
        words = words or f"mixes alphabets: {found.words}"
        pieces += [text[at : match.start()], as_ascii(word)]
        at = match.end()
    return "".join([*pieces, text[at:]]), words


def _is_latin(text: str) -> bool:
    """Return whether all letters of a text are Latin ones or look like them."""
    from amp_lint.text.look_alikes import as_ascii

    return all(one <= _LAST_LATIN or one in _QUOTES for one in as_ascii(text))
