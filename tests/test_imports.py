"""A run of the command line imports only what it needs: nothing heavy for a clean manifest."""

from __future__ import annotations

import ast
import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest

from amp_lint.linter.engine import Settings
from amp_lint.linter.registry import rules
from amp_lint.linter.rule_filter import RuleFilter
from amp_lint.text.source import Source
from amp_lint.yaml.reader import read

# Each costs a run milliseconds, some of them tens, and a clean manifest needs none of them.
HEAVY = {
    "argparse",
    "ast",
    "asyncio",
    "concurrent.futures",
    "croniter",
    "dataclasses",
    "email",
    "http",
    "hypothesis",
    "importlib.metadata",
    "inspect",
    "jsonschema",
    "lsprotocol",
    "multiprocessing",
    "pathlib",
    "pathspec",
    "pkgutil",
    "pygls",
    "pytest",
    "referencing",
    "shutil",
    "socket",
    "sqlite3",
    "subprocess",
    "tomli",
    "tomllib",
    "traceback",
    "unittest",
    "urllib",
    "xml",
}
# What a clean run imports inside functions, and no more: each is needed for every manifest.
# The rest of ours follows from the imports at the top of these modules, and from the rules' index.
NEEDED = (
    "amp_lint.cli.check_run",
    "amp_lint.cli.commands.check",
    "amp_lint.cli.main",
    "amp_lint.config.discovery",
    "amp_lint.linter.engine",
    "amp_lint.linter.rule_index",
    "amp_lint.linter.schema.validate",
    "amp_lint.reporters.text",
    "amp_lint.yaml.parser",
    "amp_lint.yaml.reader",
    "amp_schema.catalog",
    "amp_schema.objects",
    "amp_schema.quick_validate",
    "amp_schema.typos",
)
CLEAN = """\
specVersion: 1.0.0
integrations:
  - name: crm-sync
    displayName: CRM sync
    provider: hubspot
    read:
      objects:
        - objectName: contacts
          destination: contactWebhook
          schedule: "*/30 * * * *"
          requiredFields:
            - fieldName: email
"""
CHECK = """
import contextlib, io, json, sys
from amp_lint.cli.main import main
with contextlib.redirect_stdout(io.StringIO()) as out:
    code = main(["check", *sys.argv[1:]])
assert code == 0, out.getvalue()
print(json.dumps(sorted(sys.modules)))
"""


