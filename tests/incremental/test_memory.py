"""What a memory says of a text is what the engine says, and it looks only at what changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from random import Random
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from amp_lint.ide import incremental
from amp_lint.ide.incremental import Memory
from amp_lint.ide.incremental import document as reading
from amp_lint.linter import engine
from amp_lint.linter.engine import Report, Settings, lint
from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.registry import rules
from amp_lint.linter.rule import Context, Group, Rule, Scope
from amp_lint.linter.rule_bases import near_misses
from amp_lint.text.source import MAX_SIZE, Source
from amp_lint.yaml.parser import parse_text
from amp_lint.yaml.tree_builder import Built

from .editing import TOP, edited, integrations, items, manifest

EVERY_SETTINGS = (
    *(Settings(), Settings(), Settings()),
    Settings(severity={"integration-name-format": Severity.INFO}),
    Settings(destinations=("crmWebhook", "hook")),
    Settings(select=frozenset(("unused-ignore", "missing-schedule"))),
    Settings(severity={"missing-schedule": Severity.ERROR, "field-near-miss": None}),
)
THREE = TOP + "".join(
    f"""\
  - name: sync-{number}
    provider: hubspot
    read:
      objects:
        - objectName: contacts
          destination: webhook
          schedule: "*/30 * * * *"
          requiredFields:
            - fieldName: email
