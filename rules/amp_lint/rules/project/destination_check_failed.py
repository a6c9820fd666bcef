"""Destinations that could not be compared with the project."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, Scope, rule
from amp_lint.manifest import doc_urls
from amp_lint.project.snapshot import DESTINATIONS
from amp_lint.text.messages import quoted


@rule(
    "destination-check-failed",
    group=Group.PROJECT,
    severity=Severity.WARNING,
    url=doc_urls.DESTINATIONS,
    needs=("destination",),
    scope=Scope.FILE,
)
def check(context: Context) -> Iterator[Finding]:
    """The destinations of the project could not be fetched, so none was checked.

    The reason is what the API answered when the snapshot was fetched, such as a key that may
    not read this list, or an error of the server. The other facts of the snapshot are compared
    all the same.

    ## Fix

    Use a key that may read destinations, and fetch the snapshot again with `amp-lint pull`.

    ## Notes

    If the configuration lists the destinations, that list is compared with, and this rule reports
    nothing.

    ## Snapshot

    ```json
    {"failed": {"destinations": "403 Forbidden: key may not"}}
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
    snapshot, used = context.snapshot, context.manifest.destinations
    reason = snapshot.failed.get(DESTINATIONS) if snapshot is not None else None
    if snapshot is None or reason is None or not used or context.knows_destinations:
        return
    yield context.finding(
        used[0],
        f"the destinations of project {quoted(snapshot.project)} were not checked, because they "
        f"could not be fetched on {snapshot.as_of} ({reason}); fix the cause and fetch them again",
    )
