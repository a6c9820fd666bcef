"""Subscribe objects that do not inherit from their read object."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint import links
from amp_lint.finding import Finding, Severity
from amp_lint.rule import Context, Group, rule


@rule(
    "subscribe-inherit-fields", group=Group.SUBSCRIBE, severity=Severity.ERROR, url=links.SUBSCRIBE
)
def check(context: Context) -> Iterator[Finding]:
    """A subscribe object with standard events does not say `inheritFieldsAndMapping: true`.

    `createEvent`, `updateEvent`, `deleteEvent` and `associationChangeEvent` deliver the fields of
    the read object with the same name, under the names that are mapped there. The platform has no
    other source for them and refuses the object without this key.

    ## Notes

    An object with nothing but `otherEvents` does not need it.

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
    key = "inheritFieldsAndMapping"
    for integration in context.manifest.integrations:
        for item in integration.subscribe_objects:
            missing = item.lacks(key)
            if not item.has_standard_event or not (missing or item.flag(key) is False):
                continue
            hint = f"add `{key}: true`" if missing else "write `true`"
            yield context.finding(
                item.key(key) or item.head,
                "events take their fields from the read object, and the platform refuses an object "
                f"that does not inherit them; {hint}",
            )
