"""Deliveries that change their mode."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, Scope, rule
from amp_lint.manifest import doc_urls
from amp_lint.text.messages import quoted

_EFFECTS = {
    "auto": "records arrive without being asked for",
    "onRequest": "records wait until the app asks for them",
}


@rule(
    "delivery-changed",
    group=Group.CHANGES,
    severity=Severity.WARNING,
    url=doc_urls.READ,
    scope=Scope.FILE,
)
def check(context: Context) -> Iterator[Finding]:
    """Records are delivered in another mode.

    With `auto` the platform sends records by itself, with `onRequest` the app asks for each page.
    Code written for one mode gets nothing in the other.

    ## What is documented

    `delivery` is deprecated. From when on existing installations use the new mode is not
    documented.

    ## Before

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: hubspot
        read:
          objects:
            - objectName: contacts
              destination: crmWebhook
              schedule: "*/30 * * * *"
              requiredFields:
                - fieldName: email
              delivery:
                mode: onRequest
                pageSize: 100
    ```

    ## Wrong

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: hubspot
        read:
          objects:
            - objectName: contacts
              destination: crmWebhook
              schedule: "*/30 * * * *"
              requiredFields:
                - fieldName: email
    ```

    ## Right

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: hubspot
        read:
          objects:
            - objectName: contacts
              destination: crmWebhook
              schedule: "*/30 * * * *"
              requiredFields:
                - fieldName: email
              delivery:
                mode: "onRequest"
                pageSize: 100
    ```
    """
    changes = context.changes
    for pair, one in changes.reads:
        old = one.old.part("delivery").text("mode", "auto")
        new = one.new.part("delivery").text("mode", "auto")
        at = one.new.part("delivery").at("mode") or one.new.anchor
        if at is None or old == new or not one.new.is_whole:
            continue
        yield context.finding(
            at,
            f"{quoted(one.new.name)} is delivered in the mode {quoted(new)} instead of "
            f"{quoted(old)}: {_EFFECTS.get(new, 'records may arrive in another way')}; change the "
            "code that receives them together with the deploy",
            severity=changes.severity(pair.old, Severity.WARNING),
            related=changes.before(one.old.part("delivery").at("mode"), f"{quoted(old)} before"),
        )
