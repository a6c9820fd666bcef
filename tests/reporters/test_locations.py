"""File names in reports: from the root that the reader expects, wherever the run started."""

from __future__ import annotations

import json
import os
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pytest

from amp_lint.cli.main import main
from amp_lint.reporters.locations import STDIN_NAME, name_from, report_root

MANIFEST = """\
specVersion: 1.0.0
integrations:
  - name: crm-sync
    provider: hubspott
    proxy:
      enabled: true
"""
FROM_ROOT = "services/my crm/amp.yaml"
Report = Callable[..., str]


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a manifest in a subfolder, outside every CI system."""
    for name in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR", "GITHUB_ACTIONS", "TF_BUILD"):
        monkeypatch.delenv(name, raising=False)
    root = tmp_path / "checkout"
    (root / ".git").mkdir(parents=True)
    manifest = root / FROM_ROOT
    manifest.parent.mkdir(parents=True)
    manifest.write_text(MANIFEST, encoding="utf-8")
    return root


@pytest.fixture
def named(capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """The name of the file in a report of one finding."""

    def run(form: str, *arguments: str) -> str:
        capsys.readouterr()
        assert main(["check", "--isolated", "--output-format", form, *arguments]) == 1
        out = capsys.readouterr().out
        if form == "github":
            return out.partition("file=")[2].partition(",")[0]
        if form == "gitlab":
            return str(json.loads(out)[0]["location"]["path"])
        if form == "junit":
            return ET.fromstring(out)[0].attrib["name"]
        if form == "markdown":
            return out.partition("| error | ")[2].partition(":")[0]
        (result,) = json.loads(out)["runs"][0]["results"]
        return str(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"])

    return run


PROGRAMS = {
    "github": FROM_ROOT,
    "gitlab": FROM_ROOT,
    "junit": FROM_ROOT,
    "markdown": FROM_ROOT,
    "sarif": FROM_ROOT.replace(" ", "%20"),
}


@pytest.mark.parametrize("form", PROGRAMS)
@pytest.mark.parametrize("folder", [".", "services", "services/my crm", "../elsewhere"])
@pytest.mark.parametrize("spelling", ["search", "relative", "dotted", "absolute"])
def test_the_name_is_the_same_from_every_folder(
    form: str,
    folder: str,
    spelling: str,
    checkout: Path,
    named: Callable[..., str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    here = checkout / folder
    here.mkdir(exist_ok=True)
    monkeypatch.chdir(here)
    manifest = checkout / FROM_ROOT
    relative = os.path.relpath(manifest, here)
    path = {
        "search": os.path.relpath(checkout, here),
        "relative": relative,
        "dotted": f"./../{here.name}/{relative}",
        "absolute": str(manifest),
    }[spelling]
    # From another folder than the checkout, the reader has to say where the checkout is.
    options = ["--report-root", str(checkout)] if folder == "../elsewhere" else []
    assert named(form, path, *options) == PROGRAMS[form]


@pytest.mark.parametrize(
    ("form", "variable"),
    [
        ("github", "GITHUB_WORKSPACE"),
        ("markdown", "GITHUB_WORKSPACE"),
        ("sarif", "GITHUB_WORKSPACE"),
        ("gitlab", "CI_PROJECT_DIR"),
    ],
)
def test_the_ci_system_names_its_checkout(
    form: str,
    variable: str,
    checkout: Path,
    named: Callable[..., str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # A checkout without `.git`, and a step that runs elsewhere.
    (checkout / ".git").rmdir()
    monkeypatch.chdir(checkout.parent)
    monkeypatch.setenv(variable, str(checkout))
    assert named(form, str(checkout / FROM_ROOT)) == PROGRAMS[form]
    # The user decides.
    assert named(form, str(checkout), "--report-root", str(checkout / "services")) == (
        "my%20crm/amp.yaml" if form == "sarif" else "my crm/amp.yaml"
    )


@pytest.mark.parametrize("form", ["text", "concise", "json"])
def test_other_formats_name_files_as_given(form: str, checkout: Path) -> None:
    environment = {"GITHUB_WORKSPACE": str(checkout), "CI_PROJECT_DIR": str(checkout)}
    assert report_root(form, environment) is None


def test_a_variable_that_names_no_folder_does_not_count(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(checkout / "services")
    for value in ("", str(checkout / "gone")):
        found = report_root("github", {"GITHUB_WORKSPACE": value})
        assert found is not None
        assert Path(found).samefile(checkout)


def test_a_linked_work_tree_has_a_file_for_git(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (checkout / "services" / ".git").write_text("gitdir: elsewhere\n", encoding="utf-8")
    monkeypatch.chdir(checkout / "services" / "my crm")
    assert report_root("junit", {}) == str(Path.cwd().parent)


def test_outside_the_root_the_name_is_absolute(checkout: Path, tmp_path: Path) -> None:
    outside = tmp_path / "checkout-2" / "amp.yaml"
    assert name_from(str(checkout), str(outside)) == outside.as_posix()


def test_standard_input_without_a_name_is_no_file(checkout: Path) -> None:
    assert name_from(str(checkout), STDIN_NAME) == STDIN_NAME


@pytest.mark.skipif(os.name == "nt", reason="making links takes a privilege")
def test_links_to_the_checkout_lead_to_the_same_name(checkout: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(checkout)
    for root, top in ((link, checkout), (checkout, link)):
        assert name_from(str(root), str(top / FROM_ROOT)) == FROM_ROOT
    # A manifest that is a link is where the link is, as git has it.
    elsewhere = tmp_path / "shared.yaml"
    elsewhere.write_text(MANIFEST, encoding="utf-8")
    (checkout / "linked.amp.yaml").symlink_to(elsewhere)
    assert name_from(str(checkout), str(checkout / "linked.amp.yaml")) == "linked.amp.yaml"


def test_sarif_has_no_base_that_code_scanning_would_not_resolve(
    checkout: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(checkout)
    main(["check", "--isolated", "--output-format", "sarif"])
    assert "uriBaseId" not in capsys.readouterr().out
