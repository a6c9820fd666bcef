"""YAML that the platform cannot take."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import SYNTAX_PROBLEMS, Context, Group, rule
from amp_lint.manifest import doc_urls
from amp_schema.lite_dataclasses import replace


@rule(
    "yaml-unsupported",
    group=Group.SYNTAX,
    severity=Severity.ERROR,
    url=doc_urls.MANIFEST,
    needs=(SYNTAX_PROBLEMS,),
)
def check(context: Context) -> Iterator[Finding]:
    """The text is YAML of a kind, but not one the platform can take.

    A value that contains a reference to itself has no end. More than a hundred levels of nesting,
    control characters, and bytes that are not UTF-8 stop the platform's decoder, and so do
    references that stand for hundreds of thousands of values.

    A file of more than 10 MB is not looked at, and this is all that is said about it.

    A tag such as `!secret` is only a warning: it deploys, and the tag has no effect.

    ## Notes

    A comment cannot silence this rule.

    ## Wrong

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: hubspot
        proxy: &proxy
          enabled: true
          useModule: *proxy
    ```

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: !secret crm-sync
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
    """
    yield from context.faults("unsupported", grave=True)
    for finding in context.faults("unsupported", grave=False):
        yield replace(finding, severity=Severity.WARNING)
