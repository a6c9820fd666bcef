"""Parts of a manifest that fixes insert: they pass the linter, and the author completes them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from amp_lint.manifest.model import DESTINATION_NAME
from amp_lint.manifest.objects import SubscribeObject
from amp_lint.text.messages import split_camel_case
from amp_lint.yaml.nodes import Scalar
from amp_schema.patterns import pattern

if TYPE_CHECKING:
    from amp_lint.yaml.emitter import Data

ReadStub = dict[str, "Data"]
SubscribeStub = dict[str, "Data"]

SCHEDULE = "*/30 * * * *"

_PLACEHOLDER = "my-webhook"
_NESTING = pattern(r"[.\[\]]")
_WORDS_AND_NUMBERS = pattern(r"[^\W\d_]+|\d+")
# The last step of a path such as `$['address']['city']`.
_LAST_STEP = pattern(r"\['([^']+)'\]\Z")


def read_object(
    name: str, destination: str, *, watched: Iterable[str] = (), schedule: bool = False
) -> ReadStub:
    """Return a read object that delivers the watched fields, or, without any, the fields that
    customers choose. If a subscription uses it, it needs no schedule."""
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
    """Return a read object with the fields that the events of these subscribe objects need."""
    items = list(items)
    events = [item.events["updateEvent"] for item in items if "updateEvent" in item.events]
    return read_object(
        name,
        destination((item.destination for item in items), known),
        watched=[text.value for event in events for text in event.texts("requiredWatchFields")],
    )


def subscribe_object(name: str, destination: str) -> SubscribeStub:
    """Return a subscribe object with all standard events."""
    return {
        "objectName": name,
        "destination": destination,
        "inheritFieldsAndMapping": True,
        "createEvent": {"enabled": "always"},
        "updateEvent": {"enabled": "always", "watchFieldsAuto": "all"},
        "deleteEvent": {"enabled": "always"},
    }


def spoken(name: str) -> str:
    """Return `annual_revenue`, `annualRevenue` or `$['annual']['revenue']` as words."""
    step = _LAST_STEP.search(name)
    words = _WORDS_AND_NUMBERS.findall(split_camel_case(step[1] if step is not None else name))
    return " ".join(word[0].upper() + word[1:] for word in words) or name


def question(shown: str) -> str:
    """Return the prompt for a customer who maps a field to this name."""
    return f"Which field holds {shown}?"


def destination(written: Iterable[Scalar | None], known: Sequence[str]) -> str:
    """Return the first valid destination in the manifest; `known` are those that the configuration
    lists."""
    for node in written:
        if node is None or not DESTINATION_NAME.match(node.value):
            continue
        if not known or node.value in known:
            return node.value
    return known[0] if known else _PLACEHOLDER
