"""Reads a configuration file and the files that it extends, and reports problems with lines."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any

from amp_lint.config import ConfigError, Configuration, Problem, SnapshotFile, absolute, level
from amp_lint.config.gitignore import ignores_of
from amp_lint.config.names import PYPROJECT, TABLE, is_file
from amp_lint.config.toml_lines import KeyLines, KeyPath
from amp_lint.linter.engine import Settings
from amp_lint.text.messages import did_you_mean, quoted

# No configuration written by hand comes near these limits.
MAX_BYTES = 1024 * 1024
MAX_CHAIN = 16
MAX_PROBLEMS = 20

# The parser takes memory that grows with the square of a dotted key's parts.
_LONG_KEY = re.compile(r"""(?:\.[ \t]*(?:[\w-]+|"[^"\n]*"|'[^'\n]*')[ \t]*){50}""")

_PLACE = re.compile(r"\s*\(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$")


@dataclass(frozen=True)
class _Layer:
    """A file: its text, and the table of amp-lint in it, which is at `prefix`."""

    file: Path
    text: str
    table: dict[str, Any]
    prefix: KeyPath

    def problem(self, path: KeyPath, message: str) -> Problem:
        return Problem(self.file, self._lines.line((*self.prefix, *path)), message)

    @cached_property
    def _lines(self) -> KeyLines:
        return KeyLines.of(self.text)


def configuration_in(file: Path) -> Configuration:
    """Return the configuration of a file (an absolute path) and those it extends.

    Raises ConfigError.
    """
    chain = list(_chain(file))
    found_wrong = (problem for layer in chain for problem in _problems(layer))
    problems = list(islice(found_wrong, MAX_PROBLEMS))
    if problems:
        raise ConfigError(*sorted(problems, key=lambda p: (str(p.file), p.line, p.message)))
    found = Configuration()
    for layer in reversed(chain):
        found = _on_top(found, layer)
    return replace(found, file=file, files=tuple(layer.file for layer in chain))


def _chain(file: Path) -> Iterator[_Layer]:
    """Yield the file, the one that it extends, and so on. Raises ConfigError."""
    layer = _read(file)
    seen = {file.resolve()}
    yield layer
    while isinstance(layer.table.get("extend"), str) and layer.table["extend"]:
        said = layer.table["extend"]
        wanted = absolute(layer.file.parent / said)
        words = None
        if not is_file(wanted):
            words = f"`extend`: there is no file {quoted(said)}"
        elif wanted.resolve() in seen:
            words = f"`extend`: {quoted(said)} is circular"
        elif len(seen) == MAX_CHAIN:
            words = f"`extend`: the chain is longer than {MAX_CHAIN} files"
        if words is not None:
            raise ConfigError(layer.problem(("extend",), words))
        seen.add(wanted.resolve())
        layer = _read(wanted)
        yield layer


def our_table(project: Path) -> object:
    """What a pyproject.toml holds at `[tool.amp-lint]`, None for nothing. Raises ConfigError."""
    return _tool(_parsed(project, _text(project)))


def _tool(data: dict[str, Any]) -> object:
    tools = data.get("tool")
    return tools.get(TABLE) if isinstance(tools, dict) else None


def _read(file: Path) -> _Layer:
    text = _text(file)
    data = _parsed(file, text)
    if file.name != PYPROJECT:
        return _Layer(file, text, data, ())
    table = _tool(data)
    prefix = ("tool", TABLE)
    if isinstance(table, dict):
        return _Layer(file, text, table, prefix)
    no = f"there is no table `[tool.{TABLE}]`"
    words = no if table is None else f"`tool.{TABLE}` must be a table"
    raise ConfigError(_Layer(file, text, {}, prefix).problem((), words))


def _text(file: Path) -> str:
    try:
        # Opening a pipe would wait for a writer.
        if file.exists() and not is_file(file):
            raise ConfigError(Problem(file, 1, "cannot be read: it is no file"))
        with file.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise ConfigError(Problem(file, 1, f"cannot be read: {why}")) from error
    if len(data) > MAX_BYTES:
        words = f"is larger than {MAX_BYTES // 1024} KiB"
        raise ConfigError(Problem(file, 1, words))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ConfigError(Problem(file, line, "is not UTF-8, which TOML must be")) from error


