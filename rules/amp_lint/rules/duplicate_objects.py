"""The same object listed twice under one action."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, rule
from amp_lint.manifest import doc_urls
from amp_lint.manifest.model import Object
from amp_lint.text.messages import quoted


@rule(
    "duplicate-read-object",
    group=Group.NAMES,
    severity=Severity.ERROR,
    url=doc_urls.READ,
    needs=("read",),
)
def read(context: Context) -> Iterator[Finding]:
    """An integration reads the same `objectName` twice.

    An object is read once per integration, with one schedule, one list of fields and one
    destination. Names that differ only in case count as the same object.

    ## Fix

    Put everything about the object into one entry; the fix that is offered removes the second with
    all that it says. To read the object in two ways, make a second integration.

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
            - objectName: contacts
              destination: crm-webhook
              schedule: "*/30 * * * *"
              requiredFields:
                - fieldName: phone
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
                - fieldName: phone
    ```
    """
    for integration in context.manifest.integrations:
        others = [*integration.write_objects, *integration.subscribe_objects]
        yield from _repeated(context, "read", integration.read_objects, others)


@rule(
    "duplicate-write-object",
    group=Group.NAMES,
    severity=Severity.ERROR,
    url=doc_urls.WRITE,
    needs=("write",),
)
def write(context: Context) -> Iterator[Finding]:
    """An integration writes the same `objectName` twice.

    One entry already allows creating and updating records of the object; a second one could only
    contradict it. Names that differ only in case count as the same object.

    ## Fix

    Keep one entry, with the settings of both. The fix that is offered removes the second.

    ## Wrong

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: hubspot
        write:
          objects:
            - objectName: contacts
            - objectName: Contacts
    ```

    ## Right

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: hubspot
        write:
          objects:
            - objectName: contacts
            - objectName: companies
    ```
    """
    for integration in context.manifest.integrations:
        others = [*integration.read_objects, *integration.subscribe_objects]
        yield from _repeated(context, "write", integration.write_objects, others)


@rule(
    "duplicate-subscribe-object",
    group=Group.NAMES,
    severity=Severity.ERROR,
    url=doc_urls.SUBSCRIBE,
    needs=("subscribe",),
)
def subscribe(context: Context) -> Iterator[Finding]:
    """An integration subscribes to the same `objectName` twice.

    All events of an object stand in one entry and go to one destination. Names that differ only in
    case count as the same object.

    ## Fix

    Move the events of the second entry into the first. The fix that is offered removes the second
    with its events.

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
              createEvent:
                enabled: always
            - objectName: contacts
              destination: crm-webhook
              inheritFieldsAndMapping: true
              deleteEvent:
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
              deleteEvent:
                enabled: always
    ```
    """
    for integration in context.manifest.integrations:
        others = [*integration.read_objects, *integration.write_objects]
        yield from _repeated(context, "subscribe", integration.subscribe_objects, others)


def _repeated(
    context: Context, action: str, objects: Iterable[Object], others: Iterable[Object]
) -> Iterator[Finding]:
    elsewhere = {item.name.value for item in others if item.name is not None}
    first: dict[str, Object] = {}
    for item in objects:
        if item.name is None:
            continue
        earlier = first.setdefault(item.name.value.casefold(), item)
        if earlier is item or earlier.name is None:
            continue
        name, before = quoted(item.name.value), quoted(earlier.name.value)
        # What other actions say of the object, they say of this spelling.
        is_needed = name != before and item.name.value in elsewhere
        removed = None if is_needed else context.edit.remove_item(item.use)
        also = "" if name == before else f" as {before}, and case makes no difference"
        yield context.finding(
            item.repeats("objectName", earlier),
            f"{name} is already listed under `{action}`{also}; keep one entry for it",
            label="listed again",
            related=[context.related(earlier.name, "first used here")],
            fixes=[context.fix(f"Remove this {name}", removed)],
        )
