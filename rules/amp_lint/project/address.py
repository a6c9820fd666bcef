"""Where the API is, and the proxy on the way to it: both only from the command line's side.

A repository's file can name neither: with another address the key would go to another host.
"""

from __future__ import annotations

import ipaddress
import re
import urllib.request
from dataclasses import dataclass
from urllib.parse import urlsplit

DEFAULT = "https://api.withampersand.com"

_VERSION_PATH = "/v1"
_PRINTABLE = re.compile(r"[!-~]+\Z")


class AddressError(ValueError):
    """An address cannot be used; the message does not repeat it, as it may hold a password."""


@dataclass(frozen=True, slots=True)
class ApiAddress:
    """`url` is what every path is put behind: with the version, without a slash at its end."""

    url: str
    host: str
    is_https: bool
    is_loopback: bool


def parse_address(text: str) -> ApiAddress:
    """Return the address that `--api-url` or AMP_API_URL holds, with `/v1` or without.

    Raises AddressError unless it is https, or http on a loopback address.
    """
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        raise AddressError("is not a URL") from None
    if not _PRINTABLE.match(text) or not host or parts.scheme not in ("http", "https"):
        raise AddressError(f"must be a URL such as {DEFAULT}")
    if "@" in parts.netloc:
        raise AddressError("must not hold a user name or a password")
    if "?" in text or "#" in text or "\\" in text:
        raise AddressError("must not have a query or a fragment")
    loopback = _is_loopback(host)
    if parts.scheme == "http" and not loopback:
        raise AddressError("must begin with https://; only a loopback address may use http")
    path = parts.path.rstrip("/").removesuffix(_VERSION_PATH) + _VERSION_PATH
    url = f"{parts.scheme}://{parts.netloc}{path}"
    return ApiAddress(url, parts.netloc, parts.scheme == "https", loopback)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def proxy_for(address: ApiAddress) -> str | None:
    """Return the proxy that the environment (or, on macOS and Windows, the system) names.

    None for a loopback address: over http the proxy would see the key.
    """
    if address.is_loopback or urllib.request.proxy_bypass(address.host):
        return None
    proxies = urllib.request.getproxies()
    proxy = proxies.get("https") or proxies.get("all")
    if not proxy:
        return None
    return proxy if "://" in proxy else f"http://{proxy}"


def without_user(proxy: str) -> str:
    """The proxy's URL without user name and password."""
    scheme, _, rest = proxy.partition("://")
    return f"{scheme}://{rest.rpartition('@')[2]}"
