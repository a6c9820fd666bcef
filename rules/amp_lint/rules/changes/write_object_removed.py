"""Objects that can no longer be written."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, Scope, rule
from amp_lint.manifest import doc_urls
from amp_lint.text.messages import quoted


@rule(
    "write-object-removed",
    group=Group.CHANGES,
    severity=Severity.ERROR,
    url=doc_urls.WRITE,
    scope=Scope.FILE,
)
def check(context: Context) -> Iterator[Finding]:
    """An object can no longer be written.

    Requests that write the object have its name in the URL. They may be refused after the deploy.

    ## What is documented

    The server has an error for an object that is not in the revision. The documentation does not
    say when the server starts to return it.

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
        write:
          objects:
            - objectName: contacts
            - objectName: companies
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
        write:
          objects:
            - objectName: contacts
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
        write:
          objects:
            - objectName: contacts
            - objectName: "companies"
    ```
    """
    changes = context.changes
    for pair in changes.pairs:
        section = pair.new.part("write")
        at = section.key_at("objects") or pair.new.key_at("write") or pair.new.anchor
        for old in pair.writes.removed:
            if at is None:
                continue
            yield context.finding(
                at,
                f"{quoted(old.name)} can no longer be written: requests that write it may be "
                "refused; keep it until no code sends them",
                severity=changes.severity(pair.old, Severity.ERROR),
                related=changes.before(old.at("objectName"), f"{quoted(old.name)} before"),
            )
