"""The version of the manifest format."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import SHAPE, Context, Group, rule
from amp_lint.manifest import doc_urls


@rule(
    "spec-version",
    group=Group.SHAPE,
    severity=Severity.ERROR,
    url=doc_urls.TOP_LEVEL,
    needs=(SHAPE,),
)
def check(context: Context) -> Iterator[Finding]:
    """`specVersion` is missing, or is not `1.0.0`.

    The first line of a manifest names the edition of the format it is written in. There is only
    one, `1.0.0`, and the platform refuses a file without it. Shortened to `1.0` it is a number.

    ## Fix

    Write `specVersion: 1.0.0`, as the first line where it is missing.

    ## Wrong

    ```yaml
    integrations:
      - name: crm-sync
        provider: hubspot
        proxy:
          enabled: true
    ```

    ```yaml
    specVersion: 1.0
    integrations:
      - name: crm-sync
        provider: hubspot
        proxy:
          enabled: true
    ```

    ```yaml
    specVersion: 2.0.0
    integrations:
      - name: crm-sync
        provider: hubspot
        proxy:
          enabled: true
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

    ```yaml
    specVersion: "1.0.0"
    integrations:
      - name: crm-sync
        provider: hubspot
        proxy:
          enabled: true
    ```
    """
    yield from context.shape()
