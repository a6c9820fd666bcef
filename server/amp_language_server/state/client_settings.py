"""The section `ampLint` of an editor's settings: its keys, and the problems in it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Literal, TypeGuard, get_args

from amp_lint.config import Flags, level
from amp_lint.linter.finding import Severity
from amp_lint.text.messages import did_you_mean, quoted

SECTION = "ampLint"

Trace = Literal["off", "messages", "verbose"]

Changes = Literal["off", "deployed"]

_CHANGES: tuple[Changes, ...] = get_args(Changes)
_LEVELS = (*(one.value for one in Severity), "off")
_TRACES: tuple[Trace, ...] = get_args(Trace)

# A user who waits longer for a finding assumes that there is none.
_MAX_DEBOUNCE = 60_000


@dataclass(frozen=True, slots=True)
class ClientSettings:
    """An editor's settings for one workspace folder.

    `severity` and `destinations` override the configuration file as flags do. `config_file` applies
    to all manifests of the folder; a relative path counts from there. `debounce` is the rest after
    a keystroke, in seconds, before a document is analysed. `changes` is what open manifests are
    compared with; a revision is not among them, because a setting may come from a repository, and
    would start git.
    """

    severity: Mapping[str, Severity | None] = field(default_factory=dict)
    destinations: tuple[str, ...] = ()
    config_file: str | None = None
    debounce: float = 0.1
    trace: Trace = "off"
    changes: Changes = "off"

    @property
    def flags(self) -> Flags:
        """Settings that override the configuration file."""
        return Flags(severity=self.severity, destinations=self.destinations)


def read_settings(said: object) -> tuple[ClientSettings, tuple[str, ...]]:
    """Return the valid settings of the section, and a message for each invalid one.

    Unknown keys are ignored: they belong to the extension. null means that a setting is not set.
    """
    if said is None:
        return ClientSettings(), ()
    if not isinstance(said, dict):
        return ClientSettings(), (f"`{SECTION}` must be an object of settings",)
    reading = _SectionReader(said)
    settings = ClientSettings(
        reading.severity(),
        reading.destinations(),
        reading.config_file(),
        reading.debounce(),
        reading.trace(),
        reading.changes(),
    )
    return settings, tuple(reading.problems)


def section_of(settings: object) -> object:
    """Return the section from all settings of an editor, or from the bare section; else None."""
    if not isinstance(settings, dict):
        return None
    if SECTION in settings:
        return settings[SECTION]
    return settings if _KEYS & settings.keys() else None


class _SectionReader:
    """Reads one section, and collects its problems."""

    def __init__(self, said: dict[Any, Any]) -> None:
        self._said = said
        self.problems: list[str] = []

    def severity(self) -> dict[str, Severity | None]:
        said = self._said.get("severity")
        if said is None:
            return {}
        if not isinstance(said, dict):
            self._wrong("severity", "must map rule ids to levels")
            return {}
        return dict(self._levels(said))

    def _levels(self, said: dict[Any, Any]) -> Iterator[tuple[str, Severity | None]]:
        from amp_lint.linter.registry import rules

        for rule_id, word in said.items():
            if rule_id not in rules():
                near = did_you_mean(str(rule_id), rules())
                self._wrong("severity", f"unknown rule {quoted(str(rule_id))}{near}")
            elif not isinstance(word, str) or word not in _LEVELS:
                near = did_you_mean(str(word), _LEVELS)
                words = f"must be one of {', '.join(_LEVELS)}, not {quoted(str(word))}{near}"
                self._wrong(f"severity.{rule_id}", words)
            else:
                yield rule_id, level(word)

    def destinations(self) -> tuple[str, ...]:
        said = self._said.get("destinations")
        if said is None:
            return ()
        if isinstance(said, list) and all(isinstance(name, str) and name for name in said):
            return tuple(said)
        self._wrong("destinations", "must be a list of names")
        return ()

    def config_file(self) -> str | None:
        said = self._said.get("configFile")
        if said is None or said == "":
            return None
        if isinstance(said, str) and "\0" not in said:
            return said
        self._wrong("configFile", "must be the path of a configuration file")
        return None

    def debounce(self) -> float:
        said = self._said.get("debounceMs")
        if _is_number(said) and 0 <= said <= _MAX_DEBOUNCE:
            return said / 1000
        if said is not None:
            words = f"must be a number of milliseconds from 0 to {_MAX_DEBOUNCE}"
            self._wrong("debounceMs", words)
        return ClientSettings().debounce

    def trace(self) -> Trace:
        said = self._said.get("trace")
        for word in _TRACES:
            if said == word:
                return word
        if said is not None:
            self._wrong("trace", f"must be one of {', '.join(_TRACES)}")
        return "off"

    def changes(self) -> Changes:
        said = self._said.get("changes")
        for word in _CHANGES:
            if said == word:
                return word
        if said is not None:
            self._wrong("changes", f"must be one of {', '.join(_CHANGES)}")
        return "off"

    def _wrong(self, key: str, words: str) -> None:
        colon = "" if words.startswith("must") else ":"
        self.problems.append(f"`{SECTION}.{key}`{colon} {words}")


def _is_number(said: object) -> TypeGuard[int | float]:
    return isinstance(said, int | float) and not isinstance(said, bool) and math.isfinite(said)


_NAMES = {"config_file": "configFile", "debounce": "debounceMs"}
_KEYS = {_NAMES.get(one.name, one.name) for one in fields(ClientSettings)}
