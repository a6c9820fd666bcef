"""Which file counts for a manifest, what is remembered, and how little is looked at."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from amp_lint.config import ConfigError, Configuration, read_configuration
from amp_lint.config.lookup import Configurations

Write = Callable[[str, str], Path]


def file_for(manifest: str) -> Path | None:
    return Configurations().configuration_for(manifest).file


def test_in_one_folder_the_dotted_file_wins_then_the_plain_then_pyproject(write: Write) -> None:
    project = write("pyproject.toml", "[tool.amp-lint]\n")
    assert file_for("amp.yaml") == project
    plain = write("amp-lint.toml", "")
    assert file_for("amp.yaml") == plain
    dotted = write(".amp-lint.toml", "")
    assert file_for("amp.yaml") == dotted


def test_the_nearest_folder_wins(write: Write) -> None:
    top = write(".amp-lint.toml", "")
    inner = write("a/b/pyproject.toml", "[tool.amp-lint]\n")
    assert file_for("a/amp.yaml") == top
    assert file_for("a/b/amp.yaml") == inner
    assert file_for("a/b/c/../d/amp.yaml") == inner


@pytest.mark.parametrize("text", ["", "[tool.other]\n", "dependencies = ['amp-lint']\n", "[tool]"])
def test_a_pyproject_without_the_table_does_not_count(text: str, write: Write) -> None:
    top = write("amp-lint.toml", "")
    write("a/pyproject.toml", text)
    assert file_for("a/amp.yaml") == top


def test_a_broken_pyproject_that_is_not_about_us_is_not_our_business(write: Write) -> None:
    write("pyproject.toml", "[[[\n")
    assert file_for("amp.yaml") is None


def test_a_folder_of_that_name_does_not_count(folder: Path) -> None:
    (folder / "amp-lint.toml").mkdir()
    assert file_for("amp.yaml") is None


def test_of_a_link_the_folder_that_it_lies_in_counts(folder: Path, write: Write) -> None:
    here = write("amp-lint.toml", "")
    write("other/amp-lint.toml", "")
    write("other/amp.yaml", "")
    (folder / "amp.yaml").symlink_to("other/amp.yaml")
    assert file_for("amp.yaml") == here


def test_an_answer_is_remembered_until_a_new_object_asks(write: Write) -> None:
    configurations = Configurations()
    assert configurations.configuration_for("a/amp.yaml").file is None
    file = write("a/amp-lint.toml", "")
    assert configurations.configuration_for("a/amp.yaml").file is None
    assert Configurations().configuration_for("a/amp.yaml").file == file


def test_an_error_is_remembered_too(write: Write) -> None:
    file = write("amp-lint.toml", "x = 1\n")
    configurations = Configurations()
    with pytest.raises(ConfigError, match="there is no key `x`"):
        configurations.configuration_for("amp.yaml")
    file.unlink()
    with pytest.raises(ConfigError, match="there is no key `x`"):
        configurations.configuration_for("a/amp.yaml")


def test_a_folder_is_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    from amp_lint.config import lookup

    looked: list[Path] = []

    def is_file(path: Path) -> bool:
        looked.append(path)
        return False

    monkeypatch.setattr(lookup, "is_file", is_file)
    configurations = Configurations()
    for number in range(20):
        configurations.configuration_for(f"a/{number}.amp.yaml")
    assert len(looked) == len(set(looked))
    before = len(looked)
    configurations.configuration_for("a/b/amp.yaml")
    assert len(looked) == before + 3
    configurations.of_folder("a/c", {"amp.yaml"})
    assert len(looked) == before + 3


def test_a_fixed_one_is_for_every_manifest(write: Write) -> None:
    write("amp-lint.toml", "x = 1\n")
    fixed = Configuration()
    assert Configurations(fixed).configuration_for("amp.yaml") is fixed


def test_a_file_of_any_name_can_be_read(write: Write) -> None:
    file = write("strict.toml", 'fail-on = "info"\n')
    assert read_configuration("strict.toml").file == file
