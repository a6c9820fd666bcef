"""Requests and canned answers held against the API's OpenAPI; random answers that fit it."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis_jsonschema import from_schema
from openapi_core import OpenAPI
from openapi_core.contrib.werkzeug import WerkzeugOpenAPIRequest, WerkzeugOpenAPIResponse
from pytest_httpserver import HTTPServer

from amp_lint.project import fetch as fetching
from amp_lint.project.address import parse_address
from amp_lint.project.api import Client, Limits
from amp_lint.project.fetch import FetchError, Wanted, fetch
from amp_lint.project.snapshot import Snapshot, snapshot_from

from .api_schemas import INSTALLATIONS_PATH, METADATA_PATH, PROJECT_PATH, SCHEMAS, openapi
from .mock_api import KEY, Answer, MockApi, healthy, problem

QUICK = Limits(total=20.0, retry_waits=())
EVERYTHING = Wanted(
    "acme-dev",
    groups=("g1",),
    objects=(("hubspot", "contacts"),),
    providers=frozenset({"salesforce"}),
    catalog=True,
    with_customers=True,
)


def pull(api: MockApi) -> Snapshot:
    return fetch(Client(parse_address(api.url), KEY, QUICK), EVERYTHING)


def published(shared: Path) -> dict[str, Any]:
    """The published document, relaxed where its own examples do not fit it."""
    file = shared / "facts" / "api-openapi.json"
    if not file.is_file():
        pytest.skip(f"needs {file}")
    document: dict[str, Any] = json.loads(file.read_bytes())
    document["servers"] = [{"url": "/v1"}]
    return relaxed(document)


def relaxed(value: Any) -> Any:
    if isinstance(value, list):
        return [relaxed(one) for one in value]
    if not isinstance(value, dict):
        return value
    found = {("anyOf" if key == "oneOf" else key): relaxed(one) for key, one in value.items()}
    if isinstance(found.get("required"), list):
        found["required"] = [one for one in found["required"] if one != "schedule"]
    return found


@pytest.fixture(params=["ours", "published"])
def specification(request: pytest.FixtureRequest) -> OpenAPI:
    if request.param == "ours":
        return OpenAPI.from_dict(openapi())
    return OpenAPI.from_dict(published(request.getfixturevalue("shared")))


def test_requests_and_canned_answers_are_those_of_the_api(
    api: MockApi, specification: OpenAPI
) -> None:
    api.set(METADATA_PATH, Answer({"name": "contacts", "fields": {}}))
    api.set("/providers/{provider}", problem(404, "Not Found"))
    pull(api)

    assert len(api.requests) > 6
    for request in api.requests:
        specification.validate_request(WerkzeugOpenAPIRequest(request))


def test_what_the_mock_answers_fits_the_schema(api: MockApi) -> None:
    specification = OpenAPI.from_dict(openapi())
    pull(api)

    for request in api.requests:
        answer = api.respond(request)
        if answer.status_code == 200:
            specification.validate_response(
                WerkzeugOpenAPIRequest(request), WerkzeugOpenAPIResponse(answer)
            )


@st.composite
def fitting(draw: st.DrawFn) -> dict[str, Any]:
    """Answers of a healthy project, but for one that is drawn from its schema."""
    answers = {path: answer.body for path, answer in healthy().items()}
    answers |= {"/providers": {}, "/providers/{provider}": {}, METADATA_PATH: {}}
    path = draw(st.sampled_from(sorted(answers)))
    answers[path] = draw(from_schema(SCHEMAS[path]))
    return answers


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=10,
)


@st.composite
def mutated(draw: st.DrawFn) -> dict[str, Any]:
    """Answers that fit but for a value somewhere in one of them."""
    answers = draw(fitting())
    path = draw(st.sampled_from(sorted(answers)))
    answers[path] = _mutated(draw, copy.deepcopy(answers[path]))
    return answers


def _mutated(draw: st.DrawFn, value: Any) -> Any:
    inner: list[Any] = []
    if isinstance(value, dict):
        inner = sorted(value)
    elif isinstance(value, list):
        inner = list(range(len(value)))
    if not inner or draw(st.integers(0, 3)) == 0:
        return draw(ANYTHING)
    key = draw(st.sampled_from(inner))
    value[key] = _mutated(draw, value[key])
    return value


class Direct:
    """A client that gets its answers without a socket: a thousand are tried."""

    key = KEY
    remaining = 20.0
    out_of_time = "no answer"

    def __init__(self, answers: dict[str, Any]) -> None:
        self._answers = answers

    def json(self, segments: tuple[str, ...], _: Any = None) -> Any:
        path = "/" + "/".join(segments)
        return copy.deepcopy(self._answers[template(path)])

    def elements(self, segments: tuple[str, ...]) -> Iterator[Any]:
        found = self.json(segments)
        yield from found if isinstance(found, list) else []

    def stop(self) -> None:
        return


def template(path: str) -> str:
    parts = path.strip("/").split("/")
    if parts[0] == "providers":
        return "/providers" if len(parts) == 1 else "/providers/{provider}"
    if len(parts) == 1:
        return "/projects"
    if parts[-1] == "metadata":
        return METADATA_PATH
    if parts[-1] == "installations" and len(parts) > 3:
        return INSTALLATIONS_PATH
    return "/".join([PROJECT_PATH, *parts[2:]])


def ask_all_here(_: Any, questions: Any, __: Any) -> dict[str, Any]:
    """`ask_all` without threads."""
    return {name: ask() for name, ask in questions.items()}


@pytest.fixture
def without_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "ask_all", ask_all_here)


FIXTURE = settings(
    max_examples=50,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.filter_too_much,
    ],
)


@pytest.mark.usefixtures("without_threads")
@given(answers=fitting() | mutated())
@FIXTURE
def test_every_answer_gives_a_snapshot(answers: dict[str, Any]) -> None:
    """Answers that fit, and answers that do not: what is odd costs that fact, not the run."""
    try:
        snapshot = fetch(Direct(answers), EVERYTHING)  # type: ignore[arg-type]
    except FetchError as error:
        only_printable([str(error)])
        return
    content = snapshot.to_bytes()
    assert content.isascii()
    assert snapshot_from(json.loads(content)).to_bytes() == content
    only_printable(snapshot.failed.values())


def only_printable(lines: Iterable[str]) -> None:
    assert all(line.isprintable() for line in lines)


@given(body=st.binary(max_size=200))
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_taken(http_server: HTTPServer, body: bytes) -> None:
    http_server.clear()
    api = MockApi(http_server)
    for path in api.answers:
        api.set(path, Answer(body))

    try:
        pull(api)
    except FetchError as error:
        only_printable([str(error)])
