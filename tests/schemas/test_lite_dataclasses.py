"""The stand-in for dataclasses behaves like the original."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from amp_schema import lite_dataclasses

Make = tuple[Callable[..., Any], Callable[..., Any]]
BOTH: dict[str, Make] = {
    "lite": (lite_dataclasses.dataclass, lite_dataclasses.field),
    "dataclass": (dataclasses.dataclass, dataclasses.field),
}


def plain(make: Make) -> Any:
    dataclass, field = make

    @dataclass(slots=True)
    class Plain:
        """A class."""

        first: int
        second: str = "two"
        third: list[int] = field(default_factory=list)
        fourth: int | None = field(default=None, repr=False, compare=False)

        @property
        def twice(self) -> int:
            """The double."""
            return 2 * self.first

    return Plain


def frozen(make: Make) -> Any:
    dataclass, field = make

    @dataclass(frozen=True, slots=True)
    class Frozen:
        """A class."""

        first: int
        others: dict[str, int] = field(default_factory=dict, hash=False)

    return Frozen


def frozen_dict(make: Make) -> Any:
    dataclass, _ = make

    @dataclass(frozen=True)
    class Single:
        """A class."""

        first: int

    return Single


def by_identity(make: Make) -> Any:
    dataclass, _ = make

    @dataclass(frozen=True, slots=True, eq=False)
    class Identical:
        """A class."""

        first: int

    return Identical


@pytest.fixture(params=BOTH.values(), ids=BOTH)
def make(request: pytest.FixtureRequest) -> Make:
    return request.param  # type: ignore[no-any-return]


def test_values_come_in_order_by_name_or_by_default(make: Make) -> None:
    one = plain(make)(1, third=[3])

    assert (one.first, one.second, one.third, one.fourth, one.twice) == (1, "two", [3], None, 2)
    assert plain(make)(1).third is not plain(make)(1).third


@pytest.mark.parametrize(
    ("values", "named"), [((), {}), ((1, 2, 3, 4, 5), {}), ((1,), {"first": 1}), ((1,), {"x": 1})]
)
def test_wrong_values_are_refused(
    make: Make, values: tuple[int, ...], named: dict[str, int]
) -> None:
    kind = plain(make)

    for _ in range(2):
        with pytest.raises(TypeError):
            kind(*values, **named)


def test_there_is_room_for_the_fields_only(make: Make) -> None:
    one = plain(make)(1)
    one.first = 5

    assert one.first == 5
    with pytest.raises(AttributeError):
        one.other = 1


def test_equal_are_two_of_a_class_with_equal_fields_but_for_those_not_compared(make: Make) -> None:
    kind = plain(make)

    assert kind(1, fourth=1) == kind(1, fourth=2)
    assert kind(1) != kind(2)
    assert kind(1) != frozen(make)(1)
    assert frozen_dict(make)(1) != 1
    assert by_identity(make)(1) != by_identity(make)(1)


def test_what_is_frozen_has_a_hash_and_what_is_not_has_none(make: Make) -> None:
    kind = frozen(make)

    assert len({kind(1, {"a": 1}), kind(1, {"a": 1})}) == 1
    assert len({frozen_dict(make)(1), by_identity(make)(1)}) == 2
    with pytest.raises(TypeError, match="unhashable"):
        hash(plain(make)(1))


@pytest.mark.parametrize("build", [frozen, frozen_dict, by_identity])
def test_what_is_frozen_cannot_be_changed(make: Make, build: Callable[[Make], Any]) -> None:
    one = build(make)(1)

    with pytest.raises(dataclasses.FrozenInstanceError):
        one.first = 2
    with pytest.raises(dataclasses.FrozenInstanceError):
        del one.first
    assert one.first == 1


def test_it_is_shown_by_its_fields(make: Make) -> None:
    assert repr(plain(make)(1, fourth=3)).endswith(".Plain(first=1, second='two', third=[])")


def test_it_can_be_matched(make: Make) -> None:
    match frozen(make)(1, {"a": 2}):
        case object(first=1, others={"a": two}):
            assert two == 2
        case _:
            pytest.fail("it did not match")
    assert frozen(make).__match_args__ == ("first", "others")


@pytest.mark.parametrize("replace", [dataclasses.replace, lite_dataclasses.replace])
def test_a_copy_differs_in_what_is_named(make: Make, replace: Callable[..., Any]) -> None:
    before = frozen(make)(1, {"a": 1})
    after = replace(before, first=2)

    assert (after.first, after.others, before.first) == (2, {"a": 1}, 1)
    assert type(after) is type(before)


def test_the_tools_for_dataclasses_take_it(make: Make) -> None:
    one = plain(make)(1, third=[3])

    assert dataclasses.is_dataclass(one)
    names = [(f.name, f.type, f.repr, f.compare) for f in dataclasses.fields(one)]
    assert names == [
        ("first", "int", True, True),
        ("second", "str", True, True),
        ("third", "list[int]", True, True),
        ("fourth", "int | None", False, False),
    ]
    assert dataclasses.asdict(one) == {"first": 1, "second": "two", "third": [3], "fourth": None}


def test_an_instance_can_be_made_as_its_signature_says() -> None:
    kind = plain(BOTH["lite"])
    for number in range(lite_dataclasses.MANY):
        assert kind(number).first == number

    assert str(inspect.signature(kind.__init__)).startswith("(self, first, second='two', third=")


def twins(options: dict[str, bool]) -> list[Any]:
    """The same class, made by the stand-in and by the original, which pickle finds by name."""
    found = []
    for name, (make, _) in BOTH.items():

        class Point:
            first: int
            second: tuple[str, ...] = ()

        Point.__qualname__ = Point.__name__ = f"{name}_{'_'.join(sorted(options))}"
        globals()[Point.__name__] = made = make(**options)(Point)
        found.append(made)
    return found


OPTIONS = [{}, {"frozen": True}, {"slots": True}, {"frozen": True, "slots": True}]
CLASSES = [made for options in OPTIONS for made in twins(options)]


@pytest.mark.parametrize("made", CLASSES, ids=lambda made: made.__name__)
@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_an_instance_survives_pickle(made: Any, protocol: int) -> None:
    one = made(1, ("a",))

    assert pickle.loads(pickle.dumps(one, protocol)) == one


@pytest.mark.parametrize("made", CLASSES, ids=lambda made: made.__name__)
@pytest.mark.parametrize("copier", [copy.copy, copy.deepcopy])
def test_a_copy_is_another_equal_instance(made: Any, copier: Callable[[Any], Any]) -> None:
    one = made(1, ("a",))
    other = copier(one)

    assert other == one
    assert other is not one


@pytest.mark.parametrize("made", CLASSES, ids=lambda made: made.__name__)
@pytest.mark.skipif(sys.version_info < (3, 13), reason="copy.replace came with Python 3.13")
def test_copy_replace_changes_a_field(made: Any) -> None:
    assert copy.replace(made(1, ("a",)), first=2) == made(2, ("a",))  # type: ignore[attr-defined]


@pytest.mark.parametrize("change", [{"fourth": 1}, {"first": 1, "nothing": 2}])
@pytest.mark.parametrize("replace", [dataclasses.replace, lite_dataclasses.replace])
def test_replacing_an_unknown_field_is_refused(
    make: Make, replace: Callable[..., Any], change: dict[str, int]
) -> None:
    with pytest.raises(TypeError):
        replace(frozen(make)(1), **change)


def test_the_fields_are_the_same_objects_each_time(make: Make) -> None:
    kind = plain(make)

    assert dataclasses.fields(kind) == dataclasses.fields(kind(1))


def test_both_say_the_same_when_a_frozen_instance_is_changed() -> None:
    said = []
    for make in BOTH.values():
        one = frozen(make)(1)
        with pytest.raises(dataclasses.FrozenInstanceError) as setting:
            one.first = 2
        with pytest.raises(dataclasses.FrozenInstanceError) as deletion:
            del one.first
        said.append((str(setting.value), str(deletion.value)))

    assert said[0] == said[1]


def test_classes_are_the_same_without_docstrings() -> None:
    """`python -OO` drops docstrings and assertions."""
    code = """
from amp_schema.lite_dataclasses import dataclass, field, replace

@dataclass(frozen=True, slots=True)
class Point:
    'Dropped.'
    first: int
    second: list[int] = field(default_factory=list)

print(__debug__, Point.__doc__, replace(Point(1), first=2))
"""
    done = subprocess.run(
        [sys.executable, "-OO", "-c", code], capture_output=True, text=True, timeout=60, check=True
    )

    assert done.stdout == "False None Point(first=2, second=[])\n"
