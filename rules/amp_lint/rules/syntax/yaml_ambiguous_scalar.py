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
    """A value without quotes that is a boolean or a number, where a string is due.

    The platform reads YAML 1.1, where `yes`, `no`, `on`, `off`, `y` and `n` are booleans, `1.0` is
    the number one and `0123` is eighty-three. It turns such a value back into a string, and numbers
    with a fraction or an exponent go through a 32-bit float. So `no` becomes `false`, `1.10`
    becomes `1.1` and `16777217.0` becomes `1.6777216e+07`. Where the text survives, as that of
    `123` and `true` does, this is only a warning.

    In the entries of `requiredFields` and `optionalFields` the platform does not turn a number or a
    boolean into a string, so it cannot read the entry. There, this is always an error.

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
