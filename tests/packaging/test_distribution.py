"""What a user installs: the sdist, the wheel made from it, and an editable install.

Nothing is downloaded: the builds use the backend of the running environment, and the new
environments see its dependencies through a path file.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from email.parser import HeaderParser
from pathlib import Path, PurePosixPath

import pytest

import amp_lint

PACKAGES = {
    "amp_language_server": "server",
    "amp_lint": "rules",
    "amp_schema": "schemas",
}
SCRIPTS = ["amp-lint", "amp-language-server"]
SECONDS = 120


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command that must succeed, away from the variables that choose import paths."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    result = subprocess.run(
        command,
        cwd=cwd,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert result.returncode == 0, f"{command}\n{result.stdout}\n{result.stderr}"
    return result.stdout


def build(source: Path, out: Path, kind: str) -> Path:
    run(
        *(sys.executable, "-m", "build", "--no-isolation", f"--{kind}"),
        *("--outdir", out, source),
        cwd=out,
    )
    (artefact,) = out.iterdir()
    return artefact


@pytest.fixture(scope="module")
def sdist(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(repository, tmp_path_factory.mktemp("sdist"), "sdist")


@pytest.fixture(scope="module")
def wheel(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(repository, tmp_path_factory.mktemp("wheel"), "wheel")


@pytest.fixture(scope="module")
def unpacked_sdist(sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("unpacked")
    with tarfile.open(sdist) as archive:
        # The filter is missing before 3.11.4, and leaving it out is deprecated from 3.12.
        archive.extraction_filter = getattr(tarfile, "data_filter", lambda member, _: member)
        archive.extractall(folder)
    (root,) = folder.iterdir()
    return root


def contents(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def package_files(repository: Path) -> set[str]:
    """The files of the three packages in the working tree, without what builds the catalog."""
    return {
        path.relative_to(repository / floor).as_posix()
        for package, floor in PACKAGES.items()
        for path in (repository / floor / package).rglob("*")
        if path.is_file() and not {"__pycache__", "build"} & set(path.parts)
    }


def test_the_wheel_holds_the_packages_the_completions_and_nothing_else(
    wheel: Path, repository: Path
) -> None:
    metadata = f"amp_lint-{amp_lint.__version__}.dist-info"
    shared = f"amp_lint-{amp_lint.__version__}.data/data/share"
    names = {name for name in contents(wheel) if PurePosixPath(name).parts[0] != metadata}

    assert names == package_files(repository) | {
        f"{shared}/bash-completion/completions/amp-lint",
        f"{shared}/zsh/site-functions/_amp-lint",
    }


def test_the_wheel_holds_data_and_type_markers(wheel: Path) -> None:
    files = contents(wheel)

    assert {f"{package}/py.typed" for package in PACKAGES} <= set(files)
    assert json.loads(files["amp_schema/manifest.schema.json"])
    assert json.loads(files["amp_schema/providers.json"])
    assert json.loads(files["amp_schema/object_sources.json"])
    assert json.loads(files["amp_schema/provider_objects/salesforce.json"])


def test_the_objects_add_little_to_the_wheel(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        files = [one for one in archive.infolist() if "/provider_objects/" in one.filename]
        assert 0 < sum(one.compress_size for one in files) < 300_000


def test_the_metadata_is_what_an_index_shows(wheel: Path) -> None:
    folder = f"amp_lint-{amp_lint.__version__}.dist-info"
    metadata = HeaderParser().parsestr(contents(wheel)[f"{folder}/METADATA"].decode())

    assert metadata["Name"] == "amp-lint"
    assert metadata["Version"] == amp_lint.__version__
    assert metadata["License-Expression"] == "MIT"
    assert metadata["Requires-Python"] == ">=3.10"
    assert f"{folder}/licenses/LICENSE" in contents(wheel)


def test_the_sdist_builds_into_the_same_wheel(
    unpacked_sdist: Path, wheel: Path, tmp_path: Path
) -> None:
    again = build(unpacked_sdist, tmp_path, "wheel")

    assert again.name == wheel.name
    assert contents(again) == contents(wheel)


def test_the_sdist_can_be_tested(unpacked_sdist: Path, repository: Path) -> None:
    def tests(root: Path) -> set[str]:
        return {path.relative_to(root).as_posix() for path in (root / "tests").rglob("*.py")}

    assert tests(unpacked_sdist) == tests(repository)
    assert (unpacked_sdist / "Makefile").is_file()
    assert (unpacked_sdist / ".pre-commit-hooks.yaml").is_file()


def fresh_environment(folder: Path) -> Path:
    """Return the Python of a new environment that sees the dependencies, and not the project.

    A path file adds the folder that it names, but the path files in that folder are not read; so
    the running environment's own editable install of the project stays out of sight. What is
    installed later comes first: its own folder, and its path file by name.
    """
    venv.create(folder, with_pip=False, symlinks=os.name != "nt")
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    own = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder)
    dependencies = sysconfig.get_path("purelib") + "\n"
    Path(own.strip(), "dependencies.pth").write_text(dependencies, encoding="utf-8")
    return python


def install(python: Path, what: Path, *options: str) -> None:
    """Install the project alone into an environment."""
    run(
        *(sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", str(python)),
        *("install", "--no-deps", "--no-index", "--no-build-isolation", "--ignore-installed"),
        *(*options, str(what)),
        cwd=python.parent,
    )


def places(python: Path) -> dict[str, Path]:
    """Say where an environment imports each package from."""
    code = (
        "import importlib, json\n"
        f"modules = map(importlib.import_module, {sorted(PACKAGES)})\n"
        "print(json.dumps({module.__name__: module.__file__ for module in modules}))"
    )
    found = json.loads(run(python, "-c", code, cwd=python.parent))
    return {package: Path(file).resolve().parent for package, file in found.items()}


def importable(python: Path, name: str) -> bool:
    code = f"import importlib.util; print(importlib.util.find_spec({name!r}) is not None)"
    return run(python, "-c", code, cwd=python.parent).strip() == "True"


@pytest.fixture(scope="module")
def with_wheel(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    python = fresh_environment(tmp_path_factory.mktemp("with_wheel") / "venv")
    install(python, wheel)
    return python


@pytest.fixture(scope="module")
def editable(unpacked_sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    python = fresh_environment(tmp_path_factory.mktemp("editable") / "venv")
    install(python, unpacked_sdist, "--editable")
    return python


@pytest.mark.parametrize("script", SCRIPTS)
def test_an_installed_wheel_gives_working_commands(with_wheel: Path, script: str) -> None:
    output = run(with_wheel.with_name(script), "--version", cwd=with_wheel.parent)

    assert output == f"{script} {amp_lint.__version__}\n"


def test_an_installed_wheel_is_imported_from_its_environment(with_wheel: Path) -> None:
    environment = with_wheel.parent.parent.resolve()

    assert all(environment in place.parents for place in places(with_wheel).values())


@pytest.mark.parametrize("script", SCRIPTS)
def test_an_editable_install_gives_working_commands(editable: Path, script: str) -> None:
    output = run(editable.with_name(script), "--version", cwd=editable.parent)

    assert output == f"{script} {amp_lint.__version__}\n"


def test_an_editable_install_is_imported_from_the_source(
    editable: Path, unpacked_sdist: Path
) -> None:
    root = unpacked_sdist.resolve()

    assert places(editable) == {
        package: root / floor / package for package, floor in PACKAGES.items()
    }


@pytest.mark.parametrize("name", ["rules", "server", "schemas", "tests"])
@pytest.mark.parametrize("kind", ["with_wheel", "editable"])
def test_no_install_puts_a_generic_name_on_the_import_path(
    kind: str, name: str, request: pytest.FixtureRequest
) -> None:
    assert not importable(request.getfixturevalue(kind), name)
