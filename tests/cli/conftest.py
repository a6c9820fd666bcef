from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from amp_lint.cli.main import main
from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, Rule
from amp_lint.text.source import Span

# What a terminal, a CI or pytest itself may have set, and what would colour or change the output.
CHANGING = ("NO_COLOR", "FORCE_COLOR", "TERM", "PYTHONIOENCODING", "COLUMNS", "GITHUB_ACTIONS")


@dataclass(frozen=True)
class Outcome:
    code: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in CHANGING:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, which is the current one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., Outcome]:
    """Run the command line in this process."""

    def run_here(*arguments: str) -> Outcome:
        capsys.readouterr()
        code = main(arguments)
        return Outcome(code, *capsys.readouterr())

    return run_here


@pytest.fixture
def spawn() -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """Run the command line in a process of its own."""

    def run_there(*arguments: str | bytes, **options: object) -> subprocess.CompletedProcess[bytes]:
        extra = options.pop("env", {})
        assert isinstance(extra, dict)
        return subprocess.run(  # type: ignore[call-overload,no-any-return]
            [sys.executable, "-m", "amp_lint", *arguments],
            capture_output=True,
            timeout=60,
            check=False,
            env={**os.environ, **extra},
            **options,
        )

    return run_there


def word_rule(rule_id: str, severity: Severity, word: str) -> Rule:
    """A rule that reports every occurrence of a word."""

    def check(context: Context) -> Iterator[Finding]:
        text = context.source.text
        at = text.find(word)
        while at >= 0:
            span = Span(at, at + len(word))
            yield context.finding(span, f"there is {word}")
            at = text.find(word, at + 1)

    return Rule(rule_id, Group.SHAPE, severity, "https://example.com", check)


def crash(context: Context) -> Iterator[Finding]:
    if "CRASH" in context.source.text:
        raise ValueError("a bug\nin two lines")
    if "INTERRUPT" in context.source.text:
        raise KeyboardInterrupt
    return iter(())


@pytest.fixture(autouse=True)
def word_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rules of these tests' own in place of the real ones."""
    made = {
        "no-error": word_rule("no-error", Severity.ERROR, "ERROR"),
        "no-info": word_rule("no-info", Severity.INFO, "INFO"),
        "no-warning": word_rule("no-warning", Severity.WARNING, "WARNING"),
        "some-crash": Rule("some-crash", Group.SHAPE, Severity.ERROR, "https://example.com", crash),
    }
    monkeypatch.setattr("amp_lint.linter.registry.rules", lambda: made)
    monkeypatch.setattr("amp_lint.linter.engine.rules", lambda: made)
