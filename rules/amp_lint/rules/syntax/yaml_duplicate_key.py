"""Keys written twice."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import REPEATED_KEYS, Context, Group, rule
from amp_lint.manifest import doc_urls
from amp_lint.text.edits import Edit, Fix
from amp_lint.text.messages import quoted
from amp_lint.text.source import Span
from amp_lint.yaml.node_path import path_of
from amp_lint.yaml.nodes import (
    Collection,
    Entry,
    Mapping,
    Node,
    Scalar,
    Sequence,
    folded,
    follow,
)
from amp_lint.yaml.uniting import parts_to_unite, says_no_more, unite
from amp_schema.manifest_schema import canonical_key, place, places_of_key

# A fix removes all other entries, so with more of them the edits would grow with their square.
_MOST_FIXED = 10
_TOP = ("specversion", "integrations")


@rule(
    "yaml-duplicate-key",
    group=Group.SYNTAX,
    severity=Severity.ERROR,
    url=doc_urls.MANIFEST,
    needs=(REPEATED_KEYS,),
)
def check(context: Context) -> Iterator[Finding]:
    """A key occurs twice in one mapping.

    The platform does not complain. Of two equal keys it uses the last one. It ignores case when it
    matches keys, so `schedule` and `Schedule` are one key, too: there it uses the spelling that
    comes last in the order of bytes, where small letters follow capitals, wherever it stands. Two
    mappings, or two lists, under such spellings are united.

    ## Fix

    Keep the value that the platform uses. Editors offer to keep the other one, too; it gets the
    spelling of the reference if that goes with the value in use. Two sections or lists that have
    nothing in common, such as two `read` with different objects, are written under one key. If one
    of them holds what the other does not, no fix that is applied removes it.

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
        by_key: dict[str, list[Entry]] = {}
        for entry in mapping.entries:
            if isinstance(entry.key, Scalar) and not entry.merges:
                by_key.setdefault(_one_key(entry.name), []).append(entry)
        repeated = [entries for entries in by_key.values() if len(entries) > 1]
        dashes = _missing_dashes(context, mapping, *repeated[0]) if repeated else None
        if dashes is not None:
            # The other keys that are repeated belong to the items that begin there.
            yield from dashes
            continue
        again = (
            _commented(context, mapping, repeated)
            or _without_key(context, mapping, repeated)
            or _whole_again(context, mapping)
        )
        if again is not None:
            yield again
            continue
        for entries in repeated:
            yield from _repeated(context, mapping, entries)


def _commented(context: Context, item: Mapping, repeated: list[list[Entry]]) -> Finding | None:
    """Return the finding where the first line of an item is a comment, which makes one item of two:
    keys are repeated, none of them on one side of it only."""
    from amp_lint.linter.commented_items import commented_start, start_is_missing

    if not repeated or len(repeated[0]) != 2:
        return None
    start = commented_start(context, *repeated[0])
    if start is None or any(
        len(pair) != 2 or not pair[0].end <= start.at.start <= pair[1].start for pair in repeated
    ):
        return None
    so = f"which has {quoted(repeated[0][0].name)} already"
    return start_is_missing(context, item, start, so)


def _without_key(context: Context, mapping: Mapping, repeated: list[list[Entry]]) -> Finding | None:
    """Return the finding where the key of the section that repeated keys are in is a comment."""
    from amp_lint.linter.commented_sections import section_without_key

    seconds = [pair[1] for pair in repeated if len(pair) == 2]
    first = min(seconds, key=lambda one: one.start, default=None)
    if first is None or len(seconds) != len(repeated):
        return None
    return section_without_key(context, mapping, first)


def _whole_again(context: Context, top: Mapping) -> Finding | None:
    """Return the finding where a manifest, with all its keys, stands twice in a file."""
    half = len(top.entries) // 2
    first, second = top.entries[:half], top.entries[half:]
    names = [_one_key(entry.name) for entry in first]
    if top.parent is not None or half < len(_TOP) or not set(_TOP) <= set(names):
        return None
    if names != [_one_key(entry.name) for entry in second]:
        return None
    text = context.source.text
    start, end = first[0].start, second[0].start
    is_same = text[start : first[-1].end] == text[end : second[-1].end]
    advice = "remove one of the two, which are equal"
    if not is_same:
        advice = "list all integrations under one `integrations`"
    edits = (Edit(Span(start, end), ""),) if is_same and not top.flow else None
    key = second[0].key
    return context.finding(
        key,
        f"the whole manifest begins again at {quoted(second[0].name)}, and the platform uses only "
        f"what comes last; {advice}",
        label="begins again",
        related=[context.related(first[0].key, "the first begins here")],
        fixes=[context.fix("Remove the first of the two", edits)],
        claims=[key],
    )


def _one_key(name: str) -> str:
    """Return what two spellings share that are one key to the platform."""
    key = folded(name)
    return key if places_of_key(key) else name


