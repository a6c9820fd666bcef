"""Configurations and flags, as a run of `check` shows them."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from amp_lint.cli.main import main

Write = Callable[[str, str], Path]
Run = Callable[..., tuple[int, list[str], str]]

MANIFEST = """\
specVersion: 1.0.0
integrations:
  - name: crm
    displayName: CRM
    Provider: hubspot
    colour: red
    proxy:
      enabled: true
"""
CASE = "amp.yaml key-case info"
UNKNOWN = "amp.yaml unknown-key warning"


@pytest.fixture
def check(capsys: pytest.CaptureFixture[str]) -> Run:
    """Exit code, `file rule severity` of each finding, standard error."""

    def run(*arguments: str) -> tuple[int, list[str], str]:
        capsys.readouterr()
        code = main(["check", "--output-format", "json", *arguments])
        out, err = capsys.readouterr()
        found = json.loads(out)["findings"] if out else []
        return code, [f"{f['file']} {f['rule']} {f['severity']}" for f in found], err

    return run


@pytest.fixture(autouse=True)
def manifest(write: Write) -> Path:
    return write("amp.yaml", MANIFEST)


@pytest.mark.parametrize(
    ("text", "flags", "code", "found"),
    [
        ("", [], 0, [CASE, UNKNOWN]),
        ("fail-on = 'warning'", [], 1, [CASE, UNKNOWN]),
        ("fail-on = 'warning'", ["--fail-on=error"], 0, [CASE, UNKNOWN]),
        ("fail-on = 'never'", ["--strict"], 1, [CASE, UNKNOWN]),
        ("fail-on = 'info'", ["--fail-on=never"], 0, [CASE, UNKNOWN]),
        ("fail-on = 'info'", ["--isolated"], 0, [CASE, UNKNOWN]),
        ("select = ['key-case']", [], 0, [CASE]),
        ("select = ['key-case']", ["--select=unknown-key"], 0, [UNKNOWN]),
        ("ignore = ['key-case']", [], 0, [UNKNOWN]),
        ("ignore = ['key-case']", ["--ignore=unknown-key"], 0, []),
        ("ignore = ['key-case']", ["--select=key-case"], 0, []),
        ("severity = {key-case = 'off'}", [], 0, [UNKNOWN]),
        (
            "severity = {key-case = 'off', unknown-key = 'error'}",
            ["--severity=key-case=warning"],
            1,
            ["amp.yaml key-case warning", "amp.yaml unknown-key error"],
        ),
        ("per-file-ignores = {'/amp.yaml' = ['key-case']}", [], 0, [UNKNOWN]),
        (
            "ignore = ['unknown-key']\nper-file-ignores = {'amp.*' = ['key-case']}",
            [],
            0,
            [],
        ),
        ("per-file-ignores = {'other/' = ['key-case']}", [], 0, [CASE, UNKNOWN]),
    ],
)
def test_flags_win_over_the_file(
    text: str, flags: list[str], code: int, found: list[str], write: Write, check: Run
) -> None:
    write("amp-lint.toml", text)
    assert check("amp.yaml", *flags) == (code, found, "")


def test_each_manifest_has_its_own_configuration(write: Write, check: Run) -> None:
    write("amp-lint.toml", "select = ['key-case']\nfail-on = 'never'")
    write("b/amp.yaml", MANIFEST)
    write("b/amp-lint.toml", "select = ['unknown-key']")
    found = ["amp.yaml key-case info", "b/amp.yaml unknown-key warning"]
    assert check() == (0, found, "")
    write("b/amp-lint.toml", "select = ['unknown-key']\nfail-on = 'warning'")
    assert check() == (1, found, "")


def test_one_file_for_all(write: Write, check: Run) -> None:
    write("amp-lint.toml", "nonsense")
    write("ci/strict.toml", "select = ['key-case']\nfail-on = 'info'")
    assert check("--config", "ci/strict.toml") == (1, [CASE], "")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["--config", "a.toml", "--isolated"],
            "amp-lint: --config and --isolated exclude each other\ntry: amp-lint check --help\n",
        ),
        (
            ["--config", ""],
            "amp-lint: --config: the name of the file is empty\ntry: amp-lint check --help\n",
        ),
        (
            ["--config", "nix.toml"],
            "amp-lint: nix.toml:1: cannot be read: No such file or directory\n",
        ),
    ],
)
def test_no_use_of_config(arguments: list[str], said: str, check: Run) -> None:
    assert check(*arguments) == (2, [], said)


def test_a_broken_configuration_costs_its_own_manifests_only(write: Write, check: Run) -> None:
    write("b/amp-lint.toml", "\nselec = []\nignore = ['key-cas']\n")
    write("b/amp.yaml", MANIFEST)
    write("b/c/amp.yaml", MANIFEST)
    said = "amp-lint: b/amp-lint.toml:2: there is no key `selec`; did you mean `select`?\n"
    assert check() == (2, [CASE, UNKNOWN], said)


def test_what_a_file_holds_cannot_steer_the_terminal(write: Write, check: Run) -> None:
    write("amp-lint.toml", '"a\\u001b[31m" = 1\n')
    assert check() == (2, [], "amp-lint: amp-lint.toml:1: there is no key `a\\x1b[31m`\n")


def test_a_search_leaves_out_what_is_excluded_and_a_named_file_is_linted(
    write: Write, check: Run
) -> None:
    write("amp-lint.toml", "select = ['key-case']\nexclude = ['/vendor/', '*.draft.amp.yaml']")
    write("vendor/amp.yaml", MANIFEST)
    write("x/vendor/amp.yaml", MANIFEST)
    write("x/a.draft.amp.yaml", MANIFEST)
    assert check()[1] == [CASE, "x/vendor/amp.yaml key-case info"]
    assert check("vendor/amp.yaml", "x/a.draft.amp.yaml")[1] == [
        "vendor/amp.yaml key-case info",
        "x/a.draft.amp.yaml key-case info",
    ]
    assert len(check("--isolated", "--select=key-case")[1]) == 4


def test_a_folder_where_all_is_excluded_is_an_error_that_says_so(
    write: Write, check: Run, folder: Path
) -> None:
    write("amp-lint.toml", "exclude = ['vendor/']")
    write("vendor/x/amp.yaml", MANIFEST)
    for name in ("vendor", "vendor/x"):
        code, found, err = check(name)
        assert (code, found) == (2, [])
        assert f"what `exclude` in {folder}/amp-lint.toml covers was left out" in err
    write("amp-lint.toml", "exclude = ['*']")
    code, found, err = check()
    assert (code, found) == (2, [])
    assert "was left out" in err


def test_of_patterns_the_last_that_fits_decides(write: Write, check: Run) -> None:
    write("amp-lint.toml", "select = ['key-case']\nexclude = ['*.amp.yaml', '!keep.amp.yaml']")
    write("keep.amp.yaml", MANIFEST)
    write("other.amp.yaml", MANIFEST)
    assert check()[1] == [CASE, "keep.amp.yaml key-case info"]


def test_standard_input_takes_the_configuration_of_its_name(
    write: Write, check: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("amp-lint.toml", "select = ['key-case']")
    write("b/amp-lint.toml", "select = ['unknown-key']\nexclude = ['*']")

    def typed(*arguments: str) -> list[str]:
        stream = io.TextIOWrapper(io.BytesIO(MANIFEST.encode()))
        monkeypatch.setattr(sys, "stdin", stream)
        return check("-", *arguments)[1]

    assert typed() == ["<stdin> key-case info"]
    assert typed("--stdin-filename=b/x.yaml") == ["b/x.yaml unknown-key warning"]
    assert len(typed("--stdin-filename=b/x.yaml", "--isolated")) == 2


def test_the_destinations_that_exist(write: Write, check: Run) -> None:
    write(
        "amp.yaml",
        "specVersion: 1.0.0\nintegrations:\n  - name: a\n    provider: hubspot\n    read:\n"
        "      objects:\n        - objectName: contacts\n          destination: hok\n",
    )
    write("amp-lint.toml", "destinations = ['hook']\nselect = ['destination-exists']")
    assert check()[:2] == (1, ["amp.yaml destination-exists error"])
    write("b/amp-lint.toml", "extend = '../amp-lint.toml'\ndestinations = []")
    assert check("--config=b/amp-lint.toml")[:2] == (0, [])
