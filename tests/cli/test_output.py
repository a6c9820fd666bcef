"""Where the report goes, and in which form: --output-file, --statistics, GitHub's default."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from amp_lint import reporters
from amp_lint.cli.output_file import write

Run = Callable[..., Any]


@pytest.fixture
def manifest(folder: Path) -> Path:
    path = folder / "amp.yaml"
    path.write_text("ERROR\nWARNING\nERROR é\n", encoding="utf-8")
    return path


def leftovers(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name.startswith(".amp-lint-"))


@pytest.mark.usefixtures("manifest")
def test_the_file_gets_what_would_be_printed(run: Run, folder: Path) -> None:
    forms = reporters.names()
    for form in forms:
        printed = run("check", "--output-format", form)
        written = run("check", "--output-format", form, "--output-file", f"report.{form}")
        assert (written.code, written.out, written.err) == (1, "", ""), written.err
        assert (folder / f"report.{form}").read_bytes().decode() == printed.out
    assert leftovers(folder) == []


@pytest.mark.usefixtures("manifest")
def test_the_file_has_no_colours(run: Run, folder: Path) -> None:
    run("check", "--color", "always", "--output-file", "report")
    assert b"\x1b" not in (folder / "report").read_bytes()


@pytest.mark.usefixtures("manifest")
@pytest.mark.skipif(os.name == "nt", reason="the modes of Unix")
def test_a_new_file_has_the_usual_mode_and_an_old_one_keeps_its_own(run: Run, folder: Path) -> None:
    (folder / "plain").touch()
    old = folder / "old"
    old.write_text("something much longer than any report could be" * 100)
    old.chmod(0o640)
    run("check", "--output-file", "new")
    run("check", "--output-file", "old")
    assert (folder / "new").stat().st_mode == (folder / "plain").stat().st_mode
    assert stat.S_IMODE(old.stat().st_mode) == 0o640
    assert old.read_bytes() == (folder / "new").read_bytes()


@pytest.mark.usefixtures("manifest")
@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_a_link_stays_a_link(run: Run, folder: Path) -> None:
    (folder / "link").symlink_to("target")
    run("check", "--output-file", "link")
    assert (folder / "link").is_symlink()
    assert "no-error" in (folder / "target").read_text("utf-8")


@pytest.mark.usefixtures("manifest")
@pytest.mark.skipif(os.name == "nt", reason="a device of Unix")
def test_a_device_is_written_to(run: Run) -> None:
    assert run("check", "--output-file", os.devnull).code == 1
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)


@pytest.mark.usefixtures("manifest")
@pytest.mark.parametrize("name", ["missing/report", ".", "amp.yaml/report", "n" * 300])
def test_what_cannot_be_written_is_said(run: Run, folder: Path, name: str) -> None:
    outcome = run("check", "--output-file", name)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith(f"amp-lint: cannot write the report to {name}: ")
    assert outcome.err.count("\n") == 1
    assert [path.name for path in folder.iterdir()] == ["amp.yaml"]


def test_a_manifest_is_not_overwritten(run: Run, manifest: Path) -> None:
    before = manifest.read_bytes()
    outcome = run("check", "--output-file", f".{os.sep}amp.yaml")
    assert outcome.code == 2
    assert outcome.err.endswith(": it is one of the manifests\n")
    assert manifest.read_bytes() == before


def test_a_report_that_breaks_off_leaves_the_old_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError("the disk is full")

    report = folder / "report"
    report.write_text("old")
    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="full"):
        write(["new"], str(report))
    assert report.read_text() == "old"
    assert leftovers(folder) == []


@pytest.mark.usefixtures("manifest")
def test_an_empty_name_is_refused(run: Run) -> None:
    outcome = run("check", "--output-file=")
    assert outcome.code == 2
    assert "--output-file: the name is empty" in outcome.err


@pytest.mark.usefixtures("manifest")
def test_statistics_count_the_most_frequent_first(run: Run) -> None:
    assert run("check", "--statistics").out == (
        "2  error    no-error\n1  warning  no-warning\n\n2 errors, 1 warning in 1 manifest\n"
    )
    quiet = run("check", "--statistics", "--quiet", "--output-format", "concise")
    assert (quiet.code, quiet.out) == (1, "2  error    no-error\n1  warning  no-warning\n")


def test_statistics_of_clean_manifests_are_the_summary(run: Run, folder: Path) -> None:
    (folder / "amp.yaml").write_text("fine\n")
    assert run("check", "--statistics").out == "The manifest is clean\n"


@pytest.mark.usefixtures("manifest")
@pytest.mark.parametrize("form", ["json", "sarif", "github", "gitlab", "junit"])
def test_statistics_are_for_people(run: Run, form: str) -> None:
    outcome = run("check", "--statistics", "--output-format", form)
    assert (outcome.code, outcome.out) == (2, "")
    assert "--statistics requires the format text or concise" in outcome.err


@pytest.mark.usefixtures("manifest")
@pytest.mark.parametrize(
    ("value", "options", "start"),
    [
        ("true", [], "::error file=amp.yaml,"),
        ("true", ["--output-format", "concise"], "amp.yaml:1:1: "),
        ("true", ["--statistics"], "2  error"),
        ("false", [], "error[no-error]: "),
        ("", [], "error[no-error]: "),
    ],
)
def test_github_is_the_default_in_its_actions(
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
    value: str,
    options: list[str],
    start: str,
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", value)
    assert run("check", *options).out.startswith(start)


@pytest.mark.usefixtures("manifest")
def test_quiet_leaves_out_the_summary_of_annotations(run: Run) -> None:
    loud = run("check", "--output-format", "github").out.splitlines()
    quiet = run("check", "--output-format", "github", "--quiet").out.splitlines()
    assert loud == [*quiet, "2 errors, 1 warning in 1 manifest"]


@pytest.mark.usefixtures("folder")
def test_reports_for_programs_name_what_could_not_be_read(run: Run) -> None:
    outcome = run("check", "missing.yaml", "--output-format", "sarif")
    assert outcome.code == 2
    (entry,) = json.loads(outcome.out)["runs"]
    (note,) = entry["invocations"][0]["toolExecutionNotifications"]
    assert "missing.yaml" in note["message"]["text"]
