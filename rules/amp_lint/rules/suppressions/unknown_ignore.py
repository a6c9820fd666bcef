"""Comments that name rules there are not."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.registry import rules
from amp_lint.linter.rule import SUPPRESSIONS, Context, Group, rule
from amp_lint.linter.suppressions import FOREIGN, Name
from amp_lint.manifest import doc_urls
from amp_lint.text.edits import Edit, Fix
from amp_lint.text.messages import quoted
from amp_schema.patterns import pattern

_SEPARATORS = pattern(r"[;:|/+&\s]+|\band\b")


@rule(
    "unknown-ignore",
    group=Group.SUPPRESSIONS,
    severity=Severity.WARNING,
    url=doc_urls.MANIFEST,
    needs=(SUPPRESSIONS,),
)
def check(context: Context) -> Iterator[Finding]:
    """An `amp:ignore` comment names a rule that does not exist.

    Such an id suppresses nothing, most often because of a slip of the hand. Nor does a comment that
    names a rule and is written in another way, such as `# amp-ignore[...]` or `# amp:disable ...`.
    Ids of the platform's own validator are fine even where amp-lint has no rule of that name.

    ## Fix

    Write the id in brackets behind the severity of the finding.

    ## Wrong

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: hubspot
        read:
          objects:
            # amp:ignore[mising-schedule] the backend starts every read
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
    for one in context.suppressions.misspelt:
        shown = quoted(context.source.text[slice(*one.span)])
        yield context.finding(
            one.span,
            f"{shown} is not how a finding is suppressed, so it suppresses nothing; write "
            f"{quoted(one.written)}",
            label="suppresses nothing",
            fixes=[Fix(f"Change to {quoted(one.written)}", (Edit(one.span, one.written),))],
        )
    known = frozenset((*rules(), *FOREIGN))
    hints = context.hints
    meant: dict[str, str | None] = {}
    for suppression in context.suppressions:
        for name in suppression.names:
            if name.id not in known:
                parts = _ids_in(name.id, known)
                if parts:
                    yield _separated(context, name, parts)
                    continue
                if name.id not in meant:
                    meant[name.id] = hints.nearest(name.id, sorted(known))
                yield _unknown(context, name, meant[name.id])


def _ids_in(text: str, known: frozenset[str]) -> list[str]:
    """Return the ids of rules that something else than commas separates; none for other texts."""
    parts = [one for one in _SEPARATORS.split(text) if one]
    return parts if len(parts) > 1 and known.issuperset(parts) else []


def _separated(context: Context, name: Name, parts: list[str]) -> Finding:
    written = ", ".join(parts)
    return context.finding(
        name.span,
        "the ids of rules are separated by commas, so this suppresses nothing; write "
        f"{quoted(written)}",
        label="commas between ids",
        fixes=[Fix(f"Change to {quoted(written)}", (Edit(name.span, written),))],
    )


def _unknown(context: Context, name: Name, near: str | None) -> Finding:
    message = f"there is no rule {quoted(name.id)}, so this suppresses nothing"
    if near is None:
        return context.finding(name.span, f"{message}; remove it", label="no such rule")
    return context.finding(
        name.span,
        f"{message}; did you mean `{near}`?",
        label=f"did you mean {near}?",
        fixes=[Fix(f"Change to `{near}`", (Edit(name.span, near),))],
    )
