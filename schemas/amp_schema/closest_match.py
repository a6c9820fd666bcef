"""Near matches: the known name that a misspelt one was meant to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amp_schema.lite_dataclasses import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# Longer names are not compared: nobody misspells them by only a letter or two.
_LONGEST = 100


@dataclass(frozen=True, slots=True)
class Matches:
    """The candidates nearest to a word, in the order given, and their distance in edits."""

    distance: int
    words: tuple[str, ...]


_NONE = Matches(0, ())


def nearest(word: str, candidates: Iterable[str], *, limit: int | None = None) -> str | None:
    """Return the one candidate that `word` was meant to be; None if there is no clear winner.

    A candidate that differs only in case, hyphens, underscores and spaces wins at once. Otherwise
    the fewest edits win: at most one for names of three or four letters, two up to eight, three
    beyond, counted on the shorter of the two, and never more than `limit`.
    """
    words = closest(word, candidates, limit=limit).words
    return words[0] if len(words) == 1 else None


def closest(word: str, candidates: Iterable[str], *, limit: int | None = None) -> Matches:
    """Return all candidates at the smallest distance, as `nearest` measures it; none if too far.

    Names that are equal, equal except for case, or equal except for separators have the distance 0;
    the earlier of these three wins.
    """
    wanted = plain(word) if len(word) <= _LONGEST else ""
    if not wanted:
        return _NONE
    names = {name: plain(name) for name in candidates if len(name) <= _LONGEST}
    same = [name for name, bare in names.items() if bare == wanted]
    if not same:
        return _closest_by_edits(wanted, names, limit)
    by_case = [name for name in same if name.casefold() == word.casefold()]
    return Matches(0, (word,) if word in by_case else tuple(by_case or same))


def plain(name: str) -> str:
    """Return a name in folded case without hyphens, underscores and spaces."""
    bare = name.casefold()
    for separator in "-_ ":
        bare = bare.replace(separator, "")
    return bare


def distance(a: str, b: str, cap: int) -> int:
    """Return the edits between two words, or `cap` + 1 if there are more than `cap` (0 or more).

    An edit inserts, removes or replaces a character or swaps two neighbours, and no part of the
    word is edited twice (optimal string alignment). Time grows with length times `cap`.
    """
    if len(a) > len(b):
        a, b = b, a
    if len(b) - len(a) > cap:
        return cap + 1
    # A row holds only the cells within `band` of the diagonal: no other lies on a path of `cap`
    # edits. Cell k of row r is column r + k - band; a last cell stands for all beyond the band.
    band = min(cap, len(b))
    far = cap + 1
    two_up = [far] * (2 * band + 2)
    up: list[int] = [*([far] * band), *range(band + 1), far]
    for row in range(1, len(a) + 1):
        two_up, up = up, _next_row(a, b, row, two_up, up)
        if min(up) > cap and min(two_up) > cap:
            return far
    return min(up[len(b) - len(a) + band], far)


def _next_row(a: str, b: str, row: int, two_up: list[int], up: list[int]) -> list[int]:
    far = up[-1]
    here = [far] * len(up)
    band = len(up) // 2 - 1
    if row <= band:
        here[band - row] = row
    for column in range(max(1, row - band), min(len(b), row + band) + 1):
        k = column - row + band
        best = min(up[k + 1] + 1, up[k] + (a[row - 1] != b[column - 1]))
        if k > 0:
            best = min(best, here[k - 1] + 1)
        if row > 1 and column > 1 and a[row - 1] == b[column - 2] and a[row - 2] == b[column - 1]:
            best = min(best, two_up[k] + 1)
        here[k] = min(best, far)
    return here


def _closest_by_edits(word: str, names: Mapping[str, str], limit: int | None) -> Matches:
    fewest = _LONGEST if limit is None else limit
    letters = set(word)
    found: list[str] = []
    for name, bare in names.items():
        cap = min(fewest, _allowed(min(len(word), len(bare))))
        # Each letter that only one of the two has takes an edit of its own. This cheap test leaves
        # few distances to compute.
        if abs(len(word) - len(bare)) > cap or len(letters.difference(bare)) > cap:
            continue
        edits = distance(word, bare, cap)
        if edits > cap:
            continue
        if edits < fewest:
            fewest, found = edits, []
        found.append(name)
    return Matches(fewest, tuple(found)) if found else _NONE


def _allowed(length: int) -> int:
    if length <= 2:
        return 0
    if length <= 4:
        return 1
    return 2 if length <= 8 else 3
