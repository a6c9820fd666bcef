"""Typed views of the objects of an integration: their fields, backfill, delivery and events."""

from __future__ import annotations

from functools import cached_property

from amp_lint.manifest.view import View
from amp_lint.text.name_slips import name_slip
from amp_lint.yaml.nodes import Entry, Mapping, Node, Scalar, Sequence

EVENTS = ("createEvent", "updateEvent", "deleteEvent", "associationChangeEvent")


class Field(View):
    """An entry of `requiredFields` or `optionalFields`.

    `field_name` is the provider's name (`fieldName`), `map_to_name` the name under which the field
    is delivered (`mapToName`). Numbers and booleans are not turned into text here.
    """

    coerces = False

    def __init__(self, node: Mapping, head: Node | Entry) -> None:
        super().__init__(node, head)
        self.field_name: Scalar | None = self.text("fieldName")
        self.map_to_name: Scalar | None = self.text("mapToName")

    @property
    def is_user_mapping(self) -> bool:
        """Whether the customer picks the field: a `mapToName` and no `fieldName`."""
        return self.lacks("fieldName") and self.map_to_name is not None

    @cached_property
    def source(self) -> tuple[str | None, ...]:
        """What is delivered: equal for two entries that deliver the same. A user-defined mapping
        is known by its words, as two different questions have two different answers."""
        name = self.field_name
        if name is not None:
            return (name.value,)
        words = (self.text(key) for key in ("mapToDisplayName", "prompt", "default"))
        return (None, *(word.value if word is not None else None for word in words))

    @property
    def delivered_name(self) -> Scalar | None:
        """`mapToName`, else `fieldName`."""
        return self.map_to_name or self.field_name


class DefaultPeriod(View):
    """`backfill.defaultPeriod`."""


class Backfill(View):
    """`backfill` of a read object."""

    @cached_property
    def period(self) -> DefaultPeriod | None:
        """`defaultPeriod`."""
        return self.view("defaultPeriod", DefaultPeriod)


class Delivery(View):
    """`delivery` of a read object."""

    @property
    def is_auto(self) -> bool:
        """Whether records are sent as they are read: `mode: auto`, or no mode."""
        mode = self.text("mode")
        return self.lacks("mode") if mode is None else mode.value == "auto"


class Object(View):
    """What objects of all actions share."""

    @cached_property
    def name(self) -> Scalar | None:
        """`objectName`."""
        return self.text("objectName")

    @cached_property
    def destination(self) -> Scalar | None:
        """`destination`."""
        return self.text("destination")


class ReadObject(Object):
    """An item of `read.objects`."""

    @cached_property
    def required_fields(self) -> list[Field]:
        """The mappings in `requiredFields`."""
        return self.views("requiredFields", Field)

    @cached_property
    def optional_fields(self) -> list[Field]:
        """The mappings in `optionalFields`."""
        return self.views("optionalFields", Field)

    @property
    def fields(self) -> list[Field]:
        """Required and optional fields, in this order."""
        return self.required_fields + self.optional_fields

    @cached_property
    def fields_by_delivered_name(self) -> dict[str, list[Field]]:
        """The fields under each delivered name, in the order of `fields`. Left out are fields
        whose name a wrong type or a syntax error leaves open."""
        found: dict[str, list[Field]] = {}
        for item in self.fields:
            name = item.delivered_name
            if name is None or (name is item.field_name and not item.lacks_text("mapToName")):
                continue
            found.setdefault(name.value, []).append(item)
        return found

    def delivers_once(self, field: Field) -> bool:
        """Whether no other field of the object is delivered under the name of this one."""
        name = field.delivered_name
        return name is not None and len(self.fields_by_delivered_name.get(name.value, ())) == 1

    @property
    def knows_its_fields(self) -> bool:
        """Whether the lists of fields can be read to their end: a name that is not in them is not
        declared."""
        if not self.whole:
            return False
        for key in ("requiredFields", "optionalFields"):
            if not self.lacks(key) and not isinstance(self.value(key), Sequence):
                return False
        items = [*self.places("requiredFields"), *self.places("optionalFields")]
        names = self.fields_by_delivered_name
        return len(items) == sum(map(len, names.values())) and not any(map(name_slip, names))

    @property
    def takes_all_fields(self) -> bool:
        """Whether `optionalFieldsAuto: all` lets the customer pick any field."""
        return self.has("optionalFieldsAuto")

    @property
    def is_always_enabled(self) -> bool:
        """Whether `enabled: always` is set."""
        enabled = self.text("enabled")
        return enabled is not None and enabled.value == "always"

    @cached_property
    def backfill(self) -> Backfill | None:
        """`backfill`."""
        return self.view("backfill", Backfill)

    @cached_property
    def delivery(self) -> Delivery | None:
        """`delivery`."""
        return self.view("delivery", Delivery)

    @property
    def maps_to(self) -> str | None:
        """The name that the object is delivered under, if `mapToName` gives it another one."""
        name = self.text("mapToName")
        return name.value if name is not None else None


class WriteObject(Object):
    """An item of `write.objects`."""


class Event(View):
    """An event block of a subscribe object; `name` is its key, such as `updateEvent`."""

    name: str = ""


class SubscribeObject(Object):
    """An item of `subscribe.objects`."""

    @cached_property
    def events(self) -> dict[str, Event]:
        """The standard event blocks that are mappings, by their key."""
        found: dict[str, Event] = {}
        for name in EVENTS:
            event = self.view(name, Event)
            if event is not None:
                event.name = name
                found[name] = event
        return found

    @property
    def has_standard_event(self) -> bool:
        """Whether any of the four standard event keys is there with something under it."""
        return any(self.has(name) for name in EVENTS)
