"""A snapshot of a project: the file that `amp-lint pull` writes, and typed access to it.

The format is `snapshot.schema.json`. A fact that could not be fetched is absent, so everything
here that can be absent is None: an empty list means that the project has none.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cached_property
from stat import S_ISREG
from typing import TYPE_CHECKING, Any

from amp_schema.lite_dataclasses import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable

    from amp_schema.catalog import Catalog

VERSION = 1

# Thousands of integrations fit into this; reading it takes about a second.
MAX_BYTES = 32 * 1024 * 1024

DESTINATIONS = "destinations"
PROVIDER_APPS = "providerApps"
INTEGRATIONS = "integrations"
INSTALLATIONS = "installations"
METADATA = "metadata"
CATALOG = "catalog"


class SnapshotError(ValueError):
    """A snapshot cannot be used; the message completes "the snapshot FILE ..."."""


@dataclass(frozen=True, slots=True)
class DeployedIntegration:
    """An integration of the project.

    `installations` is None if their number is not known. `content` is the latest revision: the
    manifest's integration as the platform keeps it, as JSON values.
    """

    name: str
    id: str
    provider: str
    installations: int | None
    pinned_proxy: int
    revision_id: str
    revision_time: str
    content: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class AccountField:
    """A field of an object in the customer accounts that were looked at.

    `accounts` is the number of those whose object has it.
    """

    name: str
    accounts: int
    display_name: str
    type: str
    read_only: bool
    custom: bool
    required: bool
    values: tuple[str, ...]


@dataclass(frozen=True)
class AccountObject:
    """An object in the customer accounts that were looked at.

    `accounts` have it, `missing` lack it. `fields` are keyed by name.
    """

    name: str
    accounts: int
    missing: int
    display_name: str
    groups: tuple[str, ...]
    fields: Mapping[str, AccountField]

    def field(self, name: str) -> AccountField | None:
        """Return the field of this name; the platform compares names without regard to case."""
        return self.fields.get(name) or self._by_folded_name.get(name.casefold())

    @cached_property
    def _by_folded_name(self) -> Mapping[str, AccountField]:
        return {name.casefold(): field for name, field in self.fields.items()}


@dataclass(frozen=True, slots=True)
class Selection:
    """What the customers' configurations hold for one object of an integration.

    Every number counts installations: those that `read`, `subscribe` to or `write` the object,
    that have `disabled` reading it, that selected a field, made a mapping (by `mapToName`), or
    hold their own copy of `schedule`, `destination`, `backfill` or `subscribeDestination`
    (`pinned`), which a deploy probably does not change.
    """

    read: int
    subscribe: int
    write: int
    disabled: int
    fields: Mapping[str, int]
    mappings: Mapping[str, int]
    pinned: Mapping[str, int]


NO_SELECTION = Selection(0, 0, 0, 0, {}, {}, {})


@dataclass(frozen=True)
class Snapshot:
    """The facts of a project as they were on a day. `data` fits the JSON Schema."""

    data: Mapping[str, Any]

    @property
    def project(self) -> str:
        """The project's name."""
        name: str = self.data["project"]["name"]
        return name

    @property
    def as_of(self) -> str:
        """The day on which the facts were fetched, as an ISO date."""
        day: str = self.data["asOf"]
        return day

    @cached_property
    def failed(self) -> Mapping[str, str]:
        """The reason for each part that is missing or incomplete, by the names of the constants
        above; each is one printable line."""
        from amp_lint.project.answers import printable

        return {part: printable(reason) for part, reason in self.data["failed"].items()}

    @cached_property
    def destinations(self) -> Mapping[str, str] | None:
        """The type of each destination by name; None if the list was not fetched."""
        listed = self.data.get(DESTINATIONS)
        if listed is None:
            return None
        return {one["name"]: one.get("type", "") for one in listed}

    @property
    def lists_destinations(self) -> bool:
        """Whether a destination that it does not have is not in the project."""
        return self.is_complete(DESTINATIONS)

    @cached_property
    def provider_apps(self) -> frozenset[str] | None:
        """The providers that have an app; None if the list was not fetched."""
        listed = self.data.get(PROVIDER_APPS)
        return None if listed is None else frozenset(listed)

    @cached_property
    def integrations(self) -> Mapping[str, DeployedIntegration] | None:
        """The integrations by name; None if the list was not fetched."""
        listed = self.data.get(INTEGRATIONS)
        if listed is None:
            return None
        found: dict[str, DeployedIntegration] = {}
        for one in listed:
            found.setdefault(one["name"], _integration(one))
        return found

    def is_complete(self, part: str) -> bool:
        """Whether a name that a part does not have is not in the project."""
        return part in self.data and part not in self.failed

    def selection(self, integration: str, name: str) -> Selection:
        """What customers selected of an object; zeros if no configuration has it."""
        found = self.data.get("selections", {}).get(integration, {}).get(name)
        return NO_SELECTION if found is None else _selection(found)

    def grant_type(self, provider: str) -> str | None:
        """The OAuth grant type of a provider, such as `authorizationCode`; None if not known."""
        found: str | None = self.data.get("grantTypes", {}).get(provider)
        return found

    def objects(self, provider: str) -> Mapping[str, Mapping[str, Any]]:
        """The objects of a provider that were asked for, by name, as in the file."""
        found: Mapping[str, Mapping[str, Any]] = self.data.get(METADATA, {}).get(provider, {})
        return found

    def object(self, provider: str, name: str) -> AccountObject | None:
        """An object that was asked for; None if it was not, or if the question failed."""
        known = self._accounts
        key = provider, name
        if key not in known:
            found = self.objects(provider).get(name)
            known[key] = None if found is None else _object(name, found)
        return known[key]

    @cached_property
    def _accounts(self) -> dict[tuple[str, str], AccountObject | None]:
        return {}

    @cached_property
    def catalog(self) -> Catalog | None:
        """The platform's catalog of that day; None if it was not fetched."""
        providers = self.data.get(CATALOG)
        if providers is None:
            return None
        from amp_schema.catalog import catalog_of

        return catalog_of(self.as_of, providers)

    def to_bytes(self) -> bytes:
        """Return the file: ASCII, sorted, so that equal snapshots have equal bytes."""
        import json

        text = json.dumps(self.data, indent=1, sort_keys=True, allow_nan=False)
        return f"{text}\n".encode("ascii")


