"""What a run of the command line loads: a clean manifest is judged without anything heavy."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

# Each costs a run tens of milliseconds or more, and none is needed where all is well.
HEAVY = {
    "asyncio",
    "concurrent.futures",
    "croniter",
    "email",
    "http",
    "hypothesis",
    "importlib.metadata",
    "jsonschema",
    "lsprotocol",
    "multiprocessing",
    "pathspec",
    "pygls",
    "pytest",
    "referencing",
    "socket",
    "sqlite3",
    "subprocess",
    "tomli",
    "tomllib",
    "unittest",
    "urllib.request",
    "xml",
}
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
from amp_lint.cli import main
with contextlib.redirect_stdout(io.StringIO()) as out:
    code = main(["check", *sys.argv[1:]])
assert code == 0, out.getvalue()
print(json.dumps(sorted(sys.modules)))
"""


def modules(code: str, *arguments: str | Path) -> set[str]:
    """The modules loaded after running code in a process of its own, without the site's own."""
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


def test_importing_the_command_line_loads_no_engine_and_nothing_heavy() -> None:
    loaded = modules("import json, sys, amp_lint.cli; print(json.dumps(sorted(sys.modules)))")

    assert "amp_lint.cli" in loaded
    assert loaded & HEAVY == set()
    assert loaded & {"amp_lint.engine", "amp_lint.parse", "amp_schema.catalog", "ruamel"} == set()


def test_a_clean_manifest_is_judged_without_anything_heavy(tmp_path: Path) -> None:
    pytest.importorskip("_ruamel_yaml", reason="without the C parser ruamel's own one is loaded")
    file = tmp_path / "amp.yaml"
    file.write_text(CLEAN, encoding="utf-8")

    loaded = modules(CHECK, "--isolated", file)

    assert "amp_lint.rules.schedule_syntax" in loaded
    assert loaded & HEAVY == set()


def test_where_there_is_no_configuration_nothing_that_reads_one_is_loaded(tmp_path: Path) -> None:
    pytest.importorskip("_ruamel_yaml", reason="without the C parser ruamel's own one is loaded")
    file = tmp_path / "amp.yaml"
    file.write_text(CLEAN, encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'x'\n", encoding="utf-8")

    loaded = modules(CHECK, file)

    assert loaded & HEAVY == set()
    assert loaded & {"amp_lint.config.read", "amp_schema.config", "amp_lint.gitignore"} == set()


def test_a_right_configuration_needs_no_jsonschema(tmp_path: Path) -> None:
    pytest.importorskip("_ruamel_yaml", reason="without the C parser ruamel's own one is loaded")
    file = tmp_path / "amp.yaml"
    file.write_text(CLEAN, encoding="utf-8")
    (tmp_path / "amp-lint.toml").write_text("ignore = ['key-case']\n", encoding="utf-8")

    loaded = modules(CHECK, file)

    assert "amp_lint.config.read" in loaded
    assert loaded & HEAVY <= {"tomli", "tomllib"}


def test_the_packages_are_not_reached_through_generic_names() -> None:
    code = (
        "import importlib.util as u; "
        "print([n for n in ('rules', 'server', 'schemas') if u.find_spec(n)])"
    )
    result = subprocess.run(
        # Isolated: the current folder, where the folders of these names lie, is left out.
        [sys.executable, "-I", "-c", code],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )

    assert result.stdout == "[]\n"
