"""Misspelt names of objects and fields.

The catalog never has all the names there are, and real names are often alike: `created_at` and
`created_by`, `line1` and `line2`. A name counts as misspelt only if exactly one known name is
nearest and nothing speaks for the name as it is written. `benchmarks/near_misses.py` measures how
often that is right.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from amp_schema.closest_match import distance, plain
from amp_schema.objects import find_object, is_open, objects_of
from amp_schema.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterable

# In a shorter name one edit makes another name: `date` and `rate`, `type` and `types`.
SHORTEST = 5
# Two edits in a shorter name leave too little of it.
SHORTEST_FOR_TWO = 9
# Nobody misspells a longer name by a letter or two.
LONGEST = 80

# A name that a customer made up, or a path into a record: `Score__c`, `ns__Score__c`,
# `custom_score`, `customfield_10010`, `cf_score`, `u_score`, `$['a']['b']`.
_CUSTOM = pattern(r"__|[$\[\]{}:]|^(custom|cf|[a-z]|p[0-9]+)[_.-]|^custom_?field_?[0-9]", re.I)
_CAMEL_CASE_WORD = pattern(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


def near_object(provider: str, module: str | None, name: str) -> str | None:
    """Return the object that `name` is a misspelling of; None where it is known, or unclear.

    One edit at most, and only towards a name that the platform itself or its guides have.
    """
    if is_open(provider, module) or find_object(provider, module, name) is not None:
        return None
    objects = objects_of(provider, module)
    near = misspelt(name, objects, _Words(provider, module), most=1)
    return near if near is not None and objects[near].trust == "A" else None


def near_field(provider: str, module: str | None, object_name: str, name: str) -> str | None:
    """Return the field of an object that `name` is a misspelling of; None where it is known, where
    the platform's own metadata lacks the fields of the object, or where none clearly is."""
    known = find_object(provider, module, object_name)
    if known is None or not known.described or known.field(name) is not None:
        return None
    near = misspelt(name, known.fields, _Words(provider, module))
    return near if near in known.fields[: known.described] else None


def misspelt(
    name: str, known: Collection[str], words: Container[str], *, most: int = 2
) -> str | None:
    """Return the one of `known` that the unknown `name` is a misspelling of.

    Another case or a plural alone is not one: the platform, or a connector, may accept both. Other
    separators are. One edit in a name of `SHORTEST` letters, or two in one of `SHORTEST_FOR_TWO`,
    are one only if they leave a word that is not among `words`: a name made of known words is more
    likely a name that the catalog lacks. `most` limits the edits.
    """
    if not SHORTEST <= len(name) <= LONGEST or _CUSTOM.search(name):
        return None
    nearest = _nearest(plain(name), known, most)
    if len(nearest) != 1 or is_form(name, nearest[0]):
        return None
    is_apart = plain(name) == plain(nearest[0])
    return nearest[0] if is_apart or any(word not in words for word in words_of(name)) else None


def words_of(name: str) -> list[str]:
    """Return the words of a name in lower case, split at capitals and at what is not a letter."""
    return [word.lower() for word in _CAMEL_CASE_WORD.findall(name)]


def _nearest(bare: str, known: Iterable[str], most: int) -> list[str]:
    """Return the names with the fewest edits, if these are few enough; a plural is one."""
    fewest = min(most, 2 if len(bare) >= SHORTEST_FOR_TWO else 1)
    forms = {*_forms(bare), *_regular_plural(bare)}
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
    """Return the plurals that a word may have."""
    return (word + "s", word + "es", word[:-1] + "ies" if word.endswith("y") else word + "s")


def _regular_plural(word: str) -> tuple[str, ...]:
    """Return the right plural for `companys`."""
    return (word[:-2] + "ies",) if word.endswith("ys") else ()


def is_form(name: str, near: str) -> bool:
    """Return whether two names are the same but for case or number."""
    a, b = name.casefold(), near.casefold()
    return a == b or a in _forms(b) or b in _forms(a)


class _Words:
    """The words in the names of a module's objects and fields; gathered when first needed, which is
    seldom."""

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
