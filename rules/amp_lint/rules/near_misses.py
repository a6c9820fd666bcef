"""Names of objects and fields that look like a misspelling of one in the catalog."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from amp_lint.linter.common_fixes import rename
from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, rule
from amp_lint.manifest import doc_urls
from amp_lint.manifest.model import Integration, Object, SubscribeObject
from amp_lint.manifest.view import View
from amp_lint.text.messages import quoted
from amp_lint.yaml.nodes import Scalar
from amp_schema.objects import as_of, objects_of, takes
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

    Objects are named letter for letter, upper and lower case included, and the deploy does not
    check them. A misspelt name is noticed by the first customer who installs the integration.

    ## Fix

    Write the known name. Where the provider does have an object of the name as it is written, such
    as one that a customer has made, nothing is wrong.

    ## Notes

    amp-lint carries a snapshot of the objects that are known of some providers. It is incomplete,
    so a name is never reported because it is not in there, but only if it is an edit or two, a
    plural or another case away from exactly one that is. Names of fewer than five characters, names
    made of words that the provider uses elsewhere, and the forms that custom objects have
    (`Invoice__c`, `custom_invoice`) are left alone.

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
        for action, objects in _objects(integration):
            written = {item.name.value for item in objects if item.name is not None}
            for item in objects:
                name = item.name
                if name is None or name.value in mapped or takes(*place, action, name.value):
                    continue
                near = guesses.object(*place, name.value)
                # Whoever writes both names means two objects.
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

    Fields are named letter for letter, upper and lower case included, and the deploy does not check
    them. A misspelt one brings no value, or has the read refused by the provider.

    ## Fix

    Write the known name. Where the object does have a field of the name as it is written, such as
    one that a customer has added, nothing is wrong.

    ## Notes

    amp-lint carries a snapshot of the fields that are known of some objects. It is incomplete, so a
    name is never reported because it is not in there, but only if it is an edit or two, a plural or
    another case away from exactly one that is. Names of fewer than five characters, names made of
    words that the provider uses elsewhere, paths (`$['a']['b']`) and the forms that custom fields
    have (`Score__c`, `custom_score`) are left alone.

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
        known = objects_of(*place) if place is not None else {}
        for item in integration.read_objects:
            if place is None or item.name is None or item.name.value not in known:
                continue
            names = [field.field_name for field in item.fields]
            written = {name.value for name in names if name is not None}
            mapped = _mapped(item.fields)
            for name in names:
                if name is None or name.value in mapped:
                    continue
                near = guesses.field(*place, item.name.value, name.value)
                # Whoever writes both names means two fields.
                if near is not None and near not in written:
                    of = f"field {quoted(name.value)} of {quoted(item.name.value)}"
                    same = [other for other in names if other and other.value == name.value]
                    yield _finding(context, name, of, near, same)


def _finding(
    context: Context, name: Scalar, what: str, near: str, same: Iterable[Scalar]
) -> Finding:
    """`same` is where the name stands, so that what belongs together is renamed together."""
    return context.finding(
        name,
        f"the catalog of {as_of()} has no {what}, but {quoted(near)}; write that if it is meant",
        label="case matters" if name.value.casefold() == near.casefold() else "",
        fixes=[rename(context, same, near)],
    )


def _named(integration: Integration, name: str) -> Iterator[Scalar]:
    """Where the objects of all actions have this name."""
    for _, objects in _objects(integration):
        for item in objects:
            if item.name is not None and item.name.value == name:
                yield item.name


def _place(integration: Integration) -> tuple[str, str | None] | None:
    """The provider and the module, where neither is in doubt."""
    provider, module = integration.provider, integration.module
    if provider is None:
        return None
    if module is not None:
        return provider.value, module.value
    surely = integration.lacks_text("module") and not integration.misspelt("module")
    return (provider.value, None) if surely else None


def _objects(integration: Integration) -> Iterator[tuple[str, list[Object]]]:
    yield "read", [*integration.read_objects]
    yield "write", [*integration.write_objects]
    yield "subscribe", [*integration.subscribe_objects]


def _misses_its_read(integration: Integration, item: Object, near: str) -> bool:
    """Whether `subscribe-requires-read` already says to write the near name, which is read."""
    return (
        isinstance(item, SubscribeObject)
        and item.has_standard_event
        and item.name is not None
        and item.name.value not in integration.read_by_name
        and near in integration.read_by_name
    )


def _mapped(views: Iterable[View]) -> set[str]:
    """The names that the author gives to objects or fields of other names."""
    found: set[str] = set()
    for view in views:
        given = view.text("mapToName")
        own = view.text("objectName") or view.text("fieldName")
        if given is not None and (own is None or own.value != given.value):
            found.add(given.value)
    return found


class _Guesses:
    """What misspelt names were meant to be, each name asked for once; in a file with more names
    than a person writes, the guesses end."""

    def __init__(self, context: Context) -> None:
        self._allowance = context.allowance(_MOST_COMPARISONS)
        self._known: dict[tuple[str | None, ...], str | None] = {}

    def object(self, provider: str, module: str | None, name: str) -> str | None:
        """The object that `name` was meant to be."""
        key, objects = (provider, module, name), objects_of(provider, module)
        if (
            name not in objects
            and key not in self._known
            and self._allowance.affords(len(objects), key)
        ):
            self._known[key] = near_object(provider, module, name)
        return self._known.get(key)

    def field(self, provider: str, module: str | None, of: str, name: str) -> str | None:
        """The field of an object that `name` was meant to be."""
        key = (provider, module, of, name)
        fields = objects_of(provider, module)[of].fields
        if (
            name not in fields
            and key not in self._known
            and self._allowance.affords(len(fields), key)
        ):
            self._known[key] = near_field(provider, module, of, name)
        return self._known.get(key)
