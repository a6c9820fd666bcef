"""Association events of providers that have none."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, rule
from amp_lint.manifest import doc_urls
from amp_lint.text.messages import quoted
from amp_schema.catalog import catalog

_PROVIDER = "hubspot"


@rule(
    "association-event-provider",
    group=Group.SUBSCRIBE,
    severity=Severity.WARNING,
    url=doc_urls.EVENTS,
    needs=("associationChangeEvent",),
)
def check(context: Context) -> Iterator[Finding]:
    """`associationChangeEvent` on an object of another provider than HubSpot.

    Only HubSpot tells the platform when records are linked to each other or unlinked. Elsewhere the
    event never comes.

    ## Fix

    Remove the block. Where the provider keeps the link in a field of the record, `updateEvent`
    tells of its change.

    ## Wrong

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: salesforce
        read:
          objects:
            - objectName: contact
              destination: crm-webhook
              requiredFields:
                - fieldName: accountid
        subscribe:
          objects:
            - objectName: contact
              destination: crm-webhook
              inheritFieldsAndMapping: true
              associationChangeEvent:
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
              associationChangeEvent:
                enabled: always
                includeFullRecords: true
    ```
    """
    for integration in context.manifest.integrations:
        name = integration.provider
        provider = catalog().provider(name.value) if name is not None else None
        if provider is None or _PROVIDER in (provider.name, provider.objects_like):
            continue
        for item in integration.subscribe_objects:
            key = item.key("associationChangeEvent")
            if key is None or not item.has("associationChangeEvent"):
                continue
            yield context.finding(
                key,
                "only HubSpot has association events, and "
                f"{quoted(provider.name)} never sends one; remove this block",
            )
