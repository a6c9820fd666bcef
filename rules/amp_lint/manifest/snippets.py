"""Parts of a manifest that a fix adds: data that passes the linter, for its author to complete."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from amp_lint.manifest.model import DESTINATION_NAME, SubscribeObject
from amp_lint.yaml.nodes import Scalar
from amp_schema.patterns import pattern

if TYPE_CHECKING:
    from amp_lint.yaml.emitter import Data

ReadStub = dict[str, "Data"]
SubscribeStub = dict[str, "Data"]

SCHEDULE = "*/30 * * * *"

_PLACEHOLDER = "my-webhook"
_NESTING = pattern(r"[.\[\]]")
_WORD = pattern(r"[^\W\d_]+|\d+")
_HUMP = pattern(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
# The last step of a path such as `$['address']['city']`.
_LAST_STEP = pattern(r"\['([^']+)'\]\Z")


def read_object(
    name: str, destination: str, *, watched: Iterable[str] = (), schedule: bool = False
) -> ReadStub:
    """A read object that delivers the watched fields, or where there are none to name whatever
    customers pick. One that a subscription feeds on needs no schedule."""
    fields = list(dict.fromkeys(watched))
    stub: ReadStub = {"objectName": name, "destination": destination}
    if schedule:
        stub["schedule"] = SCHEDULE
    if fields and not any(map(_NESTING.search, fields)):
        stub["requiredFields"] = [{"fieldName": field} for field in fields]
    else:
        stub["optionalFieldsAuto"] = "all"
    return stub


def feeding_object(name: str, items: Iterable[SubscribeObject], known: Sequence[str]) -> ReadStub:
    """A read object with what the events of these subscribe objects need."""
    items = list(items)
    events = [item.events["updateEvent"] for item in items if "updateEvent" in item.events]
    return read_object(
        name,
        destination((item.destination for item in items), known),
        watched=[text.value for event in events for text in event.texts("requiredWatchFields")],
    )


def subscribe_object(name: str, destination: str) -> SubscribeStub:
    """A subscribe object that tells of all that happens to the records of a read object."""
    return {
        "objectName": name,
        "destination": destination,
        "inheritFieldsAndMapping": True,
        "createEvent": {"enabled": "always"},
        "updateEvent": {"enabled": "always", "watchFieldsAuto": "all"},
        "deleteEvent": {"enabled": "always"},
    }


def spoken(name: str) -> str:
    """`annual_revenue`, `annualRevenue` and `$['annual']['revenue']` as people say it."""
    step = _LAST_STEP.search(name)
    words = _WORD.findall(_HUMP.sub(" ", step[1] if step is not None else name))
    return " ".join(word[0].upper() + word[1:] for word in words) or name


def question(shown: str) -> str:
    """What the customer is asked who has to pick the field of this name."""
    return f"Which field holds {shown}?"


def destination(written: Iterable[Scalar | None], known: Sequence[str]) -> str:
    """The first of the destinations in the manifest that is one; `known` are those that the
    configuration lists."""
    for node in written:
        if node is None or not DESTINATION_NAME.match(node.value):
            continue
        if not known or node.value in known:
            return node.value
    return known[0] if known else _PLACEHOLDER
