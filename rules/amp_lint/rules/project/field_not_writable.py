"""Fields that a write object inherits and that cannot be written."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, rule
from amp_lint.manifest import doc_urls
from amp_lint.text.messages import quoted


@rule(
    "field-not-writable",
    group=Group.PROJECT,
    severity=Severity.INFO,
    url=doc_urls.WRITE,
    needs=("inheritmapping",),
)
def check(context: Context) -> Iterator[Finding]:
    """A write object inherits a mapping onto a field that is read-only.

    With `inheritMapping: true`, a value that your app writes under the mapped name goes to the
    field that the read object maps to it. If the provider calculates that field, such as a
    score or a date of creation, the provider refuses the write.

    ## Fix

    Do not write this field from your app; or map another one.

    ## Notes

    The platform knows whether a field is read-only for some providers only.

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
                - fieldName: hs_score
                  mapToName: score
        write:
          objects:
            - objectName: contacts
              inheritMapping: true
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
                - fieldName: hs_score
        write:
          objects:
            - objectName: contacts
              inheritMapping: true
    ```
    """
    snapshot = context.snapshot
    if snapshot is None:
        return
    for integration in context.manifest.integrations:
        provider = integration.provider.value if integration.provider is not None else ""
        for item in integration.write_objects:
            if item.name is None or item.flag("inheritMapping") is not True:
                continue
            read = integration.read_by_name.get(item.name.value)
            account = snapshot.object(provider, item.name.value)
            for field in read.fields if read is not None and account is not None else ():
                name = field.field_name
                known = account.field(name.value) if account and name is not None else None
                if name is None or known is None or not known.read_only or not field.map_to_name:
                    continue
                yield context.finding(
                    name,
                    f"{quoted(name.value)} is read-only in the account in the snapshot (as of "
                    f"{snapshot.as_of}), so the provider refuses a write that sets "
                    f"{quoted(field.map_to_name.value)}; do not write it, or map another field",
                    related=[context.related(item.name, "the write object inherits the mapping")],
                )
