"""Links and file names in the documentation lead to files that exist."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent
PAGES = sorted(
    path
    for pattern in ("*.md", "docs/**/*.md", "vscode-extension/*.md", "benchmarks/*.md")
    for path in REPOSITORY.glob(pattern)
)
# Where a file name in the documentation may begin: at the top, in a package, or in a room of it.
PACKAGES = ("rules/amp_lint", "schemas/amp_schema", "server/amp_language_server")
ROOMS = [room for package in PACKAGES for room in (REPOSITORY / package).iterdir()]
ROOTS = [REPOSITORY, *(REPOSITORY / package for package in PACKAGES), *ROOMS]

FENCE = re.compile(r"^(`{3,}).*?^\1`*$", re.M | re.S)
LINK = re.compile(r"\]\((?!https?:|<)([^)\s]+)\)")
# Names such as `yaml/parser.py` and `linter/schema/`.
FILE = re.compile(r"`((?:[\w.-]+/)+[\w-]+\.(?:py|md|json|sh|ts)|(?:[a-z_]+/)+)`")
HEADING = re.compile(r"^#+ (.+)$", re.M)


def prose(page: Path) -> str:
    return FENCE.sub("", page.read_text("utf-8"))


def anchors(page: Path) -> set[str]:
    """The anchors of the headings, as GitHub makes them."""
    return {
        re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        for heading in HEADING.findall(prose(page))
    }


def broken(page: Path) -> Iterator[str]:
    for link in LINK.findall(prose(page)):
        path, _, anchor = link.partition("#")
        target = page if not path else (page.parent / path)
        if not target.exists() or (anchor and anchor not in anchors(target)):
            yield link


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(REPOSITORY)))
def test_relative_links_lead_somewhere(page: Path) -> None:
    assert list(broken(page)) == []


@pytest.mark.parametrize(
    "page",
    ["README.md", "CONTRIBUTING.md", "docs/architecture.md", "docs/security.md", "docs/decisions"],
)
def test_files_that_are_named_exist(page: str) -> None:
    path = REPOSITORY / page
    pages = sorted(path.glob("*.md")) if path.is_dir() else [path]
    named = {name for one in pages for name in FILE.findall(prose(one))}

    missing = {name for name in named if not any((root / name).exists() for root in ROOTS)}
    # What the guide to a new rule creates, and what is not in a clone.
    missing -= {"rules/amp_lint/rules/subscribe/pipedrive_write_limit.py"}
    missing -= {"tests/rules/pipedrive-write-limit.md"}
    assert missing == set()
