"""Backfills that say how far back twice, or not at all."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.common_fixes import correct_key, drop, give, meant_for, meant_words
from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, rule
from amp_lint.manifest import doc_urls
from amp_lint.manifest.model import Integration
from amp_lint.manifest.objects import DefaultPeriod, ReadObject
from amp_lint.text.messages import quoted
from amp_lint.yaml.nodes import Entry, Node, Scalar
from amp_lint.yaml.scalars import as_text

# Other units, and how many days they are.
_UNITS = {"week": 7, "month": 30, "quarter": 90, "year": 365}


@rule(
    "backfill-config",
    group=Group.SCHEDULE,
    severity=Severity.ERROR,
    url=doc_urls.BACKFILL,
    needs=("defaultPeriod",),
)
def check(context: Context) -> Iterator[Finding]:
    """`defaultPeriod` with both or neither of `days` and `fullHistory`.

    A backfill reads the records that are there before a customer installs the integration: those
    of a number of `days`, or with `fullHistory: true` all of them. Exactly one of the two keys must
    say which, even where the other would be `false` or `0`.

    ## Fix

    Keep one of the two. For no backfill leave out `backfill`, or write `days: 0`.

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
              backfill:
                defaultPeriod:
                  days: 30
                  fullHistory: true
            - objectName: lead
              destination: lead-webhook
              schedule: "*/30 * * * *"
              optionalFieldsAuto: all
              backfill:
                defaultPeriod: {}
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
              backfill:
                defaultPeriod:
                  days: 30
            - objectName: lead
              destination: lead-webhook
              schedule: "*/30 * * * *"
              optionalFieldsAuto: all
              backfill:
                defaultPeriod:
                  fullHistory: true
    ```
    """
    for integration in context.manifest.integrations:
        for item in integration.read_objects:
            if item.backfill is not None and item.backfill.period is not None:
                usual = _usual(integration, item)
                yield from _judged(context, item.backfill.period, usual)


def _usual(integration: Integration, item: ReadObject) -> tuple[str, int]:
    """What to write where nothing is written: the key and its value, as the provider allows."""
    if integration.is_snowflake:
        return "fullHistory", True
    return "days", 28 if integration.limits_backfill_of(item) else 30


def _judged(context: Context, period: DefaultPeriod, usual: tuple[str, int]) -> Iterator[Finding]:
    days, history = period.key("days"), period.key("fullHistory")
    if (
        days is not None
        and history is not None
        and period.has("days")
        and period.has("fullHistory")
    ):
        first, second = sorted((days, history), key=lambda key: key.start)
        useless = period.flag("fullHistory") is False
        yield context.finding(
            period.at(second),
            "a backfill has either `days` or `fullHistory`, not both; remove "
            f"{'`fullHistory`, as it is false' if useless else 'one of the two'}",
            related=[context.related(first, "the other one is here")],
            fixes=[drop(context, period, key) for key in _odd_first(period, second)],
        )
    elif period.lacks("days") and period.lacks("fullHistory"):
        counted = _in_days(period)
        if counted is not None:
            yield _converted(context, *counted)
            return
        is_only = not period.node.entries
        meant = meant_for(period, "days", "fullHistory")
        yield context.finding(
            meant[0].key if meant else period.head,
            "the backfill does not say how far back to read; "
            f"{meant_words(*meant) if meant else _advice(usual)}",
            label="neither days nor fullHistory",
            fixes=[
                correct_key(context, *meant)
                if meant
                else give(context, period, *usual, manual=not is_only)
            ],
            claims=[meant[0].key] if meant else [],
        )


def _in_days(period: DefaultPeriod) -> tuple[Entry, int] | None:
    """Return the entry that gives the period in another unit, and its days."""
    for entry in period.node.entries:
        data = entry.value.data if isinstance(entry.value, Scalar) else None
        factor = _UNITS.get(entry.name.casefold().removesuffix("s"))
        if factor is not None and isinstance(data, int) and data > 0:
            return entry, data * factor
    return None


def _converted(context: Context, entry: Entry, days: int) -> Finding:
    right = f"days: {days}"
    edits = context.edit.replace(entry, "days", days)
    return context.finding(
        entry.key,
        f"the backfill does not say how far back to read, as the platform ignores "
        f"{quoted(entry.name)}; write {quoted(right)}",
        label="not a unit",
        fixes=[context.fix(f"Change to {quoted(right)}", edits)],
        claims=[entry.key],
    )


def _odd_first(period: DefaultPeriod, second: Node) -> tuple[str, str]:
    """The keys, the one to remove first: `fullHistory: false`, else the one that came second."""
    history_goes = period.flag("fullHistory") is False or second is period.key("fullHistory")
    return ("fullHistory", "days") if history_goes else ("days", "fullHistory")


def _advice(usual: tuple[str, int]) -> str:
    if usual == ("days", 30):
        return "add `days: 30`, or `fullHistory: true`"
    return f"add `{usual[0]}: {as_text(usual[1])}`"
