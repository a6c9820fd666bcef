"""Deliveries whose page size and mode do not go together."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.common_fixes import drop, give
from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, rule
from amp_lint.manifest import doc_urls
from amp_lint.manifest.objects import Delivery, ReadObject
from amp_lint.text.edits import Fix
from amp_lint.text.messages import quoted


@rule(
    "delivery-mode",
    group=Group.SCHEDULE,
    severity=Severity.ERROR,
    url=doc_urls.DELIVERY,
    needs=("delivery",),
)
def check(context: Context) -> Iterator[Finding]:
    """`pageSize` without `mode: onRequest`, or `mode: onRequest` without `pageSize`.

    With `mode: auto`, which is also the mode where none is written, records are sent as they are
    read and there are no pages. With `mode: onRequest` they wait until your application asks for
    so many pages, so the size of a page must be known: 50 to 500 records.

    ## Fix

    With `auto` remove `pageSize`, with `onRequest` add `pageSize: 100`. In new manifests leave out
    `delivery`: it is deprecated.

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
              schedule: "*/30 * * * *"
              optionalFieldsAuto: all
              delivery:
                mode: auto
                pageSize: 100
            - objectName: lead
              destination: lead-webhook
              schedule: "*/30 * * * *"
              optionalFieldsAuto: all
              delivery:
                mode: onRequest
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
              schedule: "*/30 * * * *"
              optionalFieldsAuto: all
              delivery:
                mode: onRequest
                pageSize: 100
    ```
    """
    for integration in context.manifest.integrations:
        for item in integration.read_objects:
            if item.delivery is not None:
                yield from _judged(context, item, item.delivery)


def _judged(context: Context, item: ReadObject, delivery: Delivery) -> Iterator[Finding]:
    mode, size = delivery.text("mode"), delivery.key("pageSize")
    if mode is not None and mode.value == "onRequest" and delivery.lacks("pageSize"):
        yield _without_size(context, delivery)
    if size is not None and delivery.has("pageSize") and delivery.is_auto:
        unwritten = "" if mode is not None else ", the mode where none is written"
        yield context.finding(
            delivery.at(size),
            f"`pageSize` is not allowed with `mode: auto`{unwritten}; remove it, or "
            "write `mode: onRequest`",
            label="only with mode: onRequest",
            fixes=[drop(context, delivery, "pageSize") or _drop_all(context, item, delivery)],
        )


def _without_size(context: Context, delivery: Delivery) -> Finding:
    meant = delivery.misspelt("pageSize")
    entry = delivery.node.find(meant) if meant is not None else None
    if entry is not None:
        edits = context.edit.set_text(entry.key, "pageSize")
        return context.finding(
            entry.key,
            "`mode: onRequest` requires `pageSize`; did you mean it instead of "
            f"{quoted(entry.name)}?",
            label="did you mean pageSize?",
            fixes=[context.fix("Change to `pageSize`", edits)],
            claims=[entry.key],
        )
    return context.finding(
        delivery.head,
        "`mode: onRequest` requires `pageSize`; add `pageSize: 100`, or another number from 50 "
        "to 500",
        label="no pageSize",
        fixes=[give(context, delivery, "pageSize", 100)],
    )


def _drop_all(context: Context, item: ReadObject, delivery: Delivery) -> Fix | None:
    """Remove a `delivery` that says nothing else."""
    return drop(context, item, "delivery") if len(delivery.node.entries) == 1 else None
