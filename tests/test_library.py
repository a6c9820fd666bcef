"""The public names: they are documented, typed, complete, and work in every kind of process."""

from __future__ import annotations

import copy
import inspect
import io
import json
import multiprocessing
import os
import pickle
import re
import shutil
import subprocess
import sys
import typing
import zipfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

import amp_lint
from amp_lint import (
    ConfigError,
    Report,
    Settings,
    Severity,
    apply_fixes,
    lint_file,
    lint_text,
    load_configuration,
    write_report,
)

WRONG = """\
specVersion: 1.0
integrations:
  - name: crm-sync
    provider: Hubspot
    proxy:
      enabled: true
"""


def python(*arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    environment |= typing.cast("dict[str, str]", options.pop("env", {}))
    return subprocess.run(  # type: ignore[call-overload,no-any-return]
        [sys.executable, *arguments],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
        env=environment,
        **options,
    )


@pytest.fixture(scope="module")
def page(repository: Path) -> str:
    return (repository / "docs" / "library.md").read_text("utf-8")


def test_the_examples_of_the_page_print_what_it_says(page: str, tmp_path: Path) -> None:
    blocks = re.findall(r"^```(python|text)\n(.*?)^```$", page, re.S | re.M)
    script = tmp_path / "example.py"
    script.write_text("\n".join(code for kind, code in blocks if kind == "python"), "utf-8")
    done = python("-X", "utf8", str(script), cwd=tmp_path)
    assert done.stderr == ""
    assert done.stdout == "".join(text for kind, text in blocks if kind == "text")


def test_the_page_names_every_function(page: str) -> None:
    functions = [one for one in amp_lint.__all__ if inspect.isfunction(getattr(amp_lint, one))]
    assert len(functions) >= 6
    assert [one for one in functions if f"{one}`" not in page and f"`{one}(" not in page] == []


def test_what_public_members_return_is_public() -> None:
    public = {name: getattr(amp_lint, name) for name in amp_lint.__all__}
    named: set[str] = set()
    for name, member in public.items():
        if name == "Snapshot":  # its members follow the format of the file
            continue
        hints = [inspect.signature(member).return_annotation] if inspect.isfunction(member) else []
        hints += getattr(member, "__annotations__", {}).values()
        for _, one in inspect.getmembers(member, lambda one: isinstance(one, property)):
            hints.append(inspect.signature(one.fget).return_annotation)
        for _, one in inspect.getmembers(member, inspect.isfunction):
            if not one.__name__.startswith("_"):
                hints.append(inspect.signature(one).return_annotation)
        named.update(*(re.findall(r"\b[A-Z]\w+", str(hint)) for hint in hints))
    known = {"Mapping", "Path", "PathLike", "BlemishKind", "Format", "TextIO", "Iterable"}
    # Of `Settings.old`, which the command `changes` sets.
    known |= {"Any", "None", "Document"}
    assert named - known - set(public) == set()


@pytest.fixture(scope="module")
def report() -> Report:
    return lint_text(WRONG)


def test_results_can_be_pickled_and_copied(report: Report) -> None:
    settings = Settings(severity={"key-case": Severity.ERROR, "spec-version": None})
    for value in (report, report.findings, settings, apply_fixes(report, unsafe=True)):
        for again in (pickle.loads(pickle.dumps(value)), copy.copy(value), copy.deepcopy(value)):
            assert again == value


@pytest.mark.parametrize("method", ["spawn", "fork"])
def test_results_cross_processes(method: str, report: Report) -> None:
    if method not in multiprocessing.get_all_start_methods():
        pytest.skip(f"no {method} here")
    with ProcessPoolExecutor(1, multiprocessing.get_context(method)) as pool:
        assert pool.submit(lint_text, WRONG).result() == report


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            {"select": frozenset({"spec-versio"})},
            "`select`: there is no rule `spec-versio`; did you mean `spec-version`?",
        ),
        ({"ignore": frozenset({"zzz"})}, "`ignore`: there is no rule `zzz`"),
        ({"ignore": "key-case"}, "`ignore` must be a set of rule ids, not the string `key-case`"),
        ({"severity": {"zzz": None}}, "`severity`: there is no rule `zzz`"),
        (
            {"severity": {"key-case": "eror"}},
            "`severity`: the level of `key-case` must be a Severity or None, not `eror`; "
            "did you mean `error`?",
        ),
    ],
)
def test_settings_refuse_what_does_not_exist(arguments: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        Settings(**arguments)  # type: ignore[arg-type]


def test_fixes_are_applied_to_a_report(report: Report) -> None:
    safe = apply_fixes(report)
    assert [one.rule for one in safe.applied] == ["spec-version"]
    both = apply_fixes(report, unsafe=True)
    assert both.report.findings == ()
    assert both.report.source.text == WRONG.replace("1.0", "1.0.0").replace("Hub", "hub")
    without = Settings(ignore=frozenset({"spec-version"}))
    again = apply_fixes(lint_text(WRONG, settings=without), settings=without)
    assert (again.applied, again.report.source.text) == ((), WRONG)


def test_a_report_is_written_in_each_format(report: Report, tmp_path: Path) -> None:
    from amp_lint import reporters

    for name in reporters.names():
        stream = io.StringIO()
        write_report([report], name, stream)  # type: ignore[arg-type]
        assert "spec-version" in stream.getvalue()
        assert stream.getvalue().endswith("\n")
    named = lint_text(WRONG, path=str(tmp_path / "sub" / "amp.yaml"))
    stream = io.StringIO()
    write_report([named], "gitlab", stream, root=str(tmp_path))
    assert '"path": "sub/amp.yaml"' in stream.getvalue()


def test_an_unknown_format_is_refused(report: Report) -> None:
    with pytest.raises(ValueError, match="not `sarf`; did you mean `sarif`\\?"):
        write_report([report], "sarf", io.StringIO())  # type: ignore[arg-type]


def test_the_configuration_of_a_file_and_of_a_manifest(tmp_path: Path) -> None:
    file = tmp_path / "amp-lint.toml"
    file.write_text(
        "ignore = ['key-case']\n[per-file-ignores]\n'old/' = ['spec-version']\n", encoding="utf-8"
    )
    assert load_configuration(file).ignore == {"key-case"}
    assert load_configuration(tmp_path / "amp.yaml").ignore == {"key-case"}
    assert load_configuration(tmp_path / "old" / "amp.yaml").ignore == {"key-case", "spec-version"}
    file.write_text("ignore = 1\n", encoding="utf-8")
    for path in (file, tmp_path / "amp.yaml"):
        with pytest.raises(ConfigError) as caught:
            load_configuration(path)
        (problem,) = caught.value.problems
        assert (problem.file, problem.line) == (file, 1)


SCRIPT = """
import amp_lint, os, sys
report = amp_lint.lint_text("specVersion: 1.0\\n")
assert len(report.findings) == 2, report.findings
assert amp_lint.apply_fixes(report).applied
with open(os.devnull, "w") as nowhere: amp_lint.write_report([report], "sarif", nowhere)
print("done")
"""


@pytest.mark.parametrize(
    "flags", [["-O"], ["-OO"], ["-I"], ["-I", "-OO"], ["-b", "-b"], ["-Werror"]]
)
def test_every_kind_of_interpreter_runs_it(flags: list[str]) -> None:
    done = python(*flags, "-c", SCRIPT)
    assert (done.stdout, done.stderr) == ("done\n", "")


@pytest.mark.parametrize("flag", ["-O", "-OO"])
def test_the_rules_are_explained_without_docstrings(flag: str) -> None:
    plain = python("-m", "amp_lint", "rule", "key-case")
    assert plain.returncode == 0
    assert python(flag, "-m", "amp_lint", "rule", "key-case").stdout == plain.stdout


def test_it_runs_from_an_archive_on_the_path(repository: Path, tmp_path: Path) -> None:
    archive = tmp_path / "amp_lint.zip"
    with zipfile.ZipFile(archive, "w") as made:
        for floor in ("rules", "schemas"):
            for file in (repository / floor).rglob("*"):
                if file.is_file() and "__pycache__" not in file.parts:
                    made.write(file, file.relative_to(repository / floor))
    code = f"import sys; sys.path.insert(0, {str(archive)!r})\n{SCRIPT}"
    code += "assert '.zip' in amp_lint.__file__, amp_lint.__file__"
    done = python("-c", code)
    assert (done.stdout, done.stderr) == ("done\n", "")


@pytest.mark.skipif(os.name == "nt", reason="a folder in use cannot be deleted there")
def test_in_a_deleted_folder_check_says_so_in_one_line(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    wrong = tmp_path / "amp.yaml"
    wrong.write_text(WRONG, encoding="utf-8")
    for arguments, code, words in (
        ("check", 2, "amp-lint: the current folder is deleted"),
        ("check amp.yaml", 2, "amp-lint: the current folder is deleted"),
        ("schema", 0, ""),
        (f"check {wrong}", 1, ""),
        (f"check --output-format sarif {wrong}", 1, ""),
        ("rule key-case", 0, ""),
    ):
        gone.mkdir()
        command = f'cd "{gone}" && rmdir "{gone}" && exec "$0" -m amp_lint {arguments}'
        done = subprocess.run(
            ["sh", "-c", command, sys.executable],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == code, done.stderr
        assert done.stderr.splitlines() == ([words] if words else [])


def test_an_ascii_locale_costs_nothing_but_characters(tmp_path: Path) -> None:
    file = tmp_path / "amp.yaml"
    file.write_text(WRONG.replace("crm-sync", "名前"), encoding="utf-8")
    ascii_locale = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    report = tmp_path / "report.json"
    done = python(
        *("-m", "amp_lint", "check", str(file), "--output-format", "json"),
        *("--output-file", str(report)),
        env=ascii_locale,
    )
    assert (done.returncode, done.stderr) == (1, "")
    shown = python("-m", "amp_lint", "check", str(file), env=ascii_locale)
    assert (shown.returncode, shown.stderr) == (1, "")
    assert shown.stdout.isascii()
    other = python("-m", "amp_lint", "check", str(file), "--output-format", "json")
    assert report.read_text("utf-8") == other.stdout


# Type checkers

USE = """\
from amp_lint import Fixed, Report, Severity, apply_fixes, lint_text

report: Report = lint_text("a: b")
fixed: Fixed = apply_fixes(report)
level: Severity | None = report.worst
"""
MISSPELT = "import amp_lint\nfrom amp_lint import lint_txt\n\namp_lint.lint_fil('amp.yaml')\n"


def checker(name: str, *arguments: str) -> list[str]:
    folders = (str(Path(sys.executable).parent), os.environ["PATH"])
    found = shutil.which(name, path=os.pathsep.join(folders))
    if found is None:
        pytest.skip(f"{name} is not installed")
    return [found, *arguments]


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("mypy", ["--strict", "--no-incremental"]),
        ("basedpyright", ["--level", "error", "--pythonpath", sys.executable]),
        ("pyrefly", ["check", "--preset=strict", "--python-interpreter-path", sys.executable]),
        ("ty", ["check", "--python", sys.prefix]),
    ],
)
def test_a_misspelt_name_is_an_error_for_type_checkers(
    name: str, arguments: list[str], tmp_path: Path
) -> None:
    (tmp_path / "use.py").write_text(USE, encoding="utf-8")
    (tmp_path / "misspelt.py").write_text(MISSPELT, encoding="utf-8")
    # Both in one run, because a checker reads all of amp_lint for each.
    done = subprocess.run(
        [*checker(name, *arguments), "use.py", "misspelt.py"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    printed = done.stdout + done.stderr
    assert done.returncode, printed
    assert "lint_txt" in printed, printed
    assert "lint_fil" in printed, printed
    assert "use.py" not in printed, printed


def test_every_type_is_known() -> None:
    # It takes the interpreter that is first on PATH.
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    done = subprocess.run(
        checker("basedpyright", "--verifytypes", "amp_lint", "--ignoreexternal", "--outputjson"),
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    found = json.loads(done.stdout)["typeCompleteness"]
    unknown = [
        one["name"] for one in found["symbols"] if one["isTypeAmbiguous"] or not one["isTypeKnown"]
    ]
    assert (found["completenessScore"], unknown) == (1, [])


def test_a_file_that_cannot_be_read_raises(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="gone"):
        lint_file(tmp_path / "gone.yaml")
