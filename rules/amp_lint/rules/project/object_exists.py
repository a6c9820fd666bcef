"""Objects that the customer's account lacks."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, rule
from amp_lint.manifest import doc_urls
from amp_lint.project.snapshot import AccountObject, Snapshot
from amp_lint.text.messages import quoted


@rule(
    "object-exists",
    group=Group.PROJECT,
    severity=Severity.WARNING,
    url=doc_urls.READ,
    needs=("objectname",),
)
def check(context: Context) -> Iterator[Finding]:
    """A customer's account does not have an object that is read.

    Custom objects, and those of products that the customer has not bought, exist in some
    accounts and not in others. A read of an object that the account lacks fails. The snapshot
    tells which of the objects exist in the accounts of the groups that `amp-lint pull --group`
    names.

    ## Fix

    Correct the name; or leave it, if other customers have the object.

    ## Notes

    The rule reports nothing about a provider none of whose objects was found: then the group has no
    connection to it, see `object-check-failed`.

    ## Snapshot

    ```json
    {
     "metadata": {
      "hubspot": {
       "contacts": {
        "accounts": 1,
        "missing": 0,
        "fields": {"email": {"displayName": "Email"}, "hs_score": {"readOnly": true}}
       },
       "contracts": {"accounts": 0, "missing": 1, "fields": {}}
      }
     }
    }
    ```

    ## Wrong

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: hubspot
        read:
          objects:
            - objectName: contracts
              destination: crmWebhook
              schedule: "*/30 * * * *"
              requiredFields:
                - fieldName: email
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
    ```
    """
    snapshot = context.snapshot
    if snapshot is None:
        return
    for integration in context.manifest.integrations:
        provider = integration.provider.value if integration.provider is not None else ""
        found = [name for name, one in snapshot.objects(provider).items() if one["accounts"]]
        for item in integration.read_objects if found else ():
            name = item.name
            account = snapshot.object(provider, name.value) if name is not None else None
            if name is None or account is None or not account.missing:
                continue
            near = None if account.accounts else context.hints.nearest(name.value, found)
            hint = f"write {quoted(near)}" if near else "ignore this if other customers have it"
            edits = context.edit.set_text(name, near) if near else None
            yield context.finding(
                name,
                f"{_where(account, snapshot)} no object {quoted(name.value)}; {hint}",
                fixes=[context.fix(f"Change to {quoted(near or '')}", edits)],
            )


def _where(account: AccountObject, snapshot: Snapshot) -> str:
    """Whose account lacks it."""
    every = account.accounts + account.missing
    if every > 1:
        return f"{account.missing} of {every} accounts (as of {snapshot.as_of}) have"
    of = f" of {quoted(account.groups[0])}" if account.groups else " in the snapshot"
    return f"the account{of} (as of {snapshot.as_of}) has"
