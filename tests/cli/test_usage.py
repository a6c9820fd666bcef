"""Help texts, and messages about wrong arguments."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import amp_lint
from amp_lint.cli.main import COMMANDS, main

CHECK_HELP = "try: amp-lint check --help\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["amp.yaml"],
            "`amp.yaml` is not a command; to lint it, use check\ntry: amp-lint check amp.yaml",
        ),
        (["here"], "`here` is not a command; to lint it, use check\ntry: amp-lint check here"),
        (
            ["-", "--quiet"],
            "`-` is not a command; to lint it, use check\ntry: amp-lint check - --quiet",
        ),
        (
            ["a b.yaml", "--strict"],
            "`a b.yaml` is not a command; to lint it, use check\n"
            "try: amp-lint check 'a b.yaml' --strict",
        ),
        (["chekc"], "there is no command `chekc`; did you mean `check`?\ntry: amp-lint check"),
        (["frobnicate"], "there is no command `frobnicate`\ntry: amp-lint --help"),
        (
            ["--strict", "amp.yaml"],
            "expected a command before the option `--strict`\n"
            "try: amp-lint check --strict amp.yaml",
        ),
    ],
)
def test_no_such_command(arguments: list[str], said: str, folder: Path, run: Callable) -> None:
    (folder / "here").mkdir()
    outcome = run(*arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == f"amp-lint: {said}\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["--outptu-format=json"],
            "there is no option `--outptu-format`; did you mean `--output-format`?",
        ),
        (["--frobnicate"], "there is no option `--frobnicate`"),
        (["-x"], "there is no option `-x`"),
        (["--stri"], "there is no option `--stri`"),
        (
            ["--fail-on", "eror"],
            "--fail-on: must be one of error, warning, info, never, not `eror`; "
            "did you mean `error`?",
        ),
        (["--fail-on"], "--fail-on: expected one argument"),
        (
            ["--output-format", "sarf"],
            "--output-format: must be one of concise, github, gitlab, json, junit, markdown, "
            "sarif, text, not `sarf`; did you mean `sarif`?",
        ),
        (["--report-root", "gone"], "--report-root: there is no folder `gone`"),
        (["--color", "red"], "--color: must be one of auto, always, never, not `red`"),
        (["--select", "no-eror"], "--select: there is no rule `no-eror`; did you mean `no-error`?"),
        (["--select", "no-error,zzz"], "--select: there is no rule `zzz`"),
        (["--select", ""], "--select: a rule id is missing"),
        (["--ignore", ",", "x"], "--ignore: a rule id is missing"),
        (["--ignore", "NO-INFO"], "--ignore: there is no rule `NO-INFO`; did you mean `no-info`?"),
        (["--severity", "no-error"], "--severity: `no-error` is not of the form ID=LEVEL"),
        (
            ["--severity", "no-error=x"],
            "--severity: the level must be one of error, warning, info, off, not `x`",
        ),
        (["--severity", "n=off"], "--severity: there is no rule `n`"),
        (
            ["--severity", "no-info=off,no-waring=off"],
            "--severity: there is no rule `no-waring`; did you mean `no-warning`?",
        ),
        (
            ["--stdin-filename", "a.yaml"],
            "--stdin-filename requires `-` as PATH",
        ),
        ([""], "a PATH is empty"),
    ],
)
def test_wrong_use_of_check(arguments: list[str], said: str, folder: Path, run: Callable) -> None:
    (folder / "amp.yaml").write_text("a: b\n")
    outcome = run("check", *arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == f"amp-lint: {said}\n{CHECK_HELP}"


def test_what_is_said_cannot_steer_the_terminal(run: Callable) -> None:
    outcome = run("check", "--select", "a\nb\x1b[2J")
    assert outcome.err == f"amp-lint: --select: there is no rule `a\\nb\\x1b[2J`\n{CHECK_HELP}"


def test_without_arguments_the_help_is_an_error(run: Callable) -> None:
    outcome = run()
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == run("--help").out


@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_help_lists_exactly_the_commands_there_are(flag: str, run: Callable) -> None:
    outcome = run(flag)
    assert (outcome.code, outcome.err) == (0, "")
    commands = outcome.out.partition("commands:\n")[2].partition("\n\n")[0]
    assert [line.split()[0] for line in commands.split("\n")] == list(COMMANDS)


@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_help_of_check_lists_its_options_and_exit_codes(flag: str, run: Callable) -> None:
    outcome = run("check", "--strict", flag)
    assert (outcome.code, outcome.err) == (0, "")
    for option in ("--select", "--ignore", "--severity", "--fail-on", "--strict", "--isolated"):
        assert f"\n  {option}" in outcome.out
    for option in (
        "--stdin-filename",
        "--output-format",
        "--output-file",
        "--quiet",
        "--color",
        "--debug",
    ):
        assert f"\n  {option}" in outcome.out
    for code in (0, 1, 2):
        assert f"\n  {code}  " in outcome.out
    assert outcome.out.isascii()


def test_version(run: Callable) -> None:
    assert run("--version").out == f"amp-lint {amp_lint.__version__}\n"


def test_the_server_is_started_by_name(spawn: Callable) -> None:
    done = spawn("server", "--version")
    assert done.returncode == 0
    assert done.stdout.decode().split() == ["amp-language-server", amp_lint.__version__]


def test_arguments_are_those_of_the_process_by_default(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["amp-lint", "--version"])
    assert main() == 0
    assert capsys.readouterr().out == f"amp-lint {amp_lint.__version__}\n"


def loaded_after(code: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", f"{code}; import sys; print(*sys.modules)"],
        capture_output=True,
        check=True,
        text=True,
        timeout=60,
    )
    return set(done.stdout.split())


def test_importing_the_command_line_is_quick() -> None:
    loaded = loaded_after("import amp_lint.cli.main")
    assert {name for name in loaded if name.startswith("amp_")} == {
        "amp_lint",
        "amp_lint.cli",
        "amp_lint.cli.main",
        "amp_lint.manifest",
        "amp_lint.text",
        "amp_lint.text.messages",
        "amp_lint.manifest.doc_urls",
        "amp_lint.cli.usage_error",
        "amp_schema",
        "amp_schema.patterns",
    }
    assert not {"argparse", "json", "unicodedata"} & loaded


def test_a_named_file_needs_neither_the_search_nor_the_other_reporters(tmp_path: Path) -> None:
    file = tmp_path / "amp.yaml"
    file.write_text("a: b\n")
    loaded = loaded_after(f"from amp_lint.cli.main import main; main(['check', {str(file)!r}])")
    assert "amp_lint.reporters.text" in loaded
    assert (
        not {"amp_lint.config.gitignore", "amp_lint.reporters.json", "amp_language_server"} & loaded
    )
