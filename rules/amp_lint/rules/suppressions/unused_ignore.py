"""Comments that suppress nothing."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.registry import rules
from amp_lint.linter.rule import SUPPRESSIONS, Context, Group, rule
from amp_lint.linter.suppressions import NEVER_SUPPRESSED, Name, Suppression
from amp_lint.linter.suppressions.loose_ids import loose_ids
from amp_lint.manifest import doc_urls
from amp_lint.text.edits import Applicability, Edit, Fix
from amp_lint.text.messages import listed, quoted
from amp_lint.text.source import Span


@rule(
    "unused-ignore",
    group=Group.SUPPRESSIONS,
    severity=Severity.WARNING,
    url=doc_urls.MANIFEST,
    needs=(SUPPRESSIONS,),
)
def check(context: Context) -> Iterator[Finding]:
    """An `amp:ignore` comment that suppresses nothing.

    The mistake it was written for is gone, or the comment is in the wrong place. Left there,
    it would hide the next mistake of that kind. Without ids a comment suppresses warnings and
    infos; an error is suppressed by its id only, `yaml-syntax` and `yaml-unsupported` never.

    Nothing is said of a rule that does not run, nor in a file with a syntax error, where the
    mistake may merely be out of sight.

    ## Fix

    Remove the id or the comment, or move it to the line above what it is about.

    ## Wrong

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: hubspot
        read:
          objects:
            # amp:ignore[missing-schedule] the backend starts every read
            - objectName: contacts
              destination: contactWebhook
              schedule: "*/30 * * * *"
              requiredFields:
                - fieldName: email
    ```

    ## Right

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: hubspot
        read:
          objects:
            # amp:ignore[missing-schedule] the backend starts every read
            - objectName: contacts
              destination: contactWebhook
              requiredFields:
                - fieldName: email
    ```
    """
    if not context.document.whole:
        return
    # The rules of group Changes run in a comparison, and this one does not.
    not_asked = {Group.SUPPRESSIONS, Group.CHANGES}
    if context.snapshot is None:
        not_asked.add(Group.PROJECT)
    every = all(
        one.id in context.ran for one in rules().values() if one.on and one.group not in not_asked
    )
    for suppression in context.suppressions:
        if suppression.form == "ids":
            yield from _ids(context, suppression)
        elif suppression.form != "bare" or (every and not suppression.is_used):
            yield _whole(context, suppression, _why(suppression))


def _ids(context: Context, suppression: Suppression) -> Iterator[Finding]:
    unused = [name for name in suppression.names if _is_unused(context, suppression, name)]
    if len(unused) == len(suppression.names):
        yield _whole(context, suppression, _why_ids(suppression))
        return
    for name, span in suppression.removals(unused):
        reason = "suppresses nothing here; remove it"
        if name.id in NEVER_SUPPRESSED:
            reason = "cannot be suppressed; remove it"
        yield context.finding(
            name.span,
            f"{quoted(name.id)} {reason}",
            label="suppresses nothing",
            fixes=[_removal(f"Remove {quoted(name.id)}", span)],
        )


def _is_unused(context: Context, suppression: Suppression, name: Name) -> bool:
    if name.id in NEVER_SUPPRESSED:
        return True
    # This rule itself has not run by now, so suppressing it is not reported; nor has any rule of
    # the platform's own validator, or one that does not exist.
    if name.id not in context.ran or suppression.uses(name):
        return False
    # Without a list of destinations this rule has nothing to compare with.
    return name.id != "destination-exists" or context.knows_destinations


def _whole(context: Context, suppression: Suppression, message: str) -> Finding:
    fix = None
    named = _named_behind(context, suppression) if suppression.form == "bare" else None
    if named is not None:
        fix = Fix("Write the ids in brackets", (named,))
    # With a bracket missing, something was meant to be suppressed.
    elif suppression.form != "unclosed":
        fix = _removal("Remove the comment", suppression.removal)
    return context.finding(suppression.span, message, label="suppresses nothing", fixes=[fix])


def _named_behind(context: Context, suppression: Suppression) -> Edit | None:
    """Return the edit that puts the ids of rules behind a comment in brackets; None without any."""
    ids, end = loose_ids(context.source.text, suppression.span.end)
    return Edit(Span(suppression.span.end, end), f"[{', '.join(ids)}]") if ids else None


def _removal(title: str, span: Span) -> Fix:
    return Fix(title, (Edit(span, ""),), Applicability.SAFE)


def _why(suppression: Suppression) -> str:
    if suppression.form == "unclosed":
        return "this suppresses nothing: the bracket is not closed; write `]` after the last id"
    if suppression.form == "empty":
        return (
            "this suppresses nothing: the brackets name no rule; write an id there, or remove the "
            "comment"
        )
    if suppression.errors:
        return (
            "without ids this suppresses warnings and infos only, and there are only errors here; "
            f"write the ids to suppress in brackets: {listed(suppression.errors)}"
        )
    return _nothing(suppression, "this suppresses nothing: no warning or info is reported here")


def _why_ids(suppression: Suppression) -> str:
    ids = list(dict.fromkeys(name.id for name in suppression.names))
    never = [rule_id for rule_id in ids if rule_id in NEVER_SUPPRESSED]
    if never:
        return f"{listed(never)} cannot be suppressed; remove the comment"
    return _nothing(suppression, f"this suppresses nothing: {listed(ids)} is not reported here")


def _nothing(suppression: Suppression, message: str) -> str:
    if suppression.covers:
        return f"{message}; remove the comment"
    return (
        "this suppresses nothing: the line below is empty; move the comment directly above what it "
        "is about, or remove it"
    )
