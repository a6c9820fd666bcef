"""Watched fields and events that are listed twice."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, rule
from amp_lint.manifest import doc_urls
from amp_lint.manifest.view import View
from amp_lint.text.edits import Fix
from amp_lint.text.messages import quoted
from amp_lint.yaml.nodes import Node, Scalar, follow


@rule(
    "duplicate-event-entry",
    group=Group.SUBSCRIBE,
    severity=Severity.WARNING,
    url=doc_urls.EVENTS,
    needs=("requiredWatchFields", "otherEvents"),
)
def check(context: Context) -> Iterator[Finding]:
    """`requiredWatchFields` or `otherEvents` lists the same name twice.

    The second one has no effect. Often it was copied to be changed, and the name that was meant is
    missing from the list.

    ## Fix

    Remove it, or write the name that was meant.

    ## Wrong

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: salesforce
        read:
          objects:
            - objectName: account
              destination: crm-webhook
              requiredFields:
                - fieldName: name
        subscribe:
          objects:
            - objectName: account
              destination: crm-webhook
              inheritFieldsAndMapping: true
              updateEvent:
                enabled: always
                requiredWatchFields:
                  - name
                  - name
              otherEvents:
                - UNDELETE
                - UNDELETE
    ```

    ## Right

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: salesforce
        read:
          objects:
            - objectName: account
              destination: crm-webhook
              requiredFields:
                - fieldName: name
                - fieldName: website
        subscribe:
          objects:
            - objectName: account
              destination: crm-webhook
              inheritFieldsAndMapping: true
              updateEvent:
                enabled: always
                requiredWatchFields:
                  - name
                  - website
              otherEvents:
                - UNDELETE
    ```
    """
    for integration in context.manifest.integrations:
        for item in integration.subscribe_objects:
            event = item.events.get("updateEvent")
            if event is not None:
                yield from _repeated(context, event, "requiredWatchFields")
            yield from _repeated(context, item, "otherEvents")


def _repeated(context: Context, view: View, key: str) -> Iterator[Finding]:
    first: dict[str, Node] = {}
    for place in view.places(key):
        text = follow(place)
        if not isinstance(text, Scalar) or text.kind != "str" or not text.value:
            continue
        earlier = first.setdefault(text.value, place)
        if earlier is not place:
            yield context.finding(
                place,
                f"{quoted(text.value)} is already in `{key}`, so this one has no effect; remove it",
                label="listed again",
                related=[context.related(earlier, "first used here")],
                fixes=[_fix(context, place, text.value)],
            )


def _fix(context: Context, place: Node, name: str) -> Fix | None:
    edits = context.edit.remove_item(place)
    return context.fix(f"Remove the repeated {quoted(name)}", edits, safe=True)
