"""Objects that could not be compared with a customer's account."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, Scope, rule
from amp_lint.manifest import doc_urls
from amp_lint.project.snapshot import METADATA, Snapshot
from amp_lint.text.messages import quoted


@rule(
    "object-check-failed",
    group=Group.PROJECT,
    severity=Severity.WARNING,
    url=doc_urls.READ,
    needs=("objectname",),
    scope=Scope.FILE,
)
def check(context: Context) -> Iterator[Finding]:
    """Objects and fields of a customer's account could not be fetched, so some were not checked.

    The snapshot was to hold the objects and fields of the accounts that `--group` names, and at
    least one could not be had: the group has no connection to the provider, the provider
    refused, or there was no time left. If none of a provider's objects is found, the connection
    is more likely to be missing than the objects, and `object-exists` reports nothing.

    ## Fix

    Name a group that has a working connection to the provider, and fetch the snapshot again with
    `amp-lint pull --group`.

    ## Snapshot

    ```json
    {"failed": {"metadata": "`contacts` of hubspot: 502 Bad Gateway"}}
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
    ```

    ## Right

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: hubspot
        proxy:
          enabled: true
    ```
    """
    snapshot = context.snapshot
    if snapshot is None:
        return
    for integration in context.manifest.integrations:
        for item in integration.read_objects:
            reason = _reason(snapshot, integration.provider.value if integration.provider else "")
            if item.name is not None and reason:
                yield context.finding(
                    item.name,
                    f"not all objects and fields were compared with a customer's account on "
                    f"{snapshot.as_of}: {reason}",
                )
                return


def _reason(snapshot: Snapshot, provider: str) -> str:
    """Why an object of the provider was not compared; empty if all were."""
    asked = snapshot.objects(provider)
    if asked and not any(one["accounts"] for one in asked.values()):
        return f"it has none of the objects of {quoted(provider)}, or no connection to it"
    return snapshot.failed.get(METADATA, "")
