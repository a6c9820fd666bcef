"""The extension in the real VS Code, the newest and the oldest that it allows."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from .conftest import NEWEST, OLDEST, Window

every_version = pytest.mark.parametrize("version", [NEWEST, OLDEST])

SHOWN = (
    "the extension starts",
    "a manifest has a language of its own",
    "a finding stands under the text that is wrong",
    "columns behind an emoji are right",
    "a hover explains a schedule",
    "a definition leads to the read object",
    "the outline shows integration, actions and objects",
    "a hint tells the schedule in words",
)
CHANGED = (
    "a rename changes a destination everywhere in the manifest",
    "an accepted completion replaces the prefix",
    "an accepted key is a snippet in the document's indentation",
    "a quick fix mends the finding",
    "a comment silences a finding",
    "fix all makes the safe fixes",
    "the comment key makes a comment",
    "the enter key indents below a key",
)
SERVED = (
    "a changed setting is followed",
    "a manifest is generated from what was picked",
    "a rule is explained",
    "a server that crashes is started again",
    "a server that keeps crashing is given up until it is asked for",
)
SERVER = Path(sys.executable).with_name("amp-language-server")


def passes(window: Window, version: str, *names: str) -> None:
    results = window.check(version, names)
    failures = [f"{name}\n{result}" for name, result in results.items() if result != "passed"]
    assert not failures, "\n\n".join(failures)
    assert list(results) == list(names)


@every_version
def test_a_manifest_is_shown_mended_and_served(window: Window, version: str) -> None:
    window.settings["ampLint.server.path"] = str(SERVER)
    passes(window, version, *SHOWN, *CHANGED, *SERVED)