def _parsed(file: Path, text: str) -> dict[str, Any]:
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    deep = _LONG_KEY.search(text)
    if deep is not None:
        line = text.count("\n", 0, deep.start()) + 1
        raise ConfigError(Problem(file, line, "has a key with too many parts"))
    try:
        loaded: dict[str, Any] = tomllib.loads(text)
    except RecursionError as error:
        words = "is nested too deeply"
        raise ConfigError(Problem(file, 1, words)) from error
    except ValueError as error:
        raise ConfigError(_syntax_problem(file, text, str(error))) from error
    return loaded


def _syntax_problem(file: Path, text: str, message: str) -> Problem:
    place = _PLACE.search(message)
    if place is None:
        return Problem(file, 1, "invalid TOML: a number is too large")
    what = message[: place.start()]
    what = f"{what[:1].lower()}{what[1:]}"
    if place["line"] is None:
        return Problem(file, text.count("\n") + 1, f"invalid TOML at the end of the file: {what}")
    words = f"invalid TOML at column {place['column']}: {what}"
    return Problem(file, int(place["line"]), words)


def _problems(layer: _Layer) -> Iterator[Problem]:
    """Yield the problems that the schema finds, then those that it cannot express."""
    from amp_schema.config_schema import schema
    from amp_schema.quick_validate import surely_valid

    rules = schema()
    if surely_valid(layer.table, rules, rules["$defs"]):
        yield from _unknown_rules(layer)
        yield from _useless_patterns(layer)
        return
    from amp_lint.config.schema_errors import violations

    for path, message in violations(layer.table):
        yield layer.problem(path, message)


def _unknown_rules(layer: _Layer) -> Iterator[Problem]:
    from amp_lint.linter.registry import rules

    for path, rule_id in _named_rules(layer.table):
        if rule_id not in rules():
            near = did_you_mean(rule_id, rules())
            words = f"`{path[0]}`: there is no rule {quoted(rule_id)}{near}"
            yield layer.problem((*path, rule_id), words)


def _named_rules(table: dict[str, Any]) -> Iterator[tuple[KeyPath, str]]:
    for key in ("select", "ignore"):
        yield from (((key,), rule_id) for rule_id in table.get(key, ()))
    yield from ((("severity",), rule_id) for rule_id in table.get("severity", ()))
    for pattern, ids in table.get("per-file-ignores", {}).items():
        yield from ((("per-file-ignores", pattern), rule_id) for rule_id in ids)


def _useless_patterns(layer: _Layer) -> Iterator[Problem]:
    listed = (("exclude", text) for text in layer.table.get("exclude", ()))
    single = (("per-file-ignores", text) for text in layer.table.get("per-file-ignores", ()))
    for key, pattern in (*listed, *single):
        if key == "per-file-ignores" and pattern.startswith("!"):
            words = f"`{key}`: {quoted(pattern)} must not begin with `!`"
            yield layer.problem((key, pattern), words)
        elif not _can_match(pattern):
            words = f"`{key}`: the pattern {quoted(pattern)} cannot match anything"
            yield layer.problem((key, pattern), words)


def _can_match(pattern: str) -> bool:
    try:
        ignores_of(Path("/"), [pattern])
    except ValueError:
        return False
    return True


def _on_top(below: Configuration, layer: _Layer) -> Configuration:
    """Return a configuration with the changes of a valid file that extends it."""
    table, old = layer.table, below.settings
    settings = Settings(
        select=frozenset(table["select"]) if "select" in table else old.select,
        ignore=frozenset(table.get("ignore", old.ignore)),
        severity={
            **old.severity,
            **{rule_id: level(word) for rule_id, word in table.get("severity", {}).items()},
        },
        destinations=tuple(table.get("destinations", old.destinations)),
    )
    folder = layer.file.parent
    exclude = below.exclude
    if "exclude" in table:
        exclude = ignores_of(folder, table["exclude"])
    per_file = {
        pattern: (ignores_of(folder, [pattern]), frozenset(ids))
        for pattern, ids in table.get("per-file-ignores", {}).items()
    }
    return Configuration(
        settings=settings,
        fail_on=level(table["fail-on"]) if "fail-on" in table else below.fail_on,
        exclude=exclude,
        per_file_ignores={**below.per_file_ignores, **per_file},
        snapshot=_snapshot(layer) if "snapshot" in table else below.snapshot,
        project=table.get("project", below.project),
    )


def _snapshot(layer: _Layer) -> SnapshotFile:
    key = layer.problem(("snapshot",), "")
    path = absolute(layer.file.parent / layer.table["snapshot"])
    return SnapshotFile(str(path), layer.file, key.line)
