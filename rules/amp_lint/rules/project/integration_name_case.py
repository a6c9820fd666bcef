"""Integrations whose name differs from the deployed one in case only."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, Scope, rule
from amp_lint.manifest import doc_urls
from amp_lint.project.snapshot import DeployedIntegration
from amp_lint.text.messages import quoted


@rule(
    "integration-name-case",
    group=Group.PROJECT,
    severity=Severity.WARNING,
    url=doc_urls.INTEGRATION,
    needs=("name",),
    scope=Scope.FILE,
)
def check(context: Context) -> Iterator[Finding]:
    """The project has an integration of this name in another case.

    A deploy finds the integration to update by its exact name. If only the case differs, it creates
    a second integration, and the customers of the first one stay on the first one.

    ## Fix

    Write the name as the project has it. The fix is unsafe: two integrations may be meant.

    ## Snapshot

    ```json
    {"integrations": [{"name": "crm-sync", "provider": "hubspot", "installations": 3}]}
    ```

    ## Wrong

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: CRM-sync
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
    deployed = snapshot.integrations if snapshot is not None else None
    if snapshot is None or not deployed:
        return
    written = {one.name.value for one in context.manifest.integrations if one.name is not None}
    by_folded_name = {name.casefold(): one for name, one in deployed.items()}
    for integration in context.manifest.integrations:
        name = integration.name
        if name is None or name.value in deployed:
            continue
        other = by_folded_name.get(name.value.casefold())
        if other is None or other.name in written:
            continue
        edits = context.edit.set_text(name, other.name)
        yield context.finding(
            name,
            f"project {quoted(snapshot.project)} has this integration as {quoted(other.name)} (as "
            f"of {snapshot.as_of}), so a deploy creates a second one{_left(other)}; write "
            f"{quoted(other.name)}",
            fixes=[context.fix(f"Change to {quoted(other.name)}", edits)],
        )


def _left(deployed: DeployedIntegration) -> str:
    """What happens to the customers, if there are any."""
    count = deployed.installations
    if not count:
        return ""
    return f" and leaves {count} installation{'' if count == 1 else 's'} on {quoted(deployed.name)}"
