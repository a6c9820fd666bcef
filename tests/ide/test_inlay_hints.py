"""What is shown between the words of a manifest."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amp_lint.ide.inlay_hints import inlay_hints
from amp_lint.manifest.model import manifest_of
from amp_lint.text.source import Source
from amp_lint.yaml.reader import read

TEXT = """\
integrations:
  - provider: google # a comment
    read:
      objects:
        - {schedule: "*/15 * * * *", destination: hook}
        - schedule: 0 0 * * *
    watchSchema:
      schedule: '0 */6 * * *'
"""


def shown(text: str) -> list[str]:
    """Every hint behind the line up to it."""
    found = inlay_hints(manifest_of(read(Source.from_text(text)).root))
    return [f"{text[: one.offset].splitlines()[-1].strip()} <{one.words}>" for one in found]


def test_schedules_and_default_modules_are_told_behind_the_value() -> None:
    assert shown(TEXT) == [
        "- provider: google <module: calendar>",
        '- {schedule: "*/15 * * * *" <every 15 minutes>',
        "- schedule: 0 0 * * * <every day at 00:00>",
        "schedule: '0 */6 * * *' <every 6 hours, on the hour>",
    ]


@pytest.mark.parametrize("module", ["module: gmail", "module: nonsense", "module: [calendar]"])
def test_a_module_that_is_written_is_not_told(module: str) -> None:
    assert shown(f"integrations: [{{provider: google, {module}}}]") == []


@pytest.mark.parametrize("module", ["module: ", "module: ''", "MODULE: ~"])
def test_an_empty_module_is_the_default_one(module: str) -> None:
    assert len(shown(f"integrations: [{{provider: google, {module}}}]")) == 1


@pytest.mark.parametrize("provider", ["stripe", "gogle", "[google]", "5"])
def test_a_provider_without_modules_has_no_hint(provider: str) -> None:
    assert shown(f"integrations: [{{provider: {provider}}}]") == []


READ = "integrations:\n  - read:\n      objects:\n        - schedule: "


@pytest.mark.parametrize(
    "schedule",
    ["often", "5", "'* * * *'", "[a]", "", "~", "|\n            0 0\n            * * *\n"],
)
def test_a_schedule_that_cannot_be_read_has_no_hint(schedule: str) -> None:
    assert shown(READ + schedule) == []


@pytest.mark.parametrize(
    ("schedule", "line"),
    [
        ("|\n            0 0 * * *\n", "0 0 * * *"),
        ("|-\n            0 0 * * *\n\n\n          enabled: always", "0 0 * * *"),
        (">2 # folded\n            0 0\n            * * *", "* * *"),
        ("0 0\n            * * *\n", "* * *"),
        ("'0 0\n            * * *' # midnight", "* * *'"),
        ('"0\\x200 * * *"', '- schedule: "0\\x200 * * *"'),
        ("&midnight !!str 0 0 * * *", "- schedule: &midnight !!str 0 0 * * *"),
    ],
)
def test_a_schedule_in_any_form_is_told_behind_its_last_line(schedule: str, line: str) -> None:
    assert shown(READ + schedule) == [f"{line} <every day at 00:00>"]


def test_what_stands_once_is_told_once() -> None:
    text = """\
integrations:
  - &a {provider: google, read: {objects: [{schedule: 0 0 * * *}]}}
  - *a
  - {<<: *a, module: gmail}
  - {<<: *a, name: b}
"""
    found = inlay_hints(manifest_of(read(Source.from_text(text)).root))
    assert [one.words for one in found] == ["module: calendar", "every day at 00:00"]


def test_the_module_of_a_shared_provider_is_told_where_it_is_used() -> None:
    text = "integrations: [{provider: &p google, module: gmail}, {provider: *p}]"
    assert shown(text) == [text[: text.index("*p") + 2] + " <module: calendar>"]


def test_a_broken_part_costs_no_more_than_itself() -> None:
    text = TEXT.replace("0 0 * * *\n", '"0 0 * * *\n') + "  - provider: google\n"
    assert "- provider: google <module: calendar>" in shown(text)


@given(st.integers(0, len(TEXT)), st.text(alphabet="-:{}[]&*<\"'| \nab", max_size=8))
def test_any_text_has_hints_within_it(at: int, put: str) -> None:
    text = TEXT[:at] + put + TEXT[at:]
    for one in inlay_hints(manifest_of(read(Source.from_text(text)).root)):
        assert 0 < one.offset <= len(text)
