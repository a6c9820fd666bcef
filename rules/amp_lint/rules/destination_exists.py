"""Destinations that are not among those that exist."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, rule
from amp_lint.manifest import doc_urls
from amp_lint.text.messages import listed, quoted


@rule(
    "destination-exists",
    group=Group.NAMES,
    severity=Severity.ERROR,
    url=doc_urls.DESTINATIONS,
    needs=("destination",),
)
def check(context: Context) -> Iterator[Finding]:
    """A `destination` is not among those that the configuration lists.

    The platform refuses a manifest that sends data to a destination it does not know. The manifest
    alone cannot tell which ones exist, so this rule speaks only where the configuration of
    amp-lint names them. The names are compared letter for letter, upper and lower case included.

    ## Fix

    Correct the name; or make the destination in the dashboard and add it to the list.

    ## Notes

    The examples assume that the configuration lists `crmWebhook` and `default-webhook`.

    ## Wrong

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: salesforce
        read:
          objects:
            - objectName: contact
              destination: crmWebhok
              schedule: "*/30 * * * *"
              requiredFields:
                - fieldName: email
    ```

    ## Right

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: salesforce
        read:
          objects:
            - objectName: contact
              destination: crmWebhook
              schedule: "*/30 * * * *"
              requiredFields:
                - fieldName: email
    ```
    """
    if not context.destinations:
        return
    known = frozenset(context.destinations)
    hints = context.hints
    for node in context.manifest.destinations:
        if node.value in known:
            continue
        near = hints.nearest(node.value, context.destinations)
        hint = f"write {quoted(near)}" if near else f"there are {listed(context.destinations)}"
        edits = context.edit.set_text(node, near) if near else None
        yield context.finding(
            node,
            f"the configuration lists no destination {quoted(node.value)}, and the platform "
            f"refuses one that does not exist; {hint}",
            fixes=[context.fix(f"Change to {quoted(near or '')}", edits)],
        )
