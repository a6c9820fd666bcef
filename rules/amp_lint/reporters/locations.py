"""File names as reports for other programs spell them: relative to the root the reader expects."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping

# The name of standard input in a report, where the user gives none.
STDIN_NAME = "<stdin>"

# The variable in which a CI system names the root of its checkout, by report format.
_ROOT_VARIABLES = {
    "github": "GITHUB_WORKSPACE",
    "gitlab": "CI_PROJECT_DIR",
    "markdown": "GITHUB_WORKSPACE",
    "sarif": "GITHUB_WORKSPACE",
}
# These formats show a file as the user gave it, or as the search found it.
_AS_GIVEN = ("concise", "json", "text")


def report_root(output_format: str, environment: Mapping[str, str]) -> str | None:
    """Return the folder from which a format names files, or None where names stay as given.

    It is the checkout of the CI system whose format it is, else the top of the git work tree, else
    the current folder.
    """
    if output_format in _AS_GIVEN:
        return None
    named = environment.get(_ROOT_VARIABLES.get(output_format, ""))
    if named and os.path.isdir(named):
        return named
    current = _absolute(os.curdir)
    return next((one for one in _upwards(current) if _is_work_tree(one)), current)


def name_from(root: str | None, path: str) -> str:
    """Return a path relative to a root, with `/`; an absolute path if it lies outside the root.

    A path is inside if its spelling says so, or if its folder is inside once links are resolved.
    Without a root, the path stays as it is except for its separators.
    """
    if root is None or path == STDIN_NAME:
        return path.replace(os.sep, "/")
    absolute = _absolute(path)
    folder, name = os.path.split(absolute)
    resolved = os.path.join(os.path.realpath(folder), name)
    for candidate, top in ((absolute, _absolute(root)), (resolved, os.path.realpath(root))):
        if os.path.normcase(candidate).startswith(os.path.normcase(_with_separator(top))):
            return candidate[len(_with_separator(top)) :].replace(os.sep, "/")
    return absolute.replace(os.sep, "/")


def without_surrogates(text: str) -> str:
    """Return the text without lone surrogates, which many readers of JSON and XML refuse."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _absolute(path: str) -> str:
    try:
        return os.path.abspath(path)
    except OSError:
        # The current folder is deleted, so a relative path has no place.
        return os.path.join(os.sep, os.path.normpath(path))


def _with_separator(folder: str) -> str:
    return folder if folder.endswith(os.sep) else folder + os.sep


def _upwards(folder: str) -> Iterator[str]:
    yield folder
    while (above := os.path.dirname(folder)) != folder:
        yield above
        folder = above


def _is_work_tree(folder: str) -> bool:
    # A folder, or in a linked work tree and a submodule a file.
    return os.path.exists(os.path.join(folder, ".git"))
