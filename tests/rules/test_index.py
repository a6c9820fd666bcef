"""The index of rules is up to date, and a rule that is skipped has no findings."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from amp_lint.linter import engine
from amp_lint.linter.engine import Report, Settings, judge
from amp_lint.linter.registry import rules
from amp_lint.linter.rule import LazyCheck
from amp_lint.linter.rule_docs import rule_doc
from amp_lint.linter.rule_filter import RuleFilter
from amp_lint.text.source import Source
from amp_lint.yaml.reader import read
from amp_schema.lite_dataclasses import replace
from rule_index import INDEX, found, index

ROOT = Path(__file__).parents[2]
# Also the rules that are off by default.
EVERYTHING = Settings(select=frozenset(rules()), destinations=("crm-webhook",))


def test_the_index_is_up_to_date() -> None:
    assert (ROOT / INDEX).read_text("utf-8") == index()


def test_the_index_has_the_rules_as_their_modules_have_them() -> None:
    assert list(rules()) == list(found())
    for rule in found().values():
        late = rules()[rule.id]
        assert isinstance(late.check, LazyCheck)
        assert late.check.function is rule.check
        assert (late.doc, late.module) == (rule.doc, rule.module)
        assert replace(late, check=rule.check) == rule


def manifests(corpus: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(corpus.rglob("*.y*ml")):
        yield path.name, path.read_text("utf-8", "replace")
    for rule in rules().values():
        doc = rule_doc(rule)
        for number, text in enumerate((*doc.wrong, *doc.right)):
            yield f"{rule.id} {number}", text


def mutations(text: str, turn: int) -> Iterator[str]:
    """Yield the manifest, and versions of it without some lines or with misspelt keys."""
    yield text
    lines = text.splitlines(keepends=True)
    keys = dict.fromkeys(line.split(":")[0].strip(" -") for line in lines if ":" in line)
    for key in list(keys)[turn % 4 :: 4]:
        yield "".join(line for line in lines if line.split(":")[0].strip(" -") != key)
        yield text.replace(f"{key}:", f"{key}x:")
        yield text.replace(f"{key}:", f"{key.upper()}:")


def everything_asked(text: str, monkeypatch: pytest.MonkeyPatch) -> Report:
    with monkeypatch.context() as patch:
        patch.setattr(engine, "RuleFilter", _Everything)
        return judge(read(Source.from_text(text)), EVERYTHING)


class _Everything(RuleFilter):
    def concerns(self, _: object) -> bool:
        return True


def test_a_rule_that_is_not_asked_would_say_nothing(
    shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Checked with mutations of all known manifests."""
    count = 0
    for turn, (name, manifest) in enumerate(manifests(shared / "corpus")):
        for text in mutations(manifest, turn):
            report = judge(read(Source.from_text(text)), EVERYTHING)
            assert report.findings == everything_asked(text, monkeypatch).findings, name
            count += 1
    assert count > 1_000


def test_rules_whose_keys_are_absent_are_not_asked() -> None:
    text = "specVersion: 1.0.0\nintegrations:\n  - name: crm-sync\n    PROXY: {enabled: true}\n"
    relevance = RuleFilter(read(Source.from_text(text)), dict, False)

    assert relevance.concerns(rules()["provider-capability-proxy"])
    assert not relevance.concerns(rules()["provider-capability-read"])
    assert not relevance.concerns(rules()["yaml-syntax"])


def test_every_rule_is_asked_about_a_text_that_is_not_wholly_read() -> None:
    relevance = RuleFilter(read(Source.from_text("integrations: [}\n")), dict, False)

    assert all(map(relevance.concerns, rules().values()))
