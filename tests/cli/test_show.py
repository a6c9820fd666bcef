"""The command `show` and `decode_text`: a manifest as the platform reads it."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from amp_lint import decode_text
from amp_lint.yaml.node_path import format_path, parse_path

MANIFEST = """\
x-hook: &hook
  destination: contactWebhook
integrations:
  - provider: hubspot
    Name: 1.50
    read:
      objects:
        - objectname: contacts
          <<: *hook
          optionalFieldsAuto: all
          unknown: 1
          backfill:
            defaultPeriod: {days: 030}
specVersion: 1.0.0
"""
READ = {
    "specVersion": "1.0.0",
    "integrations": [
        {
            "name": "1.5",
            "provider": "hubspot",
            "read": {
                "objects": [
                    {
                        "objectName": "contacts",
                        "destination": "contactWebhook",
                        "optionalFieldsAuto": "all",
                        "backfill": {"defaultPeriod": {"days": 24}},
                    }
                ]
            },
        }
    ],
}


@pytest.fixture(autouse=True)
def word_rules() -> None:
    """The real rules, in place of those of the other tests of the command line."""


def test_the_library_returns_the_values_in_the_order_of_the_reference() -> None:
    decoded = decode_text(MANIFEST)
    wanted = READ["integrations"]
    assert decoded.manifest is not None
    assert decoded.manifest == READ
    assert [*decoded.manifest] == ["specVersion", "integrations"]
    assert isinstance(wanted, list)
    one = decoded.manifest["integrations"]
    assert isinstance(one, list)
    assert [*one[0]] == ["name", "provider", "read"]
    assert "octal-integer" in {finding.rule for finding in decoded.findings}


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (MANIFEST.replace("hubspot", '"hub\\/spot"'), "yaml-syntax"),
        (MANIFEST.replace("*hook", ""), "yaml-unsupported"),
        (MANIFEST.replace("1.0.0", "1.0"), "spec-version"),
        ("", "spec-version"),
    ],
)
def test_a_refused_manifest_has_no_values_and_an_error(text: str, rule: str) -> None:
    decoded = decode_text(text)
    assert decoded.manifest is None
    assert rule in {one.rule for one in decoded.findings if one.severity.value == "error"}


def test_show_prints_the_manifest(run: Callable[..., SimpleNamespace], folder: Path) -> None:
    (folder / "amp.yaml").write_text(MANIFEST, "utf-8")
    for arguments in ([], ["amp.yaml"]):
        outcome = run("show", *arguments)
        assert (outcome.code, outcome.err) == (0, "")
        assert json.loads(outcome.out) == READ


def test_show_reads_standard_input(
    run: Callable[..., SimpleNamespace], monkeypatch: pytest.MonkeyPatch
) -> None:
    stdin = SimpleNamespace(buffer=io.BytesIO(MANIFEST.encode()))
    monkeypatch.setattr("sys.stdin", stdin)
    outcome = run("show", "--path", "$.integrations[0].name", "-")
    assert (outcome.code, outcome.out) == (0, '"1.5"\n')


def test_show_says_why_a_manifest_is_refused(
    run: Callable[..., SimpleNamespace], folder: Path
) -> None:
    (folder / "amp.yaml").write_text("%YAML 1.2\n---\n" + MANIFEST, "utf-8")
    outcome = run("show")
    assert (outcome.code, outcome.out) == (1, "")
    assert "[yaml-unsupported]" in outcome.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--path", "integrations"], "is not a path"),
        (["--path", "$.integration"], "did you mean `integrations`?"),
        (["--path", "$.integrations[1]"], "there is no `1` at `$.integrations`"),
        (["a.yaml", "b.yaml"], "one manifest at a time"),
        (["missing.yaml"], "cannot read missing.yaml"),
    ],
)
def test_show_refuses(
    run: Callable[..., SimpleNamespace], folder: Path, arguments: list[str], words: str
) -> None:
    (folder / "amp.yaml").write_text(MANIFEST, "utf-8")
    outcome = run("show", *arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert words in outcome.err


@pytest.mark.usefixtures("folder")
def test_show_needs_a_manifest(run: Callable[..., SimpleNamespace]) -> None:
    assert run("show").code == 2


@pytest.mark.parametrize(
    "path", [(), ("integrations", 0, "read"), ("a b", 12, 'say "x"'), ("$ref",)]
)
def test_a_path_is_read_as_it_is_written(path: tuple[str | int, ...]) -> None:
    assert parse_path(format_path(path)) == path


@pytest.mark.parametrize("text", ["", "a", "$a", "$.", "$[", '$["a]', "$[-1]", "$..a", '$["\\q"]'])
def test_anything_else_is_no_path(text: str) -> None:
    assert parse_path(text) is None
