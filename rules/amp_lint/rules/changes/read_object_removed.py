"""Objects that are no longer read."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.changes import Changes
from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, Scope, rule
from amp_lint.manifest import doc_urls
from amp_lint.manifest.revision.matching import IntegrationPair
from amp_lint.text.messages import quoted
from amp_lint.yaml.nodes import Node


@rule(
    "read-object-removed",
    group=Group.CHANGES,
    severity=Severity.ERROR,
    url=doc_urls.READ,
    scope=Scope.FILE,
)
def check(context: Context) -> Iterator[Finding]:
    """An object is no longer read.

    If the integration has customers, the deploy tool stops and asks whether to keep reading the
    object for them. Without a terminal, as in CI, the question fails and the deploy is cancelled.

    ## What is documented

    The deploy tool compares the names of read objects without regard to case, and only if there is
    at least one installation. "Stop reading" pauses the object for all customers. No option answers
    the question.

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
            - objectName: companies
              destination: crmWebhook
              schedule: "*/30 * * * *"
              requiredFields:
                - fieldName: name
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
            - objectName: contacts # people
              destination: crmWebhook
              schedule: "*/30 * * * *"
              requiredFields:
                - fieldName: email
            - objectName: companies
              destination: crmWebhook
              schedule: "*/30 * * * *"
              requiredFields:
                - fieldName: name
    ```
    """
    changes = context.changes
    for pair in changes.pairs:
        for old in pair.reads.removed:
            at = _place(pair)
            if at is None:
                continue
            yield context.finding(
                at,
                f"{quoted(old.name)} is no longer read: {_effect(changes, pair)}",
                severity=changes.severity(pair.old, Severity.ERROR),
                related=changes.before(old.at("objectName"), f"{quoted(old.name)} before"),
            )


def _place(pair: IntegrationPair) -> Node | None:
    return pair.new.part("read").key_at("objects") or pair.new.key_at("read") or pair.new.anchor


def _effect(changes: Changes, pair: IntegrationPair) -> str:
    """What the deploy tool does, and what to do about it."""
    if pair.is_renamed:
        # The deploy tool compares integrations of the same name only.
        return (
            f"customers who move to {quoted(pair.new.name)} no longer get it; keep the object "
            "until no code needs it"
        )
    installations = changes.installations(pair.old)
    if installations == 0:
        return "nobody has installed the integration, so the deploy tool does not ask"
    if installations is None:
        asks = (
            "if the integration has customers, the deploy tool asks whether to keep reading it for "
            "them"
        )
    else:
        words = "installation" if installations == 1 else "installations"
        asks = f"the deploy tool asks whether to keep reading it for {installations} {words}"
    return f"{asks}, which cancels a deploy in CI; deploy by hand and answer, or keep the object"
