"""User-defined mappings that do not say what to ask the customer."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, rule
from amp_lint.manifest import doc_urls
from amp_lint.manifest.objects import Field, ReadObject
from amp_lint.text.edits import Edit, Fix
from amp_lint.text.messages import quoted


@rule(
    "user-mapping-incomplete",
    group=Group.FIELDS,
    severity=Severity.WARNING,
    url=doc_urls.FIELD,
    needs=("mapToName",),
)
def check(context: Context) -> Iterator[Finding]:
    """A user-defined mapping without `mapToDisplayName` or `prompt`.

    An entry with a `mapToName` and no `fieldName` is a question to the customer: which of your
    fields is this? `mapToDisplayName` is the name by which the set-up form asks, and `prompt` the
    question. Without the first, people see an internal name or nothing.

    ## Fix

    Add the words. What the fix writes is made of the `mapToName`; read it before you keep it.

    ## Notes

    The manifest reference asks for both keys, newer guides call `prompt` optional. So where only
    `prompt` is missing this is advice.

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
                - mapToName: priority
                  prompt: Which field holds the priority of a lead?
                - mapToName: region
                  mapToDisplayName: Region
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
                - mapToName: priority
                  mapToDisplayName: Priority
                  prompt: Which field holds the priority of a lead?
                - mapToName: region
                  mapToDisplayName: Region
                  prompt: Which field holds the region of a lead?
    ```
    """
    for integration in context.manifest.integrations:
        for item in integration.read_objects:
            for field in item.fields:
                key, name = field.key("mapToName"), field.map_to_name
                if key is None or name is None or not field.is_user_mapping:
                    continue
                nameless = _lacks(field, "mapToDisplayName")
                promptless = _lacks(field, "prompt")
                eaten = [context.eaten_value(one) for one in field.node.entries]
                if any(eaten):
                    yield from filter(None, eaten)
                    continue
                if not nameless and not promptless:
                    continue
                yield context.finding(
                    field.at(key),
                    f"the customer picks the field for {quoted(name.value)}, but "
                    f"{_missing(nameless, promptless)}",
                    severity=Severity.WARNING if nameless else Severity.INFO,
                    fixes=[_with_words(context, item, field, nameless, promptless)],
                )


def _lacks(field: Field, key: str) -> bool:
    """Whether the words are missing; a misspelt key is a mistake of its own, and so are words that
    are a tag or an anchor to YAML."""
    entry = field.entry(key)
    is_marked = entry is not None and entry.value.outer < entry.value.start
    return field.lacks_text(key) and not is_marked and not field.misspelt(key)


def _missing(nameless: bool, promptless: bool) -> str:
    if not nameless:
        return "the set-up form asks no question; add `prompt`"
    added = "`mapToDisplayName` and `prompt`" if promptless else "`mapToDisplayName`"
    return f"the set-up form shows no label for it; add {added}"


def _with_words(
    context: Context, item: ReadObject, field: Field, nameless: bool, promptless: bool
) -> Fix | None:
    # Of two equal entries, words would make two different ones under one name.
    if field.map_to_name is None or not item.delivers_once(field):
        return None
    from amp_lint.manifest.snippets import question, spoken

    label = field.text("mapToDisplayName")
    shown = label.value if label is not None else spoken(field.map_to_name.value)
    words = {"mapToDisplayName": shown} if nameless else {}
    if promptless:
        words["prompt"] = question(shown)
    edits: list[Edit] = []
    # What fills an empty key comes in front of what is added behind it.
    for key in sorted(words, key=lambda key: field.node.find(key) is None):
        added = _written(context, field, key, words[key])
        if added is None:
            return None
        edits.extend(added)
    edits.sort(key=lambda edit: edit.span)
    return context.fix(f"Add {' and '.join(map(quoted, words))}", tuple(edits))


def _written(context: Context, field: Field, key: str, text: str) -> tuple[Edit, ...] | None:
    empty = field.node.find(key)
    if empty is not None:
        return context.edit.set_value(empty, text)
    followers = [one for one in ("prompt", "default") if one != key and field.node.find(one)]
    before = followers[0] if followers else None
    return context.edit.insert(field.node, key, text, before=before)
