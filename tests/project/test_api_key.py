"""Where the API's key comes from; no message holds any part of it."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from amp_lint.project.api_key import ApiKeyError, api_key

GOOD = "amp-KEY_0123!~"
BAD = [
    b"two words", b"a\nb", b"a\r\nX-Evil: 1", b"a\tb", b" key", b"key ", b"k\xc3\xa9y", b"\x00",
    b"k" * 5000, b"key\n\n", b"\n",
]  # fmt: skip


def test_the_environment() -> None:
    assert api_key(None, {"AMP_API_KEY": GOOD}) == GOOD


@pytest.mark.parametrize("environment", [{}, {"AMP_API_KEY": ""}, {"AMP_LINT_KEY": GOOD}])
def test_no_key(environment: dict[str, str]) -> None:
    with pytest.raises(ApiKeyError, match="no API key: set AMP_API_KEY"):
        api_key(None, environment)


@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_a_file_comes_before_the_environment(tmp_path: Path, end: str) -> None:
    file = tmp_path / "key"
    file.write_bytes(f"{GOOD}{end}".encode())

    assert api_key(str(file), {"AMP_API_KEY": "other"}) == GOOD


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(f"{GOOD}\n".encode())))
    assert api_key("-", {}) == GOOD
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO()))
    with pytest.raises(ApiKeyError, match="no API key: standard input is empty"):
        api_key("-", {})
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(ApiKeyError, match="cannot read the key from -: it is closed"):
        api_key("-", {})


@pytest.mark.parametrize("key", BAD)
def test_a_key_that_no_header_can_carry(tmp_path: Path, key: bytes) -> None:
    file = tmp_path / "key"
    file.write_bytes(key)
    with pytest.raises(ApiKeyError) as error:
        api_key(str(file), {})
    assert "Evil" not in str(error.value)
    assert str(error.value).isprintable()
    if b"\x00" not in key:
        with pytest.raises(ApiKeyError, match="AMP_API_KEY must consist"):
            api_key(None, {"AMP_API_KEY": key.decode("utf-8", "surrogateescape")})


def test_a_line_break_in_the_environment_is_refused_even_at_the_end() -> None:
    with pytest.raises(ApiKeyError):
        api_key(None, {"AMP_API_KEY": f"{GOOD}\n"})


@pytest.mark.parametrize("name", ["missing", ".", "nul\x00l"])
def test_a_file_that_cannot_be_read(tmp_path: Path, name: str) -> None:
    with pytest.raises(ApiKeyError, match="cannot read the key from"):
        api_key(f"{tmp_path}/{name}", {"AMP_API_KEY": GOOD})
