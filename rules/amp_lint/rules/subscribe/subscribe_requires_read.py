"""Subscriptions to objects that are not read."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.common_fixes import (
    add_read_object,
    add_read_section,
    correct_key,
    meant_for,
    meant_words,
    rename,
)
from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, rule
from amp_lint.linter.rule_bases.misread import misread
from amp_lint.linter.rule_bases.near_misses import catalog_place
from amp_lint.linter.suggestions import Hints
from amp_lint.manifest import doc_urls
from amp_lint.manifest.model import Integration
from amp_lint.manifest.objects import SubscribeObject
from amp_lint.manifest.snippets import feeding_object
from amp_lint.text.edits import Applicability, Fix
from amp_lint.text.messages import listed, quoted
from amp_lint.text.name_slips import name_slip
from amp_lint.yaml.nodes import Entry, Mapping, Scalar, Sequence, follow
from amp_schema.lite_dataclasses import replace
from amp_schema.objects import find_object


@rule(
    "subscribe-requires-read",
    group=Group.SUBSCRIBE,
    severity=Severity.ERROR,
    url=doc_urls.SUBSCRIBE,
    needs=("subscribe",),
)
def check(context: Context) -> Iterator[Finding]:
    """An integration subscribes to an object that it does not read.

    The fields of an event, and their names, come from the read object with the same `objectName`.
    So an object with any of the four standard events has to be read too, and the platform refuses
    it otherwise. The names are compared letter for letter, upper and lower case included.

    ## Fix

    Add the object under `read`. It needs no `schedule`: without one it is read only when your
    application asks for it. Or correct `objectName`, if the object is read under another spelling.

    ## Notes

    An object with nothing but `otherEvents` takes nothing from a read object and needs none of its
    own. An integration that subscribes must have a `read` section all the same, whichever events it
    subscribes to.

    ## Wrong

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: hubspot
        subscribe:
          objects:
            - objectName: contacts
              destination: crm-webhook
              inheritFieldsAndMapping: true
              createEvent:
                enabled: always
    ```

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
            - objectName: contact
              destination: crm-webhook
              inheritFieldsAndMapping: true
              createEvent:
                enabled: always
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
              requiredFields:
                - fieldName: email
        subscribe:
          objects:
            - objectName: contacts
              destination: crm-webhook
              inheritFieldsAndMapping: true
              createEvent:
                enabled: always
    ```
    """
    hints = context.hints
    for integration in context.manifest.integrations:
        if integration.lacks("read"):
            yield from _without_section(context, integration)
        elif integration.knows_its_reads:
            yield from _without_object(context, integration, hints)


def _without_section(context: Context, integration: Integration) -> Iterator[Finding]:
    key = integration.key("subscribe")
    if key is None:
        return
    objects, meant = integration.subscribe_objects, meant_for(integration, "read")
    needy = [item for item in objects if item.has_standard_event]
    names = list(dict.fromkeys(item.name.value for item in needy if item.name is not None))
    hint = meant_words(*meant) if meant else None
    place = meant[0].key if meant else key
    renamed = correct_key(context, *meant) if meant and _holds_objects(meant[0]) else None
    if needy:
        which = listed(names) if names else "these objects"
        yield context.finding(
            place,
            "events take their fields from read objects, and this integration has no `read`; "
            f"{hint or f'add one that reads {which}'}",
            fixes=[renamed if meant else _add_section(context, integration, needy)],
            claims=[meant[0].key] if meant else [],
        )
    elif objects:
        yield context.finding(
            place,
            "an integration that subscribes must have a `read` section, whichever events it "
            f"subscribes to; {hint or 'add one'}",
            fixes=[renamed if meant else _add_section(context, integration, objects)],
            claims=[meant[0].key] if meant else [],
        )


def _holds_objects(entry: Entry) -> bool:
    """Return whether a key has objects under it, as `read` must."""
    objects = entry.value.find("objects") if isinstance(entry.value, Mapping) else None
    listed = follow(objects.value) if objects is not None else None
    return isinstance(listed, Sequence) and bool(listed.items)


def _without_object(context: Context, integration: Integration, hints: Hints) -> Iterator[Finding]:
    by_name = _by_name(integration.subscribe_objects)
    subscribed = {name.casefold() for name in by_name}
    # What is listed twice lacks one read object; the second entry is a duplicate.
    for name, items in by_name.items():
        needy = next((item.name for item in items if item.has_standard_event), None)
        if needy is None or name in integration.read_by_name or name_slip(name) is not None:
            continue
        near = hints.read_name(name, integration)
        other = misread(context, integration, name, near, claims=True) if near else None
        if other is not None:
            yield other
            continue
        hint = f"write {quoted(near)}, which is read" if near else "add it under `read`"
        # Another name that is subscribed to would then be so twice.
        usable = near is not None and (
            near.casefold() == name.casefold() or near.casefold() not in subscribed
        )
        yield context.finding(
            needy,
            f"{quoted(name)} is not read by this integration, and its events take their "
            f"fields from the read object of that name; {hint}",
            fixes=[
                _rename(context, items, near) if near is not None and usable else None,
                add_read_object(
                    context,
                    integration,
                    feeding_object(name, items, context.destinations),
                    manual=near is not None or _watches_unknown(integration, name, items),
                ),
            ],
        )


def _rename(context: Context, items: list[SubscribeObject], to: str) -> Fix | None:
    """Write the name of an object that is read, wherever these objects have theirs."""
    entries = [item.own("objectName") for item in items]
    values = [entry.value for entry in entries if entry is not None]
    names = [value for value in values if isinstance(value, Scalar)]
    return rename(context, names, to) if len(names) == len(items) else None


def _add_section(
    context: Context, integration: Integration, items: list[SubscribeObject]
) -> Fix | None:
    stubs = [
        feeding_object(name, same, context.destinations) for name, same in _by_name(items).items()
    ]
    fix = add_read_section(context, integration, stubs, before="subscribe")
    unknown = any(
        _watches_unknown(integration, name, same) for name, same in _by_name(items).items()
    )
    return replace(fix, applicability=Applicability.MANUAL) if fix and unknown else fix


def _watches_unknown(integration: Integration, name: str, items: list[SubscribeObject]) -> bool:
    """Whether events watch a field that the catalog does not know: its name may well be one that
    a read object gives it, and the provider's is another."""
    place = catalog_place(integration)
    known = find_object(*place, name) if place is not None else None
    fields = known.fields if known is not None else ()
    events = [item.events["updateEvent"] for item in items if "updateEvent" in item.events]
    watched = [text.value for event in events for text in event.texts("requiredWatchFields")]
    return not set(watched) <= set(fields)


def _by_name(items: list[SubscribeObject]) -> dict[str, list[SubscribeObject]]:
    found: dict[str, list[SubscribeObject]] = {}
    for item in items:
        if item.name is not None:
            found.setdefault(item.name.value, []).append(item)
    return found
