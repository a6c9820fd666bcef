"""What a run of the command line loads: a clean manifest is judged without anything heavy."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

# Each costs a run milliseconds, or tens of them, and none is needed where all is well.
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
# Of ours, this much and no more: whoever adds to it has measured what it costs.
OURS = [
    "amp_lint",
    "amp_lint.allowance",
    "amp_lint.check",
    "amp_lint.cli",
    "amp_lint.commands",
    "amp_lint.commands.check",
    "amp_lint.complaints",
    "amp_lint.config",
    "amp_lint.config.find",
    "amp_lint.console",
    "amp_lint.directives",
    "amp_lint.discover",
    "amp_lint.document",
    "amp_lint.engine",
    "amp_lint.finding",
    "amp_lint.fix",
    "amp_lint.index",
    "amp_lint.links",
    "amp_lint.manifest",
    "amp_lint.parse",
    "amp_lint.path",
    "amp_lint.registry",
    "amp_lint.relevance",
    "amp_lint.remedies",
    "amp_lint.reporters",
    "amp_lint.reporters.text",
    "amp_lint.resolve",
    "amp_lint.rule",
    "amp_lint.rules",
    "amp_lint.schedule",
    "amp_lint.schedule.days",
    "amp_lint.schedule.fields",
    "amp_lint.schedule.gap",
    "amp_lint.schedule.mend",
    "amp_lint.schedule.parse",
    "amp_lint.schedule.runs",
    "amp_lint.schedule.steps",
    "amp_lint.schedule.words",
    "amp_lint.source",
    "amp_lint.structure",
    "amp_lint.stubs",
    "amp_lint.tree",
    "amp_lint.usage",
    "amp_lint.view",
    "amp_lint.wording",
    "amp_schema",
    "amp_schema.catalog",
    "amp_schema.data",
    "amp_schema.fits",
    "amp_schema.manifest",
    "amp_schema.nearest",
    "amp_schema.objects",
    "amp_schema.records",
    "amp_schema.slips",
]
# And of the rules, those that have anything to look at in the manifest.
RULES = [
    "destination_exists",
    "destination_name_format",
    "destination_near_miss",
    "duplicate_field",
    "duplicate_integration_name",
    "duplicate_objects",
    "field_identity",
    "field_mapping_jsonpath",
    "field_mapping_unique",
    "integration_name_format",
    "integration_name_length",
    "missing_schedule",
    "near_misses",
    "provider_capability",
    "provider_not_supported",
    "read_without_fields",
    "schedule_minimum_interval",
    "schedule_never_runs",
    "schedule_step_overflow",
    "schedule_syntax",
    "schedule_uneven",
    "yaml_duplicate_key",
]
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
    # There is an option to read.
    assert loaded & HEAVY == {"argparse", "shutil"}


def test_a_clean_check_loads_what_it_needs_and_no_more(tmp_path: Path) -> None:
    pytest.importorskip("_ruamel_yaml", reason="without the C parser ruamel's own one is loaded")
    file = tmp_path / "amp.yaml"
    file.write_text(CLEAN, encoding="utf-8")

    loaded = modules(CHECK, file)

    ours = {name for name in loaded if name.startswith("amp_")}
    assert ours == {*OURS, *(f"amp_lint.rules.{rule}" for rule in RULES)}
    others = {name.partition(".")[0] for name in loaded - ours} - sys.stdlib_module_names
    assert {name for name in others if "cython" not in name} == {"ruamel", "_ruamel_yaml"}


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
    standard = {"ast", "dataclasses", "inspect", "pathlib", "urllib"}
    assert loaded & HEAVY <= {"tomli", "tomllib", *standard}


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
