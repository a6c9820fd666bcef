"""Destinations that cannot exist by their name."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.odd_text import odd_text
from amp_lint.linter.rule import Context, Group, Scope, rule
from amp_lint.manifest import doc_urls
from amp_lint.manifest.model import DESTINATION_NAME
from amp_lint.text.messages import listed, quoted
from amp_schema.patterns import pattern

_OTHER = pattern(r"[^A-Za-z0-9-]")
_OTHERS = pattern(r"[^A-Za-z0-9-]+")
_LONGEST = 100


@rule(
    "destination-name-format",
    group=Group.NAMES,
    severity=Severity.WARNING,
    scope=Scope.FILE,
    url=doc_urls.DESTINATION,
    needs=("destination",),
)
def check(context: Context) -> Iterator[Finding]:
    """A `destination` holds a character that no destination's name can have.

    Destinations are made in the dashboard, and their names consist of letters, digits and dashes.
    A name with an underscore, a dot, a space or an address in it leads nowhere: the manifest names
    a destination, and the dashboard knows its address.

    ## Fix

    Copy the name of the destination from the dashboard.

    ## Notes

    Where the configuration lists the destinations that exist, that list decides, and
    `destination-exists` speaks instead.

    ## Wrong

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: salesforce
        read:
          objects:
            - objectName: contact
              destination: crm_webhook
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
              destination: crm-webhook
              schedule: "*/30 * * * *"
              requiredFields:
                - fieldName: email
    ```
    """
    if context.knows_destinations:
        return
    nodes = context.manifest.destinations
    proper = {node.value for node in nodes if DESTINATION_NAME.match(node.value)}
    hints = context.hints
    for node in nodes:
        if node.value in proper:
            continue
        near = hints.nearest(node.value, proper) or _with_dashes(node.value)
        odd_hint = odd_text(node.value)
        hint = f"did you mean {quoted(near)}?" if near else "copy the name from the dashboard"
        odd = listed(list(dict.fromkeys(_OTHER.findall(node.value[:_LONGEST]))) or ["…"])
        yield context.finding(
            node,
            "a destination name may only contain letters, digits and dashes, not "
            f"{odd}; {odd_hint or hint}",
        )


def _with_dashes(name: str) -> str:
    """Return the name with dashes for other characters; empty if that is not a useful guess."""
    if len(name) > _LONGEST or "/" in name:
        return ""
    return _OTHERS.sub("-", name).strip("-")
