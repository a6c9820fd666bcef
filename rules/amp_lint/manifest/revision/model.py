"""The integrations of a manifest as the platform reads them, with defaults filled in.

Each part keeps the `Value` that it was decoded from, so a finding can point at its characters.
Contract: `amp_lint.manifest.decode`; defaults from the manifest reference.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from amp_lint.manifest.decode.values import Decoder, Value
from amp_lint.yaml.nodes import Collection, Node
from amp_schema.manifest_schema import root

if TYPE_CHECKING:
    from amp_lint.yaml.document import Document

STANDARD_EVENTS = ("createEvent", "updateEvent", "deleteEvent", "associationChangeEvent")


class Part:
    """A mapping of the manifest. `value` is None for a mapping that is not there."""

    def __init__(self, value: Value | None) -> None:
        self.value: Value | None = value

    @property
    def keys(self) -> Mapping[str, Value]:
        """The values by canonical key; empty for a mapping that is not there."""
        data = self.value.data if self.value is not None else None
        return data if isinstance(data, dict) else {}

    @property
    def is_whole(self) -> bool:
        """Whether a syntax error hides nothing of this mapping."""
        node = self.value.node if self.value is not None else None
        return not (isinstance(node, Collection) and node.incomplete)

    def list_is_whole(self, key: str) -> bool:
        """Whether a syntax error hides no item of the list under a key, and no item's name."""
        found = self.keys.get(key)
        node = found.node if found is not None else None
        if isinstance(node, Collection) and node.incomplete:
            return False
        items = map(Part, self.parts(key))
        return all(one.is_whole or one.keys.keys() & {"name", "objectName"} for one in items)

    def text(self, key: str, default: str = "") -> str:
        """Return a text, or the default if it is not there."""
        found = self.keys.get(key)
        return found.data if found is not None and isinstance(found.data, str) else default

    def flag(self, key: str) -> bool:
        """Return a boolean; False if it is not there."""
        found = self.keys.get(key)
        return found is not None and found.data is True

    def part(self, key: str) -> Part:
        """Return the mapping under a key."""
        return Part(self.keys.get(key))

    def parts(self, key: str) -> Iterator[Value]:
        """Yield the items of the list under a key."""
        found = self.keys.get(key)
        if found is not None and isinstance(found.data, list):
            yield from (one for one in found.data if isinstance(one, Value))

    def texts(self, key: str) -> tuple[str, ...]:
        """Return the texts of the list under a key."""
        return tuple(one.data for one in self.parts(key) if isinstance(one.data, str))

    def at(self, *keys: str) -> Node | None:
        """Return the node of the first of these keys' values that is there, else None."""
        return next((self.keys[key].node for key in keys if key in self.keys), None)

    def key_at(self, *keys: str) -> Node | None:
        """Return the first of these keys that is there, as a node, else None."""
        return next((self.keys[key].key for key in keys if key in self.keys), None)


class FieldEntry(Part):
    """An entry of `requiredFields` (`required`) or `optionalFields`."""

    def __init__(self, value: Value, required: bool) -> None:
        super().__init__(value)
        self.required: bool = required

    @property
    def source(self) -> str:
        """The provider's field; empty for a mapping that the customer fills in."""
        return self.text("fieldName")

    @property
    def mapped(self) -> str:
        """The name that the manifest gives the field; empty without one."""
        return self.text("mapToName")

    @property
    def delivered(self) -> str:
        """The name under which the field is delivered."""
        return self.mapped or self.source

    @property
    def identity(self) -> tuple[str, str]:
        """What makes it the same field in two revisions; the platform ignores the source's case."""
        return self.source.casefold(), self.mapped


class ActionObject(Part):
    """An object of a read, write or subscribe action."""

    @property
    def name(self) -> str:
        """The provider's name of the object."""
        return self.text("objectName")

    @property
    def mapped(self) -> str:
        """The name that the manifest gives the object; empty without one."""
        return self.text("mapToName")

    @property
    def delivered(self) -> str:
        """The name under which the object is delivered."""
        return self.mapped or self.name

    @property
    def destination(self) -> str:
        """The destination's name."""
        return self.text("destination")

    @cached_property
    def fields(self) -> tuple[FieldEntry, ...]:
        """The entries of both lists of fields, the required ones first."""
        lists = (("requiredFields", True), ("optionalFields", False))
        entries = (FieldEntry(one, must) for key, must in lists for one in self.parts(key))
        return tuple(entry for entry in entries if entry.delivered)

    @property
    def takes_all_fields(self) -> bool:
        """Whether customers may pick any field of the object."""
        return self.text("optionalFieldsAuto") == "all"

    @property
    def anchor(self) -> Node | None:
        """Where a finding about something missing points: the object's name."""
        return self.at("objectName") or (self.value.node if self.value is not None else None)


class IntegrationRevision(Part):
    """An integration of a revision."""

    @property
    def name(self) -> str:
        """The name, by which the platform matches integrations."""
        return self.text("name")

    @property
    def provider(self) -> str:
        """The provider's name."""
        return self.text("provider")

    @property
    def module(self) -> str:
        """The module; the provider's default if none is written, empty if there is none."""
        from amp_schema.catalog import catalog

        written = self.text("module")
        if written:
            return written
        provider = catalog().provider(self.provider)
        return (provider.default_module or "") if provider is not None else ""

    @cached_property
    def reads(self) -> tuple[ActionObject, ...]:
        """The objects that are read."""
        return self._objects("read")

    @cached_property
    def writes(self) -> tuple[ActionObject, ...]:
        """The objects that are written."""
        return self._objects("write")

    @cached_property
    def subscriptions(self) -> tuple[ActionObject, ...]:
        """The objects that are subscribed to."""
        return self._objects("subscribe")

    def _objects(self, action: str) -> tuple[ActionObject, ...]:
        found = (ActionObject(one) for one in self.part(action).parts("objects"))
        return tuple(one for one in found if one.name)

    @cached_property
    def object_keys(self) -> frozenset[tuple[str, str]]:
        """The objects by action and name, without regard to case."""
        actions = (("read", self.reads), ("write", self.writes), ("subscribe", self.subscriptions))
        return frozenset((action, one.name.casefold()) for action, all_ in actions for one in all_)

    @property
    def anchor(self) -> Node | None:
        """Where a finding about something missing points: the integration's name."""
        return self.at("name", "provider") or (self.value.node if self.value is not None else None)


class Revision(Part):
    """A whole manifest."""

    @classmethod
    def of(cls, document: Document) -> Revision:
        """Decode a document. Never raises; what cannot be read is left out."""
        found = Decoder().value(document.root, root()) if document.root is not None else None
        return cls(found)

    @cached_property
    def integrations(self) -> tuple[IntegrationRevision, ...]:
        """The integrations that have a name; of several with one name, the first."""
        found: dict[str, IntegrationRevision] = {}
        for one in map(IntegrationRevision, self.parts("integrations")):
            if one.name:
                found.setdefault(one.name, one)
        return tuple(found.values())

    @property
    def is_whole_list(self) -> bool:
        """Whether no syntax error hides an integration."""
        return self.is_whole and self.list_is_whole("integrations")
