"""Schema watches that change."""

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
    """The watch on the customers' schemas changes.

    Other changes of fields are reported, or at other times. Another destination is a finding of
    `destination-changed`.

    ## What is documented

    The documentation says that `watchSchema` counts for all installations from the deploy on.

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
        what = "at other times"
        if lost:
            what = f"no longer for {quoted(lost[0])}"
        elif added:
            what = f"also for {quoted(added[0])}"
        yield context.finding(
            at,
            f"schemas are watched {what}: that counts for {changes.customers(pair.old)} from the "
            "deploy on",
            related=changes.before(pair.old.key_at("watchSchema"), "watched before"),
        )


def _watched(watch: Part) -> tuple[str, ...]:
    """The kinds of changes that are watched."""
    kinds = watch.part("allObjects")
    return tuple(key for key in kinds.keys if kinds.part(key).text("enabled"))
