"""What `check` compares the manifests of a run with: a snapshot, fetched or read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from amp_lint.cli.project_options import ProjectAccess, ProjectError

if TYPE_CHECKING:
    from amp_lint.linter.engine import Settings
    from amp_lint.project.snapshot import Snapshot
    from amp_lint.text.source import Source

_ORPHANED = "integration-orphaned"


def asked_for(named: str | ProjectAccess, sources: Iterable[Source]) -> Snapshot:
    """Return the snapshot of `--snapshot` or, fetched for some manifests, of `--project`.

    Raises ProjectError.
    """
    if isinstance(named, ProjectAccess):
        return named.fetch(sources)
    from amp_lint.project.snapshot import SnapshotError, read_snapshot

    try:
        return read_snapshot(named)
    except FileNotFoundError:
        raise ProjectError(f"there is no snapshot {named}") from None
    except (OSError, SnapshotError) as error:
        why = getattr(error, "strerror", None) or error
        raise ProjectError(f"the snapshot {named} {why}") from None


def wants_names(settings: Settings) -> bool:
    """Whether the integrations of all manifests must be known, for the one rule that needs them."""
    return _ORPHANED in settings.severity or _ORPHANED in (settings.select or ())


def integration_names(sources: Mapping[str, Source]) -> frozenset[str]:
    """The names of the integrations of several manifests."""
    from amp_lint.manifest.model import manifest_of
    from amp_lint.yaml.reader import read

    manifests = (manifest_of(read(source).root) for source in sources.values())
    names = (one.name for manifest in manifests for one in manifest.integrations)
    return frozenset(name.value for name in names if name is not None)
