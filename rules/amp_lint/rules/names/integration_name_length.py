"""Names of integrations that are too long."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, rule
from amp_lint.manifest import doc_urls

_LONGEST = {"name": 64, "displayName": 100}


@rule(
    "integration-name-length",
    group=Group.NAMES,
    severity=Severity.WARNING,
    url=doc_urls.INTEGRATION,
)
def check(context: Context) -> Iterator[Finding]:
    """An integration's `name` has more than 64 characters, or its `displayName` more than 100.

    The manifest reference sets both limits. Characters count as a reader sees them in the file,
    not as bytes: an accented letter or an emoji written as one code point is one character.

    ## Fix

    Shorten the name. What an integration is about fits better into `displayName`, which your
    customers read and which may be longer.

    ## Wrong

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: salesforce-contacts-accounts-opportunities-and-leads-both-ways-eu
        provider: salesforce
        proxy:
          enabled: true
    ```

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: salesforce-sync
        displayName: >-
          Contacts, accounts, opportunities and leads of our European customers in Salesforce,
          both ways and every ten minutes
        provider: salesforce
        proxy:
          enabled: true
    ```

    ## Right

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: salesforce-sync-eu
        displayName: Salesforce contacts, accounts, opportunities and leads (Europe)
        provider: salesforce
        proxy:
          enabled: true
    ```
    """
    for integration in context.manifest.integrations:
        for key, longest in _LONGEST.items():
            text = integration.text(key)
            if text is None or len(text.value) <= longest:
                continue
            yield context.finding(
                text,
                f"this `{key}` has {len(text.value)} characters, and the reference allows "
                f"{longest}; shorten it",
                label=f"{len(text.value) - longest} too many",
            )
