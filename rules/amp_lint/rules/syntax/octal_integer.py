"""Numbers with a leading zero."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, rule
from amp_lint.manifest import doc_urls
from amp_lint.manifest.objects import ReadObject
from amp_lint.text.messages import quoted
from amp_lint.yaml.nodes import Scalar


@rule(
    "octal-integer",
    group=Group.SYNTAX,
    severity=Severity.WARNING,
    url=doc_urls.MANIFEST,
    needs=("days", "pageSize"),
)
def check(context: Context) -> Iterator[Finding]:
    """A number with a leading zero that the platform reads as octal.

    In YAML 1.1 a leading zero makes a number octal: `030` is 24. The platform accepts it and uses
    24. `08` and `09` are not octal numbers and are read as 8 and 9.

    ## Fix

    Write the decimal number: the one with the same digits, or the one that the platform reads.

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
              schedule: "*/30 * * * *"
              requiredFields:
                - fieldName: email
              backfill:
                defaultPeriod:
                  days: 030
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
              backfill:
                defaultPeriod:
                  days: 30
    ```
    """
    for integration in context.manifest.integrations:
        for item in integration.read_objects:
            for key, node in _numbers(item):
                meant = _decimal(node)
                read = node.data
                if meant is None or not isinstance(read, int) or meant == read:
                    continue
                yield context.finding(
                    node,
                    f"the platform reads {quoted(node.value)} as the octal number {read}; write "
                    f"`{meant}` if that is the value of `{key}`, or `{read}`",
                    label=f"reads as {read}",
                    fixes=[
                        context.fix(f"Change to `{one}`", context.edit.set_data(node, one))
                        for one in (meant, read)
                    ],
                )


def _numbers(item: ReadObject) -> Iterator[tuple[str, Scalar]]:
    """Yield the numbers of a read object that are written without quotes, with their keys."""
    period = item.backfill.period if item.backfill is not None else None
    for view, key in ((period, "days"), (item.delivery, "pageSize")):
        node = view.value(key) if view is not None else None
        if isinstance(node, Scalar) and not node.style:
            yield key, node


def _decimal(node: Scalar) -> int | None:
    """Return what a number with a leading zero would be in decimal; None for any other."""
    digits = node.value.replace("_", "").lstrip("+-")
    if not (digits.isascii() and digits.isdigit() and digits[0] == "0" and len(digits) > 1):
        return None
    return -int(digits) if node.value.startswith("-") else int(digits)
