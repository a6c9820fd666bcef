"""Docstrings and comments are in plain English: they avoid the turns of phrase listed here.

`python tests/test_plain_english.py [FOLDER]` prints the share and the files that have most of them.
"""

from __future__ import annotations

import ast
import io
import re
import sys
import tokenize
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
FOLDERS = ("rules", "server", "schemas", "docs/generate", "benchmarks", "tests")
# Percent of the docstrings and comment lines that may have one; only lower it.
MOST = 1.0

# Each costs a reader a second look. Behind it, what to write instead.
TURNS = re.compile(
    r"""
      \bwhoever\b | \bwhatever\b                          # each, any, all; or the noun
    | (?<!there\ )\b(?:is|are|be|was|were)\ no\ (?!longer|more|less|fewer)  # is not a, is not
    | \bstands?\b(?!\ for|\ in\ for|-)                      # is, occurs, is written
    | \blaid\ (?:on|over|under)\b                           # override, apply
    | \bso\ many\b                                          # the number of
    | \b(?:takes?|taken|taking)\b(?:\ \w+)?\ away\b         # remove, close
    | \bdo(?:es|ing)?\ without\b                            # must have, requires
    | \bnone\ of\ (?:its|the|their)\b.{0,20}\bbusiness\b    # is skipped
    | \bmend(?:s|ed|ing)?\b                                 # fix
    | \bremed(?:y|ies)\b                                    # fix
    | \bsilenc(?:e|es|ed|ing)\b                             # suppress
    | \bdirectives?\b(?!.{0,20}(?:YAML|%))                  # suppression
    | \bmisshape[ns]?\b | \btorn\b | \bproposals?\b         # invalid, incomplete, completion
    | \banew\b | \bcome(?:s)?\ to\ stay\b                   # again
    """,
    re.X | re.I,
)


def passages(path: Path) -> Iterator[str]:
    """Yield each docstring, and each comment line, of a module."""
    text = path.read_text("utf-8")
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            doc = ast.get_docstring(node)
            if doc:
                yield doc
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.string


def counted(top: Path) -> tuple[int, Counter[Path], list[str]]:
    """Return the number of passages, the files that have turns, and the turns themselves."""
    total = 0
    files: Counter[Path] = Counter()
    found: list[str] = []
    for folder in FOLDERS:
        for path in sorted((top / folder).rglob("*.py")):
            if path.name == Path(__file__).name:
                continue
            for passage in passages(path):
                total += 1
                turns = [found[0] for found in TURNS.finditer(" ".join(passage.split()))]
                if turns:
                    files[path.relative_to(top)] += 1
                    found += turns
    return total, files, found


def report(top: Path) -> str:
    """Return the share of passages with a turn, and the files with most of them."""
    total, files, found = counted(top)
    count = sum(files.values())
    lines = [f"{count} of {total} docstrings and comment lines ({count / total:.1%})"]
    lines += [f"{number:5} {path}" for path, number in files.most_common()]
    turns = Counter(map(str.lower, found))
    lines += [f"{number:5} {turn!r}" for turn, number in turns.most_common()]
    return "\n".join(lines)


def test_docstrings_and_comments_are_in_plain_english() -> None:
    total, files, _ = counted(REPOSITORY)

    assert total > 1_000
    assert 100 * sum(files.values()) <= MOST * total, report(REPOSITORY)


if __name__ == "__main__":
    print(report(Path(sys.argv[1]) if len(sys.argv) > 1 else REPOSITORY))
