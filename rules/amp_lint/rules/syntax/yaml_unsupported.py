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
    """YAML that the platform refuses.

    The file is YAML, and the deploy tool still cannot read it:

    - a circular alias, or aliases that stand for hundreds of thousands of values;
    - a control character, or bytes that are not UTF-8;
    - `%YAML 1.2`, or any version other than 1.1;
    - a merge key `<<` with a value that is neither a mapping nor a list of mappings;
    - an empty key, `null`, a mapping or a list as a key, even where the key is ignored;
    - `.inf` or `.nan` without quotes where no string is due;
    - a tag that does not fit its text, such as `!!int abc`;
    - more than 1,000 levels of nesting.

    A file of more than 10 MB is not looked at, and this is all that is said about it.

    Warnings are a tag that the platform does not know, such as `!secret`, which makes a scalar a
    string; a display name or a prompt that begins with an anchor that nothing refers to, such as
    `&CRM sync`, of which only `sync` is left; and UTF-16, which the platform reads and other tools
    may not.

    ## Fix

    Remove the `%YAML` line.

    ## Notes

    A comment cannot suppress this rule.

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
    %YAML 1.2
    ---
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: hubspot
        proxy:
          enabled: true
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
    yield from context.faults("unsupported", fatal=True)
    for finding in context.faults("unsupported", fatal=False):
        yield replace(finding, severity=Severity.WARNING)
