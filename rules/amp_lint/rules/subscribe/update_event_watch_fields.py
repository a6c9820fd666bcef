"""Update events that say nothing, or two things, about the fields to watch."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.common_fixes import correct_key, drop, exchange, give, meant_for, meant_words
from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, rule
from amp_lint.manifest import doc_urls
from amp_lint.manifest.objects import Event
from amp_lint.text.edits import Fix
from amp_lint.yaml.nodes import Sequence

_AUTO, _LIST = "watchFieldsAuto", "requiredWatchFields"


@rule(
    "update-event-watch-fields",
    group=Group.SUBSCRIBE,
    severity=Severity.ERROR,
    url=doc_urls.EVENTS,
    needs=("updateEvent",),
)
def check(context: Context) -> Iterator[Finding]:
    """`updateEvent` has both or neither of `watchFieldsAuto` and `requiredWatchFields`.

    An update is reported when a watched field changes, so the platform has to know which fields are
    watched: all of them or those the customer selected (`watchFieldsAuto`), or the ones on a list
    (`requiredWatchFields`). It takes exactly one of the two, and a list with something in it.

    ## Fix

    With both, remove the one that is not meant. With neither, `watchFieldsAuto: all` is the usual
    choice; a list keeps changes away that your application does not care about.

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
              requiredFields:
                - fieldName: email
        subscribe:
          objects:
            - objectName: contacts
              destination: crm-webhook
              inheritFieldsAndMapping: true
              updateEvent:
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
              requiredFields:
                - fieldName: email
        subscribe:
          objects:
            - objectName: contacts
              destination: crm-webhook
              inheritFieldsAndMapping: true
              updateEvent:
                enabled: always
                watchFieldsAuto: all
                requiredWatchFields:
                  - email
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
              updateEvent:
                enabled: always
                requiredWatchFields:
                  - email
    ```
    """
    for integration in context.manifest.integrations:
        for item in integration.subscribe_objects:
            event = item.events.get("updateEvent")
            if event is not None:
                yield from _judge(context, event)


def _judge(context: Context, event: Event) -> Iterator[Finding]:
    auto, fields = event.key(_AUTO), event.key(_LIST)
    if event.has(_AUTO) and event.has(_LIST) and auto is not None and fields is not None:
        first, second = sorted((auto, fields), key=lambda key: key.start)
        yield context.finding(
            second,
            f"`{_AUTO}` and `{_LIST}` exclude each other, and the platform refuses both together; "
            "remove one",
            related=[context.related(first, "the other one")],
            fixes=_one_left(context, event, auto_first=first is auto),
        )
    elif event.lacks(_AUTO) and event.lacks(_LIST):
        meant = meant_for(event, _AUTO, _LIST)
        add = f"add `{_AUTO}: all`, or name them in `{_LIST}`"
        is_there = event.own(_LIST) is not None
        usual = (
            exchange(context, event, _LIST, _AUTO, "all")
            if is_there
            else give(context, event, _AUTO, "all")
        )
        yield context.finding(
            meant[0].key if meant else event.head,
            "`updateEvent` must say which fields to watch for updates; "
            f"{meant_words(*meant) if meant else add}",
            fixes=[correct_key(context, *meant) if meant else usual],
            claims=[meant[0].key] if meant else [],
        )
    elif event.lacks(_AUTO) and fields is not None and _is_empty(event):
        yield context.finding(
            fields,
            f"no field is watched, so no update would ever be reported; name fields here, or "
            f"replace this by `{_AUTO}: all`",
            fixes=[exchange(context, event, _LIST, _AUTO, "all")],
        )


def _one_left(context: Context, event: Event, *, auto_first: bool) -> Iterator[Fix | None]:
    """Remove either, the second one first; an empty list is not worth keeping."""
    keys = (_LIST, _AUTO) if auto_first else (_AUTO, _LIST)
    for key in keys:
        if key == _LIST or not _is_empty(event):
            yield drop(context, event, key)


def _is_empty(event: Event) -> bool:
    fields = event.value(_LIST)
    return isinstance(fields, Sequence) and not fields.items and not fields.incomplete
