"""Destinations that cannot exist by their name."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.odd_text import odd_text
from amp_lint.linter.rule import Context, Group, Scope, rule
from amp_lint.manifest import doc_urls
from amp_lint.manifest.model import DESTINATION_NAME
from amp_lint.text.messages import listed, quoted
from amp_lint.text.name_slips import name_slip
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
            slip = name_slip(node.value)
            if slip is not None:
                yield context.finding(
                    node,
                    f"{quoted(node.value)} {slip.words}; copy the name of the destination from the "
                    "dashboard",
                )
            continue
        slip = name_slip(node.value)
        name = slip.meant[0] if slip is not None and slip.meant else node.value
        near = hints.nearest(name, proper) or _with_dashes(name)
        hint = f"did you mean {quoted(near)}?" if near else "copy the name from the dashboard"
        if slip is not None and len(slip.meant) > 1:
            hint = "an object has one destination"
        odd_hint = odd_text(node.value)
        if odd_hint:
            hint = f"{odd_hint}; {hint}" if slip is not None and slip.meant else odd_hint
        odd = listed(list(dict.fromkeys(_OTHER.findall(node.value[:_LONGEST]))) or ["…"])
        yield context.finding(
            node,
            f"a destination name may only contain letters, digits and dashes, not {odd}; {hint}",
        )


def _with_dashes(name: str) -> str:
    """Return the name with dashes for other characters; empty if that is not a useful guess."""
    others = _OTHERS.findall(name)
    if len(name) > _LONGEST or "/" in name or any(map(str.isalnum, "".join(others))):
        return ""
    return _OTHERS.sub("-", name).strip("-")
