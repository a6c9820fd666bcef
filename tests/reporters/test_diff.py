from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amp_lint.reporters.diff import unified_diff

TEXTS = st.lists(st.sampled_from(["a", "b", "c\r", "", "d\u2028e", "\x0c"]), max_size=12)


def test_a_difference_is_shown_with_its_surroundings() -> None:
    before = "".join(f"{number}\n" for number in range(9))
    assert list(unified_diff("amp.yaml", before, before.replace("4", "x"))) == [
        "--- amp.yaml",
        "+++ amp.yaml",
        "@@ -2,7 +2,7 @@",
        *(f" {number}" for number in (1, 2, 3)),
        "-4",
        "+x",
        *(f" {number}" for number in (5, 6, 7)),
    ]


def test_a_missing_final_newline_is_told() -> None:
    assert list(unified_diff("f", "a", "b"))[-4:] == [
        "-a",
        "\\ No newline at end of file",
        "+b",
        "\\ No newline at end of file",
    ]


def test_equal_texts_have_no_difference() -> None:
    assert list(unified_diff("f", "a\r\nb", "a\r\nb")) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no such names")
@pytest.mark.parametrize("name", ["a b.yaml", "a\nb", 'a"b', "a\\b c", "é", "a\tb"])
@pytest.mark.parametrize("command", ["git apply -p0", "patch -p0 --silent"])
def test_any_name_of_a_file_can_be_read_back(name: str, command: str, tmp_path: Path) -> None:
    program, *options = command.split()
    if shutil.which(program) is None:
        pytest.skip(f"there is no {program}")
    file = tmp_path / name
    file.write_text("a\n", "utf-8")
    patch = "".join(f"{line}\n" for line in unified_diff(name, "a\n", "b\n"))
    subprocess.run([program, *options], cwd=tmp_path, input=patch.encode(), check=True, timeout=60)
    assert file.read_text("utf-8") == "b\n"


@given(TEXTS, TEXTS, st.sampled_from(["", "\n"]))
def test_git_applies_it(
    tmp_path_factory: pytest.TempPathFactory, before: list[str], after: list[str], end: str
) -> None:
    old, new = "\n".join(before) + end, "\n".join(after)
    folder: Path = tmp_path_factory.mktemp("patch")
    file = folder / "f"
    file.write_bytes(old.encode())
    lines = list(unified_diff("f", old, new))
    if not lines or not old or not new:
        return
    patch = "".join(f"{line}\n" for line in lines)
    subprocess.run(
        ["git", "apply", "-p0", "--whitespace=nowarn", "-"],
        cwd=folder,
        input=patch.encode(),
        check=True,
        timeout=60,
    )
    assert file.read_bytes() == new.encode()
