"""Fields that are listed twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, rule
from amp_lint.manifest import doc_urls
from amp_lint.manifest.objects import Field, ReadObject
from amp_lint.text.edits import Fix
from amp_lint.text.messages import quoted
from amp_lint.yaml.nodes import Entry, Node, Scalar, Sequence, is_null


@rule(
    "duplicate-field",
    group=Group.FIELDS,
    severity=Severity.WARNING,
    url=doc_urls.FIELDS,
    needs=("requiredFields", "optionalFields"),
)
def check(context: Context) -> Iterator[Finding]:
    """The same field is listed twice under the same name.

    A second entry adds nothing. If one of the two is in `requiredFields` and the other in
    `optionalFields`, the manifest says both that the customer must grant the field and that they
    may leave it out.

    One `fieldName` under two different `mapToName`s is fine: the field arrives under both names.

    ## Fix

    Remove one of the two; of a required and an optional one, the one that is not meant. The fix
    that is offered removes the second.

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
              requiredFields:
                - fieldName: Email
                - fieldName: Phone
                - fieldName: Email
              optionalFields:
                - fieldName: Phone
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
              requiredFields:
                - fieldName: Email
              optionalFields:
                - fieldName: Phone
                - fieldName: Phone
                  mapToName: phone_number
    ```
    """
    for integration in context.manifest.integrations:
        for item in integration.read_objects:
            yield from _judged(context, item)


def _judged(context: Context, item: ReadObject) -> Iterator[Finding]:
    repeats = [
        pair for fields in item.fields_by_delivered_name.values() for pair in _repeats(fields)
    ]
    if not repeats:
        return
    optional = {id(field) for field in item.fields[len(item.required_fields) :]}
    surplus = Counter(id(field.use.parent) for _, field in repeats)
    for first, field in repeats:
        here, before = _named(field), _named(first)
        if here is None or before is None:
            continue
        both = id(field) in optional and id(first) not in optional
        listed = field.use.parent
        nothing_stays = isinstance(listed, Sequence) and surplus[id(listed)] == len(listed.items)
        fix = (
            _without_list(context, item, listed)
            if nothing_stays
            else _without(context, first, field)
        )
        yield context.finding(
            field.at_use(here),
            f"{quoted(here.value)} is listed twice{_as(both)}; remove one of the two",
            label="listed before",
            related=[context.related(first.at_use(before), "first listed here")],
            fixes=[fix],
        )


def _repeats(fields: list[Field]) -> Iterator[tuple[Field, Field]]:
    """The fields that are there before, with the first of the kind."""
    if len(fields) == 1:
        return
    firsts: dict[tuple[str | None, ...], Field] = {}
    for field in fields:
        first = firsts.setdefault(field.source, field)
        if first is not field:
            yield first, field


def _without(context: Context, first: Field, field: Field) -> Fix | None:
    # A field that is required and optional is one of the two, and we cannot know which.
    same = _content(first) == _content(field)
    alike = same and field.use.parent is first.use.parent
    title = "Remove this entry" if alike else "Remove this entry, and keep the first"
    edits = context.edit.remove_item(field.use)
    return context.fix(title, edits, safe=alike, manual=not same)


def _without_list(context: Context, item: ReadObject, listed: Node | None) -> Fix | None:
    """Remove a list in which every field is listed before."""
    entry = listed.slot if listed is not None else None
    if not isinstance(entry, Entry) or item.removable(entry.name) is not entry:
        return None
    return context.fix(
        f"Remove {quoted(entry.name)}, where nothing is new", context.edit.remove(entry)
    )


def _content(field: Field) -> object:
    """All that an entry says, to compare; itself, where that is more than keys with scalars."""
    said: list[tuple[str, str]] = []
    for entry in field.node.entries:
        if is_null(entry.value):
            continue
        if not isinstance(entry.value, Scalar):
            return field.node
        said.append((entry.name.casefold(), repr(entry.value.data)))
    return sorted(said)


def _named(field: Field) -> Scalar | None:
    return field.field_name or field.map_to_name


def _as(both: bool) -> str:
    return ", as required and as optional" if both else ""
