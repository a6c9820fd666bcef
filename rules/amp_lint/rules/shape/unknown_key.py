"""Keys without any effect."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import SHAPE, Context, Group, rule
from amp_lint.manifest import doc_urls


@rule(
    "unknown-key",
    group=Group.SHAPE,
    severity=Severity.WARNING,
    url=doc_urls.MANIFEST,
    needs=(SHAPE,),
)
def check(context: Context) -> Iterator[Finding]:
    """A key that means nothing at its place.

    The platform ignores keys it does not know without a word. This is the costliest slip a manifest
    can hold: `requiredField` deploys, and not one field is read. A key that is right elsewhere is
    just as dead in the wrong place; then the message says where it belongs.

    ## Fix

    Rename the key, where a known one is near and not there yet.

    ## Notes

    A key of your own whose value carries an anchor (`defaults: &defaults`) is taken for a shelf
    from which the manifest refers to the value, and not reported.

    ## Wrong

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: hubspot
        read:
          objects:
            - objectName: contacts
              destination: contactWebhook
              schedule: "*/30 * * * *"
              optionalFieldsAuto: all
              requiredField:
                - fieldName: email
    ```

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: hubspot
        proxy:
          enabled: true
        schedule: "*/30 * * * *"
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
              destination: contactWebhook
              schedule: "*/30 * * * *"
              requiredFields:
                - fieldName: email
    ```
    """
    yield from context.shape()