"""
    for number in range(3)
)


def check(memory: Memory, text: str, settings: Settings | None = None) -> Report:
    report = memory.lint(Source.from_text(text), settings)
    assert report == lint(Source.from_text(text), settings)
    return report


def check_session(random: Random, parts: tuple[str, ...], length: int) -> None:
    memory, settings = Memory(), random.choice(EVERY_SETTINGS)
    text = last_right = manifest(random, parts)
    for _ in range(length):
        if check(memory, text, settings).parses:
            last_right = text
        # Otherwise the text would be rubbish soon, and no person leaves it broken.
        text = edited(random, text if random.random() < 0.75 else last_right)


@settings(max_examples=60)
@given(seed=st.integers(min_value=0, max_value=2**32))
@example(seed=1)
@example(seed=387)
def test_the_report_is_that_of_the_engine_after_every_edit(seed: int) -> None:
    check_session(Random(seed), integrations(), 10)


def test_the_report_is_that_of_the_engine_on_real_manifests(corpus: Path) -> None:
    random = Random(20261125)
    texts = [path.read_text(encoding="utf-8") for path in sorted(corpus.rglob("amp.yaml"))]
    parts = tuple(item for text in texts for item in items(text) if len(item) < 5_000)
    for _ in range(8):
        check_session(random, parts, 8)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "integrations:\n",
        THREE.rstrip("\n"),
        THREE.replace("\n", "\r"),
        THREE.replace("name: sync-1", 'name: "sync-1'),
        # A quote that is closed in the next integration: two dashes, and one item.
        TOP + '  - name: "a\n  - name: b"\n    provider: hubspot\n',
        TOP + "  - name: 'a\n  - name: b\n    provider: x\n",
        THREE.replace("hubspot", "&h hubspot", 1).replace(" hubspot", " *h", 1),
        TOP + "  - &a\n    name: x\n  - *a\n",
        THREE.replace("hubspot", "&h hubspot", 1) + "x: *h\n",
        TOP + "  - name: &n a\n    provider: *n\n  - name: &n b\n    provider: *n\n",
        TOP + "  - name: &n a\n    provider: *n\n  - name: b\n    provider: *n\n",
        TOP + "  - name: a\n    read: &r [*r]\n  - name: b\n    provider: *n\n",
        "x: &n y\n" + TOP + "  - name: *n\n",
        "x: 'y\n" + THREE,
        "x: 'y\n" + THREE.replace("sync-1", "it's"),
        "x\n" + THREE,
        "<<<<<<< ours\n" + THREE + "=======\n" + THREE + ">>>>>>> theirs\n",
        THREE.replace("  - name: sync-2", "=======\n  - name: sync-2"),
        THREE.replace("  - name: sync-1", "{% if x %}\n  - name: sync-1") + "{% endif %}\n",
        THREE.replace("  - name: sync-1", "\u00a0 - name: sync-1"),
        "x: y\u2028\n" + THREE,
        THREE + "x: y\r\rz: 1\n",
        "x: a\r" + THREE.replace("\n", "\r\n"),
        "x: .inf\n" + THREE,
        THREE.replace("name: email", "name: .nan", 1),
        THREE + "x: -.INF\n",
        THREE + "%x\n",
        THREE + "x: [\n",
        THREE + "integrations: []\n",
        THREE + "specVersion: 1.0.0\n",
        THREE + "---\na: b\n",
        THREE + "  name: out-of-place\n",
        THREE.replace("  - name: sync-1", " - name: sync-1"),
        THREE.replace("name: sync-1", "displayName: One").replace("name: sync-2", "module: a"),
        THREE.replace("name: sync-1", "displayName: &CRM sync"),
        THREE.replace("sync-1", "sync-0"),
        THREE.replace("sync", "Sync"),
        "%YAML 1.1\n---\n" + THREE,
        "# amp:ignore-file[missing-schedule]\n" + THREE,
        TOP + "  - name: deep\n    proxy: " + "[" * 98 + "]" * 98 + "\n",
        TOP + "  - name: deep\n    proxy: " + "[" * 97 + "]" * 97 + "\n",
        TOP + "  - name: deep\n    proxy: " + "[" * 96 + "]" * 96 + "\n",
        TOP + "  - name: url\n    proxy: [https://example.com]\n  - name: [\n",
    ],
)
def test_whatever_reaches_over_an_integration_is_seen(text: str) -> None:
    memory = Memory()
    for one in (THREE, text, THREE, text):
        check(memory, one)


def test_files_in_which_guesses_are_used_up_are_judged_as_a_whole(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(near_misses, "_MOST_COMPARISONS", 2_000)
    memory = Memory()
    for count in range(1, 12):
        text = TOP
        for number in range(count):
            part = THREE[len(TOP) :].partition("  - name: sync-1")[0]
            text += part.replace("contacts", f"contcat{number}").replace("email", f"emial{number}")
        check(memory, text)
        check(memory, text.replace("contcat0", "contcta0"))


def test_a_manifest_that_is_too_large_is_told_as_by_the_engine() -> None:
    memory = Memory()
    check(memory, THREE)
    check(memory, THREE + "#" * MAX_SIZE)


def test_other_settings_count_at_once() -> None:
    memory = Memory()
    text = THREE.replace('          schedule: "*/30 * * * *"\n', "")
    for asked in EVERY_SETTINGS:
        check(memory, text, asked)


def test_a_rule_that_fails_is_told_as_by_the_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(context: Context) -> Iterator[Finding]:
        for one in context.manifest.integrations:
            if one.name is not None and one.name.value == "sync-1":
                raise ValueError(one.name.value)
        return iter(())

    failing = replace(rules()["key-case"], id="failing", check=fail, needs=frozenset())
    with_rule(monkeypatch, failing)
    report = Memory().lint(Source.from_text(THREE))
    assert [notice.rule for notice in report.notices] == ["failing"]


def with_rule(monkeypatch: pytest.MonkeyPatch, rule: Rule) -> None:
    every = MappingProxyType({**rules(), rule.id: rule})
    monkeypatch.setattr(engine, "rules", lambda: every)


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the integrations that a rule is asked about."""
    names: list[str] = []

    def note(context: Context) -> Iterator[Finding]:
        named = (one.name for one in context.manifest.integrations)
        names.extend(name.value for name in named if name is not None)
        return iter(())

    with_rule(monkeypatch, replace(rules()["key-case"], id="noting", check=note, needs=frozenset()))
    return names


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that are parsed."""
    texts: list[str] = []

    def note(text: str, **options: Any) -> Built:
        texts.append(text)
        return parse_text(text, **options)

    monkeypatch.setattr(reading, "parse_text", note)
    return texts


def test_only_the_integration_that_changed_is_parsed_and_judged(
    judged: list[str], parsed: list[str]
) -> None:
    memory = Memory()
    memory.lint(Source.from_text(THREE))
    assert judged == ["sync-0", "sync-1", "sync-2"]
    assert len(parsed) == 1 + 3
    judged.clear()
    parsed.clear()
    text = THREE.replace("name: sync-1", "name: sync-one")
    memory.lint(Source.from_text(text))
    assert judged == ["sync-one"]
    top, changed = parsed
    assert top == TOP
    assert changed.startswith("  - name: sync-one\n")


def test_only_what_changed_and_what_is_around_is_searched_for_what_reaches_over_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    searched: list[str] = []
    for name in ("is_usual", "is_surely_finite"):
        function = getattr(reading, name)

        def counting(text: str, function: Callable[[str], bool] = function) -> bool:
            searched.append(text)
            return function(text)

        monkeypatch.setattr(reading, name, counting)
    memory = Memory()
    check(memory, THREE)
    searched.clear()
    check(memory, THREE.replace("sync-1", "sync-one"))

    assert [text for text in searched if "sync-" in text] == [
        THREE.replace("sync-1", "sync-one").split("  - name: ")[2].join(("  - name: ", ""))
    ] * 2


def test_text_in_front_moves_the_others_and_no_more(judged: list[str], parsed: list[str]) -> None:
    memory = Memory()
    check(memory, THREE)
    parsed.clear()
    for text in ("# a note\n" + THREE, THREE.replace(TOP, TOP + "\n"), THREE):
        judged.clear()
        memory.lint(Source.from_text(text))
        assert judged == []
        check(memory, text)
    assert [text for text in parsed if "sync" in text] == []


def test_an_integration_that_is_broken_costs_the_others_nothing(judged: list[str]) -> None:
    memory = Memory()
    memory.lint(Source.from_text(THREE))
    judged.clear()
    text = THREE.replace("name: sync-1", "name: sync-1\n    displ")
    assert not memory.lint(Source.from_text(text)).parses
    assert judged == ["sync-1"]


def test_what_left_the_file_is_forgotten(judged: list[str]) -> None:
    memory = Memory()
    memory.lint(Source.from_text(THREE))
    start = THREE.index("  - name: sync-2")
    memory.lint(Source.from_text(THREE[:start]))
    judged.clear()
    memory.lint(Source.from_text(THREE))
    assert judged == ["sync-2"]


def test_a_new_object_is_typed_without_a_look_at_the_whole_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: object) -> Report:
        raise AssertionError("the whole file was read")

    at = THREE.index("        - objectName", THREE.index("sync-1"))
    added = """\
        - objectName: companies
          destination: webhook # the same
          schedule: '0 * * * *'
          requiredFields: [{fieldName: name}]
