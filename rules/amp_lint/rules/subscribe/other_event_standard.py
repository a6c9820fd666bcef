"""Standard events among the other ones."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, rule
from amp_lint.manifest import doc_urls
from amp_lint.manifest.objects import EVENTS, SubscribeObject
from amp_lint.text.edits import Edit, Fix
from amp_lint.text.messages import quoted
from amp_lint.yaml.nodes import Scalar, follow

_KEYS = {event.casefold(): event for event in EVENTS}
# Words for a standard event that may also be how a provider calls one of its own.
_WORDS = {
    f"{verb}{end}": f"{verb}Event" for verb in ("create", "update", "delete") for end in ("", "d")
}
# What an event needs besides `enabled`.
_MORE = {"updateEvent": {"watchFieldsAuto": "all"}}
# A new event stands behind these keys of an object.
_ABOVE = ("objectName", "destination", "inheritFieldsAndMapping")


@rule(
    "other-event-standard",
    group=Group.SUBSCRIBE,
    severity=Severity.WARNING,
    url=doc_urls.EVENTS,
    needs=("otherEvents",),
)
def check(context: Context) -> Iterator[Finding]:
    """A standard event is listed under `otherEvents`.

    There, the platform looks for an event that the provider calls so, such as `UNDELETE` of
    Salesforce or `object.merged` of HubSpot. The deploy succeeds, and nothing is delivered when
    records are created, updated or deleted: that is what the keys `createEvent`, `updateEvent` and
    `deleteEvent` of the object do. A word such as `create` may be the name of an event of some
    provider, so there it is only an info.

    ## Fix

    Write the key in the object, with `enabled: always`.

    ## Wrong

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: hubspot
        read:
          objects:
            - objectName: contacts
              destination: crm-webhook
              schedule: "*/30 * * * *"
              requiredFields:
                - fieldName: email
        subscribe:
          objects:
            - objectName: contacts
              destination: crm-webhook
              inheritFieldsAndMapping: true
              otherEvents:
                - createEvent
                - object.merged
    ```

    ## Right

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: hubspot
        read:
          objects:
            - objectName: contacts
              destination: crm-webhook
              schedule: "*/30 * * * *"
              requiredFields:
                - fieldName: email
        subscribe:
          objects:
            - objectName: contacts
              destination: crm-webhook
              inheritFieldsAndMapping: true
              createEvent:
                enabled: always
              otherEvents:
                - object.merged
    ```
    """
    for integration in context.manifest.integrations:
        for item in integration.subscribe_objects:
            for place in item.places("otherEvents"):
                text = follow(place)
                word = text.value.strip().casefold() if isinstance(text, Scalar) else ""
                key = _KEYS.get(word) or _WORDS.get(word)
                if key is None or not isinstance(place, Scalar):
                    continue
                sure = word in _KEYS
                yield context.finding(
                    place,
                    f"`otherEvents` takes the provider's own names of events, and {quoted(key)} is "
                    f"a key of the object; {_advice(item, key, sure=sure)}",
                    severity=None if sure else Severity.INFO,
                    label="a key" if sure else "",
                    fixes=[_moved(context, item, place, key) if sure else None],
                )


def _advice(item: SubscribeObject, key: str, *, sure: bool) -> str:
    condition = "" if sure else "if that is meant, "
    if not item.lacks(key):
        return f"{condition}remove it here, as the object has `{key}`"
    return f"{condition}write `{key}:` beside `otherEvents` with `enabled: always` below it"


def _moved(context: Context, item: SubscribeObject, place: Scalar, key: str) -> Fix | None:
    """Write the event as a key of the object, and take it out of the list."""
    listed = item.own("otherEvents")
    if listed is None or place.anchor is not None:
        return None
    only = len(item.places("otherEvents")) == 1
    removed = context.edit.remove(listed) if only else context.edit.remove_item(place)
    if not item.lacks(key):
        return context.fix(f"Remove {quoted(place.value)}", removed)
    event = {"enabled": "always", **_MORE.get(key, {})}
    added = context.edit.insert(item.node, key, dict(event), after=_ABOVE)
    if removed is None or added is None:
        return None
    edits: tuple[Edit, ...] = tuple(sorted((*added, *removed), key=lambda edit: edit.span))
    return context.fix(f"Write `{key}` with `enabled: always`", edits)
