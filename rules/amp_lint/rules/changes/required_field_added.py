"""Fields that are read for each customer now."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.changes import Changes
from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, Scope, rule
from amp_lint.manifest import doc_urls
from amp_lint.manifest.revision.matching import IntegrationPair, ObjectPair
from amp_lint.manifest.revision.model import FieldEntry
from amp_lint.text.messages import quoted


@rule(
    "required-field-added",
    group=Group.CHANGES,
    severity=Severity.WARNING,
    url=doc_urls.READ,
    scope=Scope.FILE,
)
def check(context: Context) -> Iterator[Finding]:
    """A field is now read for every customer.

    A required field is read for every customer, so every customer's account must have it and allow
    reading it. Configurations that list the old required fields may not include the new one.

    ## What is documented

    Setup pages of older versions stored the required fields in each customer's configuration.
    The documentation does not say whether a field that such a copy lacks is read.

    ## Before

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: hubspot
        read:
          objects:
            - objectName: contacts
              destination: crmWebhook
              schedule: "*/30 * * * *"
              requiredFields:
                - fieldName: email
    ```

    ## Wrong

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: hubspot
        read:
          objects:
            - objectName: contacts
              destination: crmWebhook
              schedule: "*/30 * * * *"
              requiredFields:
                - fieldName: email
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
              destination: crmWebhook
              schedule: "*/30 * * * *"
              requiredFields:
                - fieldName: email
              optionalFields:
                - fieldName: phone
    ```
    """
    changes = context.changes
    for pair, one in changes.reads:
        sources = {entry.source.casefold() for entry in one.old.fields if entry.required}
        # `field-mapping-changed` reports these, and that each account must have the field.
        told = {id(field.new) for field in one.resourced_fields if field.old.required}
        for entry in one.newly_required:
            at = entry.at("fieldName")
            if at is None or entry.source.casefold() in sources or id(entry) in told:
                continue
            yield context.finding(
                at,
                f"{quoted(entry.source)} of {quoted(one.new.name)} is now read for every customer: "
                f"{_effect(changes, pair, one, entry)}; make it optional if an account may lack it",
                severity=_severity(changes, pair, one),
            )


def _severity(changes: Changes, pair: IntegrationPair, one: ObjectPair) -> Severity:
    """Info if the configurations are known and none has a copy of the required fields."""
    known = changes.installations(pair.old) is not None
    copies = changes.selection(pair.old, one.old.name).fields
    level = Severity.INFO if known and not copies else Severity.WARNING
    return changes.severity(pair.old, level)


def _effect(changes: Changes, pair: IntegrationPair, one: ObjectPair, entry: FieldEntry) -> str:
    """Who may not have the field."""
    snapshot = changes.snapshot
    account = None if snapshot is None else snapshot.object(pair.new.provider, one.new.name)
    if account is not None and account.field(entry.source) is None:
        count = account.accounts
        lack = (
            "account in the snapshot lacks"
            if count == 1
            else f"{count} accounts in the snapshot lack"
        )
        return f"the {lack} it"
    copies = max(changes.selection(pair.old, one.old.name).fields.values(), default=0)
    if copies:
        return (
            f"the configuration of {changes.of_customers(pair.old, copies)} lists fields without "
            "it, so they may not get it"
        )
    return "every account must have it and allow reading it"
