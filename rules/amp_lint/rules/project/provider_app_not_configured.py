"""OAuth providers that the project has no app for."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, Scope, rule
from amp_lint.manifest import doc_urls
from amp_lint.project.snapshot import PROVIDER_APPS
from amp_lint.text.messages import quoted

# The flow in which a customer signs in with the provider; with PKCE, its name is longer.
_USUAL = "authorizationCode"


@rule(
    "provider-app-not-configured",
    group=Group.PROJECT,
    severity=Severity.WARNING,
    url=doc_urls.PROVIDERS,
    needs=("provider",),
    scope=Scope.FILE,
)
def check(context: Context) -> Iterator[Finding]:
    """The project has no provider app for an OAuth provider.

    Customers connect to most OAuth providers through an app of yours: a client id and a secret
    that the provider gave you and that the project keeps as a *provider app*. Until the project
    has one, no customer can connect, although the manifest deploys. Provider apps belong to one
    project: that of the development project does not help the production project.

    ## Fix

    Add the provider app in the dashboard, then fetch the snapshot again with `amp-lint pull`.

    ## Notes

    Providers without OAuth, and those where customers enter client credentials or a password of
    their own, need no provider app. How customers sign in is known from the platform's catalog;
    `amp-lint pull` asks the platform about each OAuth provider without an app. If it gave no
    answer, the usual way, with an app, is assumed.

    ## Snapshot

    ```json
    {"providerApps": ["salesforce"]}
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
        provider: salesforce
        read:
          objects:
            - objectName: contact
              destination: crmWebhook
              schedule: "*/30 * * * *"
              requiredFields:
                - fieldName: email
    ```
    """
    snapshot = context.snapshot
    if snapshot is None or not snapshot.is_complete(PROVIDER_APPS):
        return
    apps = {name.casefold() for name in snapshot.provider_apps or ()}
    for integration in context.manifest.integrations:
        name = integration.provider
        if name is None or name.value.casefold() in apps:
            continue
        known = context.catalog.provider(name.value)
        grant = snapshot.grant_type(name.value) or _USUAL
        if known is None or known.auth_type != "oauth2" or not grant.startswith(_USUAL):
            continue
        apps.add(name.value.casefold())
        yield context.finding(
            name,
            f"project {quoted(snapshot.project)} has no provider app for {quoted(name.value)} (as "
            f"of {snapshot.as_of}), so no customer can connect; add it in the dashboard",
        )
