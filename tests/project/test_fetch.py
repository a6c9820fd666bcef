"""A snapshot made from what the API answers, over real sockets on loopback."""

from __future__ import annotations

import json
from typing import Any

import pytest

from amp_lint.project.address import parse_address
from amp_lint.project.api import Client
from amp_lint.project.fetch import FetchError, fetch
from amp_lint.project.snapshot import snapshot_from

from .api_schemas import PROJECT_PATH
from .fetch_runs import QUICK, WANTED, Fetch
from .mock_api import (
    KEY,
    Answer,
    MockApi,
    destination,
    installation,
    integration,
    problem,
    project,
    provider_app,
)


def test_the_facts_of_a_project_and_nothing_else(pull: Fetch) -> None:
    snapshot = pull()

    assert snapshot.data == {
        "version": 1,
        "asOf": snapshot.as_of,
        "project": {"id": "p1", "name": "acme-dev"},
        "destinations": [
            {"name": "alerts", "type": "webhook"},
            {"name": "crmWebhook", "type": "webhook"},
        ],
        "providerApps": ["hubspot"],
        "grantTypes": {},
        "integrations": [
            {
                "id": "i-crm-sync",
                "name": "crm-sync",
                "provider": "hubspot",
                "installations": 2,
                "revision": {
                    "id": "r-crm-sync",
                    "createTime": "2026-01-05T09:00:00Z",
                    "content": {"name": "crm-sync", "provider": "hubspot"},
                },
            }
        ],
        "selections": {
            "crm-sync": {"contacts": {"read": 2, "fields": {"email": 1}, "pinned": {"schedule": 1}}}
        },
        "failed": {},
    }


def test_the_same_answers_in_another_order_give_the_same_bytes(api: MockApi, pull: Fetch) -> None:
    first = pull().to_bytes()
    for path, answer in api.answers.items():
        if isinstance(answer.body, list):
            api.set(path, Answer(answer.body[::-1]))

    assert pull().to_bytes() == first
    assert snapshot_from(json.loads(first)).to_bytes() == first


def test_every_request_is_a_get_with_the_key_to_the_api(api: MockApi, pull: Fetch) -> None:
    pull(groups=("g 1&x=y",), objects=(("hubspot", "a/b"),))

    assert {request.method for request in api.requests} == {"GET"}
    assert {request.headers["X-Api-Key"] for request in api.requests} == {KEY}
    raw = [request.environ["REQUEST_URI"] for request in api.requests]
    metadata = "/v1/projects/acme-dev/providers/hubspot/objects/a%2Fb/metadata"
    assert f"{metadata}?groupRef=g%201%26x%3Dy" in raw


@pytest.mark.parametrize("name", ["", ".", "..", " . "])
def test_a_project_that_would_lead_elsewhere_is_refused(
    api: MockApi, pull: Fetch, name: str
) -> None:
    with pytest.raises(FetchError, match="cannot be a name"):
        pull(project=name)
    assert api.requests == []


@pytest.mark.parametrize(
    ("name", "sent"), [("a/b", "a%2Fb"), ("%2e%2e", "%252e%252e"), ("../x", "..%2Fx")]
)
def test_a_project_stays_one_part_of_the_path(
    api: MockApi, pull: Fetch, name: str, sent: str
) -> None:
    pull(project=name)

    assert api.requests[0].environ["REQUEST_URI"] == f"/v1/projects/{sent}"


def test_a_wrong_key_ends_the_run(api: MockApi, pull: Fetch) -> None:
    api.set(PROJECT_PATH, problem(401, "Unauthorized", detail=f"unknown key {KEY}"))

    with pytest.raises(FetchError) as error:
        pull()

    assert str(error.value) == ("the API refused the key (401): Unauthorized: unknown key ***")
    assert len(api.requests) == 1


def test_an_unknown_project_suggests_the_nearest(api: MockApi, pull: Fetch) -> None:
    api.set(PROJECT_PATH, problem(404, "Not Found"))

    with pytest.raises(FetchError, match=r"no project `acme-dve`.* did you mean `acme-dev`"):
        pull(project="acme-dve")
    with pytest.raises(FetchError, match=r"\(404\)$"):
        pull(project="nothing-like-it")
    api.set("/projects", problem(403))
    with pytest.raises(FetchError, match=r"\(404\)$"):
        pull(project="acme-dve")


