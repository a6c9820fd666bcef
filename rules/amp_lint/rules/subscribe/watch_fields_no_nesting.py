"""Watched fields that reach into other fields."""

from __future__ import annotations

import re
from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, rule
from amp_lint.manifest import doc_urls
from amp_lint.text.messages import quoted

_NESTING = re.compile(r"[.\[\]]")
# The outermost field of `address.city`, `address['city']` and `$['address']['city']`.
_OUTER = re.compile(r"(?:\$\.?(?:\[['\"])?)?([^.\[\]'\"$]+)")


@rule(
    "watch-fields-no-nesting",
    group=Group.SUBSCRIBE,
    severity=Severity.ERROR,
    url=doc_urls.EVENTS,
    needs=("requiredWatchFields",),
)
def check(context: Context) -> Iterator[Finding]:
    """A name in `requiredWatchFields` has a dot or a bracket in it.

    Providers report which field of a record changed, not which part of a field. So only whole
    fields can be watched, and the platform refuses a path into one.

    ## Fix

    Watch the field that holds the nested one.

    ## Wrong

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: salesforce
        read:
          objects:
            - objectName: contact
              destination: crm-webhook
              requiredFields:
                - fieldName: mailingaddress
        subscribe:
          objects:
            - objectName: contact
              destination: crm-webhook
              inheritFieldsAndMapping: true
              updateEvent:
                enabled: always
                requiredWatchFields:
                  - $['mailingaddress']['city']
                  - mailingaddress.country
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
              destination: crm-webhook
              requiredFields:
                - fieldName: mailingaddress
        subscribe:
          objects:
            - objectName: contact
              destination: crm-webhook
              inheritFieldsAndMapping: true
              updateEvent:
                enabled: always
                requiredWatchFields:
                  - mailingaddress
    ```
    """
    for integration in context.manifest.integrations:
        for item in integration.subscribe_objects:
            event = item.events.get("updateEvent")
            for field in event.texts("requiredWatchFields") if event is not None else ():
                odd = _NESTING.search(field.value)
                if odd is None:
                    continue
                outer = _OUTER.match(field.value)
                hint = f"watch {quoted(outer[1])}" if outer else "write the name of a whole field"
                yield context.finding(
                    field,
                    f"only whole fields can be watched, and a name with `{odd[0]}` is a path into "
                    f"one, which the platform refuses; {hint}",
                )
