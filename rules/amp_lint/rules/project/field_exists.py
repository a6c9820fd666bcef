"""Fields that the customer's account lacks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, rule
from amp_lint.manifest import doc_urls
from amp_lint.manifest.model import Integration
from amp_lint.manifest.objects import ReadObject
from amp_lint.project.snapshot import AccountObject
from amp_lint.text.messages import quoted
from amp_lint.yaml.nodes import Scalar

_PATH = re.compile(r"""\$(?:\[(?P<quote>['"])(?P<bracket>.*?)(?P=quote)\]|\.(?P<dot>[^.\[]+))""")


@rule(
    "field-exists",
    group=Group.PROJECT,
    severity=Severity.WARNING,
    url=doc_urls.READ,
    needs=("objectname",),
)
def check(context: Context) -> Iterator[Finding]:
    """A customer's account does not have a field that is read, watched or proposed.

    Custom fields exist in some accounts and not in others. A customer whose account lacks a
    required field may not be able to install the integration, as the platform reads a sample
    when it is installed. The snapshot tells which fields exist in the accounts of the groups
    that `amp-lint pull --group` names. Names are compared without regard to case.

    ## Fix

    Correct the name; or leave it, if other customers have the field.

    ## Notes

    Checked are `fieldName`, the `default` of a mapping that the customer makes, and in a
    subscription the watched fields of an object with `optionalFieldsAuto`. Of a path such as
    `$['address']['city']` the first name counts. For some providers the platform does not know
    all fields, and the rule is a warning for this reason.

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
            - objectName: contacts
              destination: crmWebhook
              schedule: "*/30 * * * *"
              requiredFields:
                - fieldName: emial
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
        for item in integration.read_objects:
            account = snapshot.object(provider, item.name.value) if item.name is not None else None
            # No field at all means that the platform does not know the fields.
            if account is None or not account.accounts or not account.fields:
                continue
            for name in _named(integration, item):
                yield from _missing(context, name, account, snapshot.as_of)


def _named(integration: Integration, item: ReadObject) -> Iterator[Scalar]:
    """Where the fields of the object are named, each place once."""
    for field in item.fields:
        name = field.text("default") if field.is_user_mapping else field.field_name
        if name is not None:
            yield name
    if item.name is None or not item.takes_all_fields:
        return
    # Of other objects every watched field must be listed, and is.
    delivered = item.fields_by_delivered_name
    for one in integration.subscribe_objects:
        event = one.events.get("updateEvent")
        if event is not None and one.name is not None and one.name.value == item.name.value:
            watched = event.texts("requiredWatchFields")
            yield from (name for name in watched if name.value not in delivered)


def _missing(
    context: Context, name: Scalar, account: AccountObject, as_of: str
) -> Iterator[Finding]:
    found = account.field(name.value) or account.field(_head(name.value))
    if found is not None and found.accounts == account.accounts:
        return
    near = context.hints.nearest(name.value, account.fields) if found is None else None
    hint = f"write {quoted(near)}" if near else "ignore this if other customers have it"
    if account.accounts > 1:
        lacking = account.accounts - (found.accounts if found is not None else 0)
        where = f"{lacking} of {account.accounts} accounts (as of {as_of}) have"
    else:
        of = f" of {quoted(account.groups[0])}" if account.groups else " in the snapshot"
        where = f"the account{of} (as of {as_of}) has"
    edits = context.edit.set_text(name, near) if near else None
    yield context.finding(
        name,
        f"{where} no field {quoted(name.value)} in {quoted(account.name)}; {hint}",
        fixes=[context.fix(f"Change to {quoted(near or '')}", edits)],
    )


def _head(name: str) -> str:
    """The first name of a path; the name itself if it is not a path."""
    match = _PATH.match(name)
    return match["bracket"] or match["dot"] if match is not None else name
