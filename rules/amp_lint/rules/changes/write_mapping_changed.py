"""Write objects whose field names change."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, Scope, rule
from amp_lint.manifest import doc_urls
from amp_lint.manifest.revision.matching import ObjectPair
from amp_lint.manifest.revision.model import IntegrationRevision
from amp_lint.text.messages import quoted
from amp_lint.yaml.nodes import Node


@rule(
    "write-mapping-changed",
    group=Group.CHANGES,
    severity=Severity.WARNING,
    url=doc_urls.WRITE,
    scope=Scope.FILE,
)
def check(context: Context) -> Iterator[Finding]:
    """The field names in write requests change.

    With `inheritMapping: true` a write names fields by the mapped names of the read object, without
    it by the provider's names. Code that writes uses the old names.

    ## What is documented

    The documentation describes both forms. It does not say when existing installations accept the
    new names.

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
                  mapToName: mail
        write:
          objects:
            - objectName: contacts
              inheritMapping: true
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
                  mapToName: mail
        write:
          objects:
            - objectName: contacts
              inheritMapping: false
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
                  mapToName: mail
        write:
          objects:
            - objectName: contacts
              "inheritMapping": true
    ```
    """
    changes = context.changes
    for pair, one in changes.writes:
        at = _place(one)
        if at is None or not one.new.is_whole:
            continue
        old, new = _names(pair.old, one.old.name), _names(pair.new, one.new.name)
        was, is_now = one.old.flag("inheritMapping"), one.new.flag("inheritMapping")
        before, after = old if was else {}, new if is_now else {}
        changed = [name for name in {**before, **after} if before.get(name) != after.get(name)]
        common = [
            name for name in changed if was is not is_now or (name in before and name in after)
        ]
        if not common:
            continue
        yield context.finding(
            at,
            f"requests that write {quoted(one.new.name)} must send "
            f"{quoted(after.get(common[0], common[0]))} instead of "
            f"{quoted(before.get(common[0], common[0]))}: requests with the old name may be "
            "refused or lose the field; change the code that writes together with the deploy",
            severity=changes.severity(pair.old, Severity.WARNING),
            related=changes.before(one.old.at("inheritMapping"), f"`{str(was).lower()}` before"),
        )


def _place(one: ObjectPair) -> Node | None:
    return one.new.at("inheritMapping") or one.new.anchor


def _names(integration: IntegrationRevision, name: str) -> dict[str, str]:
    """The delivered name of each mapped field of the read object, by the provider's name."""
    found = (one for one in integration.reads if one.name.casefold() == name.casefold())
    read = next(found, None)
    if read is None:
        return {}
    return {one.source: one.mapped for one in read.fields if one.source and one.mapped}
