"""The section `ampLint` of an editor's settings, as it is read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amp_language_server.state.client_settings import ClientSettings, read_settings, section_of
from amp_lint.linter.finding import Severity


def test_everything_that_may_be_said() -> None:
    said = {
        "severity": {"unknown-key": "error", "key-case": "off"},
        "destinations": ["crm-hook"],
        "configFile": "lint/amp.toml",
        "debounceMs": 250,
        "trace": "messages",
        "serverPath": ["of the editor's own"],
    }
    assert read_settings(said) == (
        ClientSettings(
            {"unknown-key": Severity.ERROR, "key-case": None},
            ("crm-hook",),
            "lint/amp.toml",
            0.25,
            "messages",
        ),
        (),
    )


@pytest.mark.parametrize("said", [None, {}, dict.fromkeys(("severity", "trace", "configFile"))])
def test_nothing_is_the_default(said: object) -> None:
    assert read_settings(said) == (ClientSettings(), ())


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ([], "`ampLint` must be an object of settings"),
        ({"severity": []}, "`ampLint.severity` must map rule ids to levels"),
        (
            {"severity": {"unknown-keys": "error"}},
            "`ampLint.severity`: unknown rule `unknown-keys`; did you mean `unknown-key`?",
        ),
        (
            {"severity": {"unknown-key": "eror"}},
            "`ampLint.severity.unknown-key` must be one of error, warning, info, off, not `eror`; "
            "did you mean `error`?",
        ),
        ({"destinations": "a"}, "`ampLint.destinations` must be a list of names"),
        ({"destinations": [""]}, "`ampLint.destinations` must be a list of names"),
        ({"configFile": 1}, "`ampLint.configFile` must be the path of a configuration file"),
        ({"configFile": "\0"}, "`ampLint.configFile` must be the path of a configuration file"),
        *(
            (
                {"debounceMs": wrong},
                "`ampLint.debounceMs` must be a number of milliseconds from 0 to 60000",
            )
            for wrong in (-1, 60_001, True, "100", float("nan"), float("inf"))
        ),
        ({"trace": True}, "`ampLint.trace` must be one of off, messages, verbose"),
        ({"trace": {}}, "`ampLint.trace` must be one of off, messages, verbose"),
    ],
)
def test_what_is_wrong_is_said_and_does_not_count(said: object, words: str) -> None:
    assert read_settings(said) == (ClientSettings(), (words,))


def test_what_is_right_counts_beside_what_is_wrong() -> None:
    severity = {"unknown-key": "error", "no-such-rule-at-all": "error", "key-case": 3}
    settings, problems = read_settings({"severity": severity, "debounceMs": "", "trace": "off"})
    assert settings == ClientSettings({"unknown-key": Severity.ERROR})
    assert len(problems) == 3


@pytest.mark.parametrize(
    ("settings", "section"),
    [
        ({"ampLint": {"trace": "off"}, "yaml": {}}, {"trace": "off"}),
        ({"trace": "off"}, {"trace": "off"}),
        ({"configFile": "a"}, {"configFile": "a"}),
        ({"ampLint": None}, None),
        ({"yaml": {}}, None),
        ({}, None),
        (None, None),
        ([], None),
    ],
)
def test_the_section_is_found(settings: object, section: object) -> None:
    assert section_of(settings) == section


_ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)
_KEYS = st.sampled_from(["severity", "destinations", "configFile", "debounceMs", "trace"])


@given(_ANYTHING | st.dictionaries(_KEYS, _ANYTHING))
def test_anything_may_be_said(said: object) -> None:
    settings, problems = read_settings(said)
    assert 0 <= settings.debounce <= 60
    assert all(words.startswith("`ampLint") and "\n" not in words for words in problems)
