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


@rule(
    "unknown-ignore",
    group=Group.SUPPRESSIONS,
    severity=Severity.WARNING,
    url=doc_urls.MANIFEST,
    needs=(SUPPRESSIONS,),
)
def check(context: Context) -> Iterator[Finding]:
    """An `amp:ignore` comment names a rule that does not exist.

    Such an id suppresses nothing, most often because of a slip of the hand. Ids of the platform's
    own validator are fine even where amp-lint has no rule of that name.

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
    known = frozenset((*rules(), *FOREIGN))
    hints = context.hints
    meant: dict[str, str | None] = {}
    for suppression in context.suppressions:
        for name in suppression.names:
            if name.id not in known:
                if name.id not in meant:
                    meant[name.id] = hints.nearest(name.id, sorted(known))
                yield _unknown(context, name, meant[name.id])


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
