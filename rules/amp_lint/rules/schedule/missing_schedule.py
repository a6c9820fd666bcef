"""Read objects that nothing starts by itself."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.common_fixes import give
from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, rule
from amp_lint.manifest import doc_urls
from amp_lint.text.messages import quoted

_AFTER = ("objectName", "destination")


@rule(
    "missing-schedule",
    group=Group.SCHEDULE,
    severity=Severity.INFO,
    url=doc_urls.SCHEDULE,
    needs=("read",),
)
def check(context: Context) -> Iterator[Finding]:
    """A read object without a `schedule`, to which nothing subscribes.

    Such an object deploys, and is read only when your application triggers a read through the
    API. That may be what is meant. An object that only feeds a subscription needs no schedule
    either, so nothing is said where the same integration subscribes to an object of that name.

    ## Fix

    Add a `schedule` if the object is to be read regularly, such as `*/30 * * * *`.

    ## Wrong

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: salesforce
        read:
          objects:
            - objectName: contact
              destination: contact-webhook
              optionalFieldsAuto: all
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
              destination: contact-webhook
              schedule: "*/30 * * * *"
              optionalFieldsAuto: all
            - objectName: lead
              destination: lead-webhook
              optionalFieldsAuto: all
        subscribe:
          objects:
            - objectName: lead
              destination: lead-webhook
              inheritFieldsAndMapping: true
              deleteEvent:
                enabled: always
    ```
    """
    for integration in context.manifest.integrations:
        if not integration.knows_its_subscriptions:
            continue
        # A name in another case is a mistake of the subscription, and reported there.
        subscribed = {
            item.name.value.casefold()
            for item in integration.subscribe_objects
            if item.name is not None
        }
        for item in integration.read_objects:
            # `enabled: always` makes a missing schedule an error, reported by its own rule.
            if item.name is None or item.is_always_enabled or not item.lacks_text("schedule"):
                continue
            empty = item.key("schedule")
            if empty is not None and context.eaten_value(empty):
                continue
            if item.name.value.casefold() not in subscribed and not item.misspelt("schedule"):
                from amp_lint.manifest.snippets import SCHEDULE

                yield context.finding(
                    item.head,
                    f"{quoted(item.name.value)} has no `schedule`, so it is read only when "
                    f'triggered through the API; for regular reads add `schedule: "{SCHEDULE}"`',
                    label="no schedule",
                    fixes=[give(context, item, "schedule", SCHEDULE, after=_AFTER, manual=True)],
                )