def test_a_list_that_is_refused_costs_that_list(api: MockApi, pull: Fetch) -> None:
    api.set(f"{PROJECT_PATH}/destinations", problem(403, "Forbidden", detail="key may not"))

    snapshot = pull()

    assert snapshot.destinations is None
    assert not snapshot.is_complete("destinations")
    assert snapshot.failed == {"destinations": "403 Forbidden: key may not"}
    assert snapshot.integrations is not None


def test_a_project_that_may_not_be_read_does_not_cost_the_lists(api: MockApi, pull: Fetch) -> None:
    api.set(PROJECT_PATH, problem(403, "Forbidden"))

    snapshot = pull()

    assert snapshot.data["project"] == {"id": "", "name": "acme-dev"}
    assert snapshot.failed == {"project": "403 Forbidden"}


def test_where_every_list_fails_there_is_no_snapshot(api: MockApi, pull: Fetch) -> None:
    for part in ("destinations", "provider-apps", "integrations", "installations"):
        api.set(f"{PROJECT_PATH}/{part}", problem(403, "Forbidden"))

    message = "no list of project `acme-dev` could be fetched: 403 Forbidden"
    with pytest.raises(FetchError, match=message):
        pull()


ODD: list[tuple[Any, str]] = [
    (None, "not a list"),
    ({}, "not a list"),
    ({"results": []}, "not a list"),
    ("text", "not a list"),
    (7, "not a list"),
    ([None, None], "2 of 2 entries"),
    ([[]], "1 of 1 entries"),
    ([{"name": 5}], "1 of 1 entries"),
    ([{"name": ""}, destination("crmWebhook")], "1 of 2 entries"),
    ([{"name": "x" * 5000}], "1 of 1 entries"),
]


@pytest.mark.parametrize(("body", "reason"), ODD)
def test_a_list_of_another_shape_is_incomplete(
    api: MockApi, pull: Fetch, body: Any, reason: str
) -> None:
    """From a list like that, nothing may be said to be missing."""
    api.set(f"{PROJECT_PATH}/destinations", Answer(body))

    snapshot = pull()

    assert reason in snapshot.failed["destinations"]
    assert not snapshot.is_complete("destinations")


@pytest.mark.parametrize("body", [None, {}, "text", 7, [], {"name": 5}, {"name": None, "id": []}])
def test_a_project_of_another_shape_keeps_its_name(api: MockApi, pull: Fetch, body: Any) -> None:
    api.set(PROJECT_PATH, Answer(body))

    assert pull().project == "acme-dev"


@pytest.mark.parametrize(
    "body",
    [b"", b"  ", b"nul", b'[{"name": "crm', b"<html>", b"[1] 2", b"\xff\xfe\xff", b"[" * 1_000],
)
@pytest.mark.parametrize("part", ["destinations", "installations"])
def test_an_answer_that_is_not_json_costs_that_part(
    api: MockApi, pull: Fetch, part: str, body: bytes
) -> None:
    api.set(f"{PROJECT_PATH}/{part}", Answer(body))

    assert "the answer is" in pull().failed[part]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32-be"])
def test_other_encodings_of_json_are_read(api: MockApi, pull: Fetch, encoding: str) -> None:
    for part, list_ in (
        ("destinations", [destination("früh")]),
        ("installations", [installation(1, "crm-sync")]),
    ):
        body = json.dumps(list_, ensure_ascii=False).encode(encoding)
        api.set(f"{PROJECT_PATH}/{part}", Answer(body))

    snapshot = pull()

    assert snapshot.destinations == {"früh": "webhook"}
    assert snapshot.data["integrations"][0]["installations"] == 1


def test_names_with_control_characters_are_kept_in_ascii(api: MockApi, pull: Fetch) -> None:
    names = ["a\x1b[31m", "b\u202ec", "d\ud800", "e\n"]
    api.set(f"{PROJECT_PATH}/destinations", Answer([destination(name) for name in names]))

    snapshot = pull()

    assert snapshot.destinations is not None
    assert sorted(snapshot.destinations) == sorted(names)
    assert snapshot.to_bytes().isascii()
    assert b"\x1b" not in snapshot.to_bytes()
    assert snapshot_from(json.loads(snapshot.to_bytes())) == snapshot


def test_numbers_that_json_does_not_have_become_null(api: MockApi, pull: Fetch) -> None:
    body = json.dumps([integration("crm-sync")]).replace(
        '"provider": "hubspot"}}', '"provider": "hubspot", "a": NaN, "b": [-Infinity, 1e999]}}'
    )
    api.set(f"{PROJECT_PATH}/integrations", Answer(body.encode()))

    content = pull().data["integrations"][0]["revision"]["content"]

    assert (content["a"], content["b"]) == (None, [None, None])


