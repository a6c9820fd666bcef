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

    At least one object of the accounts that `--group` names could not be fetched: the group has no
    connection to the provider, the provider refused, or the time limit was reached. If none of a
    provider's objects is found, the connection is more likely to be missing than the objects, and
    `object-exists` reports nothing.

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
                    "some objects and fields were not compared with a customer's account: "
                    f"{reason} (as of {snapshot.as_of}); fix the cause and fetch them again",
                )
                return


def _reason(snapshot: Snapshot, provider: str) -> str:
    """Why an object of the provider was not compared; empty if all were."""
    asked = snapshot.objects(provider)
    if asked and not any(one["accounts"] for one in asked.values()):
        return f"it has no connection to {quoted(provider)}, or none of these objects"
    return snapshot.failed.get(METADATA, "")