def _repeated(context: Context, mapping: Mapping, entries: list[Entry]) -> Iterator[Finding]:
    from amp_lint.manifest.decode.united import entry_in_use

    first, *others = entries
    found = entry_in_use(mapping, first.name)
    used = found if found in entries else mapping.find(first.name) or first
    is_long = len(entries) > _MOST_FIXED
    is_united = _unites(entries) and len({one.name for one in entries}) > 1
    for entry in others:
        name = quoted(entry.name)
        what = "is already set in this mapping"
        if entry.name != first.name:
            what = f"is the same key to the platform as {quoted(first.name)}"
        if _unites([first, entry]) and entry.name != first.name:
            kind = "mappings" if isinstance(follow(entry.value), Mapping) else "lists"
            does = f"which unites the two {kind}; write one"
        elif entry is used:
            does = "the platform uses this value and ignores the other; remove one"
        else:
            does = "the platform ignores this value and uses the other; remove one"
        united = not is_united and entry.name == first.name and parts_to_unite(first, entry)
        if united:
            does = does.replace("remove one", f"write both under one {name}")
        yield context.finding(
            entry.key,
            f"{name} {what}{',' if does.startswith('which') else ';'} {does}",
            label="set twice",
            related=[context.related(first.key, "first set here")],
            fixes=[
                context.fix(f"Put both under one {name}", unite(context.edit, first, entry))
                if united
                else None,
                *([] if is_united or is_long else _fixes(context, entries, entry, used)),
            ],
        )


def _fixes(
    context: Context, entries: list[Entry], entry: Entry, used: Entry
) -> Iterator[Fix | None]:
    """Yield the fixes: keep the value in use, then keep the other."""
    keep = f"Keep the {quoted(used.name)} that is used"
    removed = [one for one in entries if one is not used]
    # Of a section, or a list, more may be lost than a value that was written anew.
    loses = any(isinstance(follow(one.value), Collection) for one in removed) and not all(
        says_no_more(one.value, used.value) for one in removed
    )
    edits = context.edit.remove(*removed)
    usual = _usual_name(used)
    if usual != used.name:
        keep += f", as {quoted(usual)}"
        edits = _both(edits, context.edit.set_text(used.key, usual))
    yield context.fix(keep, edits, manual=loses)
    other = entry if entry is not used else entries[0]
    edits = context.edit.remove(*(one for one in entries if one is not other))
    keep = f"Keep the {quoted(other.name)} that is ignored"
    if other.name != used.name and _is_usual(used):
        # The rule about case is content while the usual spelling is there, which this removes.
        keep += f", as {quoted(used.name)}"
        edits = _both(edits, context.edit.set_text(other.key, used.name))
    yield context.fix(keep, edits, manual=True)


def _is_usual(entry: Entry) -> bool:
    """Return whether a key is spelled as the reference has it, where it stands."""
    here = place(path_of(entry.parent))
    return here is not None and entry.name in here.properties


def _usual_name(entry: Entry) -> str:
    """Return how the reference spells a key."""
    here = place(path_of(entry.parent))
    return (here and canonical_key(here, entry.name)) or entry.name


def _both(one: tuple[Edit, ...] | None, other: tuple[Edit, ...] | None) -> tuple[Edit, ...] | None:
    if one is None or other is None:
        return None
    return tuple(sorted((*one, *other), key=lambda edit: edit.span))


def _unites(entries: list[Entry]) -> bool:
    kinds: list[type[Node]] = [Mapping, Sequence]
    return any(all(isinstance(follow(one.value), kind) for one in entries) for kind in kinds)


def _missing_dashes(
    context: Context, mapping: Mapping, first: Entry, *others: Entry
) -> list[Finding] | None:
    """Return the findings where a key that begins an item is repeated: a dash is missing before
    each. None where something else is meant."""
    if not isinstance(mapping.parent, Sequence) or mapping.entries[0] is not first:
        return None
    # Behind a dash, a mapping in brackets has no place for another one.
    if mapping.flow and not mapping.parent.flow:
        return None
    values = [follow(one.value) for one in (first, *others)]
    texts = [one.value for one in values if isinstance(one, Scalar)]
    if len(set(texts)) != len(values) or _is_unfinished(mapping, others[0]):
        return None
    from amp_lint.yaml.regrouping import split_item

    what = "a `- ` is" if not mapping.flow else "`}, {` is"
    return [
        context.finding(
            entry.key,
            f"{what} missing before {quoted(entry.name)}, which begins another item; the platform "
            "reads both as one item and ignores one of the values",
            label="no dash" if not mapping.flow else "another item",
            related=[context.related(first.key, "the item begins here")],
            fixes=[context.fix("Begin a new item", split_item(context.edit, entry))],
        )
        for entry in others
    ]


def _is_unfinished(mapping: Mapping, second: Entry) -> bool:
    """Return whether an item would end before `second` without what it requires, and the rest has
    it: then the key was written anew."""
    at = mapping.entries.index(second)
    before = {folded(one.name) for one in mapping.entries[:at]}
    rest = {folded(one.name) for one in mapping.entries[at:]}
    here = place(path_of(mapping))
    required = {folded(key) for key in here.required} if here is not None else set[str]()
    if "maptoname" in before and "fieldname" not in before | rest:
        required |= {"maptodisplayname", "prompt"}
    return any(key not in before and key in rest for key in required)
