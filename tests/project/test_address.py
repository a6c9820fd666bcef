"""Addresses of the API: which are taken, and which would leak the key."""

from __future__ import annotations

import pytest

from amp_lint.project.address import parse_address


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://api.withampersand.com", "https://api.withampersand.com/v1"),
        ("https://api.withampersand.com/", "https://api.withampersand.com/v1"),
        ("https://api.withampersand.com/v1", "https://api.withampersand.com/v1"),
        ("https://api.withampersand.com/v1/", "https://api.withampersand.com/v1"),
        ("https://gateway.example/amp", "https://gateway.example/amp/v1"),
        ("http://localhost:8080", "http://localhost:8080/v1"),
        ("http://[::1]:8080", "http://[::1]:8080/v1"),
        ("http://127.9.9.9", "http://127.9.9.9/v1"),
    ],
)
def test_addresses(text: str, url: str) -> None:
    assert parse_address(text).url == url


@pytest.mark.parametrize(
    "text",
    [
        "",
        "api.withampersand.com",
        "http://api.withampersand.com",
        "http://127.0.0.1.evil.example",
        "http://localhost.evil.example",
        "http://2130706433",
        "ftp://api.withampersand.com",
        "file:///etc/passwd",
        "https://",
        "https://user:secret@api.withampersand.com",
        "https://api.withampersand.com?key=secret",
        "https://api.withampersand.com#secret",
        "https://evil.example\\@api.withampersand.com",
        "https://api.withampersand.com/\n",
        "https://api.with ampersand.com",
        "https://api.example:port",
        "https://[",
        "https://äpi.example",
    ],
)
def test_addresses_that_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"^(must|is not) ") as error:
        parse_address(text)
    assert "secret" not in str(error.value)
