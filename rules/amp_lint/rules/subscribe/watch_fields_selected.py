"""Watching the selected fields where nothing is selected."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, rule
from amp_lint.manifest import doc_urls


@rule(
    "watch-fields-selected",
    group=Group.SUBSCRIBE,
    severity=Severity.WARNING,
    url=doc_urls.EVENTS,
    needs=("watchFieldsAuto",),
)
def check(context: Context) -> Iterator[Finding]:
    """`watchFieldsAuto: selected` on an object without `inheritFieldsAndMapping: true`.

    `selected` watches the fields that each customer selected for the read object. A subscription
    that does not inherit from it knows of no selection, so there is nothing to watch.

    ## Fix

    Add `inheritFieldsAndMapping: true`, which `subscribe-inherit-fields` asks for as well; or watch
    all fields.

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
              optionalFieldsAuto: all
        subscribe:
          objects:
            - objectName: contacts
              destination: crm-webhook
              updateEvent:
                enabled: always
                watchFieldsAuto: selected
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
              optionalFieldsAuto: all
        subscribe:
          objects:
            - objectName: contacts
              destination: crm-webhook
              inheritFieldsAndMapping: true
              updateEvent:
                enabled: always
                watchFieldsAuto: selected
    ```
    """
    key = "inheritFieldsAndMapping"
    for integration in context.manifest.integrations:
        for item in integration.subscribe_objects:
            event = item.events.get("updateEvent")
            auto = event.text("watchFieldsAuto") if event is not None else None
            if auto is None or auto.value != "selected":
                continue
            if (item.lacks(key) and not item.misspelt(key)) or item.flag(key) is False:
                yield context.finding(
                    auto,
                    "`selected` means the fields that customers select for the read object, which "
                    f"is known here only with `{key}: true`; add that, or write `all`",
                )
