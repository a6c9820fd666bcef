"""Pairs what two revisions have in common, as the platform would.

Integrations match by their exact name, and renamed ones by likeness; objects by name without regard
to case, as the deploy tool compares them; fields by source and delivered name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from amp_lint.manifest.revision.model import (
    ActionObject,
    FieldEntry,
    IntegrationRevision,
    Revision,
)

# An integration is the renamed one if more than this share of all their objects is common.
_LIKENESS = 0.5


@dataclass(frozen=True)
class FieldChange:
    """A field of an object in both revisions."""

    old: FieldEntry
    new: FieldEntry


@dataclass(frozen=True)
class ObjectPair:
    """An object of one action in both revisions."""

    old: ActionObject
    new: ActionObject

    @cached_property
    def kept_fields(self) -> tuple[FieldChange, ...]:
        """The fields that both have under the same source and delivered name."""
        new = {one.identity: one for one in self.new.fields}
        return tuple(
            FieldChange(one, new[one.identity]) for one in self.old.fields if one.identity in new
        )

    @cached_property
    def remapped_fields(self) -> tuple[FieldChange, ...]:
        """The fields of the same source that are delivered under another name now.

        Only where exactly one entry of that source is gone and one is new: else it is not known
        which became which.
        """
        pairs = []
        for source in dict.fromkeys(one.source.casefold() for one in self._gone if one.source):
            gone = [one for one in self._gone if one.source.casefold() == source]
            come = [one for one in self._come if one.source.casefold() == source]
            if len(gone) == 1 and len(come) == 1:
                pairs.append(FieldChange(gone[0], come[0]))
        return tuple(pairs)

    @cached_property
    def removed_fields(self) -> tuple[FieldEntry, ...]:
        """The fields that the new object does not have, under any name."""
        remapped = {id(one.old) for one in self.remapped_fields}
        return tuple(one for one in self._gone if id(one) not in remapped)

    @cached_property
    def added_fields(self) -> tuple[FieldEntry, ...]:
        """The fields that the old object did not have, under any name."""
        remapped = {id(one.new) for one in self.remapped_fields}
        return tuple(one for one in self._come if id(one) not in remapped)

    @cached_property
    def _gone(self) -> tuple[FieldEntry, ...]:
        kept = {one.identity for one in self.new.fields}
        return tuple(one for one in self.old.fields if one.identity not in kept)

    @cached_property
    def _come(self) -> tuple[FieldEntry, ...]:
        kept = {one.identity for one in self.old.fields}
        return tuple(one for one in self.new.fields if one.identity not in kept)


@dataclass(frozen=True)
class Objects:
    """The objects of one action: in both revisions, only in the old, only in the new one."""

    pairs: tuple[ObjectPair, ...]
    removed: tuple[ActionObject, ...]
    added: tuple[ActionObject, ...]

    @classmethod
    def of(
        cls, old: Iterable[ActionObject], new: Iterable[ActionObject], *, is_whole: bool
    ) -> Objects:
        """Match objects; nothing counts as removed if the new text `is_whole` only in part."""
        after = _by_name(new)
        before = _by_name(old)
        return cls(
            tuple(ObjectPair(before[name], after[name]) for name in before if name in after),
            tuple(one for name, one in before.items() if name not in after) if is_whole else (),
            tuple(one for name, one in after.items() if name not in before),
        )


def _by_name(objects: Iterable[ActionObject]) -> dict[str, ActionObject]:
    found: dict[str, ActionObject] = {}
    for one in objects:
        found.setdefault(one.name.casefold(), one)
    return found


@dataclass(frozen=True)
class IntegrationPair:
    """An integration in both revisions."""

    old: IntegrationRevision
    new: IntegrationRevision

    @property
    def is_renamed(self) -> bool:
        """Whether the two were matched by likeness."""
        return self.old.name != self.new.name

    @cached_property
    def reads(self) -> Objects:
        """The objects that are read."""
        return self._objects("read", self.old.reads, self.new.reads)

    @cached_property
    def writes(self) -> Objects:
        """The objects that are written."""
        return self._objects("write", self.old.writes, self.new.writes)

    @cached_property
    def subscriptions(self) -> Objects:
        """The objects that are subscribed to."""
        return self._objects("subscribe", self.old.subscriptions, self.new.subscriptions)

    def _objects(
        self, action: str, old: Iterable[ActionObject], new: Iterable[ActionObject]
    ) -> Objects:
        section = self.new.part(action)
        whole = self.new.is_whole and section.is_whole and section.list_is_whole("objects")
        return Objects.of(old, new, is_whole=whole)


@dataclass(frozen=True)
class Comparison:
    """What two revisions have in common, and what only one of them has."""

    old: Revision
    new: Revision

    @cached_property
    def pairs(self) -> tuple[IntegrationPair, ...]:
        """The integrations of both revisions in the order of the new one, renamed ones included."""
        partners = dict(self._renamed)
        partners.update(
            (one.name, one.name) for one in self.new.integrations if one.name in self._old
        )
        return tuple(
            IntegrationPair(self._old[partners[one.name]], one)
            for one in self.new.integrations
            if one.name in partners
        )

    @cached_property
    def removed(self) -> tuple[IntegrationRevision, ...]:
        """The integrations that the new revision has under no name."""
        if not self.new.is_whole_list:
            return ()
        known = {one.old.name for one in self.pairs}
        return tuple(one for one in self.old.integrations if one.name not in known)

    @cached_property
    def added(self) -> tuple[IntegrationRevision, ...]:
        """The integrations that the old revision has under no name."""
        known = {one.new.name for one in self.pairs}
        return tuple(one for one in self.new.integrations if one.name not in known)

    @cached_property
    def _old(self) -> dict[str, IntegrationRevision]:
        return {one.name: one for one in self.old.integrations}

    @cached_property
    def _renamed(self) -> dict[str, str]:
        """The old name by the new one."""
        names = {one.name for one in self.new.integrations}
        gone = [one for one in self.old.integrations if one.name not in names]
        come = [one for one in self.new.integrations if one.name not in self._old]
        ranked = sorted(self._likenesses(gone, come), key=lambda found: -found[0])
        renamed: dict[str, str] = {}
        for _, before, after in ranked:
            if after not in renamed and before not in renamed.values():
                renamed[after] = before
        return renamed

    @staticmethod
    def _likenesses(
        gone: Iterable[IntegrationRevision], come: Iterable[IntegrationRevision]
    ) -> Iterator[tuple[float, str, str]]:
        come = tuple(come)
        for before in gone:
            for after in come:
                if before.provider != after.provider:
                    continue
                likeness = _likeness(before, after)
                if likeness > _LIKENESS:
                    yield likeness, before.name, after.name


def _likeness(old: IntegrationRevision, new: IntegrationRevision) -> float:
    """The share of the objects of both that are common; 1 for two that only proxy."""
    every = old.object_keys | new.object_keys
    if not every:
        return float(old.part("proxy").keys.keys() == new.part("proxy").keys.keys())
    return len(old.object_keys & new.object_keys) / len(every)
