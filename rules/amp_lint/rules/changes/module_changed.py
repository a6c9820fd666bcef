"""Integrations that get another module."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, Scope, rule
from amp_lint.manifest import doc_urls
from amp_lint.text.messages import quoted


@rule(
    "module-changed",
    group=Group.CHANGES,
    severity=Severity.WARNING,
    url=doc_urls.PROVIDERS,
    scope=Scope.FILE,
)
def check(context: Context) -> Iterator[Finding]:
    """The module of an integration changes.

    The module decides which API of the provider is used and which data a connection must have.
    Adding or removing a provider's default module is not a change.

    ## What is documented

    Customers are asked for data that the new module requires and their connection lacks. The
    documentation does not say what their installations do until then.

    ## Before

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: mail-sync
        provider: google
        module: calendar
        proxy:
          enabled: false
        write:
          objects:
            - objectName: events
    ```

    ## Wrong

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: mail-sync
        provider: google
        module: mail
        proxy:
          enabled: false
        write:
          objects:
            - objectName: events
    ```

    ## Right

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: mail-sync
        displayName: Calendar
        provider: google
        module: calendar
        proxy:
          enabled: false
        write:
          objects:
            - objectName: events
    ```
    """
    changes = context.changes
    for pair in changes.pairs:
        old, new = pair.old.module, pair.new.module
        at = pair.new.at("module") or pair.new.anchor
        if at is None or old == new or pair.old.provider != pair.new.provider:
            continue
        yield context.finding(
            at,
            f"the module changes from {_shown(old)} to {_shown(new)}: the connections of "
            f"{changes.customers(pair.old)} may lack data that is now required (the documentation "
            "does not say what their installations do then); ask them to connect again",
            severity=changes.severity(pair.old, Severity.WARNING),
            related=changes.before(pair.old.at("module"), f"{_shown(old)} before"),
        )


def _shown(module: str) -> str:
    return quoted(module) if module else "no module"
