from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from amp_schema.closest_match import closest, distance, nearest, plain

# Few letters, so that words share many and edits meet each other.
words = st.text(alphabet="abcS-é", max_size=9)
caps = st.integers(min_value=0, max_value=10)


def naive(a: str, b: str) -> int:
    """Optimal string alignment, written as its definition reads."""
    table = {(i, 0): i for i in range(len(a) + 1)} | {(0, j): j for j in range(len(b) + 1)}
    for i, j in itertools.product(range(1, len(a) + 1), range(1, len(b) + 1)):
        edits = [
            table[i - 1, j] + 1,
            table[i, j - 1] + 1,
            table[i - 1, j - 1] + (a[i - 1] != b[j - 1]),
        ]
        if i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:
            edits.append(table[i - 2, j - 2] + 1)
        table[i, j] = min(edits)
    return table[len(a), len(b)]


@given(words, words, caps)
@example("ab", "ba", 1)
@example("ca", "abc", 3)  # 3, where unrestricted Damerau-Levenshtein has 2
@example("", "", 0)
@example("", "abc", 3)
@example("abcabc", "bcabca", 2)
def test_the_distance_is_that_of_the_definition_up_to_the_cap(a: str, b: str, cap: int) -> None:
    assert distance(a, b, cap) == min(naive(a, b), cap + 1)


@given(words, words, caps)
def test_the_distance_is_symmetric(a: str, b: str, cap: int) -> None:
    assert distance(a, b, cap) == distance(b, a, cap)


@given(words, words)
def test_the_distance_is_zero_for_equal_words_alone(a: str, b: str) -> None:
    assert (distance(a, b, 10) == 0) == (a == b)


def test_long_words_are_measured_at_once() -> None:
    long = "ab" * 50_000
    assert distance(long, long + "c", 2) == 1
    assert distance(long, "x", 3) == 4
    assert distance("x" * 100_000, long, 3) == 4


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("schedule", "schedule"),
        ("scheduel", "schedule"),
        ("shedule", "schedule"),
        ("SCHEDULE", "schedule"),
        ("objectname", "objectName"),
        ("object_name", "objectName"),
        ("object-name", "objectName"),
        ("Object Name", "objectName"),
        ("destnation", "destination"),
        ("dys", "days"),
        ("unrelated", None),
        ("", None),
        ("-", None),
        ("x", None),
    ],
)
def test_the_intended_word_is_found(word: str, expected: str | None) -> None:
    known = ["objectName", "destination", "schedule", "enabled", "backfill", "days"]
    assert nearest(word, known) == expected


@pytest.mark.parametrize(
    ("word", "candidate", "found"),
    [
        ("ab", "ac", False),
        ("kit", "kat", True),
        ("kit", "bat", False),
        ("read", "raed", True),
        ("read", "rods", False),
        ("write", "wrote", True),
        ("write", "wrotf", True),
        ("write", "wroxf", False),
        ("backfill", "bakcfil", True),
        ("backfill", "bxxxfill", False),
        ("readAction", "reedActoins", True),
        ("fieldName", "fxxxdName", True),
        ("destination", "dxxxxnation", False),
        # Counted on the shorter word: three letters bear one edit, whichever side they are on.
        ("kit", "kitty", False),
        ("kitty", "kit", False),
    ],
)
def test_longer_words_may_be_further_off(word: str, candidate: str, found: bool) -> None:
    assert nearest(word, [candidate]) == (candidate if found else None)


def test_two_equally_near_words_are_no_answer() -> None:
    assert nearest("cat", ["bat", "hat"]) is None
    assert nearest("cat", ["bat", "hat", "cart", "cat "]) == "cat "
    assert nearest("contact", ["contacts", "contact_s"]) is None


def test_a_closer_word_beats_a_further_one_wherever_it_stands() -> None:
    assert nearest("contcts", ["contracts", "contacts"]) == "contacts"
    assert nearest("contcts", ["contacts", "contracts"]) == "contacts"
    assert nearest("mappings", ["mapings", "mopings"]) == "mapings"
    assert nearest("mappings", ["mopings", "mapings"]) == "mapings"


def test_equal_spelling_beats_equal_but_for_case_beats_equal_but_for_separators() -> None:
    known = ["first_name", "firstName", "FirstName"]
    assert nearest("firstName", known) == "firstName"
    assert nearest("FIRST_NAME", known) == "first_name"
    assert nearest("firstname", known) is None
    assert nearest("first-name", known[:1]) == "first_name"


def test_a_word_of_separators_alone_means_nothing() -> None:
    assert nearest("-", ["_", "schedule"]) is None


def test_the_same_candidate_twice_is_one_candidate() -> None:
    assert nearest("contcts", ["contacts", "contacts"]) == "contacts"


def test_the_limit_narrows_and_never_widens() -> None:
    assert nearest("bakcfil", ["backfill"], limit=1) is None
    assert nearest("bakcfil", ["backfill"], limit=2) == "backfill"
    assert nearest("Back-Fill", ["backfill"], limit=0) == "backfill"
    assert nearest("kot", ["bat"], limit=9) is None


def test_a_huge_word_is_answered_without_a_look_at_the_candidates() -> None:
    looked_at = []

    def candidates() -> Iterator[str]:
        looked_at.append("schedule")
        yield "schedule"

    assert nearest("x" * 3_000_000, candidates()) is None
    assert looked_at == []
    assert nearest("schedule", candidates()) == "schedule"


def test_a_name_of_over_a_hundred_letters_is_no_match_on_either_side() -> None:
    assert nearest("a" * 99, ["a" * 100]) == "a" * 100
    assert nearest("a" * 100, ["a" * 101]) is None
    assert nearest("a" * 101, ["a" * 100]) is None


def test_huge_candidates_are_left_out() -> None:
    assert nearest("schedul", ["schedule" * 400_000, "schedule"]) == "schedule"


@given(words, st.lists(words, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_the_candidates_does_not_matter(word: str, known: list[str], random) -> None:  # type: ignore[no-untyped-def]
    shuffled = list(known)
    random.shuffle(shuffled)
    assert nearest(word, known) == nearest(word, shuffled)


@example(word="SSSSa", known=["SSaSS"])
@given(words, st.lists(words, max_size=6))
def test_the_answer_is_a_candidate_and_no_other_is_as_near(word: str, known: list[str]) -> None:
    found = nearest(word, known)
    if found is None:
        return
    assert found in known
    edits = naive(plain(word), plain(found))
    shorter = min(len(plain(word)), len(plain(found)))
    assert edits <= (0 if shorter < 3 else 1 if shorter < 5 else 2 if shorter < 9 else 3)
    if edits:
        rivals = [naive(plain(word), plain(other)) for other in set(known) - {found}]
        lengths = [len(plain(other)) for other in set(known) - {found}]
        # A rival as near can only lose by being too short to bear the edits.
        short = {1: 2, 2: 4, 3: 8}[edits]
        assert all(
            rival > edits or min(length, len(plain(word))) <= short
            for rival, length in zip(rivals, lengths, strict=True)
        )


@given(words, st.lists(words, max_size=6))
def test_the_closest_words_are_all_at_the_distance_given(word: str, known: list[str]) -> None:
    matches = closest(word, known)
    assert len(set(matches.words)) == len(matches.words)
    assert all(naive(plain(word), plain(found)) == matches.distance for found in matches.words)
