"""Deliveries that change their mode."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, Scope, rule
from amp_lint.manifest import doc_urls
from amp_lint.text.messages import quoted

_EFFECTS = {
    "auto": "the platform sends records without a request",
    "onRequest": "records wait until your app requests them",
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

    With `auto` the platform sends records by itself; with `onRequest` the app requests each page.
    Code written for one mode gets no records in the other.

    ## What is documented

    `delivery` is deprecated. The documentation does not say when existing installations switch to
    the new mode.

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
            f"the delivery mode of {quoted(one.new.name)} changes from {quoted(old)} to "
            f"{quoted(new)}: {_EFFECTS.get(new, 'records may arrive in another way')}; change the "
            "code that receives them together with the deploy",
            severity=changes.severity(pair.old, Severity.WARNING),
            related=changes.before(one.old.part("delivery").at("mode"), f"{quoted(old)} before"),
        )
