"""Where `amp-lint changes` gets the old manifests from: git, a file, or the deployed revisions."""

from __future__ import annotations

import json
from collections.abc import Container, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from amp_lint.cli.check_files import UnusableError
from amp_lint.linter.changes import DEPLOYED
from amp_lint.text.source import Source
from amp_schema.lite_dataclasses import dataclass

if TYPE_CHECKING:
    from amp_lint.linter.engine import Settings
    from amp_lint.project.snapshot import Snapshot
    from amp_lint.yaml.document import Document

SPEC_VERSION = "1.0.0"


@dataclass(frozen=True, slots=True)
class OldManifests:
    """The old manifests of a run. `against` is what the user named: REV, REV:PATH, FILE or
    `deployed`."""

    against: str

    def document(self, file: str, snapshot: Snapshot | None, elsewhere: Container[str]) -> Document:
        """Return the old version of a manifest, read; an empty document if there was none.

        Raises UnusableError.
        """
        from amp_lint.yaml.reader import read

        found = self.source(file, snapshot, elsewhere)
        document = read(Source.from_text("", self.against) if found is None else found)
        if found is not None and not document.parses and document.root is None:
            raise UnusableError(f"the old manifest {found.path} cannot be read")
        return document

    def source(
        self, file: str, snapshot: Snapshot | None, elsewhere: Container[str]
    ) -> Source | None:
        """Return the old version of a manifest; None if there was none.

        `elsewhere` are the integrations of the other manifests of the run. Raises UnusableError.
        """
        if self.against == DEPLOYED:
            return deployed(snapshot, elsewhere)
        if Path(self.against).is_file():
            try:
                return Source.from_file(self.against)
            except OSError as error:
                why = error.strerror or error
                raise UnusableError(f"cannot read {self.against}: {why}") from None
        return self._from_git(file)

    def _from_git(self, file: str) -> Source | None:
        """Return a manifest as it is in a revision; None if it is not there."""
        from amp_lint.cli.git_files import GitError, NoSuchFileError, file_in_revision

        revision, colon, path = self.against.partition(":")
        try:
            return file_in_revision(file, revision, path if colon else None)
        except NoSuchFileError as error:
            if colon:
                raise UnusableError(str(error)) from None
            return None
        except GitError as error:
            raise UnusableError(str(error)) from None


def refusal(old: Document) -> str:
    """Return a note on an old manifest that the platform refuses, with the first reason; "" for one
    that it reads."""
    if not old.source.text or old.source.path == DEPLOYED:
        return ""
    reason = _reason(old)
    if not reason:
        return ""
    return (
        f"the platform refuses the old manifest {reason} It was never deployed like this, so the "
        "changes may not be all there are"
    )


def refusal_of_new(source: Source) -> str:
    """Return why a new manifest cannot be compared as a whole: the platform refuses it; "" for one
    that it reads."""
    from amp_lint.yaml.reader import read

    reason = _reason(read(source))
    if not reason:
        return ""
    return (
        f"the platform refuses the new manifest {reason} Only what can be read of it was "
        "compared; correct it first, see `amp-lint check`"
    )


def _reason(document: Document) -> str:
    """Return a sentence with the place of the first reason why the platform refuses a manifest, and
    the reason; "" where it reads it."""
    from amp_lint.linter.engine import Settings, judge
    from amp_lint.linter.finding import Severity
    from amp_lint.manifest.decode import complete_manifest

    if document.parses and complete_manifest(document) is not None:
        return ""
    found = judge(document, Settings()).findings
    first = next((one for one in found if one.severity is Severity.ERROR), None)
    if first is None:
        return ""
    source = document.source
    end = "" if first.message.endswith("?") else "."
    return f"{source.path}, line {source.position(first.span.start).line}: {first.message}{end}"


def compared(
    old: OldManifests,
    file: str,
    settings: Settings,
    snapshot: Snapshot | None,
    sources: Mapping[str, Source],
) -> Settings:
    """Return the settings that compare a manifest with its old version. Raises UnusableError.

    `sources` are all manifests of the run.
    """
    from amp_schema.lite_dataclasses import replace

    document = old.document(file, snapshot, _elsewhere(old, file, sources))
    return replace(settings, old=document, snapshot=snapshot)


def _elsewhere(old: OldManifests, file: str, sources: Mapping[str, Source]) -> Container[str]:
    """The integrations of the other manifests, if they matter."""
    if old.against != DEPLOYED:
        return ()
    from amp_lint.cli.check_project import integration_names

    return integration_names({name: source for name, source in sources.items() if name != file})


def deployed(snapshot: Snapshot | None, elsewhere: Container[str]) -> Source | None:
    """Return the deployed revisions as a manifest, without the integrations of other manifests.

    JSON is YAML, so it is read like any manifest; its positions mean nothing to a reader. Raises
    UnusableError.
    """
    if snapshot is None:
        raise UnusableError(
            "--against deployed requires --project, --snapshot, or `snapshot` in the configuration"
        )
    if snapshot.integrations is None:
        reason = snapshot.failed.get("integrations", "the list is missing")
        raise UnusableError(f"the deployed integrations are not known: {reason}")
    contents = [
        {**one.content, "name": one.name}
        for one in snapshot.integrations.values()
        if one.content is not None and one.name not in elsewhere
    ]
    if not contents:
        return None
    text = json.dumps({"specVersion": SPEC_VERSION, "integrations": contents}, indent=1)
    return Source.from_text(text, DEPLOYED)
