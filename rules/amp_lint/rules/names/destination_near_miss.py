"""Destinations that look like a misspelling of another one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, Scope, rule
from amp_lint.manifest import doc_urls
from amp_lint.manifest.model import DESTINATION_NAME
from amp_lint.text.messages import quoted
from amp_lint.yaml.nodes import Scalar
from amp_schema.patterns import pattern

_CAMEL_CASE_WORD = pattern(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+")
# In a shorter name one edit makes another word: `dev`, `demo`, `test`.
_SHORTEST = 6


@rule(
    "destination-near-miss",
    group=Group.NAMES,
    severity=Severity.INFO,
    url=doc_urls.DESTINATION,
    needs=("destination",),
    scope=Scope.FILE,
)
def check(context: Context) -> Iterator[Finding]:
    """A `destination` is used once and is one edit away from one that is used more often.

    Destinations live in the dashboard, so a misspelt one looks like any other until the deploy is
    refused. One letter more, less, other or swapped, or only case and dashes that differ, make a
    slip likelier than a second destination.

    ## Fix

    Write the name that is used more often; or leave both, where there are two destinations.

    ## Notes

    Names that differ in a number, a letter or a code of two letters, such as `webhook1` and
    `webhook2` or `hook-us` and `hook-uk`, are taken as meant, and so are names of less than six
    characters. Where the configuration lists the destinations that exist, `destination-exists`
    speaks instead.

    ## Wrong

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
            - objectName: lead
              destination: crmWebhook
              schedule: "*/30 * * * *"
              requiredFields:
                - fieldName: email
            - objectName: account
              destination: crmWebhok
              schedule: "*/30 * * * *"
              requiredFields:
                - fieldName: name
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
            - objectName: lead
              destination: crmWebhook
              schedule: "*/30 * * * *"
              requiredFields:
                - fieldName: email
            - objectName: account
              destination: crmWebhook
              schedule: "*/30 * * * *"
              requiredFields:
                - fieldName: name
    ```
    """
    if context.knows_destinations:
        return
    uses = Counter(map(_value, context.manifest.destination_uses))
    frequent = [name for name, count in uses.items() if count > 1 and DESTINATION_NAME.match(name)]
    hints = context.hints
    for node in context.manifest.destinations:
        name = node.value
        if uses[name] > 1 or len(name) < _SHORTEST or not DESTINATION_NAME.match(name):
            continue
        near = hints.nearest(name, frequent, limit=1)
        if near is None or _counted(name, near):
            continue
        yield context.finding(
            node,
            f"{quoted(name)} is used only here, and {quoted(near)} {uses[near]} times; if they are "
            f"the same destination, write {quoted(near)}",
            fixes=[context.fix(f"Change to {quoted(near)}", context.edit.set_text(node, near))],
        )


def _value(node: Scalar) -> str:
    return node.value


def _counted(a: str, b: str) -> bool:
    """Whether two names differ in a number, a letter or a code of two, such as `hook-eu`: in what
    tells names apart on purpose."""
    differing = {*_CAMEL_CASE_WORD.findall(a)} ^ {*_CAMEL_CASE_WORD.findall(b)}
    return any(len(word) <= 2 or word.isdigit() for word in differing)
