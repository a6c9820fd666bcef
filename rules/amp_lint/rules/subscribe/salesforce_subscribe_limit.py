"""More subscriptions than Salesforce allows."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, rule
from amp_lint.manifest import doc_urls
from amp_lint.manifest.objects import SubscribeObject


@rule(
    "salesforce-subscribe-limit",
    group=Group.SUBSCRIBE,
    severity=Severity.ERROR,
    url=doc_urls.SUBSCRIBE,
    needs=("subscribe",),
)
def check(context: Context) -> Iterator[Finding]:
    """An integration subscribes to more than five objects of Salesforce.

    Salesforce limits how many objects can be followed, and the platform allows five in one
    integration. The finding is at the sixth.

    ## Fix

    Keep the five whose changes matter at once, and read the others on a schedule.

    ## Notes

    An object that is listed twice counts once; `duplicate-subscribe-object` reports it.

    ## Wrong

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: salesforce
        read:
          objects:
            - { objectName: account, destination: crm, requiredFields: [{ fieldName: id }] }
            - { objectName: campaign, destination: crm, requiredFields: [{ fieldName: id }] }
            - { objectName: case, destination: crm, requiredFields: [{ fieldName: id }] }
            - { objectName: contact, destination: crm, requiredFields: [{ fieldName: id }] }
            - { objectName: lead, destination: crm, requiredFields: [{ fieldName: id }] }
            - { objectName: task, destination: crm, requiredFields: [{ fieldName: id }] }
        subscribe:
          objects:
            - &account
              objectName: account
              destination: crm
              inheritFieldsAndMapping: true
              createEvent:
                enabled: always
            - { <<: *account, objectName: campaign }
            - { <<: *account, objectName: case }
            - { <<: *account, objectName: contact }
            - { <<: *account, objectName: lead }
            - { <<: *account, objectName: task }
    ```

    ## Right

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: salesforce
        read:
          objects:
            - { objectName: account, destination: crm, requiredFields: [{ fieldName: id }] }
            - { objectName: campaign, destination: crm, requiredFields: [{ fieldName: id }] }
            - { objectName: case, destination: crm, requiredFields: [{ fieldName: id }] }
            - { objectName: contact, destination: crm, requiredFields: [{ fieldName: id }] }
            - { objectName: lead, destination: crm, requiredFields: [{ fieldName: id }] }
            - objectName: task
              destination: crm
              schedule: "*/10 * * * *"
              requiredFields: [{ fieldName: id }]
        subscribe:
          objects:
            - &account
              objectName: account
              destination: crm
              inheritFieldsAndMapping: true
              createEvent:
                enabled: always
            - { <<: *account, objectName: campaign }
            - { <<: *account, objectName: case }
            - { <<: *account, objectName: contact }
            - { <<: *account, objectName: lead }
    ```
    """
    for integration in context.manifest.integrations:
        most = integration.most_subscriptions
        if most is None:
            continue
        objects = list(_different(integration.subscribe_objects))
        if len(objects) <= most:
            continue
        yield context.finding(
            objects[most].head,
            f"this integration subscribes to {len(objects)} objects, and the platform allows "
            f"{most} of Salesforce; read the others on a schedule",
            label="the sixth object",
        )


def _different(objects: list[SubscribeObject]) -> Iterator[SubscribeObject]:
    seen: set[str] = set()
    for item in objects:
        name = item.name.value.casefold() if item.name is not None else None
        if name is None or name not in seen:
            yield item
        if name is not None:
            seen.add(name)
