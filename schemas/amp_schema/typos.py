"""Objects and fields that are a slip of the pen for a known one.

The catalog never has all the names there are, and real names are often alike: `created_at` and
`created_by`, `line1` and `line2`. A name is taken for a slip only where exactly one known name is
nearest and nothing speaks for the name as it is written. `benchmarks/near_misses.py` measures how
often that is right.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from amp_schema.closest_match import distance, plain
from amp_schema.objects import objects_of
from amp_schema.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterable

# In a shorter name one edit makes another name: `date` and `rate`, `type` and `types`.
SHORTEST = 5
# Two edits in a shorter name leave too little of it.
SHORTEST_FOR_TWO = 9
# Nobody misspells a longer name by a letter or two.
LONGEST = 80

# What a provider's own user made up, or what leads into a record: `Score__c`, `ns__Score__c`,
# `custom_score`, `customfield_10010`, `cf_score`, `u_score`, `$['a']['b']`.
_CUSTOM = pattern(r"__|[$\[\]{}:]|^(custom|cf|[a-z]|p[0-9]+)[_.-]|^custom_?field_?[0-9]", re.I)
_WORD = pattern(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


def near_object(provider: str, module: str | None, name: str) -> str | None:
    """Return the object that `name` was meant to be; None where it is known, or none clearly was.

    Of an object that the catalog has only from a list of what an action takes, it is not known how
    exactly the name has to be written: the platform brings some into their usual form. Another
    case or a plural is no slip there.
    """
    objects = objects_of(provider, module)
    if name in objects:
        return None
    near = slip(name, objects, _Words(provider, module))
    return None if near and not objects[near].fields and _is_form(name, near) else near


def near_field(provider: str, module: str | None, object_name: str, name: str) -> str | None:
    """Return the field of an object that `name` was meant to be; None where it is known, where
    the object is not, or where none clearly was."""
    known = objects_of(provider, module).get(object_name)
    if known is None or name in known.fields:
        return None
    return slip(name, known.fields, _Words(provider, module))


def slip(name: str, known: Collection[str], words: Container[str]) -> str | None:
    """Return the one of `known` that the unknown `name` is a slip for.

    Another case or other separators make a slip, and so does a plural. One edit in a name of
    `SHORTEST` letters, or two in one of `SHORTEST_FOR_TWO`, make one only if they leave a word that
    is not among `words`: a name of proper words is more likely a name that the catalog lacks.
    """
    if not SHORTEST <= len(name) <= LONGEST or _CUSTOM.search(name):
        return None
    nearest = _nearest(plain(name), known)
    if len(nearest) != 1:
        return None
    proper = all(word in words for word in words_of(name))
    return None if proper and not _is_form(name, nearest[0]) else nearest[0]


def words_of(name: str) -> list[str]:
    """The words of a name in lower case, told apart by case and by what is no letter."""
    return [word.lower() for word in _WORD.findall(name)]


def _nearest(bare: str, known: Iterable[str]) -> list[str]:
    """The names with the fewest edits, if these are few enough; a plural is one."""
    fewest = 2 if len(bare) >= SHORTEST_FOR_TWO else 1
    forms = _forms(bare)
    letters = set(bare)
    found: list[str] = []
    for name in known:
        other = plain(name)
        edits = 0 if other == bare else 1
        if edits and other not in forms and bare not in _forms(other):
            if abs(len(other) - len(bare)) > fewest or len(letters.difference(other)) > fewest:
                continue
            edits = distance(bare, other, fewest)
        if edits < fewest:
            fewest, found = edits, []
        if edits == fewest:
            found.append(name)
    return found


def _forms(word: str) -> tuple[str, ...]:
    """The plurals a word may have."""
    return (word + "s", word + "es", word[:-1] + "ies" if word.endswith("y") else word + "s")


def _is_form(name: str, near: str) -> bool:
    """Whether two names are the same but for case, separators or number."""
    a, b = plain(name), plain(near)
    return a == b or a in _forms(b) or b in _forms(a)


class _Words:
    """The words that the names of a module's objects and fields are made of; they are gathered
    when the first one is asked for, which is seldom."""

    def __init__(self, provider: str, module: str | None) -> None:
        self._of = provider, module

    def __contains__(self, word: object) -> bool:
        return word in _words(*self._of)


@cache
def _words(provider: str, module: str | None) -> frozenset[str]:
    names: set[str] = set()
    for one in objects_of(provider, module).values():
        names.add(one.name)
        names.update(one.fields)
    return frozenset(word for name in names for word in words_of(name))
