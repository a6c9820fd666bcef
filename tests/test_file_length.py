"""A file can be read at one sitting: none has more than 400 lines."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

MOST_LINES = 400
# Folders of the repository that hold no code of ours, or none that is kept.
NOT_OURS = {"node_modules", "__pycache__"}


def files(repository: Path) -> Iterator[Path]:
    """Yield the files of Python and TypeScript, without those of hidden and installed folders."""
    for path in repository.rglob("*"):
        folders = path.relative_to(repository).parts[:-1]
        if path.suffix in {".py", ".ts"} and not any(
            folder in NOT_OURS or folder.startswith(".") for folder in folders
        ):
            yield path


def test_no_file_is_longer(repository: Path) -> None:
    lengths = {path: path.read_text("utf-8").count("\n") for path in files(repository)}

    assert len(lengths) > 400
    assert [str(path) for path, lines in lengths.items() if lines > MOST_LINES] == []
