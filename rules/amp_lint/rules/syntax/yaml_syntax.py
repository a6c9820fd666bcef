"""Text that is not YAML."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import SYNTAX_PROBLEMS, Context, Group, rule
from amp_lint.manifest import doc_urls


@rule(
    "yaml-syntax",
    group=Group.SYNTAX,
    severity=Severity.ERROR,
    url=doc_urls.MANIFEST,
    needs=(SYNTAX_PROBLEMS,),
)
def check(context: Context) -> Iterator[Finding]:
    """The text cannot be read as YAML.

    The platform refuses the whole file. Here the fault is pointed at, and everything that can still
    be understood is judged all the same: the other integrations lose nothing. The usual slips are
    named: tabs, indentation, a quote or bracket that is never closed, a missing space after `:` or
    `-`, and a schedule without quotes, whose `*` YAML takes for a reference.

    ## Fix

    A schedule without quotes gets them, tabs in the indentation become the spaces they stand for,
    and a missing space after `:` is added. For many other mistakes there is a fix that guesses what
    was meant: a `;` or `=>` in place of a colon, a quote that is not closed.

    ## Notes

    A comment cannot suppress this rule: what cannot be read cannot be deployed.

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
              schedule: */30 * * * *
              requiredFields:
                - fieldName: email
    ```

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: hubspot
        read:
          objects:
            - objectName: contacts
              destination:contactWebhook
              schedule: "*/30 * * * *"
              requiredFields:
                - fieldName: email
    ```

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: "crm-sync
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
        read:
          objects:
            - objectName: contacts
              destination: contactWebhook
              schedule: "*/30 * * * *"
              requiredFields:
                - fieldName: email
    ```
    """
    yield from context.faults("syntax", fatal=True)