def modules(code: str, *arguments: str | Path) -> set[str]:
    """Return the modules that code imports in a new process, without those of the site itself."""
    result = subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    before = subprocess.run(
        [sys.executable, "-c", "import json, sys; print(json.dumps(sorted(sys.modules)))"],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    loaded: set[str] = set(json.loads(result.stdout)) - set(json.loads(before.stdout))
    return loaded


def imported_at_the_top(module: str) -> set[str]:
    """Return our modules that a module imports at its top, with the packages around them."""
    spec = importlib.util.find_spec(module)
    assert spec is not None
    assert spec.origin is not None
    body = ast.parse(Path(spec.origin).read_text("utf-8")).body
    found = {alias.name for node in body if isinstance(node, ast.Import) for alias in node.names}
    for node in body:
        if isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    found.add(module.rpartition(".")[0])
    return {name for name in found if name.startswith("amp_") and is_module(name)}


def is_module(name: str) -> bool:
    try:
        return importlib.util.find_spec(name) is not None
    except ModuleNotFoundError:  # the parent is a module, not a package
        return False


def closure(modules: set[str]) -> set[str]:
    """Return these modules and all that they import at the top, directly or not."""
    known: set[str] = set()
    waiting = set(modules)
    while waiting:
        module = waiting.pop()
        known.add(module)
        waiting |= imported_at_the_top(module) - known
    return known


def concerned(text: str) -> set[str]:
    """Return the modules of the rules that can apply to a manifest."""
    relevance = RuleFilter(read(Source.from_text(text)), tuple, suppressions=False)
    return {
        f"amp_lint.rules.{rule.module}"
        for rule in rules().values()
        if Settings().runs(rule) and relevance.concerns(rule)
    }


def test_importing_the_command_line_loads_no_engine_and_nothing_heavy() -> None:
    loaded = modules("import json, sys, amp_lint.cli.main; print(json.dumps(sorted(sys.modules)))")

    assert "amp_lint.cli.main" in loaded
    assert loaded & HEAVY == set()
    assert (
        loaded & {"amp_lint.linter.engine", "amp_lint.yaml.parser", "amp_schema.catalog", "ruamel"}
        == set()
    )


def test_a_clean_manifest_is_judged_without_anything_heavy(tmp_path: Path) -> None:
    pytest.importorskip("_ruamel_yaml", reason="without the C parser ruamel's own one is loaded")
    file = tmp_path / "amp.yaml"
    file.write_text(CLEAN, encoding="utf-8")

    loaded = modules(CHECK, "--isolated", file)

    assert "amp_lint.rules.names.destination_name_format" in loaded
    assert "amp_lint.rules.schedule.schedule_syntax" not in loaded
    # `--isolated` is an option, so argparse is needed.
    assert loaded & HEAVY == {"argparse", "shutil"}


def test_a_clean_check_loads_what_it_needs_and_no_more(tmp_path: Path) -> None:
    pytest.importorskip("_ruamel_yaml", reason="without the C parser ruamel's own one is loaded")
    file = tmp_path / "amp.yaml"
    file.write_text(CLEAN, encoding="utf-8")

    loaded = modules(CHECK, file)

    ours = {name for name in loaded if name.startswith("amp_")}
    assert ours == closure({*NEEDED, *concerned(CLEAN)})
    # Only a fix is written into a text.
    assert not {name for name in ours if name.startswith("amp_lint.yaml.editor")}
    others = {name.partition(".")[0] for name in loaded - ours} - sys.stdlib_module_names
    assert {name for name in others if "cython" not in name} == {"ruamel", "_ruamel_yaml"}


@pytest.mark.parametrize(
    ("right", "wrong", "rule"),
    [
        ("displayName:", "displayNam:", "unknown-key"),
        ('"*/30 * * * *"', "[]", "invalid-type"),
        ("specVersion: 1.0.0\n", "", "spec-version"),
    ],
)
def test_a_run_that_finds_something_imports_nothing_heavy(
    right: str, wrong: str, rule: str, tmp_path: Path
) -> None:
    file = tmp_path / "amp.yaml"
    file.write_text(CLEAN.replace(right, wrong), encoding="utf-8")
    code = CHECK.replace("assert code == 0", f"assert '[{rule}]' in out.getvalue()")

    loaded = modules(code, file)

    assert loaded & HEAVY == set()


def test_where_there_is_no_configuration_nothing_that_reads_one_is_loaded(tmp_path: Path) -> None:
    pytest.importorskip("_ruamel_yaml", reason="without the C parser ruamel's own one is loaded")
    file = tmp_path / "amp.yaml"
    file.write_text(CLEAN, encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'x'\n", encoding="utf-8")

    loaded = modules(CHECK, file)

    assert loaded & HEAVY == set()
    assert (
        loaded & {"amp_lint.config.loader", "amp_schema.config_schema", "amp_lint.config.gitignore"}
        == set()
    )


def test_a_right_configuration_needs_no_jsonschema(tmp_path: Path) -> None:
    pytest.importorskip("_ruamel_yaml", reason="without the C parser ruamel's own one is loaded")
    file = tmp_path / "amp.yaml"
    file.write_text(CLEAN, encoding="utf-8")
    (tmp_path / "amp-lint.toml").write_text("ignore = ['key-case']\n", encoding="utf-8")

    loaded = modules(CHECK, file)

    assert "amp_lint.config.loader" in loaded
    standard = {"ast", "dataclasses", "inspect", "pathlib", "urllib"}
    assert loaded & HEAVY <= {"tomli", "tomllib", *standard}


def test_the_packages_are_not_reached_through_generic_names() -> None:
    code = (
        "import importlib.util as u; "
        "print([n for n in ('rules', 'server', 'schemas') if u.find_spec(n)])"
    )
    result = subprocess.run(
        # Isolated, so that the current folder, which has folders of these names, is not searched.
        [sys.executable, "-I", "-c", code],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )

    assert result.stdout == "[]\n"
