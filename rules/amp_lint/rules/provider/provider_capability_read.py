"""An integration reads from a provider that does not support reading."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, rule
from amp_lint.linter.rule_bases.provider_capability import unsupported
from amp_lint.manifest import doc_urls


@rule(
    "provider-capability-read",
    group=Group.PROVIDER,
    severity=Severity.WARNING,
    url=doc_urls.PROVIDERS,
    needs=("read",),
)
def check(context: Context) -> Iterator[Finding]:
    """An integration reads from a provider that does not support reading.

    The catalog says for each provider, and for each of its modules, which actions the platform has
    for it. It counts as supported what either of the two supports; this action neither does, so no
    record will arrive.

    ## Notes

    amp-lint carries a snapshot of the catalog, whose date the message names. A provider can have
    learned an action since.

    ## Fix

    Use an action that the provider supports, such as `proxy` to call its API yourself.

    ## Wrong

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: marketing-sync
        provider: salesforceMarketing
        read:
          objects:
            - objectName: contacts
              destination: marketing-webhook
              schedule: "*/30 * * * *"
              requiredFields:
                - fieldName: email
    ```

    ## Right

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: marketing-sync
        provider: salesforceMarketing
        proxy:
          enabled: true
    ```
    """
    yield from unsupported(context, "read")
