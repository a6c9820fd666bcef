"""Subscriptions to objects that are not read."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint import links
from amp_lint.finding import Finding, Severity
from amp_lint.manifest import Integration
from amp_lint.rule import Context, Group, rule
from amp_lint.wording import Hints, listed, quoted


@rule(
    "subscribe-requires-read", group=Group.SUBSCRIBE, severity=Severity.ERROR, url=links.SUBSCRIBE
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

    An object with nothing but `otherEvents` takes nothing from a read object and needs none. That
    an integration of such objects only should have a `read` section all the same is what one part
    of the documentation says and another does not, so its absence is a warning there.

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
    hints = Hints()
    for integration in context.manifest.integrations:
        if integration.lacks("read"):
            yield from _without_section(context, integration)
        elif integration.knows_its_reads:
            yield from _without_object(context, integration, hints)


def _without_section(context: Context, integration: Integration) -> Iterator[Finding]:
    key = integration.key("subscribe")
    if key is None:
        return
    objects, meant = integration.subscribe_objects, integration.misspelt("read")
    needy = [item for item in objects if item.has_standard_event]
    names = list(dict.fromkeys(item.name.value for item in needy if item.name is not None))
    if needy:
        which = listed(names) if names else "these objects"
        hint = f"{quoted(meant)} may be meant to be it" if meant else f"add one that reads {which}"
        yield context.finding(
            key,
            f"events take their fields from read objects, and this integration has no `read`; "
            f"{hint}",
        )
    elif meant is None and any(item.has("otherEvents") for item in objects):
        yield context.finding(
            key,
            "an integration that subscribes is expected to have a `read` section, even where only "
            "`otherEvents` are used; add one if the deploy is refused",
            severity=Severity.WARNING,
        )


def _without_object(context: Context, integration: Integration, hints: Hints) -> Iterator[Finding]:
    reported: set[str] = set()
    for item in integration.subscribe_objects:
        name = item.name
        if name is None or not item.has_standard_event:
            continue
        # What is listed twice lacks one read object; the second entry is a duplicate.
        if name.value in integration.read_by_name or name.value in reported:
            continue
        reported.add(name.value)
        near = hints.nearest(name.value, integration.read_by_name)
        hint = f"write {quoted(near)}, which is read" if near else "add it under `read`"
        yield context.finding(
            name,
            f"{quoted(name.value)} is not read by this integration, and its events take their "
            f"fields from the read object of that name; {hint}",
        )
