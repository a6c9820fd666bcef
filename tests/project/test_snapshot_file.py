"""Reading the snapshot: a file that may be damaged, foreign, or another version's."""

from __future__ import annotations

import json
import os
import pickle
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from amp_lint.project import snapshot as module
from amp_lint.project.snapshot import Snapshot, SnapshotError, read_snapshot, snapshot_from
from amp_schema.snapshot_schema import schema

BARE = {"version": 1, "asOf": "2026-11-29", "project": {"id": "", "name": "p"}, "failed": {}}
PULL_AGAIN = "write it again with `amp-lint pull`"


def written(folder: Path, content: bytes) -> str:
    file = folder / "project.json"
    file.write_bytes(content)
    return str(file)


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())


def test_a_bare_snapshot_knows_nothing() -> None:
    snapshot = snapshot_from(BARE)

    assert (snapshot.project, snapshot.as_of) == ("p", "2026-11-29")
    assert snapshot.destinations is None
    assert snapshot.provider_apps is None
    assert snapshot.integrations is None
    assert snapshot.catalog is None
    assert snapshot.object("hubspot", "contacts") is None
    assert snapshot.grant_type("hubspot") is None
    assert snapshot.selection("crm-sync", "contacts") == module.NO_SELECTION
    assert not snapshot.is_complete("destinations")


def test_a_snapshot_can_be_sent_between_processes() -> None:
    snapshot = snapshot_from({**BARE, "destinations": [{"name": "a"}]})
    assert snapshot.destinations == {"a": ""}

    copy = pickle.loads(pickle.dumps(snapshot))

    assert copy == snapshot
    assert copy.destinations == {"a": ""}


def test_the_catalog_of_the_day() -> None:
    provider = {"displayName": "New", "authType": "oauth2", "supports": ["read"]}
    catalog = snapshot_from({**BARE, "catalog": {"new": provider}}).catalog

    assert catalog is not None
    assert catalog.as_of == "2026-11-29"
    assert catalog.providers["new"].supports("read")


def test_keys_of_a_later_version_are_ignored() -> None:
    assert snapshot_from({**BARE, "more": [1], "project": {"id": "", "name": "p", "x": 1}})


INVALID: list[tuple[Any, str]] = [
    (None, "it must be a JSON object"),
    ([], "it must be a JSON object"),
    ("text", "it must be a JSON object"),
    ({}, "it lacks `version`"),
    ({**BARE, "version": "1"}, "`version` must be the number 1"),
    ({**BARE, "version": True}, "`version` must be the number 1"),
    ({**BARE, "asOf": "today"}, "`asOf` must be a date"),
    ({**BARE, "asOf": "2026-11-29\n\x1b[2J"}, "`asOf` must be a date"),
    ({**BARE, "project": {"name": "p"}}, "`project` lacks `id`"),
    ({**BARE, "destinations": {}}, "`destinations` must be a list of destinations"),
    ({**BARE, "destinations": [None]}, "`destinations[0]` must be an object with `name`"),
    ({**BARE, "destinations": [{"name": 5}]}, "`destinations[0].name` must be a string"),
    ({**BARE, "integrations": [{"name": "x", "installations": -1}]}, "must be a number from 0"),
    ({**BARE, "failed": {"x\x1b": 5}}, "`failed.x\\x1b` must be a string"),
    ({**BARE, "metadata": {"a": {"b": {}}}}, "`metadata.a.b` lacks `accounts`"),
]


@pytest.mark.parametrize(("data", "reason"), INVALID)
def test_invalid_snapshots(data: Any, reason: str) -> None:
    with pytest.raises(SnapshotError) as error:
        snapshot_from(data)

    assert reason in str(error.value)
    assert str(error.value).endswith(PULL_AGAIN)
    assert str(error.value).isprintable()


@pytest.mark.parametrize("version", [0, 2, 99])
def test_another_version(version: int) -> None:
    with pytest.raises(SnapshotError, match=f"has version {version}, .* reads version 1"):
        snapshot_from({**BARE, "version": version})


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        json.dumps(BARE).encode()[:-10],
        b"\x00\x01",
        b"\xff" * 10,
        b"[" * 1_000,
        b"1" * 5_000,
        b"<html>",
    ],
)
def test_a_file_that_is_not_json(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(SnapshotError, match="JSON"):
        read_snapshot(written(tmp_path, content))


def test_a_file_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_BYTES", 100)

    with pytest.raises(SnapshotError, match="larger than"):
        read_snapshot(written(tmp_path, json.dumps(BARE).encode() + b" " * 100))


def test_a_link_is_followed_when_reading(tmp_path: Path) -> None:
    link = tmp_path / "link.json"
    link.symlink_to(written(tmp_path, json.dumps(BARE).encode()))

    assert read_snapshot(str(link)) == Snapshot(BARE)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_pipe_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    with pytest.raises(SnapshotError, match="not a regular file"):
        read_snapshot(str(tmp_path / "pipe"))
    with pytest.raises(SnapshotError, match="not a regular file"):
        read_snapshot(str(tmp_path))
    with pytest.raises(FileNotFoundError):
        read_snapshot(str(tmp_path / "missing"))
