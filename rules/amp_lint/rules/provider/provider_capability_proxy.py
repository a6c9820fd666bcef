"""An integration proxies calls to a provider that does not support it."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, rule
from amp_lint.linter.rule_bases.provider_capability import unsupported
from amp_lint.manifest import doc_urls


@rule(
    "provider-capability-proxy",
    group=Group.PROVIDER,
    severity=Severity.WARNING,
    url=doc_urls.PROVIDERS,
    needs=("proxy",),
)
def check(context: Context) -> Iterator[Finding]:
    """An integration proxies calls to a provider that does not support it.

    The catalog says for each provider, and for each of its modules, which actions the platform has
    for it. It counts as supported what either of the two supports; this action neither does, so
    calls through the proxy will fail. `enabled: false` uses no proxy and is never reported.

    ## Notes

    amp-lint carries a snapshot of the catalog, whose date the message names. A provider can have
    learned an action since.

    ## Fix

    Remove `proxy`, and use the actions that the provider supports.

    ## Wrong

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: accounting-sync
        provider: xero
        proxy:
          enabled: true
    ```

    ## Right

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: accounting-sync
        provider: xero
        write:
          objects:
            - objectName: contacts
    ```
    """
    yield from unsupported(context, "proxy")
