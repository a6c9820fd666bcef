"""Subscribe objects that do not inherit from their read object."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.common_fixes import correct_key, give, meant_for, meant_words
from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, rule
from amp_lint.manifest import doc_urls
from amp_lint.manifest.objects import SubscribeObject
from amp_lint.text.edits import Fix

_KEY = "inheritFieldsAndMapping"


@rule(
    "subscribe-inherit-fields",
    group=Group.SUBSCRIBE,
    severity=Severity.ERROR,
    url=doc_urls.SUBSCRIBE_OBJECT,
    needs=("subscribe",),
)
def check(context: Context) -> Iterator[Finding]:
    """A subscribe object with standard events does not say `inheritFieldsAndMapping: true`.

    `createEvent`, `updateEvent`, `deleteEvent` and `associationChangeEvent` deliver the fields of
    the read object with the same name, under the names that are mapped there. The platform has no
    other source for them and refuses the object without this key.

    ## Fix

    Add `inheritFieldsAndMapping: true`. If it is `false`, the fix is unsafe: the author may want no
    events of this object rather than the inherited fields.

    ## Notes

    An object with nothing but `otherEvents` does not need it.

    ## Wrong

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: hubspot
        read:
          objects:
            - objectName: contacts
              destination: crm-webhook
              requiredFields:
                - fieldName: email
        subscribe:
          objects:
            - objectName: contacts
              destination: crm-webhook
              createEvent:
                enabled: always
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
              destination: crm-webhook
              requiredFields:
                - fieldName: email
        subscribe:
          objects:
            - objectName: contacts
              destination: crm-webhook
              inheritFieldsAndMapping: true
              createEvent:
                enabled: always
    ```
    """
    for integration in context.manifest.integrations:
        for item in integration.subscribe_objects:
            missing = item.lacks(_KEY)
            if not item.has_standard_event or not (missing or item.flag(_KEY) is False):
                continue
            deep = [one.key(_KEY) for one in item.events.values() if one.node.find(_KEY)]
            if missing and len(deep) == 1 and deep[0] is not None:
                yield context.finding(
                    deep[0],
                    f"`{_KEY}` has no effect in an event; write it in the object, beside the "
                    "events, which the platform refuses without it",
                    label="too deep",
                    claims=deep,
                )
                continue
            meant = meant_for(item, _KEY) if missing else None
            hint = f"{'add' if missing else 'write'} `{_KEY}: true`"
            if meant:
                hint = meant_words(*meant)
            yield context.finding(
                meant[0].key if meant else item.key(_KEY) or item.head,
                "events take their fields from the read object, and the platform refuses an object "
                f"that does not inherit them; {hint}",
                fixes=[correct_key(context, *meant) if meant else _fix(context, item)],
                claims=[meant[0].key] if meant else [],
            )


def _fix(context: Context, item: SubscribeObject) -> Fix | None:
    # Who wrote `false` may have meant it: then the events have to go.
    is_safe = item.flag(_KEY) is not False
    return give(context, item, _KEY, True, after=("objectName", "destination"), safe=is_safe)
