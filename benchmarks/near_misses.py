"""Measure how well misspelt names of objects and fields are recognized.

    python benchmarks/near_misses.py [NAMES]

Three figures, for objects and for fields, over all names of the catalog that a finding may suggest:

- recall: the share of the misspellings, made here from known names, that is found and corrected;
- precision: the share of the suggested names that is right;
- false findings: each known name is removed from the catalog in turn, with its words; the share of
  names that is then reported as a misspelling of another. It estimates how often a real name that
  the catalog lacks is reported.

Case and number must never be reported. The misspellings are drawn from a seed. NAMES limits how
many known names are tried for each row; without it, all are.
"""

from __future__ import annotations

import random
import string
import sys
from collections import Counter
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass

from amp_schema.catalog import catalog
from amp_schema.objects import is_open, objects_of
from amp_schema.typos import SHORTEST, misspelt, near_field, near_object, words_of

SEED = 20260821
# Returns a misspelt name, or None if that is impossible.
Slip = Callable[[str, random.Random], "str | None"]


@dataclass(frozen=True, slots=True)
class Name:
    """A known name: an object, or a field of `parent`."""

    provider: str
    module: str | None
    parent: str | None
    text: str

    def near(self, written: str) -> str | None:
        if self.parent is None:
            return near_object(self.provider, self.module, written)
        return near_field(self.provider, self.module, self.parent, written)

    def known(self) -> tuple[str, ...]:
        objects = objects_of(self.provider, self.module)
        return tuple(objects) if self.parent is None else objects[self.parent].fields


@dataclass(frozen=True, slots=True)
class Score:
    """Counts: misspellings made, names suggested for them, suggestions that are right."""

    made: int
    suggested: int
    right: int


def one_edit(name: str, chance: random.Random) -> str:
    at = chance.randrange(len(name))
    letter = chance.choice(string.ascii_lowercase)
    return chance.choice(
        (
            name[:at] + letter + name[at:],
            name[:at] + name[at + 1 :],
            name[:at] + letter + name[at + 1 :],
            name[: at - 1] + name[at] + name[at - 1] + name[at + 1 :] if at else name[1:],
        )
    )


def two_edits(name: str, chance: random.Random) -> str:
    return one_edit(one_edit(name, chance), chance)


def other_case(name: str, chance: random.Random) -> str:
    return chance.choice((name.lower(), name.upper(), name[:1].swapcase() + name[1:]))


def other_number(name: str, _: random.Random) -> str:
    if name.endswith("ies"):
        return name[:-3] + "y"
    if name.endswith("s"):
        return name[:-1]
    return name[:-1] + "ies" if name.endswith("y") else name + "s"


SLIPS: dict[str, Slip] = {
    "one edit": one_edit,
    "two edits": two_edits,
    "case": other_case,
    "plural or singular": other_number,
}


def names(of_fields: bool) -> Iterator[Name]:
    """Yield all objects, or all fields, that may be suggested."""
    for provider in catalog().providers.values():
        if provider.objects_like:
            continue
        for module in provider.modules or (None,):
            for one in objects_of(provider.name, module).values():
                if of_fields:
                    for field in one.fields[: one.described]:
                        yield Name(provider.name, module, one.name, field)
                elif one.trust == "A" and not is_open(provider.name, module):
                    yield Name(provider.name, module, None, one.name)


def sample(of_fields: bool, most: int | None) -> list[Name]:
    """Return `most` of the names, the same ones each time; all without a limit."""
    every = list(names(of_fields))
    if most is None or most >= len(every):
        return every
    chosen = sorted(random.Random(SEED).sample(range(len(every)), most))
    return [every[index] for index in chosen]


def score(known: list[Name], kind: str) -> Score:
    """Misspell every name once and count what is suggested."""
    chance = random.Random(SEED)
    made = suggested = right = 0
    for name in known:
        written = SLIPS[kind](name.text, chance)
        if len(name.text) < SHORTEST or not written or written in name.known():
            continue
        near = name.near(written)
        made += 1
        suggested += near is not None
        right += near == name.text
    return Score(made, suggested, right)


class Without(Container[str]):
    """The words of a module's names without those that only one name has."""

    def __init__(self, counts: Counter[str], name: str) -> None:
        self.counts = counts
        self.own = set(words_of(name))

    def __contains__(self, word: object) -> bool:
        return self.counts[str(word)] > (word in self.own)


def held_out(known: list[Name]) -> list[tuple[Name, str]]:
    """Return each name that would be reported if the catalog lacked it, with the suggestion."""
    found = []
    counts: dict[tuple[str, str | None], Counter[str]] = {}
    for name in known:
        place = name.provider, name.module
        if place not in counts:
            counts[place] = word_counts(*place)
        rest = [one for one in name.known() if one != name.text]
        most = 1 if name.parent is None else 2
        near = misspelt(name.text, rest, Without(counts[place], name.text), most=most)
        if near is not None:
            found.append((name, near))
    return found


def word_counts(provider: str, module: str | None) -> Counter[str]:
    """Count the different names of the module in which each word occurs."""
    objects = objects_of(provider, module)
    every = set(objects).union(*(one.fields for one in objects.values()))
    return Counter(word for name in every for word in set(words_of(name)))


def main() -> None:
    """Print the tables in Markdown."""
    most = int(sys.argv[1]) if len(sys.argv) > 1 else None
    print(f"Names of {SHORTEST} and more characters, seed {SEED}. Case and number alone are not")
    print("reported, nor two edits in the name of an object.\n")
    print("| names | misspelling | made | recall | precision |")
    print("|---|---|---|---|---|")
    for title, of_fields in (("objects", False), ("fields", True)):
        known = sample(of_fields, most)
        for kind in SLIPS:
            got = score(known, kind)
            print(
                f"| {title} | {kind} | {got.made:,} | {got.right / got.made:.1%} | "
                f"{f'{got.right / got.suggested:.2%}' if got.suggested else '-'} |"
            )
    print("\n| names | held out | reported falsely | share |")
    print("|---|---|---|---|")
    for title, of_fields in (("objects", False), ("fields", True)):
        known = sample(of_fields, most)
        false = held_out(known)
        print(f"| {title} | {len(known):,} | {len(false):,} | {len(false) / len(known):.2%} |")


if __name__ == "__main__":
    main()
