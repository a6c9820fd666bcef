"""Proxies that send requests to another address."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, Scope, rule
from amp_lint.manifest import doc_urls
from amp_lint.text.messages import quoted


@rule(
    "proxy-base-changed",
    group=Group.CHANGES,
    severity=Severity.ERROR,
    url=doc_urls.PROVIDERS,
    scope=Scope.FILE,
)
def check(context: Context) -> Iterator[Finding]:
    """The proxy sends requests to another address.

    With `useModule: true` the proxy puts the module's base address in front of each path, without
    it the provider's. The app's current paths lead to another address after the change.

    ## What is documented

    `useModule` is not stored for each installation, so it comes from the revision. The
    documentation does not say when existing installations use the new address.

    ## Before

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: mail-sync
        provider: google
        module: calendar
        proxy:
          enabled: true
          useModule: true
    ```

    ## Wrong

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: mail-sync
        provider: google
        module: calendar
        proxy:
          enabled: true
          useModule: false
    ```

    ## Right

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: mail-sync
        provider: google
        module: calendar
        proxy:
          enabled: true
          "useModule": true
    ```
    """
    changes = context.changes
    for pair in changes.pairs:
        old, new = pair.old.part("proxy"), pair.new.part("proxy")
        at = new.at("useModule") or new.at("enabled")
        if at is None or not (old.flag("enabled") and new.flag("enabled")):
            continue
        before = pair.old.module if old.flag("useModule") else ""
        after = pair.new.module if new.flag("useModule") else ""
        if before == after:
            continue
        yield context.finding(
            at,
            f"the proxy uses {_base(after)} instead of {_base(before)}: the paths that your app "
            "sends lead to another address; change them together with the deploy",
            severity=changes.severity(pair.old, Severity.ERROR),
            related=changes.before(old.at("useModule", "enabled"), f"{_base(before)} before"),
        )


def _base(module: str) -> str:
    return (
        f"the base address of module {quoted(module)}" if module else "the provider's base address"
    )
