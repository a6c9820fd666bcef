"""Documents behind the first one."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import SYNTAX_PROBLEMS, Context, Group, rule
from amp_lint.manifest import doc_urls


@rule(
    "yaml-extra-document",
    group=Group.SYNTAX,
    severity=Severity.WARNING,
    url=doc_urls.TOP_LEVEL,
    needs=(SYNTAX_PROBLEMS,),
)
def check(context: Context) -> Iterator[Finding]:
    """There is something behind the first document of the file.

    A line `---` ends a YAML document and begins the next one. The platform reads the first and
    stops: integrations behind the line are never deployed, and nothing says so. Put all
    integrations in one list.

    ## Wrong

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: hubspot
        proxy:
          enabled: true
    ---
    specVersion: 1.0.0
    integrations:
      - name: crm-proxy
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
      - name: crm-proxy
        provider: salesforce
        proxy:
          enabled: true
    ```
    """
    yield from context.faults("extra-document", fatal=False)
