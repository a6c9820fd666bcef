"""An `objectName` is almost the name of an object that the provider is known to have."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, rule
from amp_lint.linter.rule_bases.near_misses import (
    Guesses,
    catalog_place,
    mapped_names,
    named,
    near_miss,
    objects_by_action,
)
from amp_lint.manifest import doc_urls
from amp_lint.manifest.model import Integration
from amp_lint.manifest.objects import Object, SubscribeObject
from amp_lint.text.messages import quoted
from amp_schema.objects import objects_of


@rule(
    "object-near-miss",
    group=Group.PROVIDER,
    severity=Severity.WARNING,
    url=doc_urls.OBJECT_NAME,
    needs=("objectName",),
)
def check(context: Context) -> Iterator[Finding]:
    """An `objectName` is almost the name of an object that the provider is known to have.

    The deploy does not check the names of objects. A misspelt one fails when the first customer
    installs the integration.

    ## Fix

    Write the known name. If the provider does have an object of the name as it is written, such as
    one that was added since, suppress the finding.

    ## Notes

    amp-lint carries a dated snapshot of the objects of many providers. It is incomplete, so a name
    is not reported for being absent, but only if it is one edit away from exactly one known name,
    which the platform itself or its guide lists. A wrong plural, `companys` for `companies`, counts
    as one edit; another case or a right plural is not reported. Neither are names of fewer than
    five characters, names made of words that the provider uses elsewhere, the forms that custom
    objects have (`Invoice__c`, `custom_invoice`), and any name where customers add objects of their
    own (HubSpot, Salesforce, NetSuite and others).

    ## Wrong

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: billing-sync
        provider: stripe
        read:
          objects:
            - objectName: invocies
              destination: billing-webhook
              schedule: "*/30 * * * *"
              requiredFields:
                - fieldName: amount_due
    ```

    ## Right

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: billing-sync
        provider: stripe
        read:
          objects:
            - objectName: invoices
              destination: billing-webhook
              schedule: "*/30 * * * *"
              requiredFields:
                - fieldName: amount_due
    ```
    """
    guesses = Guesses(context)
    for integration in context.manifest.integrations:
        place = catalog_place(integration)
        if place is None or not objects_of(*place):
            continue
        mapped = mapped_names(integration.read_objects)
        for objects in objects_by_action(integration):
            written = {item.name.value for item in objects if item.name is not None}
            for item in objects:
                name = item.name
                if name is None or name.value in mapped:
                    continue
                near = guesses.object(*place, name.value)
                # An author who writes both names means two objects.
                if near is None or near in written or misses_its_read(integration, item, near):
                    continue
                same = named(integration, name.value)
                yield near_miss(context, name, f"object {quoted(name.value)}", near, same)


def misses_its_read(integration: Integration, item: Object, near: str) -> bool:
    """Return whether `subscribe-requires-read` already suggests the near name, which is read."""
    return (
        isinstance(item, SubscribeObject)
        and item.has_standard_event
        and item.name is not None
        and item.name.value not in integration.read_by_name
        and near in integration.read_by_name
    )
