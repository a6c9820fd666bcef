"""What the schema finds wrong reaches the user, at the right place, once."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from amp_lint.linter.engine import lint
from amp_lint.linter.finding import Severity
from amp_lint.linter.schema.validate import schema_errors
from amp_lint.text.source import Source
from amp_lint.yaml import parser
from amp_lint.yaml.reader import read
from amp_schema.manifest_schema import schema

VALIDATOR = Draft202012Validator(schema())

GOOD: dict[str, Any] = {
    "specVersion": "1.0.0",
    "integrations": [
        {
            "name": "crm",
            "provider": "hubspot",
            "read": {
                "objects": [
                    {
                        "objectName": "contacts",
                        "destination": "hook",
                        "schedule": "0 * * * *",
                        "requiredFields": [{"fieldName": "email"}],
                        "optionalFields": [{"mapToName": "t", "mapToDisplayName": "T"}],
                        "backfill": {"defaultPeriod": {"days": 30}},
                        "delivery": {"mode": "onRequest", "pageSize": 100},
                    }
                ]
            },
            "write": {"objects": [{"objectName": "contacts", "inheritMapping": True}]},
            "subscribe": {
                "objects": [
                    {
                        "objectName": "contacts",
                        "destination": "hook",
                        "inheritFieldsAndMapping": True,
                        "updateEvent": {"enabled": "always", "requiredWatchFields": ["email"]},
                        "otherEvents": ["merged"],
                    }
                ]
            },
            "proxy": {"enabled": True},
        }
    ],
}
FRESH = st.sampled_from(
    [None, True, 0, -1, 1.5, "", "x", "always", [], {}, [None], [[]], [{}], [1], {"x": 1}]
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [path] if path else []
    items = value.items() if isinstance(value, dict) else ()
    for key, item in enumerate(value) if isinstance(value, list) else items:
        found += places(item, (*path, key))
    return found


@st.composite
def broken(draw: st.DrawFn) -> Any:
    manifest = copy.deepcopy(GOOD)
    for _ in range(draw(st.integers(1, 2))):
        path = draw(st.sampled_from(places(manifest) or [("integrations",)]))
        holder = manifest
        for step in path[:-1]:
            holder = holder[step]
        act = draw(st.sampled_from(["drop", "replace", "rename", "add"]))
        if act == "drop":
            holder.pop(path[-1])
        elif act == "replace" or isinstance(holder, list):
            holder[path[-1]] = copy.deepcopy(draw(FRESH))
        elif act == "rename":
            holder["xyz"] = holder.pop(path[-1])
        else:
            holder["wxyz"] = copy.deepcopy(draw(FRESH))
    return manifest


def without_nulls(value: Any) -> Any:
    """As the platform sees it: a null is an absent key."""
    if isinstance(value, dict):
        return {k: without_nulls(v) for k, v in value.items() if v is not None}
    return [without_nulls(item) for item in value] if isinstance(value, list) else value


def is_refused(error: Any) -> bool:
    """Return whether an error of the schema is an error to the user.

    The platform ignores an unknown key. It takes a boolean or number for its text where text is
    due, but not in a field entry. The values of `FRESH` keep their text.
    """
    in_field = {"requiredFields", "optionalFields"} & set(error.absolute_path)
    is_read = type(error.instance) in (bool, int, float) and error.validator_value == "string"
    return error.validator != "additionalProperties" and (bool(in_field) or not is_read)


@settings(max_examples=200)
@given(broken())
def test_nothing_invalid_passes_in_silence_and_nothing_else_is_told(manifest: Any) -> None:
    errors = list(VALIDATOR.iter_errors(without_nulls(manifest)))
    source = Source.from_text(json.dumps(manifest))
    if not errors:
        # A null under an unknown key is valid for the schema, but the key is still reported.
        assert set(schema_errors(read(source))) <= {"unknown-key"}
        return
    report = lint(source)
    assert report.notices == ()
    assert report.worst in (Severity.ERROR, Severity.WARNING)
    assert report.worst is Severity.ERROR or not any(map(is_refused, errors))


def test_the_good_manifest_is_good() -> None:
    assert list(VALIDATOR.iter_errors(GOOD)) == []
    assert schema_errors(read(Source.from_text(json.dumps(GOOD)))) == {}


def found(text: str) -> list[tuple[str, str]]:
    document = read(Source.from_text(text))
    return sorted(
        (rule, text[one.at.start : one.at.end].split("\n")[0])
        for rule, several in schema_errors(document).items()
        for one in several
    )


HEAD = "specVersion: 1.0.0\nintegrations:\n"


def test_a_wrong_value_behind_an_alias_is_shown_at_its_anchor() -> None:
    text = HEAD + (
        "  - {name: a, provider: &p [x], proxy: {enabled: true}}\n"
        "  - {name: b, provider: *p, proxy: {enabled: true}}\n"
    )
    assert set(found(text)) == {("invalid-type", "[x]")}
    assert [f.rule for f in lint(Source.from_text(text)).findings].count("invalid-type") == 1


def test_merged_keys_count() -> None:
    text = HEAD + (
        "  - &base\n    name: a\n    provider: hubspot\n    proxy: &proxy {enabled: true}\n"
        "  - <<: *base\n    name: b\n"
        "  - <<: [{name: c}, *base]\n"
        "  - name: d\n    provider: hubspot\n    proxy: {<<: *proxy}\n"
    )
    assert found(text) == []


def test_a_wrong_merged_value_is_found() -> None:
    text = HEAD + (
        "  - &base\n    name: a\n    provider: hubspot\n    proxy: {enabled: perhaps}\n"
        "  - <<: *base\n    name: b\n"
    )
    assert set(found(text)) == {("invalid-type", "perhaps")}


def test_a_key_of_its_own_wins_over_a_merged_one() -> None:
    text = HEAD + (
        "  - &base {name: a, provider: hubspot, proxy: {enabled: true}}\n"
        "  - <<: *base\n    name: [b]\n"
    )
    assert found(text) == [("invalid-type", "[b]")]


def test_the_first_of_two_keys_that_differ_in_case_is_not_both() -> None:
    text = HEAD + "  - {name: a, provider: hubspot, Proxy: 1, proxy: {enabled: true}}\n"
    assert found(text) == []


@pytest.mark.parametrize("key", ["requiredWatchFields", "otherEvents"])
@pytest.mark.parametrize("item", [None, ""])
def test_an_empty_name_in_a_list_is_an_error(key: str, item: str | None) -> None:
    manifest = copy.deepcopy(GOOD)
    subscribed = manifest["integrations"][0]["subscribe"]["objects"][0]
    names = subscribed if key == "otherEvents" else subscribed["updateEvent"]
    names[key].append(item)
    report = lint(Source.from_text(json.dumps(manifest)))
    errors = [one for one in report.findings if one.severity is Severity.ERROR]
    assert [(one.rule, one.message.split(";")[0]) for one in errors] == [
        ("required-field", f"each item of `{key}` is required and must not be empty")
    ]


def test_an_item_that_a_syntax_error_cuts_is_no_part_of_the_one_above() -> None:
    text = HEAD + (
        "  - name: a\n    provide[r: hubspot\n    proxy: {enabled: true}\n"
        "  - name: bdisplayName: B\n    provider: google\n"
    )
    assert found(text) == [("required-field", "provide[r")]


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "  - &a\n    name: x\n    provider: hubspot\n    read: *a\n",
        HEAD + "  - &a\n    <<: *a\n    name: x\n",
        HEAD + "  &all\n  - *all\n",
        "&top\nspecVersion: 1.0.0\nintegrations: [*top]\n",
        "&top\n<<: *top\n",
        HEAD + "  - {? [a, b] : 1, ? {c: d} : 2}\n",
        HEAD + "  - 1\n  - ~\n  - [x]\n  - ''\n",
        "- a\n- b\n",
        "a: &a [*a, *a]\n",
    ],
)
def test_strange_shapes_are_reported_and_never_raise(text: str) -> None:
    report = lint(Source.from_text(text))
    assert report.notices == ()
    assert report.worst is Severity.ERROR


def test_aliases_for_too_many_nodes_are_not_built(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parser, "MAX_FOLLOWED", 100)
    monkeypatch.setattr(parser, "MAX_ALIASED", 1_000)
    lines = ["specVersion: 1.0.0", "a0: &a0 {name: x}"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 4)}]" for n in range(1, 6)]
    text = "\n".join([*lines, "integrations: *a5", ""])
    report = lint(Source.from_text(text))
    assert report.notices == ()
    assert "yaml-unsupported" in {finding.rule for finding in report.findings}


def test_a_shared_part_is_built_once() -> None:
    """A thousand uses of an anchored list of a thousand fields are a million fields."""
    fields = ", ".join(f"{{fieldName: f{number}}}" for number in range(300))
    text = (
        HEAD
        + "  - name: a\n    provider: hubspot\n    read:\n      objects:\n"
        + "".join(
            f"        - {{objectName: o{n}, destination: d, requiredFields: "
            + (f"&f [{fields}]" if n == 0 else "*f")
            + "}\n"
            for n in range(100)
        )
    )
    assert found(text) == []
