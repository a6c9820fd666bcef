"""Keys written twice."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, rule
from amp_lint.manifest import doc_urls
from amp_lint.text.messages import quoted
from amp_lint.yaml.nodes import Node, Scalar


@rule("yaml-duplicate-key", group=Group.SYNTAX, severity=Severity.ERROR, url=doc_urls.MANIFEST)
def check(context: Context) -> Iterator[Finding]:
    """A key stands twice in one block.

    YAML allows each key once. The platform does not complain; it keeps one of the two values and
    drops the other, and which one is not promised. As it ignores case when it matches keys,
    `schedule` and `Schedule` are the same key.

    ## Fix

    Remove one of the two. Where both hold a list, put the items of both under one key.

    ## Wrong

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: hubspot
        read:
          objects:
            - objectName: contacts
              destination: contactWebhook
              destination: crmWebhook
              schedule: "*/30 * * * *"
              requiredFields:
                - fieldName: email
    ```

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: hubspot
        proxy:
          enabled: true
        Provider: salesforce
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
              destination: contactWebhook
              schedule: "*/30 * * * *"
              requiredFields:
                - fieldName: email
    ```
    """
    for mapping in context.document.mappings:
        if not mapping.repeats_a_key:
            continue
        first: dict[str, Node] = {}
        for entry in mapping.entries:
            key = entry.key
            if not isinstance(key, Scalar) or key.kind == "merge":
                continue
            seen = first.setdefault(key.value.casefold(), key)
            if seen is key:
                continue
            what = "is already set"
            if not (isinstance(seen, Scalar) and seen.value == key.value):
                what = f"is the same key to the platform as {quoted(_text(seen))}"
            yield context.finding(
                key,
                f"{quoted(key.value)} {what} in this block; the platform keeps only one of the two "
                "values, so remove one",
                label="set twice",
                related=[context.related(seen, "first set here")],
                fixes=[context.fix(f"Remove this {quoted(key.value)}", context.edit.remove(entry))],
            )


def _text(node: Node) -> str:
    return node.value if isinstance(node, Scalar) else ""
