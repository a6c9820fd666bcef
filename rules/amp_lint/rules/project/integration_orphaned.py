"""Integrations of the project that no manifest has."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, Scope, rule
from amp_lint.manifest import doc_urls
from amp_lint.project.snapshot import DeployedIntegration
from amp_lint.text.messages import quoted


@rule(
    "integration-orphaned",
    group=Group.PROJECT,
    severity=Severity.INFO,
    url=doc_urls.INTEGRATION,
    on=False,
    needs=("integrations",),
    scope=Scope.FILE,
)
def check(context: Context) -> Iterator[Finding]:
    """The project has an integration that no linted manifest has.

    A deploy does not change integrations that are not in the manifest. One that was renamed or
    removed in the file keeps running, with its installations, until it is deleted.

    ## Fix

    Delete the integration with `amp delete:integration`, which also deletes its
    installations; or add it to the manifest again.

    ## Notes

    The manifests of one run are taken together, so lint all manifests of the project at once. The
    findings are in the first manifest. Editors do not report it: they know the manifests of the
    folders that are open, which need not be all.

    ## Snapshot

    ```json
    {"integrations": [{"name": "crm-sync"}, {"name": "old-sync", "installations": 3}]}
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
        read:
          objects:
            - objectName: contacts
              destination: crmWebhook
              schedule: "*/30 * * * *"
              requiredFields:
                - fieldName: email
      - name: old-sync
        provider: hubspot
        proxy:
          enabled: true
    ```
    """
    snapshot, elsewhere = context.snapshot, context.deployed_elsewhere
    key = context.manifest.key("integrations")
    if snapshot is None or elsewhere is None or key is None:
        return
    named = (one.name for one in context.manifest.integrations)
    names = {*elsewhere, *(name.value for name in named if name is not None)}
    known = {name.casefold() for name in names}
    for name, deployed in (snapshot.integrations or {}).items():
        if name.casefold() not in known:
            yield context.finding(
                key,
                f"project {quoted(snapshot.project)} has the integration {quoted(name)}"
                f"{_installed(deployed)} (as of {snapshot.as_of}), which is in no manifest here; a "
                "deploy does not delete it: run `amp delete:integration`, or add it to a manifest",
            )


def _installed(deployed: DeployedIntegration) -> str:
    count = deployed.installations
    if not count:
        return ""
    return f" with {count} installation{'' if count == 1 else 's'}"
