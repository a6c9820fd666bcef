"""A client for the platform's public API that only reads.

It sends GET requests to one host, with the key in a header, and follows no redirect: libraries
send the key along to the other host. Imported only by `pull` and `check --project`.
"""

from __future__ import annotations

import http.client
import ssl
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any
from urllib.parse import quote, unquote, urlencode, urljoin, urlsplit

import urllib3
from urllib3.exceptions import HTTPError, InvalidHeader
from urllib3.util import Timeout, make_headers
from urllib3.util.retry import Retry

from amp_lint.project.address import ApiAddress, proxy_for, without_user
from amp_lint.project.answers import Elements, decode, mapping, printable
from amp_lint.project.transport_errors import is_refused, reason_of

RETRIED = frozenset((429, 502, 503, 504))
_PROBLEM_BYTES = 64 * 1024
_CHUNK = 256 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What a run may take: seconds `total`, to `connect` and without a byte (`idle`); the waits
    before each retry, the longest wait that the API may ask for, and the bytes of an answer."""

    total: float = 60.0
    connect: float = 5.0
    idle: float = 30.0
    retry_waits: tuple[float, ...] = (0.5, 1.0, 2.0)
    longest_wait: float = 20.0
    most_bytes: int = 32 * 1024 * 1024


class ApiError(Exception):
    """A question got no usable answer. The message is one printable line without the key.

    `status` is None if there was no whole answer; `too_large` tells one over the limit.
    """

    def __init__(self, reason: str, status: int | None = None, *, too_large: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.status = status
        self.too_large = too_large


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and what came of it, for `--debug`: never a header, so never the key."""

    url: str
    outcome: str
    seconds: float


