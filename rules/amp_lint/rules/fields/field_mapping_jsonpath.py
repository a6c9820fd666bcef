"""Paths to nested fields that are not in bracket form."""

from __future__ import annotations

import re
from collections.abc import Iterator

from amp_lint.linter.common_fixes import as_written
from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.odd_text import placeholder_words
from amp_lint.linter.rule import Context, Group, rule
from amp_lint.manifest import doc_urls
from amp_lint.text.messages import quoted
from amp_lint.yaml.nodes import Scalar
from amp_schema.patterns import pattern

_WELL_FORMED = r"\['[^']+'\]"
_BEGINNING = pattern(rf"\$(?:{_WELL_FORMED})*")
_NEXT = pattern(_WELL_FORMED)
# What people write for one step of a path, the right form among it.
_STEP = pattern(
    r"""\['([^']+)'\]|\["([^"']+)"\]|\[([A-Za-z_][\w-]*)\]|\.?([A-Za-z_][\w-]*)""", re.ASCII
)
_LONGEST = 48


@rule(
    "field-mapping-jsonpath",
    group=Group.FIELDS,
    severity=Severity.ERROR,
    url=doc_urls.FIELD,
    needs=("fieldName", "mapToName"),
)
def check(context: Context) -> Iterator[Finding]:
    """A path to a nested field that is not in bracket form.

    A `fieldName` or `mapToName` that begins with `$` is a path into nested records. The platform
    reads one form of it: every step in brackets and single quotes, as in
    `$['address']['city']`. Dots, double quotes, positions and wildcards are other dialects of
    JSONPath, and refused.

    ## Fix

    Put each step in `['...']`. In YAML such a path needs no quotes around it, or double ones.

    ## Wrong

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: salesforce
        read:
          objects:
            - objectName: account
              destination: account-webhook
              schedule: "*/30 * * * *"
              requiredFields:
                - fieldName: $.BillingAddress.city
                - fieldName: Name
                  mapToName: $['names'][0]
    ```

    ## Right

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: salesforce
        read:
          objects:
            - objectName: account
              destination: account-webhook
              schedule: "*/30 * * * *"
              requiredFields:
                - fieldName: $['BillingAddress']['city']
                - fieldName: Name
                  mapToName: $['names']['account']
    ```
    """
    for integration in context.manifest.integrations:
        for item in integration.read_objects:
            for field in item.fields:
                for name in (field.field_name, field.map_to_name):
                    if name is not None and name.value.startswith("$"):
                        yield from _judged(context, name)


def _judged(context: Context, name: Scalar) -> Iterator[Finding]:
    wrong = _wrong_part(name.value)
    if wrong is None:
        return
    meant = _bracket_form(name.value)
    # A longer path would be cut in the message, and then helps nobody.
    shown = meant if meant is not None and len(meant) <= _LONGEST else None
    # `$name` may also be a plain name with a slip in front.
    is_path = name.value[1:2] in (".", "[")
    edits = context.edit.set_text(name, meant) if meant is not None else None
    yield context.finding(
        name.part(*wrong),
        f"{quoted(name.value)} is not a path in bracket form; "
        f"{placeholder_words(name.value) or _advice(name, shown)}",
        label="not of the form ['name']",
        node=name,
        fixes=[context.fix(f"Change to {quoted(meant or '')}", edits, safe=is_path)],
    )


def _advice(name: Scalar, shown: str | None) -> str:
    if shown is not None:
        return f"write {as_written(name, shown)}"
    return "write each step as `[...]` with a name in single quotes"


def _wrong_part(path: str) -> tuple[int, int] | None:
    """The first part of a path that is not in bracket form, up to the next that is."""
    beginning = _BEGINNING.match(path)
    start = beginning.end() if beginning is not None else 0
    if start == len(path):
        return (0, 1) if start == 1 else None
    following = _NEXT.search(path, start)
    return start, following.start() if following is not None else len(path)


def _bracket_form(path: str) -> str | None:
    """The path as the platform reads it, None where a step of it has no such form."""
    steps: list[str] = []
    at = 1
    while at < len(path):
        step = _STEP.match(path, at)
        if step is None:
            return None
        steps.append(next(name for name in step.groups() if name is not None))
        at = step.end()
    return "$" + "".join(f"['{name}']" for name in steps) if steps else None
