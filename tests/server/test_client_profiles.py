"""Each client of the table gets what it can use, over stdio."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest

from .client_profiles import PROFILES, Profile
from .wire import URI, Message, Wire, wire

TEXT = """\
specVersion: 1.0.0
integrations:
  - name: "🙂 crm"
    provider: hubspto
    read:
      objects:
        - objectName: contacts
          destination: &hook crm-hook
          schedule: "*/30 * * * *"
          optionalFieldsAuto: all
          enabld: always
"""
DOCUMENT = {"uri": URI}
EVERYWHERE = {"start": {"line": 0, "character": 0}, "end": {"line": 99, "character": 0}}
# `provider: hub|spto`, with ASCII in front.
IN_PROVIDER = {"textDocument": DOCUMENT, "position": {"line": 3, "character": 17}}
IN_SCHEDULE = {"textDocument": DOCUMENT, "position": {"line": 8, "character": 24}}
IN_OBJECT = {"textDocument": DOCUMENT, "position": {"line": 6, "character": 24}}
ON_KEY = {"textDocument": DOCUMENT, "position": {"line": 7, "character": 12}}
PUBLISH = "textDocument/publishDiagnostics"


@pytest.fixture(scope="module", params=PROFILES, ids=lambda one: one.name)
def profile(request: pytest.FixtureRequest) -> Profile:
    found: Profile = request.param
    return found


@pytest.fixture(scope="module")
def client(profile: Profile) -> Iterator[Wire]:
    with wire(patience=300) as client:
        client.initialize(**profile.params())
        document = {"uri": URI, "languageId": "yaml", "version": 1, "text": TEXT}
        client.notify("textDocument/didOpen", {"textDocument": document})
        if profile.pulls:
            client.ask("textDocument/diagnostic", {"textDocument": DOCUMENT})
        yield client
        assert client.end() == 0
        assert client.faults() == []


def shown(client: Wire, profile: Profile) -> list[Message]:
    """What is on the screen of a client that shows the published beside the requested."""
    report: list[Message] = []
    if profile.pulls:
        answer = client.ask("textDocument/diagnostic", {"textDocument": DOCUMENT})
        report = answer["result"]["items"]
    else:
        # The answer comes behind the analysis, which comes behind the publication.
        client.ask("textDocument/codeAction", action_params())
    published = [one["params"] for one in client.notifications if one["method"] == PUBLISH]
    last = {one["uri"]: one["diagnostics"] for one in published}.get(URI, [])
    if profile.pulls and profile.is_published_to:
        assert [one["range"] for one in last] == [one["range"] for one in report]
        return report
    return [*last, *report]


def action_params(**context: Any) -> dict[str, Any]:
    context = {"diagnostics": [], **context}
    return {"textDocument": DOCUMENT, "range": EVERYWHERE, "context": context}


def test_every_finding_is_shown_once(client: Wire, profile: Profile) -> None:
    codes = sorted(one["code"] for one in shown(client, profile))
    assert codes == ["provider-not-supported", "unknown-key"]
    published = [one["params"] for one in client.notifications if one["method"] == PUBLISH]
    assert all(one != other for one, other in pairwise(published))
    if not profile.pulls:
        assert published


def test_fixes_go_by_the_range(client: Wire) -> None:
    narrow = {"start": {"line": 3, "character": 15}, "end": {"line": 3, "character": 16}}
    params = action_params() | {"range": narrow}
    offered = client.ask("textDocument/codeAction", params)["result"]
    titles = [one["title"] for one in offered]
    assert titles[0] == "Change to `hubspot`"
    assert "Ignore provider-not-supported for this line" in titles
    assert not any("unknown-key" in title for title in titles)
    whole = client.ask("textDocument/codeAction", action_params())["result"]
    assert [one["title"] for one in whole] == ["Change to `enabled`", "Change to `hubspot`"]
    assert (
        client.ask("textDocument/codeAction", action_params(only=["source.organizeImports"]))[
            "result"
        ]
        == []
    )


def test_a_client_that_applies_all_actions_fixes_the_finding_that_it_names_once(
    client: Wire, profile: Profile
) -> None:
    """Kate asks for the whole document even if it names a diagnostic."""
    named = [one for one in shown(client, profile) if one["code"] == "unknown-key"]
    assert offered(client, named) == ["Change to `enabled`"]
    # In others, a person chooses.
    titles = offered(client, named, triggerKind=1)
    assert {"Change to `enabled`", "Ignore unknown-key for this line"} <= set(titles)


def offered(client: Wire, diagnostics: list[Message], **context: Any) -> list[str]:
    """The titles of the actions for the whole document."""
    params = action_params(diagnostics=diagnostics, **context)
    return [one["title"] for one in client.ask("textDocument/codeAction", params)["result"]]


def test_hovers_have_the_format_that_is_shown(client: Wire, profile: Profile) -> None:
    contents = client.ask("textDocument/hover", ON_KEY)["result"]["contents"]
    assert contents["kind"] == ("markdown" if profile.markdown else "plaintext")
    assert ("**" in contents["value"]) == profile.markdown
    assert ("`" in contents["value"]) == profile.markdown


def test_a_completion_replaces_the_whole_word(client: Wire, profile: Profile) -> None:
    items = client.ask("textDocument/completion", IN_PROVIDER)["result"]
    (item,) = [one for one in items if one["label"] == "hubspot"]
    edit = item["textEdit"]
    assert ("replace" in edit) == profile.insert_replace
    line = edit.get("range") or edit["replace"]
    assert (line["start"]["character"], line["end"]["character"]) == (14, 21)
    assert ("documentation" in item) == profile.inline_documentation
    if profile.inline_documentation and item["documentation"]["kind"] == "plaintext":
        assert "**" not in item["documentation"]["value"]
    keys = client.ask(
        "textDocument/completion",
        {"textDocument": DOCUMENT, "position": {"line": 11, "character": 0}},
    )["result"]
    assert any(one.get("insertTextFormat") == 2 for one in keys) in (False, profile.snippets)


def test_a_rename_begins_with_what_the_client_can_take(client: Wire, profile: Profile) -> None:
    answer = client.ask("textDocument/prepareRename", IN_OBJECT)["result"]
    assert ("placeholder" in answer) == (profile.rename == "placeholder")
    renamed = client.ask("textDocument/rename", {**IN_OBJECT, "newName": "contacts"})["result"]
    edits = renamed.get("changes", {}).get(URI) or renamed["documentChanges"][0]["edits"]
    assert {one["newText"] for one in edits} == {"contacts"}


def test_symbols_are_trees_where_the_client_takes_them(client: Wire, profile: Profile) -> None:
    symbols = client.ask("textDocument/documentSymbol", {"textDocument": DOCUMENT})["result"]
    assert ("children" in symbols[0]) == profile.trees


def test_a_change_of_the_settings_reaches_the_screen(client: Wire, profile: Profile) -> None:
    shown(client, profile)
    client.notifications.clear()
    settings = {"ampLint": {"severity": {"unknown-key": "off"}}}
    client.notify("workspace/didChangeConfiguration", {"settings": settings})
    if profile.pulls and not profile.is_published_to and profile.client_info != "Neovim":
        client.ask("textDocument/hover", IN_SCHEDULE)
        answer = client.ask("textDocument/diagnostic", {"textDocument": DOCUMENT})
        found = answer["result"]["items"]
    else:
        client.ask("textDocument/codeAction", action_params())
        published = [one["params"] for one in client.notifications if one["method"] == PUBLISH]
        if profile.client_info == "Neovim":
            assert published == []
            return
        found = published[-1]["diagnostics"]
    assert [one["code"] for one in found] == ["provider-not-supported"]
