"""Actions that the provider does not support."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, rule
from amp_lint.manifest import doc_urls
from amp_lint.manifest.model import ACTIONS, Integration
from amp_lint.text.messages import listed, quoted
from amp_schema.catalog import Provider


@rule(
    "provider-capability-read",
    group=Group.PROVIDER,
    severity=Severity.WARNING,
    url=doc_urls.PROVIDERS,
    needs=("read",),
)
def read(context: Context) -> Iterator[Finding]:
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
    yield from _unsupported(context, "read")


@rule(
    "provider-capability-write",
    group=Group.PROVIDER,
    severity=Severity.WARNING,
    url=doc_urls.PROVIDERS,
    needs=("write",),
)
def write(context: Context) -> Iterator[Finding]:
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
    yield from _unsupported(context, "write")


@rule(
    "provider-capability-subscribe",
    group=Group.PROVIDER,
    severity=Severity.WARNING,
    url=doc_urls.PROVIDERS,
    needs=("subscribe",),
)
def subscribe(context: Context) -> Iterator[Finding]:
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
    yield from _unsupported(context, "subscribe")


@rule(
    "provider-capability-proxy",
    group=Group.PROVIDER,
    severity=Severity.WARNING,
    url=doc_urls.PROVIDERS,
    needs=("proxy",),
)
def proxy(context: Context) -> Iterator[Finding]:
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
    yield from _unsupported(context, "proxy")


def _unsupported(context: Context, action: str) -> Iterator[Finding]:
    for integration in context.manifest.integrations:
        key, provider = integration.key(action), _known_provider(context, integration)
        if key is None or provider is None or not _uses(integration, action):
            continue
        module = integration.module
        chosen = module.value if module is not None else None
        if provider.supports(action, chosen):
            continue
        others = [other for other in ACTIONS if provider.supports(other, chosen)]
        hint = f"it has {listed(others)}" if others else "it has none of the actions"
        where = quoted(provider.name) + (f" with module {quoted(chosen)}" if chosen else "")
        yield context.finding(
            key,
            f"{where} does not support `{action}` in the catalog of {context.catalog.as_of}; "
            f"{hint}",
        )


def _known_provider(context: Context, integration: Integration) -> Provider | None:
    """The provider, if the catalog has it and the module that is written."""
    name, module = integration.provider, integration.module
    provider = context.catalog.provider(name.value) if name is not None else None
    if provider is None:
        return None
    if module is None:
        surely = integration.lacks_text("module") and not integration.misspelt("module")
        return provider if surely else None
    return provider if module.value in provider.modules else None


def _uses(integration: Integration, action: str) -> bool:
    view = integration.actions.get(action)
    return view is not None and (action != "proxy" or view.flag("enabled") is True)