def _integration(one: Mapping[str, Any]) -> DeployedIntegration:
    revision = one.get("revision", {})
    return DeployedIntegration(
        name=one["name"],
        id=one.get("id", ""),
        provider=one.get("provider", ""),
        installations=one.get(INSTALLATIONS),
        pinned_proxy=one.get("pinnedProxy", 0),
        revision_id=revision.get("id", ""),
        revision_time=revision.get("createTime", ""),
        content=revision.get("content"),
    )


def _selection(one: Mapping[str, Any]) -> Selection:
    counts = (one.get(key, 0) for key in ("read", "subscribe", "write", "disabled"))
    return Selection(*counts, *(one.get(key, {}) for key in ("fields", "mappings", "pinned")))


def _object(name: str, one: Mapping[str, Any]) -> AccountObject:
    return AccountObject(
        name=name,
        accounts=one["accounts"],
        missing=one["missing"],
        display_name=one.get("displayName", ""),
        groups=tuple(one.get("groups", ())),
        fields={key: _field(key, facts) for key, facts in one["fields"].items()},
    )


def _field(name: str, one: Mapping[str, Any]) -> AccountField:
    return AccountField(
        name=name,
        accounts=one.get("accounts", 1),
        display_name=one.get("displayName", ""),
        type=one.get("type", ""),
        read_only=one.get("readOnly", False),
        custom=one.get("custom", False),
        required=one.get("required", False),
        values=tuple(one.get("values", ())),
    )


def snapshot_from(data: object) -> Snapshot:
    """Return the snapshot that decoded JSON is. Raises SnapshotError."""
    from amp_schema.quick_validate import surely_valid
    from amp_schema.snapshot_schema import schema

    version = data.get("version") if isinstance(data, dict) else None
    if isinstance(version, int) and version != VERSION:
        raise SnapshotError(
            f"has version {version}, and this amp-lint reads version {VERSION}; "
            "write it again with `amp-lint pull`"
        )
    rules = schema()
    if not isinstance(data, dict) or not surely_valid(data, rules, rules["$defs"]):
        reason = _violation(data)
        if reason or not isinstance(data, dict):
            raise SnapshotError(f"is invalid: {reason}; write it again with `amp-lint pull`")
    return Snapshot(data)


def _violation(data: object) -> str:
    """The first mistake against the schema in words; empty if there is none."""
    from jsonschema import Draft202012Validator

    from amp_lint.text.messages import quoted
    from amp_schema.snapshot_schema import schema

    error = next(Draft202012Validator(schema()).iter_errors(data), None)
    if error is None:
        return ""
    place = _place(error.absolute_path)
    where = f"{quoted(place)} " if place else "it "
    if error.validator == "required" and isinstance(error.instance, Mapping):
        lacking = [name for name in error.validator_value if name not in error.instance]
        return f"{where}lacks {quoted(lacking[0])}"
    title = error.schema["title"] if isinstance(error.schema, Mapping) else "something else"
    return f"{where}must be {title}"


def _place(path: Iterable[str | int]) -> str:
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return "".join(parts).removeprefix(".")


def read_snapshot(path: str) -> Snapshot:
    """Read a snapshot. Raises OSError, or SnapshotError if the file holds something else."""
    import json

    # Opening a pipe would wait until another program writes to it.
    if not S_ISREG(os.stat(path).st_mode):
        raise SnapshotError("is not a regular file")
    with open(path, "rb") as file:
        content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise SnapshotError(f"is larger than {MAX_BYTES // 1024 // 1024} MB")
    try:
        return snapshot_from(json.loads(content))
    except SnapshotError:
        raise
    # RecursionError: nested too deeply. ValueError: not UTF-8, not JSON, or a very long number.
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", None)
        where = f" (line {line})" if line else ""
        raise SnapshotError(
            f"is not valid JSON{where}; write it again with `amp-lint pull`"
        ) from None
