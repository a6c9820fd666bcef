"""Provider apps that could not be compared with the project."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, Scope, rule
from amp_lint.manifest import doc_urls
from amp_lint.project.snapshot import PROVIDER_APPS
from amp_lint.text.messages import quoted


@rule(
    "provider-app-check-failed",
    group=Group.PROJECT,
    severity=Severity.WARNING,
    url=doc_urls.PROVIDERS,
    needs=("provider",),
    scope=Scope.FILE,
)
def check(context: Context) -> Iterator[Finding]:
    """The provider apps of the project could not be fetched, so none was checked.

    The reason is what the API answered when the snapshot was fetched, such as a key that may
    not read this list, or an error of the server. The other facts of the snapshot are compared
    all the same.

    ## Fix

    Use a key that may read provider apps, and fetch the snapshot again with `amp-lint pull`.

    ## Snapshot

    ```json
    {"failed": {"providerApps": "403 Forbidden: key may not"}}
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
        provider: sendGrid
        proxy:
          enabled: true
    ```
    """
    snapshot = context.snapshot
    reason = snapshot.failed.get(PROVIDER_APPS) if snapshot is not None else None
    if snapshot is None or reason is None:
        return
    for integration in context.manifest.integrations:
        name = integration.provider
        known = context.catalog.provider(name.value) if name is not None else None
        if name is not None and known is not None and known.auth_type == "oauth2":
            yield context.finding(
                name,
                f"the provider apps of project {quoted(snapshot.project)} were not checked, "
                f"because they could not be fetched on {snapshot.as_of} ({reason}); fix the cause "
                "and fetch them again",
            )
            return
