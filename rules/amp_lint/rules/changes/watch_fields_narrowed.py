"""Updates that are watched in fewer fields."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, Scope, rule
from amp_lint.manifest import doc_urls
from amp_lint.manifest.revision.events import events
from amp_lint.manifest.revision.model import ActionObject
from amp_lint.text.messages import quoted


@rule(
    "watch-fields-narrowed",
    group=Group.CHANGES,
    severity=Severity.WARNING,
    url=doc_urls.SUBSCRIBE,
    scope=Scope.FILE,
)
def check(context: Context) -> Iterator[Finding]:
    """Fewer fields are watched for updates.

    An update of a field that is no longer watched sends no event.

    ## What is documented

    The documentation does not say how a deploy changes subscriptions of existing installations.

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
        subscribe:
          objects:
            - objectName: contacts
              destination: crmWebhook
              inheritFieldsAndMapping: true
              createEvent:
                enabled: always
              updateEvent:
                enabled: always
                watchFieldsAuto: all
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
        subscribe:
          objects:
            - objectName: contacts
              destination: crmWebhook
              inheritFieldsAndMapping: true
              createEvent:
                enabled: always
              updateEvent:
                enabled: always
                requiredWatchFields:
                  - email
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
        subscribe:
          objects:
            - objectName: contacts
              destination: crmWebhook
              inheritFieldsAndMapping: true
              createEvent:
                enabled: always
              updateEvent:
                enabled: always
                watchFieldsAuto: "all"
    ```
    """
    changes = context.changes
    for pair, one in changes.subscriptions:
        event = one.new.part("updateEvent")
        at = event.key_at("requiredWatchFields", "watchFieldsAuto") or one.new.key_at("updateEvent")
        lost = _lost(one.old, one.new)
        if at is None or not lost or "updateEvent" not in events(one.new):
            continue
        yield context.finding(
            at,
            f"{quoted(one.new.name)} no longer watches {lost} for updates: a change of an "
            f"unwatched field may send no event for {changes.customers(pair.old)}; keep watching "
            "the fields that your code needs",
            severity=changes.severity(pair.old, Severity.WARNING),
            related=changes.before(
                one.old.part("updateEvent").key_at("watchFieldsAuto", "requiredWatchFields"),
                "watched before",
            ),
        )


def _lost(old: ActionObject, new: ActionObject) -> str:
    """The fields that are no longer watched, in words; empty if there are none."""
    before, after = old.part("updateEvent"), new.part("updateEvent")
    auto = {"all": 2, "selected": 1}
    was, is_now = auto.get(before.text("watchFieldsAuto")), auto.get(after.text("watchFieldsAuto"))
    if was is not None:
        if is_now is not None:
            return "all fields" if is_now < was else ""
        return "all fields" if was == auto["all"] else "the selected fields"
    if is_now is not None:
        return ""
    kept = {name.casefold() for name in after.texts("requiredWatchFields")}
    gone = [one for one in before.texts("requiredWatchFields") if one.casefold() not in kept]
    return ", ".join(map(quoted, gone[:3])) + (" and others" if len(gone) > 3 else "")
