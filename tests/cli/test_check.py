"""`amp-lint check`: what it lints, what it says, and how it ends."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from amp_lint.cli.commands.check import DEFAULTS, make_parser
from amp_lint.cli.main import main

BUG = (
    "this is a bug in amp-lint: please report it together with the manifest "
    "(--debug prints the traceback)"
)


def concise(run: Callable, *arguments: str) -> list[str]:
    return run("check", "--output-format", "concise", *arguments).out.splitlines()


@pytest.mark.parametrize(
    ("text", "arguments", "code"),
    [
        ("a: b", "", 0),
        ("ERROR", "", 1),
        ("WARNING", "", 0),
        ("INFO", "", 0),
        ("ERROR", "--fail-on error", 1),
        ("WARNING", "--fail-on warning", 1),
        ("INFO", "--fail-on warning", 0),
        ("INFO", "--fail-on info", 1),
        ("ERROR", "--fail-on never", 0),
        ("WARNING", "--strict", 1),
        ("INFO", "--strict", 0),
        ("ERROR", "--strict", 1),
        ("WARNING", "--strict --fail-on error", 0),
        ("WARNING", "--fail-on error --strict", 1),
        ("ERROR", "--ignore no-error", 0),
        ("ERROR", "--ignore no-info,no-error", 0),
        ("ERROR", "--ignore no-info --ignore no-error", 0),
        ("ERROR WARNING", "--select no-warning", 0),
        ("ERROR WARNING", "--select no-warning,no-error", 1),
        ("ERROR", "--select no-error --ignore no-error", 0),
        ("ERROR", "--severity no-error=warning", 0),
        ("ERROR", "--severity no-error=off", 0),
        ("WARNING", "--severity no-warning=error", 1),
        ("WARNING INFO", "--severity no-warning=info,no-info=error", 1),
        ("ERROR", "--isolated", 1),
        ("ERROR", "--quiet", 1),
        ("ERROR", "--output-format json", 1),
        ("ERROR", "missing.yaml", 2),
        ("ERROR", "missing.yaml --fail-on never", 2),
        ("a: b", "missing.yaml", 2),
        ("a: b", "empty", 2),
        ("a: CRASH", "", 2),
        ("ERROR CRASH", "", 2),
        ("CRASH", "--ignore some-crash", 0),
        ("INTERRUPT", "", 130),
    ],
)
def test_exit_code(text: str, arguments: str, code: int, folder: Path, run: Callable) -> None:
    (folder / "empty").mkdir()
    (folder / "amp.yaml").write_text(text)
    assert run("check", "amp.yaml", *arguments.split()).code == code


def test_text_report(folder: Path, run: Callable) -> None:
    (folder / "amp.yaml").write_text("key: ERROR\n")
    outcome = run("check")
    assert outcome.out == (
        "error[no-error]: there is ERROR\n"
        " --> amp.yaml:1:6\n"
        "  |\n"
        "1 | key: ERROR\n"
        "  |      ^^^^^\n"
        "\n"
        "1 error in 1 manifest\n"
        "amp-lint rule ID explains a rule\n"
    )
    assert outcome.err == ""


def test_quiet_says_nothing_of_clean_manifests(folder: Path, run: Callable) -> None:
    (folder / "amp.yaml").write_text("a: b\n")
    assert run("check").out == "The manifest is clean\n"
    assert run("check", "--quiet").out == ""


def test_findings_come_by_file_then_place_then_id(folder: Path, run: Callable) -> None:
    (folder / "b.amp.yaml").write_text("x: ERROR\nINFO: WARNING\n")
    (folder / "a.amp.yaml").write_text("x: ERROR\n")
    (folder / "c").mkdir()
    (folder / "c" / "amp.yml").write_text("INFO\n")
    expected = [
        "a.amp.yaml:1:4: error[no-error] there is ERROR",
        "b.amp.yaml:1:4: error[no-error] there is ERROR",
        "b.amp.yaml:2:1: info[no-info] there is INFO",
        "b.amp.yaml:2:7: warning[no-warning] there is WARNING",
        f"c{os.sep}amp.yml:1:1: info[no-info] there is INFO",
    ]
    assert concise(run) == expected
    assert concise(run, "c", "b.amp.yaml", "a.amp.yaml") == expected


def test_a_file_named_twice_is_linted_once(folder: Path, run: Callable) -> None:
    (folder / "amp.yaml").write_text("ERROR\n")
    (folder / "link.amp.yaml").symlink_to("amp.yaml")
    given = ["amp.yaml", ".", "./amp.yaml", str(folder / "amp.yaml"), "link.amp.yaml"]
    assert concise(run, *given) == ["amp.yaml:1:1: error[no-error] there is ERROR"]


def test_paths_may_stand_before_between_and_behind_options(folder: Path, run: Callable) -> None:
    for name in ("a", "b", "-c"):
        (folder / name).write_text("ERROR\n")
    found = run("check", "a", "--quiet", "b", "--output-format=concise", "--", "-c")
    assert [line.partition(":")[0] for line in found.out.splitlines()] == ["-c", "a", "b"]


class Stdin:
    def __init__(self, data: bytes) -> None:
        self.buffer = io.BytesIO(data)


def test_standard_input(folder: Path, run: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "amp.yaml").write_text("INFO\n")
    monkeypatch.setattr(sys, "stdin", Stdin(b"\xef\xbb\xbfx: ERROR\n"))
    assert concise(run, "-") == ["<stdin>:1:4: error[no-error] there is ERROR"]
    monkeypatch.setattr(sys, "stdin", Stdin(b"x: ERROR\n"))
    assert concise(run, "-", "amp.yaml", "-", "--stdin-filename", "a/b.yaml") == [
        "a/b.yaml:1:4: error[no-error] there is ERROR",
        "amp.yaml:1:1: info[no-info] there is INFO",
    ]


def test_a_file_may_be_called_like_standard_input(folder: Path, run: Callable) -> None:
    (folder / "-").write_text("ERROR\n")
    assert concise(run, "./-") == ["./-:1:1: error[no-error] there is ERROR"]


def test_closed_standard_input(run: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    outcome = run("check", "-")
    assert outcome.code == 2
    assert outcome.err == "amp-lint: cannot read <stdin>: it is closed\n"


def test_what_cannot_be_read_does_not_stop_the_rest(folder: Path, run: Callable) -> None:
    (folder / "a.amp.yaml").write_text("a: b\n")
    (folder / "b.amp.yaml").symlink_to("nowhere")
    (folder / "c.amp.yaml").symlink_to("c.amp.yaml")
    outcome = run("check", ".", "missing\n.yaml")
    assert outcome.code == 2
    assert outcome.out == "The manifest that could be linted is clean\n"
    first, second, third = outcome.err.splitlines()
    assert first == "amp-lint: cannot read b.amp.yaml: No such file or directory"
    assert second.startswith("amp-lint: cannot read c.amp.yaml: ")
    assert third == "amp-lint: cannot read missing\\n.yaml: No such file or directory"


def test_a_file_that_vanishes_between_search_and_reading(
    folder: Path, run: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    from amp_lint.config import discovery

    (folder / "a.amp.yaml").write_text("ERROR\n")
    (folder / "b.amp.yaml").write_text("ERROR\n")
    search = discovery.discover

    def search_and_remove(*arguments: object, **options: object) -> discovery.Discovery:
        found = search(*arguments, **options)  # type: ignore[arg-type]
        (folder / "a.amp.yaml").unlink()
        return found

    monkeypatch.setattr(discovery, "discover", search_and_remove)
    outcome = run("check", "--output-format", "concise")
    assert outcome.code == 2
    assert outcome.out == "b.amp.yaml:1:1: error[no-error] there is ERROR\n"
    assert outcome.err == "amp-lint: cannot read a.amp.yaml: No such file or directory\n"


def test_a_folder_without_manifests_is_an_error_of_its_own(folder: Path, run: Callable) -> None:
    (folder / "full").mkdir()
    (folder / "full" / "amp.yaml").write_text("ERROR\n")
    (folder / "bare").mkdir()
    outcome = run("check", "full", "bare", "--output-format", "concise")
    assert outcome.code == 2
    assert outcome.out.startswith(f"full{os.sep}amp.yaml:1:1: error")
    assert outcome.err == (
        f"amp-lint: no manifest in {os.path.realpath('bare')} or below: none is called amp.yaml, "
        "amp.yml, *.amp.yaml, *.amp.yml (a file that is named as PATH is linted)\n"
    )


@pytest.mark.usefixtures("folder")
def test_json_is_json_even_when_nothing_was_linted(run: Callable) -> None:
    outcome = run("check", "missing", "--output-format", "json")
    assert outcome.code == 2
    assert json.loads(outcome.out)["summary"] == {
        "files": 0,
        "errors": 0,
        "warnings": 0,
        "infos": 0,
        "fixed": 0,
        "fixable": 0,
        "fixable_unsafe": 0,
        "manual": 0,
    }


def test_a_rule_that_fails_costs_one_line_and_nothing_else(folder: Path, run: Callable) -> None:
    for name in "abc":
        (folder / f"{name}.amp.yaml").write_text("a: [CRASH, INFO]\n")
    outcome = run("check", "--output-format", "concise")
    assert outcome.code == 2
    assert len(outcome.out.splitlines()) == 3
    assert outcome.err == (
        "amp-lint: a.amp.yaml: the rule some-crash failed: ValueError: a bug\\nin two lines "
        f"(and on 2 more); {BUG}\n"
    )


def test_debug_prints_the_traceback(folder: Path, run: Callable) -> None:
    (folder / "amp.yaml").write_text("CRASH\n")
    first, *others = run("check", "--debug").err.splitlines()
    assert first.endswith(BUG)
    assert others[0] == "Traceback (most recent call last):"
    assert others[-2:] == ["ValueError: a bug", "in two lines"]


def test_an_engine_that_fails_costs_one_manifest(
    folder: Path, run: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    from amp_lint.cli import check_files

    (folder / "a.amp.yaml").write_text("BREAK\n")
    (folder / "b.amp.yaml").write_text("ERROR\n")
    lint = check_files.lint

    def fragile(source: object, settings: object) -> object:
        if "BREAK" in source.text:  # type: ignore[attr-defined]
            raise RecursionError("too deep")
        return lint(source, settings)  # type: ignore[arg-type]

    monkeypatch.setattr(check_files, "lint", fragile)
    outcome = run("check", "--output-format", "concise")
    assert outcome.code == 2
    assert outcome.out == "b.amp.yaml:1:1: error[no-error] there is ERROR\n"
    assert outcome.err == f"amp-lint: cannot lint a.amp.yaml: RecursionError: too deep; {BUG}\n"


@pytest.mark.parametrize("debug", [False, True])
def test_any_other_mistake_of_ours_is_one_line(
    debug: bool, run: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: object) -> int:
        raise LookupError("x\ny")

    monkeypatch.setattr("amp_lint.cli.commands.check.check", broken)
    outcome = run("check", *["--debug"] * debug)
    assert outcome.code == 2
    lines = outcome.err.splitlines()
    assert lines[0] == f"amp-lint: LookupError: x\\ny; {BUG}"
    assert len(lines) > 5 if debug else len(lines) == 1


@pytest.mark.parametrize(
    "format_name", ["text", "concise", "json", "sarif", "github", "gitlab", "junit"]
)
def test_the_same_input_gives_the_same_bytes(
    format_name: str, folder: Path, spawn: Callable
) -> None:
    item = "    - {objectName: lead, inheritMapping: true}\n"
    text = f"integrations:\n- name: x\n  write:\n    objects:\n{item}{item}"
    (folder / "amp.yaml").write_text(text)
    (folder / "b.amp.yaml").write_text(text)
    outputs = [
        spawn(
            "check",
            "--strict",
            "--select=write-inherit-mapping",
            f"--output-format={format_name}",
            env={"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C.UTF-8"},
        )
        for seed, zone in (("0", "UTC"), ("1", "Asia/Tokyo"))
    ]
    assert outputs[0].returncode == 1
    assert outputs[0].stdout
    assert outputs[0].stdout == outputs[1].stdout


def test_interrupting_is_quiet(folder: Path, run: Callable) -> None:
    (folder / "amp.yaml").write_text("INTERRUPT\n")
    outcome = run("check")
    assert (outcome.code, outcome.out, outcome.err) == (130, "", "")


def test_main_takes_any_sequence(folder: Path) -> None:
    (folder / "amp.yaml").write_text("ERROR\n")
    assert main(("check", "--quiet")) == 1


def test_without_options_what_holds_is_what_the_parser_says() -> None:
    said = vars(make_parser().read(["amp.yaml"], "paths"))

    assert said == {"paths": ["amp.yaml"], **DEFAULTS}


def test_a_named_file_that_is_excluded_is_linted_unless_exclusion_is_forced(
    folder: Path, run: Callable
) -> None:
    (folder / "amp-lint.toml").write_text("exclude = ['vendor/', 'old.amp.yaml']\n")
    (folder / "vendor" / "deep").mkdir(parents=True)
    names = ["amp.yaml", "old.amp.yaml", "vendor/amp.yaml", "vendor/deep/amp.yaml"]
    for name in names:
        (folder / name).write_text("ERROR\n")
    named = run("check", "--output-format", "concise", *names)
    assert len(named.out.splitlines()) == 4
    forced = run("check", "--output-format", "concise", "--force-exclude", *names)
    assert (forced.code, len(forced.out.splitlines())) == (1, 1)
    assert forced.out.startswith("amp.yaml:")
    # As hooks do it when only excluded files were staged.
    nothing = run("check", "--force-exclude", *names[1:])
    assert (nothing.code, nothing.out, nothing.err) == (0, "", "")


def test_the_name_of_standard_input_can_be_excluded(
    folder: Path, run: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "amp-lint.toml").write_text("exclude = ['vendor/']\n")
    for name, code in (("vendor/amp.yaml", 0), ("amp.yaml", 1)):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"ERROR\n")))
        outcome = run("check", "-", "--stdin-filename", name, "--force-exclude")
        assert outcome.code == code
