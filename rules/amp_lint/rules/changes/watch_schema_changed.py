"""Changes of `watchSchema`."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, Scope, rule
from amp_lint.manifest import doc_urls
from amp_lint.manifest.revision.model import Part
from amp_lint.manifest.revision.schedules import parsed, same_runs
from amp_lint.text.messages import quoted


@rule(
    "watch-schema-changed",
    group=Group.CHANGES,
    severity=Severity.INFO,
    url=doc_urls.MANIFEST,
    scope=Scope.FILE,
)
def check(context: Context) -> Iterator[Finding]:
    """`watchSchema` changes: the kinds of notification, or the schedule.

    After the deploy, other kinds of schema changes are reported, or at other times. A new
    destination is reported by `destination-changed`.

    ## What is documented

    The documentation says that a deploy applies `watchSchema` to all installations.

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
        watchSchema:
          destination: schemaWebhook
          allObjects:
            fieldCreated:
              enabled: always
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
        old, new = pair.old.part("watchSchema"), pair.new.part("watchSchema")
        at = pair.new.key_at("watchSchema")
        if at is None or old.value is None or not new.is_whole:
            continue
        before, after = _watched(old), _watched(new)
        times = parsed(old.text("schedule")), parsed(new.text("schedule"))
        if before == after and same_runs(*times):
            continue
        lost = [name for name in before if name not in after]
        added = [name for name in after if name not in before]
        what = "the schedule of `watchSchema` changes"
        if lost:
            what = f"{quoted(lost[0])} of `watchSchema` is removed"
        elif added:
            what = f"{quoted(added[0])} is added to `watchSchema`"
        yield context.finding(
            at,
            f"{what}: the deploy changes the notifications for {changes.customers(pair.old)}; make "
            "sure that your code expects this",
            related=changes.before(pair.old.key_at("watchSchema"), "watched before"),
        )


def _watched(watch: Part) -> tuple[str, ...]:
    """The kinds of changes that are watched."""
    kinds = watch.part("allObjects")
    return tuple(key for key in kinds.keys if kinds.part(key).text("enabled"))
