"""Names that look like a misspelling of a name in the catalog."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from amp_lint.linter.common_fixes import rename
from amp_lint.linter.finding import Finding
from amp_lint.linter.rule import Context
from amp_lint.manifest.model import Integration
from amp_lint.manifest.objects import Object
from amp_lint.manifest.view import View
from amp_lint.text.messages import quoted
from amp_lint.text.name_slips import name_slip
from amp_lint.yaml.nodes import Scalar
from amp_schema.objects import as_of, find_object, objects_of
from amp_schema.typos import near_field, near_object

# About a fifth of a second. Each name that is not known is compared with all that are.
_MOST_COMPARISONS = 100_000


def near_miss(
    context: Context, name: Scalar, what: str, near: str, same: Iterable[Scalar]
) -> Finding:
    """`same` are all places of the name, which the fix renames together."""
    return context.finding(
        name,
        f"{what} is not in the catalog of {as_of()}; did you mean {quoted(near)}?",
        fixes=[rename(context, same, near)],
    )


def named(integration: Integration, name: str) -> Iterator[Scalar]:
    """Yield the name of each object of any action that has this name."""
    for objects in objects_by_action(integration):
        for item in objects:
            if item.name is not None and item.name.value == name:
                yield item.name


def catalog_place(integration: Integration) -> tuple[str, str | None] | None:
    """Return the provider and the module; None if either is in doubt."""
    provider, module = integration.provider, integration.module
    if provider is None:
        return None
    if module is not None:
        return provider.value, module.value
    surely = integration.lacks_text("module") and not integration.misspelt("module")
    return (provider.value, None) if surely else None


def objects_by_action(integration: Integration) -> Iterator[list[Object]]:
    """Yield the objects of each action."""
    yield [*integration.read_objects]
    yield [*integration.write_objects]
    yield [*integration.subscribe_objects]


def mapped_names(views: Iterable[View]) -> set[str]:
    """Return the names that objects or fields of other names are delivered under."""
    found: set[str] = set()
    for view in views:
        given = view.text("mapToName")
        if given is None:
            continue
        own = view.text("objectName") or view.text("fieldName")
        if own is None or own.value != given.value:
            found.add(given.value)
    return found


class Guesses:
    """Guesses what misspelt names were meant to be: once per name, and up to a limit of
    comparisons, which a file with more names than a person writes reaches."""

    def __init__(self, context: Context) -> None:
        self._budget = context.comparison_budget(_MOST_COMPARISONS)
        self._known: dict[tuple[str | None, ...], str | None] = {}

    def object(self, provider: str, module: str | None, name: str) -> str | None:
        """Return the object that `name` is a misspelling of."""
        if name in objects_of(provider, module) or name_slip(name) is not None:
            return None
        return self._guess(
            (provider, module, name),
            len(objects_of(provider, module)),
            lambda: near_object(provider, module, name),
        )

    def field(self, provider: str, module: str | None, of: str, name: str) -> str | None:
        """Return the field of an object that `name` is a misspelling of."""
        known = find_object(provider, module, of)
        if known is None or name in known.fields or name_slip(name) is not None:
            return None
        return self._guess(
            (provider, module, of, name),
            len(known.fields),
            lambda: near_field(provider, module, of, name),
        )

    def _guess(
        self, key: tuple[str | None, ...], comparisons: int, guess: Callable[[], str | None]
    ) -> str | None:
        if key not in self._known and self._budget.affords(comparisons, key):
            self._known[key] = guess()
        return self._known.get(key)
