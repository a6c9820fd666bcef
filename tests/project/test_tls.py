"""Certificates that are not to be trusted, over real sockets on loopback."""

from __future__ import annotations

import datetime
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme
from pytest_httpserver import HTTPServer

from amp_lint.project.address import parse_address
from amp_lint.project.api import ApiError, Client, Limits

from .api_schemas import PROJECT_PATH
from .mock_api import KEY, Answer, MockApi, raw_server

QUICK = Limits(total=20.0, retry_waits=())
EXPIRED = datetime.datetime(2020, 1, 2, tzinfo=datetime.timezone.utc)


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def trusted(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An environment in which the authority is trusted."""
    file = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(str(file))
    monkeypatch.setenv("SSL_CERT_FILE", str(file))


def serving(certificate: trustme.LeafCert) -> Iterator[MockApi]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    with HTTPServer(host="127.0.0.1", ssl_context=context, threaded=True) as server:
        api = MockApi(server)
        api.url = f"https://127.0.0.1:{server.port}"
        yield api


@pytest.fixture
def secure(authority: trustme.CA) -> Iterator[MockApi]:
    yield from serving(authority.issue_cert("127.0.0.1"))


@pytest.fixture
def expired(authority: trustme.CA) -> Iterator[MockApi]:
    yield from serving(
        authority.issue_cert(
            "127.0.0.1", not_before=EXPIRED - datetime.timedelta(1), not_after=EXPIRED
        )
    )


@pytest.fixture
def other_host(authority: trustme.CA) -> Iterator[MockApi]:
    yield from serving(authority.issue_cert("other.example"))


def failure(url: str) -> str:
    with pytest.raises(ApiError) as error:
        Client(parse_address(url), KEY, QUICK).json(("projects", "acme-dev"))
    assert error.value.reason.startswith("no secure connection to 127.0.0.1")
    return error.value.reason


@pytest.mark.usefixtures("trusted")
def test_an_authority_that_the_environment_names_is_trusted(secure: MockApi) -> None:
    client = Client(parse_address(secure.url), KEY, QUICK)

    assert client.json(("projects", "acme-dev"))["id"] == "p1"


def test_an_authority_that_nobody_knows(secure: MockApi) -> None:
    assert "issuer certificate" in failure(secure.url) or "self-signed" in failure(secure.url)
    assert secure.requests == []


@pytest.mark.usefixtures("trusted")
def test_a_certificate_that_has_expired(expired: MockApi) -> None:
    assert "expired" in failure(expired.url)
    assert expired.requests == []


@pytest.mark.usefixtures("trusted")
def test_a_certificate_for_another_host(other_host: MockApi) -> None:
    assert "127.0.0.1" in failure(other_host.url)
    assert other_host.requests == []


def test_a_server_without_tls() -> None:
    with raw_server(b"HTTP/1.1 200 OK\r\n\r\n") as url:
        failure(url.replace("http:", "https:"))


@pytest.mark.usefixtures("trusted")
def test_no_redirect_from_https_to_http(secure: MockApi) -> None:
    secure.set(PROJECT_PATH, Answer(b"", 301, {"Location": "http://127.0.0.1/v1/projects/x"}))

    with pytest.raises(ApiError, match="no redirect is followed"):
        Client(parse_address(secure.url), KEY, QUICK).json(("projects", "acme-dev"))
