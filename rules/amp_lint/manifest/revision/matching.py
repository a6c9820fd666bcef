"""Pairs what two revisions have in common, as the platform would.

Integrations match by their exact name, and renamed ones by likeness; objects by name without regard
to case, as the deploy tool compares them; fields by source and delivered name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

from amp_lint.manifest.revision.model import (
    ActionObject,
    FieldEntry,
    IntegrationRevision,
    Revision,
)
from amp_schema.lite_dataclasses import dataclass

# An integration is the renamed one if more than this share of all their objects is common.
_LIKENESS = 0.5
# All gone integrations are compared with all new ones, unless that would be more pairs than this:
# then none counts as renamed. Nobody renames a hundred integrations at once.
_MAX_COMPARED = 10_000


@dataclass(frozen=True)
class FieldChange:
    """A field of an object in both revisions, which may have changed its source or its name."""

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
        old, new = _by_identity(self.old.fields), _by_identity(self.new.fields)
        return tuple(FieldChange(one, new[name]) for name, one in old.items() if name in new)

    @cached_property
    def newly_required(self) -> tuple[FieldEntry, ...]:
        """The entries that are required now, and were not under the same source and name."""
        before = {one.identity for one in self.old.fields if one.required}
        return tuple(one for one in self.new.fields if one.required and one.identity not in before)

    @cached_property
    def remapped_fields(self) -> tuple[FieldChange, ...]:
        """The fields of the same source that are delivered under another name now.

        Only where exactly one entry of that source is gone and one is new: else it is not known
        which became which.
        """
        return tuple(_unambiguous(self._gone, self._come, lambda one: one.source.casefold()))

    @cached_property
    def resourced_fields(self) -> tuple[FieldChange, ...]:
        """The fields that are delivered under the same name, from another source now."""
        old = {id(one.old) for one in self.remapped_fields}
        new = {id(one.new) for one in self.remapped_fields}
        gone = [one for one in self._gone if id(one) not in old]
        come = [one for one in self._come if id(one) not in new]
        return tuple(_unambiguous(gone, come, lambda one: one.mapped))

    @cached_property
    def removed_fields(self) -> tuple[FieldEntry, ...]:
        """The fields that the new object has neither by their source nor by their name."""
        changed = {id(one.old) for one in (*self.remapped_fields, *self.resourced_fields)}
        return tuple(one for one in self._gone if id(one) not in changed)

    @cached_property
    def _gone(self) -> tuple[FieldEntry, ...]:
        kept = {one.identity for one in self.new.fields}
        return tuple(one for one in self.old.fields if one.identity not in kept)

    @cached_property
    def _come(self) -> tuple[FieldEntry, ...]:
        kept = {one.identity for one in self.old.fields}
        return tuple(one for one in self.new.fields if one.identity not in kept)


def _unambiguous(
    gone: Iterable[FieldEntry], come: Iterable[FieldEntry], key: Callable[[FieldEntry], str]
) -> Iterator[FieldChange]:
    """Pair the fields whose key is not empty and occurs once on each side."""
    after = _by_key(come, key)
    for name, old in _by_key(gone, key).items():
        new = after.get(name, [])
        if name and len(old) == len(new) == 1:
            yield FieldChange(old[0], new[0])


def _by_identity(fields: Iterable[FieldEntry]) -> dict[tuple[str, str], FieldEntry]:
    """The fields by identity; of equal ones the first, so the required one."""
    found: dict[tuple[str, str], FieldEntry] = {}
    for one in fields:
        found.setdefault(one.identity, one)
    return found


def _by_key(
    fields: Iterable[FieldEntry], key: Callable[[FieldEntry], str]
) -> dict[str, list[FieldEntry]]:
    found: dict[str, list[FieldEntry]] = {}
    for one in fields:
        found.setdefault(key(one), []).append(one)
    return found


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
        if len(gone) * len(come) > _MAX_COMPARED:
            return {}
        ranked = sorted(self._likenesses(gone, come), key=lambda found: -found[0])
        renamed: dict[str, str] = {}
        taken = set()
        for _, before, after in ranked:
            if after not in renamed and before not in taken:
                renamed[after] = before
                taken.add(before)
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
