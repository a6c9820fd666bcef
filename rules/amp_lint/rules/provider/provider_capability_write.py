"""An integration writes to a provider that does not support writing."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, rule
from amp_lint.linter.rule_bases.provider_capability import unsupported
from amp_lint.manifest import doc_urls


@rule(
    "provider-capability-write",
    group=Group.PROVIDER,
    severity=Severity.WARNING,
    url=doc_urls.PROVIDERS,
    needs=("write",),
)
def check(context: Context) -> Iterator[Finding]:
    """An integration writes to a provider that does not support writing.

    The catalog says for each provider, and for each of its modules, which actions the platform has
    for it. It counts as supported what either of the two supports; this action neither does, so
    every write will fail.

    ## Notes

    amp-lint carries a snapshot of the catalog, whose date the message names. A provider can have
    learned an action since.

    ## Fix

    Remove the section, or call the provider's API through `proxy` where that is supported.

    ## Wrong

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: tasks-sync
        provider: clickup
        write:
          objects:
            - objectName: task
    ```

    ## Right

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: tasks-sync
        provider: clickup
        proxy:
          enabled: true
    ```
    """
    yield from unsupported(context, "write")
