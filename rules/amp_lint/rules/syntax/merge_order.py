"""Merge keys whose place decides."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, rule
from amp_lint.manifest import doc_urls
from amp_lint.manifest.decode.uses import exact_key, merge_sources, uses_of
from amp_lint.text.messages import quoted
from amp_lint.yaml.nodes import Entry, Mapping, Scalar, follow


@rule(
    "merge-order",
    group=Group.SYNTAX,
    severity=Severity.WARNING,
    url=doc_urls.MANIFEST,
    needs=("<<",),
)
def check(context: Context) -> Iterator[Finding]:
    """A merge key overrides a key above it, or another merge key.

    YAML says that the keys of a mapping win over those that `<<` brings in. The platform applies
    `<<` in its place instead: a key above it is overridden, a key below it wins. Several `<<` in
    one mapping are all applied, and the last one wins, while in a list under one `<<` the first
    mapping wins.

    ## Fix

    Move `<<` to the top of the mapping, so that the keys of the mapping win. Write one `<<` with a
    list in place of two.

    ## Wrong

    ```yaml
    x-shared: &shared
      destination: sharedWebhook
      schedule: "*/30 * * * *"
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: hubspot
        read:
          objects:
            - objectName: contacts
              destination: contactWebhook
              <<: *shared
              requiredFields:
                - fieldName: email
    ```

    ```yaml
    x-hook: &hook
      destination: contactWebhook
    x-hourly: &hourly
      schedule: "0 * * * *"
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: hubspot
        read:
          objects:
            - <<: *hook
              <<: *hourly
              objectName: contacts
              requiredFields:
                - fieldName: email
    ```

    ## Right

    ```yaml
    x-shared: &shared
      destination: sharedWebhook
      schedule: "*/30 * * * *"
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: hubspot
        read:
          objects:
            - <<: *shared
              objectName: contacts
              destination: contactWebhook
              requiredFields:
                - fieldName: email
    ```
    """
    for mapping in context.document.mappings:
        merges = [entry for entry in mapping.entries if entry.merges]
        for entry in merges[1:]:
            yield context.finding(
                entry.key,
                "this mapping has two `<<`; the platform applies both, and the last one wins, so "
                "write one `<<` with a list, in which the first mapping wins",
                label="applied last" if entry is merges[-1] else "",
                related=[context.related(merges[0].key, "first `<<` here")],
                fixes=[context.fix("Write one `<<` with a list", context.edit.join_values(merges))],
            )
        if len(merges) == 1:
            yield from _overriding(context, mapping, merges[0])


def _overriding(context: Context, mapping: Mapping, merge: Entry) -> Iterator[Finding]:
    above = mapping.entries[: mapping.entries.index(merge)]
    overridden = [entry for entry in above if _overrides(merge, entry)]
    if not overridden:
        return
    names = ", ".join(quoted(entry.name) for entry in overridden)
    keys = f"the key {names}" if len(overridden) == 1 else f"the keys {names}"
    yield context.finding(
        merge.key,
        f"this `<<` overrides {keys} above it, because the platform applies it at this position; "
        "move it to the top of the mapping if the keys of the mapping must win",
        label=f"overrides {overridden[0].name}" if len(overridden) == 1 else "overrides keys",
        related=[context.related(one.key, "overridden here") for one in overridden],
        fixes=[context.fix("Move `<<` to the top", context.edit.move_first(merge))],
    )


def _overrides(merge: Entry, entry: Entry) -> bool:
    """Whether a merge key brings in another value of an entry's key."""
    key = exact_key(entry)
    for source in merge_sources(merge):
        found = uses_of(source).by_key.get(key) if source is not None else None
        if found is not None:
            one, other = follow(found.value), follow(entry.value)
            same = isinstance(one, Scalar) and isinstance(other, Scalar) and one.data == other.data
            return not same
    return False
