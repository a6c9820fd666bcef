"""Two integrations of one name."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, Scope, rule
from amp_lint.manifest import doc_urls
from amp_lint.manifest.model import Integration
from amp_lint.text.edits import Fix
from amp_lint.text.messages import quoted
from amp_lint.yaml.nodes import Node

# A longer name is a mistake of its own.
_LONGEST = 64


@rule(
    "duplicate-integration-name",
    group=Group.NAMES,
    scope=Scope.FILE,
    severity=Severity.ERROR,
    url=doc_urls.INTEGRATION,
)
def check(context: Context) -> Iterator[Finding]:
    """Two integrations of the file have the same `name`.

    The name is what tells integrations apart: every deploy makes a new revision of each of them,
    found by its name. Two of one name cannot be told apart, and the deploy is refused.

    ## Fix

    Rename one of the two. Where the second was copied from the first to add to it, move what it
    adds into the first and remove it.

    ## Wrong

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: salesforce
        proxy:
          enabled: true
      - name: crm-sync
        provider: hubspot
        proxy:
          enabled: true
    ```

    ## Right

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: salesforce-sync
        provider: salesforce
        proxy:
          enabled: true
      - name: hubspot-sync
        provider: hubspot
        proxy:
          enabled: true
    ```
    """
    first: dict[str, Integration] = {}
    free = _FreeNames(context)
    for integration in context.manifest.integrations:
        name = integration.name
        if name is None:
            continue
        earlier = first.setdefault(name.value, integration)
        if earlier is integration or earlier.name is None:
            continue
        here = integration.repeats("name", earlier)
        yield context.finding(
            here,
            f"another integration of this file is named {quoted(name.value)} too, and a deploy "
            "tells them apart by name; rename one of them",
            label="same name again",
            related=[context.related(earlier.name, "first used here")],
            fixes=[_renamed(context, here, free.like(name.value))],
        )


class _FreeNames:
    """Names that no integration of the file has, each given away once."""

    def __init__(self, context: Context) -> None:
        named = (integration.name for integration in context.manifest.integrations)
        self._taken = {name.value for name in named if name is not None}
        self._last: dict[str, int] = {}

    def like(self, name: str) -> str:
        """A name with the next free number behind it."""
        number = self._last.get(name, 1) + 1
        while f"{name}-{number}" in self._taken:
            number += 1
        self._last[name] = number
        self._taken.add(f"{name}-{number}")
        return f"{name}-{number}"


def _renamed(context: Context, here: Node, better: str) -> Fix | None:
    # An anchored name may serve as something else, too.
    if len(better) > _LONGEST or here.anchor is not None:
        return None
    return context.fix(f"Change to {quoted(better)}", context.edit.set_text(here, better))
