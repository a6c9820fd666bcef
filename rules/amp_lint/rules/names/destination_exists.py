"""Destinations that are not among those that exist."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, rule
from amp_lint.manifest import doc_urls
from amp_lint.text.messages import listed, quoted


@rule(
    "destination-exists",
    group=Group.NAMES,
    severity=Severity.ERROR,
    url=doc_urls.DESTINATION,
    needs=("destination",),
)
def check(context: Context) -> Iterator[Finding]:
    """A `destination` is not among those that the project has, or that the configuration lists.

    Data for a destination that does not exist is not delivered. The platform may notice that only
    when it delivers. The manifest alone cannot tell which destinations exist, so this rule needs a
    snapshot of the project (`amp-lint pull`), or a configuration that lists their names; with both,
    each name must be in one of them. The names are compared including upper and lower case.

    ## Fix

    Correct the name; or add the destination in the dashboard, and fetch the snapshot again or
    extend the list.

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
    if not context.knows_destinations:
        return
    known = frozenset(context.destinations)
    hints = context.hints
    for node in context.manifest.destinations:
        if node.value in known:
            continue
        near = hints.nearest(node.value, context.destinations)
        edits = context.edit.set_text(node, near) if near else None
        yield context.finding(
            node,
            f"{_where(context)} no destination {quoted(node.value)}"
            f"{_when(context)}; {_hint(near, context.destinations)}",
            fixes=[context.fix(f"Change to {quoted(near or '')}", edits)],
        )


def _where(context: Context) -> str:
    snapshot = context.snapshot
    if snapshot is None or not snapshot.lists_destinations:
        return "the configuration lists"
    return f"project {quoted(snapshot.project)} has"


def _when(context: Context) -> str:
    snapshot = context.snapshot
    if snapshot is None or not snapshot.lists_destinations:
        return ", and the platform refuses one that does not exist"
    return f" (as of {snapshot.as_of})"


def _hint(near: str | None, known: Sequence[str]) -> str:
    if near:
        return f"write {quoted(near)}"
    return f"there are {listed(known)}" if known else "it has none; add it in the dashboard first"