@dataclass(slots=True)
class Client:
    """Asks one API with one key. Threads may share it. `deadline` counts from its making."""

    address: ApiAddress
    key: str = field(repr=False)
    limits: Limits = field(default_factory=Limits)
    agent: str = "amp-lint"
    exchanges: list[Exchange] = field(default_factory=list)
    _proxy: str | None = field(init=False, repr=False)
    _pool: urllib3.PoolManager = field(init=False, repr=False)
    _end: float = field(init=False)
    _stopped: threading.Event = field(init=False, default_factory=threading.Event)

    def __post_init__(self) -> None:
        proxy = proxy_for(self.address)
        self._proxy = None if proxy is None else without_user(proxy)
        self._pool = _pool(self.address, proxy)
        self._end = time.monotonic() + self.limits.total

    @property
    def remaining(self) -> float:
        """Seconds until the deadline."""
        return self._end - time.monotonic()

    def stop(self) -> None:
        """Make waits end and further requests fail."""
        self._stopped.set()

    def json(self, segments: Sequence[str], query: Mapping[str, str] | None = None) -> Any:
        """Return the decoded answer. Raises ApiError.

        `segments` are the parts of the path below the API's address, unquoted.
        """
        body = b"".join(self._body(segments, query))
        try:
            return decode(body)
        except (ValueError, RecursionError):
            words = "the answer is not valid JSON" if body.strip() else "the answer is empty"
            raise ApiError(words, 200) from None

    def elements(
        self, segments: Sequence[str], query: Mapping[str, str] | None = None
    ) -> Iterator[Any]:
        """Yield the elements of a list while it arrives. Raises ApiError.

        The whole list of installations would take ten times its size as Python objects.
        """
        elements = Elements()
        for chunk in self._body(segments, query):
            yield from self._decoded(elements.feed(chunk))
        yield from self._decoded(elements.close())

    def _decoded(self, elements: Iterator[Any]) -> Iterator[Any]:
        try:
            yield from elements
        except (ValueError, RecursionError):
            raise ApiError("the answer is not valid JSON, or not a list", 200) from None

    def _body(self, segments: Sequence[str], query: Mapping[str, str] | None) -> Iterator[bytes]:
        """Yield the content of a successful answer, at most `most_bytes`. Raises ApiError."""
        url = self.address.url + path_of(segments)
        if query:
            url += f"?{urlencode(query, quote_via=quote)}"
        began = time.monotonic()
        outcome = "given up"
        try:
            with self._translated():
                size = 0
                response = self._successful(url)
                outcome = f"{response.status}, then broken off"
                try:
                    for chunk in self._chunks(response):
                        size += len(chunk)
                        yield chunk
                finally:
                    response.close()
                outcome = f"{response.status}, {size} bytes"
        except ApiError as error:
            outcome = error.reason
            raise
        finally:
            self.exchanges.append(Exchange(url, outcome, time.monotonic() - began))

    def _successful(self, url: str) -> urllib3.BaseHTTPResponse:
        """Send a request, again where that may help, until it is answered with 200."""
        waits = iter(self.limits.retry_waits)
        while True:
            try:
                response = self._sent(url)
            except HTTPError as error:
                wait = next(waits, None)
                if wait is None or not is_refused(error):
                    raise
                self._wait(wait, ApiError(self._reason(error)))
                continue
            if response.status == 200:
                return response
            failure, asked = self._failure(response)
            wait = next(waits, None) if response.status in RETRIED else None
            if wait is None:
                raise failure
            self._wait(wait if asked is None else min(asked, self.limits.longest_wait), failure)

    def _sent(self, url: str) -> urllib3.BaseHTTPResponse:
        remaining = self.remaining
        if remaining <= 0 or self._stopped.is_set():
            raise ApiError(self.out_of_time)
        timeout = Timeout(
            connect=min(self.limits.connect, remaining), read=min(self.limits.idle, remaining)
        )
        return self._pool.urlopen(
            "GET",
            url,
            headers={"X-Api-Key": self.key, "User-Agent": self.agent, **_HEADERS},
            timeout=timeout,
            redirect=False,
            retries=False,
            preload_content=False,
        )

    def _chunks(self, response: urllib3.BaseHTTPResponse) -> Iterator[bytes]:
        size = 0
        while chunk := response.read1(_CHUNK, decode_content=True):
            size += len(chunk)
            if size > self.limits.most_bytes:
                words = f"the answer is larger than {self.limits.most_bytes // 1024 // 1024} MB"
                raise ApiError(words, 200, too_large=True)
            if self.remaining <= 0 or self._stopped.is_set():
                raise ApiError(self.out_of_time)
            yield chunk

    def _failure(self, response: urllib3.BaseHTTPResponse) -> tuple[ApiError, float | None]:
        """What an answer other than 200 means, and the seconds that it asks to wait."""
        status = response.status
        try:
            if 300 <= status < 400:
                host = _host(self.address.url, response.headers.get("Location", ""))
                words = f"{status} redirects to {host}, and no redirect is followed"
                return ApiError(self.masked(words), status), None
            problem = self._problem(response)
            asked = _asked_wait(response.headers.get("Retry-After"), problem.get("retryAfter"))
        finally:
            response.close()
        said = [problem.get("title"), problem.get("detail")]
        texts = [text for text in said if isinstance(text, str) and text.strip()]
        words = ": ".join(texts) or http.client.responses.get(status, "")
        return ApiError(self.masked(printable(f"{status} {words}".strip())), status), asked

    def _problem(self, response: urllib3.BaseHTTPResponse) -> Mapping[str, Any]:
        """The problem (RFC 9457) that an answer describes; empty if it describes none."""
        body = b""
        try:
            while chunk := response.read1(_CHUNK, decode_content=True):
                body += chunk
                if len(body) > _PROBLEM_BYTES or self.remaining <= 0:
                    return {}
            return mapping(decode(body))
        except (HTTPError, OSError, http.client.HTTPException, ValueError, RecursionError):
            return {}

    def _wait(self, seconds: float, failure: ApiError) -> None:
        """Wait before a retry; raise `failure` if the deadline would come first."""
        if seconds >= self.remaining or self._stopped.wait(seconds):
            raise failure

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Turn what urllib3, and now and then the library below it, raises into an ApiError."""
        try:
            yield
        except (HTTPError, OSError, http.client.HTTPException, ValueError) as error:
            if self.remaining <= 0:
                raise ApiError(self.out_of_time) from None
            raise ApiError(self._reason(error)) from None

    def _reason(self, error: Exception) -> str:
        return self.masked(printable(reason_of(error, self.address.host, self._proxy)))

    @property
    def out_of_time(self) -> str:
        """The reason when the deadline has passed."""
        return f"no complete answer within {self.limits.total:g} s"

    def masked(self, text: str) -> str:
        """The text without the key, which an answer may repeat."""
        return text.replace(self.key, "***") if self.key else text


_HEADERS = {"Accept": "application/json, application/problem+json", "Accept-Encoding": "gzip"}


def path_of(segments: Sequence[str]) -> str:
    """Return the path for some segments. Raises ApiError for one that would lead elsewhere."""
    for segment in segments:
        if segment.strip() in ("", ".", ".."):
            raise ApiError(f"`{printable(segment)}` cannot be a name")
    return "".join(f"/{quote(segment, safe='', errors='replace')}" for segment in segments)


def _pool(address: ApiAddress, proxy: str | None) -> urllib3.PoolManager:
    """The connections. Raises ApiError for a proxy that cannot be used."""
    context = ssl.create_default_context() if address.is_https else None
    options: dict[str, Any] = {"num_pools": 2, "maxsize": 4, "ssl_context": context}
    if proxy is None:
        return urllib3.PoolManager(**options)
    try:
        parts = urlsplit(proxy)
        headers = None
        if parts.username is not None:
            user, password = unquote(parts.username), unquote(parts.password or "")
            headers = make_headers(proxy_basic_auth=f"{user}:{password}")
        return urllib3.ProxyManager(without_user(proxy), proxy_headers=headers, **options)
    except (HTTPError, ValueError):
        raise ApiError(f"the proxy {printable(without_user(proxy))} cannot be used") from None


def _host(url: str, location: str) -> str:
    """The host that a redirect leads to."""
    try:
        host = urlsplit(urljoin(url, location)).hostname
    except ValueError:
        host = None
    return printable(host or "nowhere")


def _asked_wait(header: str | None, time_in_body: object) -> float | None:
    """The seconds that an answer asks to wait: by its header (seconds, or a date), or by the
    problem's `retryAfter` (RFC 3339); None if it does not say."""
    try:
        if header is not None:
            return max(0.0, float(Retry().parse_retry_after(header)))
        if isinstance(time_in_body, str):
            until = datetime.fromisoformat(time_in_body.replace("Z", "+00:00"))
            until = until if until.tzinfo else until.replace(tzinfo=timezone.utc)
            return max(0.0, (until - datetime.now(timezone.utc)).total_seconds())
    except (InvalidHeader, ValueError, OverflowError):
        return None
    return None
