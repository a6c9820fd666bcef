"""Text that YAML takes for something else."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import SHAPE, Context, Group, rule
from amp_lint.manifest import doc_urls


@rule(
    "yaml-ambiguous-scalar",
    group=Group.SYNTAX,
    severity=Severity.ERROR,
    url=doc_urls.MANIFEST,
    needs=(SHAPE,),
)
def check(context: Context) -> Iterator[Finding]:
    """Text without quotes that the platform reads as a boolean or a number.

    The platform reads YAML 1.1, where `yes`, `no`, `on`, `off`, `y` and `n` are booleans, `1.0` is
    the number one and `0123` is eighty-three. Where text is due, such a value is refused or arrives
    rewritten: an object called `no` becomes `false`. Where nothing is lost in between, as in `123`,
    this is only a warning.

    ## Fix

    Put the value in quotes.

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
              requiredFields:
                - fieldName: on
    ```

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
                - fieldName: 123
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
                - fieldName: "on"
    ```
    """
    yield from context.shape()