"""
    versions = [f"{THREE[:at]}{added[:end]}\n{THREE[at:]}" for end in range(len(added))]
    expected = [lint(Source.from_text(text)) for text in versions]
    monkeypatch.setattr(incremental, "lint", refuse)
    memory = Memory()
    typed = [memory.lint(Source.from_text(text)) for text in versions]
    assert typed == expected
    assert {report.parses for report in typed} == {True, False}


def test_calls_from_two_threads_do_not_disturb_each_other() -> None:
    memory = Memory()
    texts = [THREE.replace("sync-1", f"sync-{'x' * number}") for number in range(40)]
    with ThreadPoolExecutor(4) as pool:
        reports = list(pool.map(lambda text: memory.lint(Source.from_text(text)), texts))
    assert reports == [lint(Source.from_text(text)) for text in texts]


ONE = """\
  - name: NAME
    provider: salesforce
    read:
      objects:
        - objectName: contact
          destination: DESTINATION
          schedule: "*/30 * * * *"
          requiredFields:
            - fieldName: email
"""
INHERITS = """\
  - name: writer
    provider: salesforce
    write:
      objects:
        - objectName: account
          inheritMapping: true
"""
NOT_ABOUT_ONE_TEXT = (Group.PROJECT, Group.CHANGES)
# For each rule that compares integrations: some of them, and how another in front of them is
# changed so that the rule says something else of those.
COMPARED = {
    "destination-name-format": (
        ONE.replace("DESTINATION", "crm_webhok"),
        ("DESTINATION", "crmWebhook"),
    ),
    "destination-near-miss": (
        ONE.replace("DESTINATION", "crmWebhook") + ONE.replace("DESTINATION", "crmWebhok"),
        ("DESTINATION", "crmWebhook"),
    ),
    "duplicate-integration-name": (ONE.replace("NAME", "crm-sync"), ("NAME", "crm-sync")),
    "integration-name-format": (ONE.replace("NAME", "crmSync"), ("NAME", "crm-sync")),
    "write-inherit-mapping": (INHERITS, ("DESTINATION", "crmWebhook")),
}


def test_rules_that_compare_integrations_say_so() -> None:
    # Rules that compare with something else report once a file.
    about_file = (rule for rule in rules().values() if rule.group not in NOT_ABOUT_ONE_TEXT)
    assert set(COMPARED) == {rule.id for rule in about_file if rule.scope is Scope.FILE}


@pytest.mark.parametrize("rule_id", sorted(COMPARED))
def test_a_change_in_one_integration_counts_for_the_others(rule_id: str) -> None:
    others, change = COMPARED[rule_id]
    memory = Memory()
    settings = Settings(severity={rule_id: rules()[rule_id].severity})
    said = [
        [one for one in check(memory, text, settings).findings if one.rule == rule_id]
        for text in (TOP + ONE + others, TOP + ONE.replace(*change) + others)
    ]
    assert said[0] != said[1]


def test_a_nameless_integration_is_offered_a_name_that_is_free() -> None:
    memory = Memory()
    nameless = ONE.replace("name: NAME", "displayName: Sync")
    texts = [TOP + ONE.replace("NAME", name) + nameless for name in ("a", "salesforce-contacts")]
    assert len({str(check(memory, text).findings[-1].fixes) for text in texts}) == 2
