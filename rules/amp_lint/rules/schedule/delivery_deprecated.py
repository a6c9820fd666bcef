"""Deliveries, which are on their way out."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, rule
from amp_lint.manifest import doc_urls

_OTHERWISE = "new manifests leave it out and take records as they are read"


@rule(
    "delivery-deprecated",
    group=Group.SCHEDULE,
    severity=Severity.INFO,
    url=doc_urls.DELIVERY,
    tags=("deprecated",),
    needs=("delivery",),
)
def check(context: Context) -> Iterator[Finding]:
    """`delivery` on a read object is deprecated.

    It still works, and chooses between records that are sent as they are read and records that
    wait until they are asked for. New manifests leave it out and have them sent as they are read.

    ## Wrong

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: salesforce
        read:
          objects:
            - objectName: contact
              destination: contact-webhook
              schedule: "*/30 * * * *"
              optionalFieldsAuto: all
              delivery:
                mode: auto
    ```

    ## Right

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: salesforce
        read:
          objects:
            - objectName: contact
              destination: contact-webhook
              schedule: "*/30 * * * *"
              optionalFieldsAuto: all
    ```
    """
    for integration in context.manifest.integrations:
        for item in integration.read_objects:
            key = item.key("delivery")
            if key is not None and item.has("delivery"):
                auto = item.delivery is not None and item.delivery.is_auto
                yield context.finding(
                    key,
                    "`delivery` is deprecated; "
                    + ("remove it; records are sent as they are read" if auto else _OTHERWISE),
                    label="deprecated",
                )
