"""Manifests and integrations that do nothing."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import SHAPE, Context, Group, rule
from amp_lint.manifest import doc_urls


@rule(
    "integration-structure",
    group=Group.SHAPE,
    severity=Severity.ERROR,
    url=doc_urls.INTEGRATION,
    needs=(SHAPE,),
)
def check(context: Context) -> Iterator[Finding]:
    """No integrations, or an integration without an action.

    A manifest lists at least one integration, and each integration has at least one of `read`,
    `write`, `subscribe` and `proxy`. The deploy tool refuses anything less. `watchSchema` alone is
    not enough: it watches what the other actions use.

    ## Wrong

    ```yaml
    specVersion: 1.0.0
    integrations: []
    ```

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: hubspot
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
    yield from context.shape()
