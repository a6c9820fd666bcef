"""Removals of `watchSchema`."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, Scope, rule
from amp_lint.manifest import doc_urls
from amp_lint.text.messages import quoted


@rule(
    "watch-schema-removed",
    group=Group.CHANGES,
    severity=Severity.INFO,
    url=doc_urls.MANIFEST,
    scope=Scope.FILE,
)
def check(context: Context) -> Iterator[Finding]:
    """`watchSchema` is removed.

    After the deploy, no notifications about new, deleted and changed fields are sent.

    ## What is documented

    The documentation says that removing `watchSchema` and deploying stops it for all installations.

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
        watchSchema:
          destination: schemaWebhook
          allObjects:
            fieldCreated:
              enabled: always
            fieldDeleted:
              enabled: always
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
        watchSchema: # fields
          destination: schemaWebhook
          allObjects:
            fieldCreated:
              enabled: always
            fieldDeleted:
              enabled: always
    ```
    """
    changes = context.changes
    for pair in changes.pairs:
        at = pair.new.anchor
        if at is None or not pair.new.is_whole:
            continue
        if "watchSchema" not in pair.old.keys or "watchSchema" in pair.new.keys:
            continue
        yield context.finding(
            at,
            f"`watchSchema` of {quoted(pair.new.name)} is removed: with the deploy, notifications "
            "about new, deleted and changed fields stop for "
            f"{changes.customers(pair.old)}; keep it until no code needs them",
            related=changes.before(pair.old.key_at("watchSchema"), "watched before"),
        )
