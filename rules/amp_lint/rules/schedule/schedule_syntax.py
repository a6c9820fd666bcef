"""Schedules that are not a five-field cron expression."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.common_fixes import as_written, reschedule
from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.odd_text import placeholder_words
from amp_lint.linter.rule import SCHEDULES, Context, Group, rule
from amp_lint.manifest import doc_urls
from amp_lint.manifest.cron import ScheduleError, is_sound, parse
from amp_lint.manifest.model import READ_MINIMUM, Timing
from amp_lint.text.edits import Edit, Fix
from amp_lint.text.messages import quoted
from amp_lint.yaml.nodes import Entry, Scalar, follow
from amp_schema.patterns import pattern

_OFF = frozenset(
    ("none", "never", "off", "no", "false", "null", "manual", "disabled", "on-demand", "on demand")
)
_LINE_END = pattern(r"[ \t]*(?=[\r\n]|\Z)")


@rule(
    "schedule-syntax",
    group=Group.SCHEDULE,
    severity=Severity.ERROR,
    url=doc_urls.SCHEDULE,
    needs=(SCHEDULES,),
)
def check(context: Context) -> Iterator[Finding]:
    """A `schedule` that is not a cron expression of five fields.

    The five fields are minute (0 to 59), hour (0 to 23), day of month (1 to 31), month (1 to 12 or
    names such as `jan`) and day of week (0 to 7 or names such as `mon`; 0 and 7 are Sunday). Each
    is a comma list of `*`, a value or a range, each with an optional `/step`. Times are in UTC.
    What other schedulers understand besides is refused: `@hourly`, a field for seconds or years,
    `H` and `R`. `schedule-nonstandard` is about `?`, `L`, `W` and `#`.

    ## Fix

    Write the five fields: `0 * * * *` for `@hourly`. The hours `9-5` have two readings, `9-17` and
    `9-23,0-5`; editors offer both.

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
              schedule: "@hourly"
              optionalFieldsAuto: all
            - objectName: lead
              destination: lead-webhook
              schedule: "0 25 * * *"
              optionalFieldsAuto: all
    ```

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: salesforce
        read:
          objects:
            - objectName: contact
              destination: contact-webhook
              schedule: "0 */15 * * * *"
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
              schedule: "0 * * * *"
              optionalFieldsAuto: all
            - objectName: lead
              destination: lead-webhook
              schedule: "30 6 * * mon-fri"
              optionalFieldsAuto: all
    ```
    """
    minimums: dict[int, int] = {}
    for timing in context.manifest.timings:
        # One anchored schedule may serve reads and `watchSchema`.
        at = timing.scalar.start
        minimums[at] = max(timing.minimum, minimums.get(at, 0))
    for timing in context.manifest.timings:
        error = timing.error
        if error is None:
            continue
        placeholder = placeholder_words(timing.scalar.value)
        if placeholder:
            message = f"{quoted(timing.scalar.value)} is not a schedule: {placeholder}"
            yield context.finding(timing.scalar, message, label="a placeholder")
            continue
        if timing.scalar.value.strip().casefold() in _OFF:
            yield _switched_off(context, timing)
            continue
        from amp_lint.manifest.cron.suggestions import corrected, other_reading

        minimum = minimums[timing.scalar.start]
        legal = corrected(timing.scalar.value, error, minimum)
        other = other_reading(timing.scalar.value, error, minimum)
        yield context.finding(
            timing.scalar.part(error.start, error.end),
            error.message + _advice(timing, legal, other),
            node=timing.scalar,
            claims=_claims(timing.scalar),
            fixes=[
                _fix(context, timing, error, other, manual=True),
                _fix(context, timing, error, legal, manual=other is not None),
            ],
        )


def _claims(schedule: Scalar) -> list[Scalar]:
    """Return a schedule that is a number or a boolean: quotes alone would make it no better."""
    entry = schedule.slot
    node = follow(entry.value) if isinstance(entry, Entry) else None
    return [schedule] if isinstance(node, Scalar) and node.kind != "str" else []


def _switched_off(context: Context, timing: Timing) -> Finding:
    """Return the finding about a word that says that nothing is to run."""
    entry = timing.scalar.slot
    edits = context.edit.remove(entry) if isinstance(entry, Entry) else None
    what = "`watchSchema` runs once a day"
    if timing.minimum == READ_MINIMUM:
        what = "the object is read only when triggered through the API"
    return context.finding(
        timing.scalar,
        f"{quoted(timing.scalar.value)} is not a schedule; remove `schedule`: without it {what}",
        label="not a schedule",
        claims=_claims(timing.scalar),
        fixes=[context.fix("Remove `schedule`", edits)],
    )


def _advice(timing: Timing, legal: str | None, other: str | None) -> str:
    """Return the end of the message: what to write."""
    ways = [as_written(timing.scalar, text) for text in (other, legal) if text]
    if len(ways) > 1:
        return f"; write {ways[0]} if it ends in the afternoon, or {ways[1]} if on the next day"
    return f"; try {ways[0]}" if ways else ""


def _fix(
    context: Context, timing: Timing, error: ScheduleError, legal: str | None, *, manual: bool
) -> Fix | None:
    # A suggestion that has a mistake itself is not offered.
    if legal is None or not is_sound(parse(legal)):
        return None
    if error.kind == "comment":
        return _comment_moved(context, timing, error, legal)
    from amp_lint.manifest.cron.suggestions import meant

    exact = meant(timing.scalar.value, error)
    safe = error.kind == "macro" and exact is not None and legal == exact.text
    return reschedule(context, timing, legal, safe=safe, manual=manual)


def _comment_moved(
    context: Context, timing: Timing, error: ScheduleError, legal: str
) -> Fix | None:
    """Return the fix that moves a comment from a schedule to behind it."""
    scalar, text = timing.scalar, context.source.text
    edits = context.edit.set_text(scalar, legal)
    line_end = _LINE_END.match(text, scalar.end)
    if edits is None or len(edits) != 1 or line_end is None:
        return None
    comment = scalar.value[error.start : error.end]
    moved = Edit(edits[0].span, f"{edits[0].text} {comment}")
    return context.fix("Move the comment after the schedule", (moved,))