def test_names_that_occur_twice(api: MockApi, pull: Fetch) -> None:
    twice = [integration("crm-sync"), integration("crm-sync", id="other")]
    api.set(f"{PROJECT_PATH}/integrations", Answer(twice))
    api.set(f"{PROJECT_PATH}/destinations", Answer([destination("a"), destination("a")]))

    snapshot = pull()

    assert snapshot.destinations == {"a": "webhook"}
    assert snapshot.integrations is not None
    assert snapshot.integrations["crm-sync"].installations == 2


def test_a_key_that_the_api_repeats_is_masked(api: MockApi, pull: Fetch) -> None:
    api.set(f"{PROJECT_PATH}/destinations", Answer([destination(f"x{KEY}y")]))
    content = {"name": "crm-sync", "provider": "hubspot", KEY: [KEY]}
    revision = {**integration("crm-sync")["latestRevision"], "content": content}
    api.set(
        f"{PROJECT_PATH}/integrations", Answer([integration("crm-sync", latestRevision=revision)])
    )
    api.set(f"{PROJECT_PATH}/provider-apps", problem(403, KEY))

    kept = pull().to_bytes().decode()

    assert KEY not in kept
    assert kept.count("***") == 4


@pytest.mark.parametrize("key", ["a", "name", "2", "failed"])
def test_a_key_that_is_a_word_of_the_format_breaks_nothing(api: MockApi, key: str) -> None:
    client = Client(parse_address(api.url), key, QUICK)

    assert fetch(client, WANTED).destinations is not None


SUPPORT = {"read": True, "write": False, "subscribe": "yes", "proxy": True, "search": {}}


def test_the_catalog_as_far_as_it_can_be_read(api: MockApi, pull: Fetch) -> None:
    api.set(
        "/providers",
        Answer(
            {
                "new": {
                    "name": "new",
                    "displayName": "New",
                    "authType": "oauth2",
                    "oauth2Opts": {"grantType": "clientCredentials", "tokenURL": "https://x"},
                    "support": SUPPORT,
                    "defaultModule": "crm",
                    "modules": {"crm": {"displayName": "CRM", "support": SUPPORT}, "bad": None},
                },
                "bare": {"authType": "none"},
                "odd": None,
                "odd2": {"authType": 5},
            }
        ),
    )

    snapshot = pull(catalog=True)

    assert snapshot.data["catalog"] == {
        "new": {
            "displayName": "New",
            "authType": "oauth2",
            "supports": ["read", "proxy"],
            "defaultModule": "crm",
            "modules": {
                "bad": {"displayName": "bad", "supports": []},
                "crm": {"displayName": "CRM", "supports": ["read", "proxy"]},
            },
        },
        "bare": {"displayName": "bare", "authType": "none", "supports": []},
    }
    assert snapshot.grant_type("new") == "clientCredentials"
    api.set("/providers", Answer([]))
    assert pull(catalog=True).failed == {"catalog": "the answer holds no provider"}
    api.set("/providers", problem(500))
    assert pull(catalog=True).failed == {"catalog": "500 Internal Server Error"}


def test_providers_without_an_app_are_asked_how_customers_sign_in(
    api: MockApi, pull: Fetch
) -> None:
    api.set(f"{PROJECT_PATH}/provider-apps", Answer([provider_app("salesforce")]))
    api.set(
        "/providers/hubspot",
        Answer({"name": "hubspot", "oauth2Opts": {"grantType": "authorizationCode"}}),
    )

    snapshot = pull(providers=frozenset({"salesforce", "sendGrid", "zoho"}))

    assert snapshot.data["grantTypes"] == {"hubspot": "authorizationCode"}
    assert snapshot.failed == {}
    asked = [path for path in api.paths() if path.startswith("/providers")]
    # They are asked at the same time.
    assert sorted(asked) == ["/providers/hubspot", "/providers/zoho"]


def test_the_date_can_be_fixed(pull: Fetch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1764374400")
    assert pull().as_of == "2025-11-29"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    assert pull().as_of > "2026"


def test_progress_tells_each_question(api: MockApi) -> None:
    told: list[str] = []
    fetch(Client(parse_address(api.url), KEY, QUICK), WANTED, told.append)

    assert sorted(told) == [
        "destinations",
        "installations",
        "integrations",
        "project",
        "providerApps",
    ]


def test_the_project_is_called_what_the_api_calls_it(api: MockApi, pull: Fetch) -> None:
    api.set(PROJECT_PATH, Answer(project(name="acme-dev-2")))

    assert pull(project="p1").project == "acme-dev-2"
