"""The section `ampLint` of an editor's settings: what it may say, and what is wrong with it."""

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

_LEVELS = (*(one.value for one in Severity), "off")
_TRACES: tuple[Trace, ...] = get_args(Trace)

# Whoever waits longer for a finding takes it for missing.
_LONGEST_DEBOUNCE = 60_000


@dataclass(frozen=True, slots=True)
class ClientSettings:
    """What an editor asks for in one workspace folder.

    `severity` and `destinations` are laid on the configuration file as flags are. `config_file` is
    used for all manifests of the folder, and a relative one counts from there. `debounce` are the
    seconds of rest behind a key before a document is judged: a person types faster.
    """

    severity: Mapping[str, Severity | None] = field(default_factory=dict)
    destinations: tuple[str, ...] = ()
    config_file: str | None = None
    debounce: float = 0.1
    trace: Trace = "off"

    @property
    def flags(self) -> Flags:
        """What is laid on the configuration file."""
        return Flags(severity=self.severity, destinations=self.destinations)


def read_settings(said: object) -> tuple[ClientSettings, tuple[str, ...]]:
    """Read the section; what is wrong is left out, and put in words.

    Keys that mean nothing here are the editor's own. null is what an editor says for nothing.
    """
    if said is None:
        return ClientSettings(), ()
    if not isinstance(said, dict):
        return ClientSettings(), (f"`{SECTION}` has to hold settings by name",)
    reading = _Reading(said)
    settings = ClientSettings(
        reading.severity(),
        reading.destinations(),
        reading.config_file(),
        reading.debounce(),
        reading.trace(),
    )
    return settings, tuple(reading.problems)


def section_of(settings: object) -> object:
    """The section, of an editor that sends all its settings or the bare section; None for none."""
    if not isinstance(settings, dict):
        return None
    if SECTION in settings:
        return settings[SECTION]
    return settings if _KEYS & settings.keys() else None


class _Reading:
    """One section, and what is wrong with it."""

    def __init__(self, said: dict[Any, Any]) -> None:
        self._said = said
        self.problems: list[str] = []

    def severity(self) -> dict[str, Severity | None]:
        said = self._said.get("severity")
        if said is None:
            return {}
        if not isinstance(said, dict):
            self._wrong("severity", "has to give rules a level")
            return {}
        return dict(self._levels(said))

    def _levels(self, said: dict[Any, Any]) -> Iterator[tuple[str, Severity | None]]:
        from amp_lint.linter.registry import rules

        for rule_id, word in said.items():
            if rule_id not in rules():
                near = did_you_mean(str(rule_id), rules())
                self._wrong("severity", f"there is no rule {quoted(str(rule_id))}{near}")
            elif not isinstance(word, str) or word not in _LEVELS:
                near = did_you_mean(str(word), _LEVELS)
                words = f"{quoted(str(word))} is none of {', '.join(_LEVELS)}{near}"
                self._wrong(f"severity.{rule_id}", words)
            else:
                yield rule_id, level(word)

    def destinations(self) -> tuple[str, ...]:
        said = self._said.get("destinations")
        if said is None:
            return ()
        if isinstance(said, list) and all(isinstance(name, str) and name for name in said):
            return tuple(said)
        self._wrong("destinations", "has to be a list of names")
        return ()

    def config_file(self) -> str | None:
        said = self._said.get("configFile")
        if said is None or said == "":
            return None
        if isinstance(said, str) and "\0" not in said:
            return said
        self._wrong("configFile", "has to be the path of a configuration file")
        return None

    def debounce(self) -> float:
        said = self._said.get("debounceMs")
        if _is_number(said) and 0 <= said <= _LONGEST_DEBOUNCE:
            return said / 1000
        if said is not None:
            words = f"has to be a number of milliseconds from 0 to {_LONGEST_DEBOUNCE}"
            self._wrong("debounceMs", words)
        return ClientSettings().debounce

    def trace(self) -> Trace:
        said = self._said.get("trace")
        for word in _TRACES:
            if said == word:
                return word
        if said is not None:
            self._wrong("trace", f"has to be one of {', '.join(_TRACES)}")
        return "off"

    def _wrong(self, key: str, words: str) -> None:
        colon = "" if words.startswith("has to") else ":"
        self.problems.append(f"`{SECTION}.{key}`{colon} {words}")


def _is_number(said: object) -> TypeGuard[int | float]:
    return isinstance(said, int | float) and not isinstance(said, bool) and math.isfinite(said)


_NAMES = {"config_file": "configFile", "debounce": "debounceMs"}
_KEYS = {_NAMES.get(one.name, one.name) for one in fields(ClientSettings)}
