"""Names of objects and fields that look like a misspelling of a name in the catalog."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from amp_lint.linter.common_fixes import rename
from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, rule
from amp_lint.manifest import doc_urls
from amp_lint.manifest.model import Integration, Object, SubscribeObject
from amp_lint.manifest.view import View
from amp_lint.text.messages import quoted
from amp_lint.yaml.nodes import Scalar
from amp_schema.objects import as_of, find_object, objects_of
from amp_schema.typos import near_field, near_object

# About a fifth of a second. Each name that is not known is compared with all that are.
_MOST_COMPARISONS = 100_000


@rule(
    "object-near-miss",
    group=Group.PROVIDER,
    severity=Severity.WARNING,
    url=doc_urls.PROVIDERS,
    needs=("objectName",),
)
def object_near_miss(context: Context) -> Iterator[Finding]:
    """An `objectName` is almost the name of an object that the provider is known to have.

    The deploy does not check the names of objects. A misspelt one fails when the first customer
    installs the integration.

    ## Fix

    Write the known name. If the provider does have an object of the name as it is written, such as
    one that was added since, suppress the finding.

    ## Notes

    amp-lint carries a dated snapshot of the objects of many providers. It is incomplete, so a name
    is not reported for being absent, but only if it is one edit away from exactly one known name,
    which the platform itself or its guide lists. Another case or a plural is not reported. Neither
    are names of fewer than five characters, names made of words that the provider uses elsewhere,
    the forms that custom objects have (`Invoice__c`, `custom_invoice`), and any name where
    customers add objects of their own (HubSpot, Salesforce, NetSuite and others).

    ## Wrong

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: billing-sync
        provider: stripe
        read:
          objects:
            - objectName: invocies
              destination: billing-webhook
              schedule: "*/30 * * * *"
              requiredFields:
                - fieldName: amount_due
    ```

    ## Right

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: billing-sync
        provider: stripe
        read:
          objects:
            - objectName: invoices
              destination: billing-webhook
              schedule: "*/30 * * * *"
              requiredFields:
                - fieldName: amount_due
    ```
    """
    guesses = _Guesses(context)
    for integration in context.manifest.integrations:
        place = _place(integration)
        if place is None or not objects_of(*place):
            continue
        mapped = _mapped(integration.read_objects)
        for objects in _objects(integration):
            written = {item.name.value for item in objects if item.name is not None}
            for item in objects:
                name = item.name
                if name is None or name.value in mapped:
                    continue
                near = guesses.object(*place, name.value)
                # An author who writes both names means two objects.
                if near is None or near in written or _misses_its_read(integration, item, near):
                    continue
                same = _named(integration, name.value)
                yield _finding(context, name, f"object {quoted(name.value)}", near, same)


@rule(
    "field-near-miss",
    group=Group.PROVIDER,
    severity=Severity.WARNING,
    url=doc_urls.MAPPING,
    needs=("fieldName",),
)
def field_near_miss(context: Context) -> Iterator[Finding]:
    """A `fieldName` is almost the name of a field that the object is known to have.

    The deploy does not check the names of fields. A misspelt one delivers no value, or makes the
    provider reject the read.

    ## Fix

    Write the known name. If the object does have a field of the name as it is written, such as one
    that a customer has added, suppress the finding.

    ## Notes

    amp-lint carries a dated snapshot of the fields of many objects. It is incomplete, so a name is
    not reported for being absent, but only if it is one or two edits away from exactly one known
    name, which the platform's own metadata has. Another case, which the platform ignores, or a
    plural is not reported. Neither are names of fewer than five characters, names made of words
    that the provider uses elsewhere, paths (`$['a']['b']`) and the forms that custom fields have
    (`Score__c`, `custom_score`).

    ## Wrong

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: billing-sync
        provider: stripe
        read:
          objects:
            - objectName: invoices
              destination: billing-webhook
              schedule: "*/30 * * * *"
              requiredFields:
                - fieldName: amuont_due
    ```

    ## Right

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: billing-sync
        provider: stripe
        read:
          objects:
            - objectName: invoices
              destination: billing-webhook
              schedule: "*/30 * * * *"
              requiredFields:
                - fieldName: amount_due
    ```
    """
    guesses = _Guesses(context)
    for integration in context.manifest.integrations:
        place = _place(integration)
        for item in integration.read_objects if place is not None else ():
            if place is None or item.name is None:
                continue
            names = [field.field_name for field in item.fields]
            written = {name.value for name in names if name is not None}
            mapped = _mapped(item.fields)
            for name in names:
                if name is None or name.value in mapped:
                    continue
                near = guesses.field(*place, item.name.value, name.value)
                # An author who writes both names means two fields.
                if near is not None and near not in written:
                    of = f"field {quoted(name.value)} of {quoted(item.name.value)}"
                    same = [other for other in names if other and other.value == name.value]
                    yield _finding(context, name, of, near, same)


def _finding(
    context: Context, name: Scalar, what: str, near: str, same: Iterable[Scalar]
) -> Finding:
    """`same` are all places of the name, which the fix renames together."""
    return context.finding(
        name,
        f"{what} is not in the catalog of {as_of()}; did you mean {quoted(near)}?",
        fixes=[rename(context, same, near)],
    )


def _named(integration: Integration, name: str) -> Iterator[Scalar]:
    """Yield the name of each object of any action that has this name."""
    for objects in _objects(integration):
        for item in objects:
            if item.name is not None and item.name.value == name:
                yield item.name


def _place(integration: Integration) -> tuple[str, str | None] | None:
    """Return the provider and the module; None if either is in doubt."""
    provider, module = integration.provider, integration.module
    if provider is None:
        return None
    if module is not None:
        return provider.value, module.value
    surely = integration.lacks_text("module") and not integration.misspelt("module")
    return (provider.value, None) if surely else None


def _objects(integration: Integration) -> Iterator[list[Object]]:
    yield [*integration.read_objects]
    yield [*integration.write_objects]
    yield [*integration.subscribe_objects]


def _misses_its_read(integration: Integration, item: Object, near: str) -> bool:
    """Return whether `subscribe-requires-read` already suggests the near name, which is read."""
    return (
        isinstance(item, SubscribeObject)
        and item.has_standard_event
        and item.name is not None
        and item.name.value not in integration.read_by_name
        and near in integration.read_by_name
    )


def _mapped(views: Iterable[View]) -> set[str]:
    """Return the names that objects or fields of other names are delivered under."""
    found: set[str] = set()
    for view in views:
        given = view.text("mapToName")
        own = view.text("objectName") or view.text("fieldName")
        if given is not None and (own is None or own.value != given.value):
            found.add(given.value)
    return found


class _Guesses:
    """Guesses what misspelt names were meant to be: once per name, and up to a limit of
    comparisons, which a file with more names than a person writes reaches."""

    def __init__(self, context: Context) -> None:
        self._allowance = context.allowance(_MOST_COMPARISONS)
        self._known: dict[tuple[str | None, ...], str | None] = {}

    def object(self, provider: str, module: str | None, name: str) -> str | None:
        """Return the object that `name` is a misspelling of."""
        if name in objects_of(provider, module):
            return None
        return self._guess(
            (provider, module, name),
            len(objects_of(provider, module)),
            lambda: near_object(provider, module, name),
        )

    def field(self, provider: str, module: str | None, of: str, name: str) -> str | None:
        """Return the field of an object that `name` is a misspelling of."""
        known = find_object(provider, module, of)
        if known is None or name in known.fields:
            return None
        return self._guess(
            (provider, module, of, name),
            len(known.fields),
            lambda: near_field(provider, module, of, name),
        )

    def _guess(
        self, key: tuple[str | None, ...], comparisons: int, guess: Callable[[], str | None]
    ) -> str | None:
        if key not in self._known and self._allowance.affords(comparisons, key):
            self._known[key] = guess()
        return self._known.get(key)
