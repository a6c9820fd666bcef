"""Keys with nothing under them."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import SHAPE, Context, Group, rule
from amp_lint.manifest import doc_urls
from amp_lint.manifest.model import ACTIONS
from amp_lint.manifest.objects import EVENTS
from amp_lint.manifest.view import View
from amp_lint.text.edits import Fix
from amp_lint.text.messages import quoted
from amp_lint.yaml.node_path import path_of
from amp_lint.yaml.nodes import Entry, Scalar, Sequence
from amp_lint.yaml.scalars import as_text
from amp_schema.manifest_schema import Place, place
from amp_schema.patterns import pattern

# Keys of which one is needed: where none of a group has a value, another rule says so.
_GROUPS = (
    ACTIONS,
    (*EVENTS, "otherEvents"),
    ("watchFieldsAuto", "requiredWatchFields"),
    ("requiredFields", "optionalFields", "optionalFieldsAuto"),
)
_ASKED = ("mapToDisplayName", "prompt")
# Without a value, `delivery` means what it means where it is absent; of a `defaultPeriod` another
# rule speaks.
_OTHERS = ("delivery", "defaultPeriod")
_LOST_LINE = pattern(r"\s*%")
# The comment on the next line that is not blank, if it holds a key or an item.
_COMMENT_BELOW = pattern(r"[ \t]*(?:#[^\r\n]*)?(?:[\r\n]+[ \t]*)+#[ \t]*(?:-[ ]|(\w+):(?:\s|\Z))")


@rule(
    "empty-value",
    group=Group.SHAPE,
    severity=Severity.WARNING,
    url=doc_urls.MANIFEST,
    needs=(SHAPE,),
)
def check(context: Context) -> Iterator[Finding]:
    """A key with nothing under it.

    The platform reads the manifest as if the key were not there: an empty `write` lets nothing be
    written, an empty `deleteEvent` reports no deletions, an empty `backfill` reads no old records.
    The deploy succeeds. Most often, what belongs under the key is commented out or was never
    written; a value that begins with `#`, such as `#1 CRM`, is a comment to YAML.

    ## Fix

    Write what belongs under the key, or remove the key.

    ## Fix safety

    Unsafe where only one value is possible, such as `enabled: always`.

    ## Notes

    This is about sections, lists and events. Of a text, a number or a boolean that is left out
    nothing is said, unless it is a comment. Required keys without a value are errors of
    `required-field` and other rules. A value that says that it is empty, such as `null` or `[]`, is
    taken to be meant.

    ## Wrong

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: hubspot
        displayName: #1 CRM
        proxy:
          enabled: true
    ```

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: hubspot
        proxy:
          enabled: true
        write:
          # objects:
          #   - objectName: contacts
    ```

    ## Right

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: hubspot
        displayName: "#1 CRM"
        proxy:
          enabled: true
        write:
          objects:
            - objectName: contacts
    ```
    """
    covered = set(_of_other_rules(context))
    for one in context.schema_errors(context.rule.id):
        entry = one.at.slot if isinstance(one.at, Scalar) else None
        spot = place(path_of(entry)) if isinstance(entry, Entry) else None
        if not isinstance(entry, Entry) or spot is None or id(entry) in covered:
            continue
        eaten = context.eaten_value(entry.key) if spot.type == "string" else None
        # What begins with `%` is a line that could not be read.
        is_lost = _LOST_LINE.match(context.source.text, entry.value.end) is not None
        if eaten is None and not _is_told(entry, spot, is_lost=is_lost):
            continue
        yield eaten or _finding(context, entry, spot)


def _of_other_rules(context: Context) -> Iterator[int]:
    """Yield the ids of entries whose lack of a value is what another rule reports."""
    for integration in context.manifest.integrations:
        inherits = any(item.flag("inheritMapping") for item in integration.write_objects)
        if integration.has("subscribe") or inherits:
            yield id(integration.entry("read"))
        for item in integration.read_objects:
            if item.is_always_enabled:
                yield from (id(item.entry("schedule")), id(item.entry("requiredFields")))
            for field in item.fields:
                if field.is_user_mapping:
                    yield from (id(field.entry(key)) for key in _ASKED)


def _is_told(entry: Entry, spot: Place, *, is_lost: bool) -> bool:
    """Whether this rule is the only one that says that a key has no value."""
    if spot.type not in ("object", "array") or entry.name in _OTHERS or is_lost:
        return False
    view, around = View(entry.parent, entry.key), place(path_of(entry.parent))
    known = around.properties if around is not None else {}
    groups = (keys for keys in _GROUPS if entry.name in keys and known.keys() >= set(keys))
    return not any(all(_lacks(view, key) for key in group) for group in groups)


def _lacks(view: View, key: str) -> bool:
    value = view.value(key)
    return value is None or (isinstance(value, Sequence) and not value.items)


def _finding(context: Context, entry: Entry, spot: Place) -> Finding:
    name = quoted(entry.name)
    is_commented = _is_commented_out(context, entry, spot)
    advice = f"write {_needed(spot)}"
    if is_commented:
        advice = "what follows is a comment: remove its `#`"
    around = place(path_of(entry.parent))
    is_required = around is not None and entry.name in around.required
    if not is_required:
        advice += f", or remove {name}"
    return context.finding(
        entry.key,
        f"{name} is empty, so the platform reads the manifest as if it were not there; {advice}",
        label="empty",
        fixes=[
            None if is_commented else _fill(context, entry, spot),
            None if is_required else _removal(context, entry),
        ],
    )


def _is_commented_out(context: Context, entry: Entry, spot: Place) -> bool:
    """Whether a comment below a key holds what belongs there."""
    below = _COMMENT_BELOW.match(context.source.text, entry.value.end)
    return below is not None and (below[1] or "") in ("", *spot.properties)


def _needed(spot: Place) -> str:
    """Return what belongs under a key, in words."""
    if spot.type == "array":
        return "its items below it, each with `- `"
    pair = _only_pair(spot)
    if pair is not None:
        return f"{_in_words(*pair)} below it, indented"
    keys = spot.required or tuple(spot.properties)[:1]
    return f"`{keys[0]}` below it, indented"


def _only_pair(spot: Place) -> tuple[str, str | bool] | None:
    """Return the key and the value that a mapping must have, where there is only one."""
    if len(spot.required) != 1:
        return None
    inner = spot.properties[spot.required[0]]
    if len(inner.values) == 1:
        return spot.required[0], inner.values[0]
    return (spot.required[0], True) if inner.type == "boolean" else None


def _in_words(key: str, value: str | bool) -> str:
    return quoted(f"{key}: {as_text(value) if isinstance(value, bool) else value}")


def _fill(context: Context, entry: Entry, spot: Place) -> Fix | None:
    pair = _only_pair(spot) if spot.type == "object" else None
    if pair is None:
        return None
    edits = context.edit.set_value(entry, dict([pair]))
    return context.fix(f"Fill in {_in_words(*pair)}", edits)


def _removal(context: Context, entry: Entry) -> Fix | None:
    # Comments around it may be what its author wants to keep.
    edits = context.edit.remove(entry, comments=False)
    return context.fix(f"Remove {quoted(entry.name)}", edits, manual=True)
