"""Says in words why no answer came."""

from __future__ import annotations

from urllib3.exceptions import (
    ConnectTimeoutError,
    DecodeError,
    NameResolutionError,
    NewConnectionError,
    ProtocolError,
    ProxyError,
    ReadTimeoutError,
    SSLError,
)


def is_refused(error: Exception) -> bool:
    """Whether a connection was refused, which may pass."""
    return isinstance(error, NewConnectionError) and not isinstance(error, NameResolutionError)


def reason_of(error: Exception, host: str, proxy: str | None) -> str:
    """The reason of an error that urllib3, or the standard library below it, raised.

    `proxy` is its address without a password. The text of the error itself is left out, as it
    may hold anything.
    """
    if isinstance(error, ProxyError):
        return f"the proxy {proxy} does not work: {_cause(error.original_error)}"
    through = f" (through the proxy {proxy})" if proxy else ""
    return f"{_words(error, host)}{through}"


def _words(error: Exception, host: str) -> str:
    for kind, words in _REASONS:
        if isinstance(error, kind):
            return words.format(host=host, cause=_cause(error))
    return f"no usable answer from {host} ({type(error).__name__})"


# The first that fits counts: in urllib3 a refused connection is a kind of time limit.
_REASONS: tuple[tuple[type[Exception], str], ...] = (
    (NameResolutionError, "there is no host {host}"),
    (NewConnectionError, "no connection to {host}: {cause}"),
    (SSLError, "no secure connection to {host}: {cause}"),
    (ConnectTimeoutError, "{host} does not take the connection"),
    (ReadTimeoutError, "{host} stopped answering"),
    (DecodeError, "the compressed answer of {host} is damaged"),
    (ProtocolError, "the answer of {host} breaks off, or is not HTTP"),
)


def _cause(error: BaseException) -> str:
    """The words of the operating system or of OpenSSL for what lies at the root."""
    seen: BaseException | None = error
    while seen is not None:
        inner = seen.args[0] if seen.args and isinstance(seen.args[0], BaseException) else None
        for one in (seen, inner):
            said = getattr(one, "verify_message", None) or getattr(one, "strerror", None)
            if isinstance(said, str) and said:
                return said
        seen = seen.__cause__ or seen.__context__
    return type(error).__name__
