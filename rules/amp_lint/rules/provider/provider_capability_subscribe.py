"""An integration subscribes to a provider that does not support subscribing."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, rule
from amp_lint.linter.rule_bases.provider_capability import unsupported
from amp_lint.manifest import doc_urls


@rule(
    "provider-capability-subscribe",
    group=Group.PROVIDER,
    severity=Severity.WARNING,
    url=doc_urls.PROVIDERS,
    needs=("subscribe",),
)
def check(context: Context) -> Iterator[Finding]:
    """An integration subscribes to a provider that does not support subscribing.

    The catalog says for each provider, and for each of its modules, which actions the platform has
    for it. It counts as supported what either of the two supports; this action neither does, so no
    event will arrive.

    ## Notes

    amp-lint carries a snapshot of the catalog, whose date the message names. A provider can have
    learned an action since.

    ## Fix

    Read the object on a schedule instead, every ten minutes at the most.

    ## Wrong

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: deals-sync
        provider: pipedrive
        read:
          objects:
            - objectName: deals
              destination: deals-webhook
              requiredFields:
                - fieldName: title
        subscribe:
          objects:
            - objectName: deals
              destination: deals-webhook
              inheritFieldsAndMapping: true
              createEvent:
                enabled: always
    ```

    ## Right

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: deals-sync
        provider: pipedrive
        read:
          objects:
            - objectName: deals
              destination: deals-webhook
              schedule: "*/10 * * * *"
              requiredFields:
                - fieldName: title
    ```
    """
    yield from unsupported(context, "subscribe")
