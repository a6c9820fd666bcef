"""Names with quotes, commas, invisible characters or placeholders in them."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, rule
from amp_lint.manifest import doc_urls
from amp_lint.manifest.model import Integration
from amp_lint.manifest.objects import Field
from amp_lint.text.edits import Edit, Fix
from amp_lint.text.messages import quoted
from amp_lint.text.name_slips import NameSlip, mapped_names, name_slip, object_slip
from amp_lint.text.source import Span
from amp_lint.yaml.nodes import Entry, Scalar


@rule("name-characters", group=Group.NAMES, severity=Severity.WARNING, url=doc_urls.MANIFEST)
def check(context: Context) -> Iterator[Finding]:
    """A name holds quotes, a comma, an invisible character, a look-alike or a placeholder.

    The platform takes a name as it is written, so the deploy succeeds, and the provider has no
    object or field of that name. YAML does not know the curly quotes of word processors; a line
    does not end with a comma; `id, name` is one name; the platform replaces neither `${OBJECT}` nor
    `{{ object }}`. Invisible characters, and letters of another alphabet that look like Latin ones,
    come with text that is copied from web pages and chats.

    ## Fix

    Write the name alone. A list of names becomes an entry for each.

    ## Fix safety

    Unsafe: customers may give their objects and fields any name.

    ## Notes

    This is about `name`, `objectName`, `fieldName`, `mapToName`, watched fields and `otherEvents`.
    A name in another alphabet is not reported, only a word that mixes two of them. Other rules
    look at `provider`, `module`, `destination` and `schedule`, and at fields that start with `$`.

    ## Wrong

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: salesforce
        read:
          objects:
            - objectName: “account”
              destination: contact-webhook
              schedule: "*/30 * * * *"
              requiredFields:
                - fieldName: Id,
                - fieldName: Name, Phone
                - fieldName: "{{ custom_field }}"
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
              destination: contact-webhook
              schedule: "*/30 * * * *"
              requiredFields:
                - fieldName: Id
                - fieldName: Name
                - fieldName: Phone
                - fieldName: Score__c
    ```
    """
    for integration in context.manifest.integrations:
        reported: set[int] = set()
        for name, entry in _names(integration):
            slip = (object_slip if _is_object(name) else name_slip)(name.value)
            if slip is None or name.start in reported:
                continue
            # One anchored entry may be used in several objects.
            reported.add(name.start)
            pair = _pair(name, entry)
            advice, fix = _advice(slip), _fix(context, name, entry, slip)
            if pair is not None and entry is not None:
                advice = f"write {quoted(pair[0])}, and `mapToName: {pair[1]}` below it"
                fix = _both(context, name, entry, pair)
            yield context.finding(
                name,
                f"{quoted(name.value)} {slip.words}; {advice}",
                label="not a name",
                fixes=[fix],
            )


def _names(integration: Integration) -> Iterator[tuple[Scalar, Field | None]]:
    """Yield the names of an integration, those of fields with their entry."""
    if integration.name is not None:
        yield integration.name, None
    for item in integration.read_objects:
        mapped = item.text("mapToName")
        yield from ((name, None) for name in (item.name, mapped) if name is not None)
        for field in item.fields:
            names = (field.field_name, field.map_to_name)
            # What starts with `$` is refused unless it is a path.
            yield from ((one, field) for one in names if one and not one.value.startswith("$"))
    for other in (*integration.write_objects, *integration.subscribe_objects):
        if other.name is not None:
            yield other.name, None
    for subscribed in integration.subscribe_objects:
        yield from ((name, None) for name in subscribed.texts("otherEvents"))
        update = subscribed.events.get("updateEvent")
        if update is not None:
            yield from ((name, None) for name in update.texts("requiredWatchFields"))


def _is_object(name: Scalar) -> bool:
    return isinstance(name.slot, Entry) and name.slot.name.casefold() == "objectname"


def _pair(name: Scalar, entry: Field | None) -> tuple[str, str] | None:
    """Return the two names that a field holds, the provider's and the one it is mapped to."""
    if entry is None or name is not entry.field_name or entry.map_to_name is not None:
        return None
    return mapped_names(name.value)


def _both(context: Context, name: Scalar, entry: Field, pair: tuple[str, str]) -> Fix | None:
    """Write the two names of a field under their keys."""
    is_own = name.anchor is None and entry.is_written_here
    first = context.edit.set_text(name, pair[0]) if is_own else None
    second = context.edit.insert(entry.node, "mapToName", pair[1], after=("fieldName",))
    if first is None or second is None:
        return None
    edits = tuple(sorted((*first, *second), key=lambda edit: edit.span))
    return context.fix("Write both keys", edits)


def _advice(slip: NameSlip) -> str:
    if not slip.meant:
        return "write the name itself"
    if len(slip.meant) > 1:
        return "write an entry for each"
    return f"write {quoted(slip.meant[0])}"


def _fix(context: Context, name: Scalar, entry: Field | None, slip: NameSlip) -> Fix | None:
    if not slip.meant or name.anchor is not None:
        return None
    if context.source.text.startswith(f"{slip.meant[0]}# ", name.start):
        from amp_lint.yaml.editor.layout import is_in_flow

        if is_in_flow(name):
            # The comment would take the closing bracket.
            return None
        at = name.start + len(slip.meant[0])
        return context.fix("Write a blank before the `#`", (Edit(Span(at, at), " "),))
    edits = context.edit.set_text(name, slip.meant[0])
    if len(slip.meant) == 1:
        return context.fix(f"Change to {quoted(slip.meant[0])}", edits)
    added = _added(context, entry, slip.meant[1:]) if entry is not None else None
    if edits is None or added is None or name is not (entry and entry.field_name):
        return None
    return context.fix("Write an entry for each", (*edits, added))


def _added(context: Context, entry: Field, names: tuple[str, ...]) -> Edit | None:
    """Return the edit that adds fields at the end of the list of an entry that is nothing but a
    name."""
    listed = entry.node.parent
    if listed is None or len(entry.node.entries) > 1:
        return None
    found = [context.edit.append(listed, {"fieldName": name}) for name in names]
    edits = [one for edits in found for one in edits or ()]
    if len(edits) != len(names) or len({one.span for one in edits}) != 1:
        return None
    return Edit(edits[0].span, "".join(one.text for one in edits))
