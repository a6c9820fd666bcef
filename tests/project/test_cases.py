"""The cases of the contract: a manifest, what the API answers, and the findings."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from amp_lint.cli.main import main

from .mock_api import Answer, MockApi

NAMES = ["01-clean", "02-destination", "04-provider-app", "06-wrong-key", "08-field"]
# These compare two versions of a manifest.
COMPARED = ["09-read-object-removed", "10-field-mapping-changed", "11-required-mapping-added"]
RENAMED = "12-renamed"


def answers(file: Path) -> Iterator[tuple[str, Answer]]:
    for path, answer in json.loads(file.read_bytes()).items():
        yield path.partition("?")[0], Answer(answer["body"], answer["status"])


@pytest.mark.parametrize("name", NAMES)
def test_cases(
    shared: Path, name: str, api: MockApi, key: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = shared / "cases" / "project" / name
    api.answers = dict(answers(folder / "api.json"))
    manifest = folder / "amp.yaml"
    expected = json.loads((folder / "expected.json").read_bytes())

    group = ["--group", "g1"] if name == "08-field" else []
    options = ["--isolated", "--output-format", "json", "--api-url", api.url, *group]
    code = main(["check", *options, "--project", "acme-dev", str(manifest)])
    out, err = capsys.readouterr()

    assert key not in out + err
    if expected and isinstance(expected[0], str):
        assert f"exit {code}" == expected[0]
        assert err.count("\n") == 1
        assert out == ""
        return
    found = shown(manifest, out)
    assert found == expected
    assert code == any(severity == "error" for _, severity, _ in found)


def shown(manifest: Path, out: str) -> list[list[str]]:
    """Rule, severity and the text that is pointed at, for each finding of a JSON report."""
    lines = manifest.read_text("utf-8").splitlines()
    found = []
    for one in json.loads(out)["findings"]:
        text = lines[one["line"] - 1][one["column"] - 1 : one["end_column"] - 1]
        found.append([one["rule"], one["severity"], text])
    return found


@pytest.mark.parametrize("name", [*COMPARED, RENAMED])
@pytest.mark.usefixtures("key")
def test_cases_of_changes(
    shared: Path, name: str, api: MockApi, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = shared / "cases" / "project" / name
    api.answers = dict(answers(folder / "api.json"))
    manifest = folder / "amp.yaml"

    options = ["--isolated", "--output-format", "json", "--api-url", api.url]
    against = ["--against", str(folder / "old.amp.yaml"), "--project", "acme-dev"]
    main(["changes", *options, *against, str(manifest)])
    out, err = capsys.readouterr()

    assert err == ""
    assert shown(manifest, out) == json.loads((folder / "expected.json").read_bytes())
