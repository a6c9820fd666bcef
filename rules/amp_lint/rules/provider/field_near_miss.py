"""A `fieldName` is almost the name of a field that the object is known to have."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, rule
from amp_lint.linter.rule_bases.near_misses import (
    Guesses,
    catalog_place,
    mapped_names,
    near_miss,
)
from amp_lint.manifest import doc_urls
from amp_lint.text.messages import quoted


@rule(
    "field-near-miss",
    group=Group.PROVIDER,
    severity=Severity.WARNING,
    url=doc_urls.FIELD,
    needs=("fieldName",),
)
def check(context: Context) -> Iterator[Finding]:
    """A `fieldName` is almost the name of a field that the object is known to have.

    The deploy does not check the names of fields. A misspelt one delivers no value, or makes the
    provider reject the read.

    ## Fix

    Write the known name. If the object does have a field of the name as it is written, such as one
    that a customer has added, suppress the finding.

    ## Notes

    amp-lint carries a dated snapshot of the fields of many objects. It is incomplete, so a name is
    not reported for being absent, but only if it is one or two edits away from exactly one known
    name, which the platform's own metadata has: it has the fields of Stripe, and none of the CRM
    objects of HubSpot and Salesforce. Two edits need nine characters. Another case, which the
    platform ignores, or a plural is not reported. Neither are names of fewer than five characters,
    names made of words that the provider uses elsewhere, paths (`$['a']['b']`) and the forms that
    custom fields have (`Score__c`, `custom_score`).

    ## Wrong

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
                - fieldName: amuont_due
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
        for item in integration.read_objects if place is not None else ():
            if place is None or item.name is None:
                continue
            names = [field.field_name for field in item.fields]
            written = {name.value for name in names if name is not None}
            mapped = mapped_names(item.fields)
            for name in names:
                if name is None or name.value in mapped:
                    continue
                near = guesses.field(*place, item.name.value, name.value)
                # An author who writes both names means two fields.
                if near is not None and near not in written:
                    of = f"field {quoted(name.value)} of {quoted(item.name.value)}"
                    same = [other for other in names if other and other.value == name.value]
                    yield near_miss(context, name, of, near, same)
