"""What the rules of group Changes see: two revisions, and the customers of the old one.

`compare` lints the difference of two sources. What a deploy does to customers is partly
undocumented; the rules then say "may".
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from amp_lint.linter.finding import Related, Severity
from amp_lint.manifest.revision.matching import Comparison, IntegrationPair, ObjectPair
from amp_lint.manifest.revision.model import IntegrationRevision, Revision
from amp_lint.project.snapshot import NO_SELECTION
from amp_lint.yaml.reader import read
from amp_schema.lite_dataclasses import dataclass

if TYPE_CHECKING:
    from amp_lint.linter.engine import Report, Settings
    from amp_lint.project.snapshot import Selection, Snapshot
    from amp_lint.text.source import Source
    from amp_lint.yaml.document import Document
    from amp_lint.yaml.nodes import Node

# The name of a source made from the deployed revisions, which has no places to show.
DEPLOYED = "deployed"


@dataclass(frozen=True)
class Changes:
    """The difference of two revisions. `old` is None outside of a comparison: there are none."""

    old: Document | None = None
    new: Document | None = None
    snapshot: Snapshot | None = None

    @cached_property
    def comparison(self) -> Comparison:
        """The two revisions, matched."""
        assert self.old is not None
        assert self.new is not None
        return Comparison(Revision.of(self.old), Revision.of(self.new))

    @property
    def pairs(self) -> tuple[IntegrationPair, ...]:
        """The integrations that both revisions have."""
        return self.comparison.pairs if self.old is not None else ()

    @property
    def reads(self) -> Iterator[tuple[IntegrationPair, ObjectPair]]:
        """The objects that both revisions read, each with its integration."""
        return ((pair, one) for pair in self.pairs for one in pair.reads.pairs)

    @property
    def writes(self) -> Iterator[tuple[IntegrationPair, ObjectPair]]:
        """The objects that both revisions write, each with its integration."""
        return ((pair, one) for pair in self.pairs for one in pair.writes.pairs)

    @property
    def subscriptions(self) -> Iterator[tuple[IntegrationPair, ObjectPair]]:
        """The objects that both revisions subscribe to, each with its integration."""
        return ((pair, one) for pair in self.pairs for one in pair.subscriptions.pairs)

    @property
    def removed(self) -> tuple[IntegrationRevision, ...]:
        """The integrations that only the old revision has."""
        return self.comparison.removed if self.old is not None else ()

    def installations(self, old: IntegrationRevision) -> int | None:
        """The number of customers who installed an integration; None if it is not known.

        With a complete list, an integration that the project does not have has none.
        """
        if self.snapshot is None or self.snapshot.integrations is None:
            return None
        found = self.snapshot.integrations.get(old.name)
        if found is None:
            return 0 if self.snapshot.is_complete("integrations") else None
        return found.installations

    def severity(self, old: IntegrationRevision, severity: Severity) -> Severity:
        """The severity of a change: info if nobody has installed the integration."""
        return Severity.INFO if self.installations(old) == 0 else severity

    def customers(self, old: IntegrationRevision) -> str:
        """Return "existing customers" or "the 5 existing customers"; no verb may follow."""
        count = self.installations(old)
        if count is None:
            return "existing customers"
        if count == 0:
            return "customers (none so far)"
        return "the one existing customer" if count == 1 else f"the {count} existing customers"

    def of_customers(self, old: IntegrationRevision, count: int) -> str:
        """Return "2 of 5 customers"."""
        return f"{count} of {self.installations(old) or count} customers"

    def selection(self, old: IntegrationRevision, name: str) -> Selection:
        """What the customers selected of an object; zeros if it is not known."""
        return NO_SELECTION if self.snapshot is None else self.snapshot.selection(old.name, name)

    def before(self, node: Node | None, message: str) -> tuple[Related, ...]:
        """The place in the old text that a finding is about; nothing if it has none."""
        if node is None or self.old is None or self.old.source.path == DEPLOYED:
            return ()
        return (Related(message, node.span, self.old.source),)


def compare(old: Source, new: Source, settings: Settings) -> Report:
    """Compare two manifests by the rules of group Changes. Never raises for what they hold."""
    from amp_lint.linter.engine import judge
    from amp_schema.lite_dataclasses import replace

    return judge(read(new), replace(settings, old=read(old)))
