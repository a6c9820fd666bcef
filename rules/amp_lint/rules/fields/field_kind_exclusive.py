"""Field entries that name a field and ask for one."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, rule
from amp_lint.manifest import doc_urls
from amp_lint.manifest.objects import Field, ReadObject
from amp_lint.text.edits import Fix
from amp_lint.text.messages import quoted

_ONLY_FOR_MAPPINGS = ("prompt", "default")
_ASKED = ("mapToDisplayName", "prompt")


@rule(
    "field-kind-exclusive",
    group=Group.FIELDS,
    severity=Severity.ERROR,
    url=doc_urls.FIELD,
    needs=("prompt", "default"),
)
def check(context: Context) -> Iterator[Finding]:
    """`prompt` or `default` on a field entry that has a `fieldName`.

    There are two kinds of field entry. One names a field of the provider with `fieldName`. The
    other leaves the choice to the customer: it has a `mapToName`, and `prompt` and `default` are
    the question and the answer that is suggested. Where `fieldName` has already decided, there is
    nothing to ask. `default` is not a default value for empty fields.

    ## Fix

    Two ways: remove `prompt` and `default`, and always read the field that `fieldName` names. Or
    remove `fieldName`, and let the customer pick the field; then `mapToName` is needed.

    ## Wrong

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: salesforce
        read:
          objects:
            - objectName: lead
              destination: lead-webhook
              schedule: "*/30 * * * *"
              requiredFields:
                - fieldName: Rating
                  mapToName: priority
                  mapToDisplayName: Priority
                  prompt: Which field holds the priority of a lead?
    ```

    ## Right

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: salesforce
        read:
          objects:
            - objectName: lead
              destination: lead-webhook
              schedule: "*/30 * * * *"
              requiredFields:
                - fieldName: Rating
                  mapToName: priority
                  mapToDisplayName: Priority
    ```

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: salesforce
        read:
          objects:
            - objectName: lead
              destination: lead-webhook
              schedule: "*/30 * * * *"
              requiredFields:
                - mapToName: priority
                  mapToDisplayName: Priority
                  prompt: Which field holds the priority of a lead?
                  default: Rating
    ```
    """
    for integration in context.manifest.integrations:
        for item in integration.read_objects:
            for field in item.fields:
                yield from _judged(context, item, field)


def _judged(context: Context, item: ReadObject, field: Field) -> Iterator[Finding]:
    if field.field_name is None:
        return
    odd_keys = [odd for odd in _ONLY_FOR_MAPPINGS if field.text(odd) is not None]
    commented = _commented(context, field, odd_keys[0]) if odd_keys else None
    if commented is not None:
        yield commented
        return
    for odd in odd_keys:
        key = field.key(odd)
        if key is None:
            continue
        yield context.finding(
            field.at(key),
            f"`{odd}` belongs to a field that the customer picks, but `fieldName` already names "
            f"{quoted(field.field_name.value)}; remove `{odd}`, or remove `fieldName`",
            related=[context.related(field.field_name, "the field is named here")],
            fixes=[_without(context, field, odd_keys), _to_be_picked(context, item, field)],
        )


def _commented(context: Context, field: Field, odd: str) -> Finding | None:
    """Return the finding where the comment above a key is the first line of its entry."""
    from amp_lint.linter.commented_items import commented_start, start_is_missing

    name, key = field.own("fieldName"), field.own(odd)
    start = commented_start(context, name, key) if name is not None and key is not None else None
    if start is None:
        return None
    so = f"which names a field and takes no `{odd}`"
    return start_is_missing(context, field.node, start, so)


def _without(context: Context, field: Field, keys: list[str]) -> Fix | None:
    entries = [entry for entry in map(field.removable, keys) if entry is not None]
    named = " and ".join(f"`{key}`" for key in keys)
    # With only some of them gone, the entry would still be of two kinds.
    is_whole = len(entries) == len(keys)
    return context.fix(f"Remove {named}", context.edit.remove(*entries) if is_whole else None)


def _to_be_picked(context: Context, item: ReadObject, field: Field) -> Fix | None:
    """Leave the choice to the customer, where the entry has all that it takes to ask."""
    has_words = not any(field.lacks_text(key) for key in _ASKED)
    entry = field.removable("fieldName")
    if entry is None or field.map_to_name is None or not has_words:
        return None
    # Two entries of one name are equal only while both name the same field.
    edits = context.edit.remove(entry) if item.delivers_once(field) else None
    return context.fix("Remove `fieldName`", edits)
