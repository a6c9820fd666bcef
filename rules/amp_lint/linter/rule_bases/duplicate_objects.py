"""One object that is listed twice under one action."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from amp_lint.linter.finding import Finding
from amp_lint.linter.rule import Context
from amp_lint.manifest.model import Object
from amp_lint.text.messages import quoted


def repeated_objects(
    context: Context, action: str, objects: Iterable[Object], others: Iterable[Object]
) -> Iterator[Finding]:
    """Yield a finding for each object that an action has listed before. `others` are the objects of
    the other actions."""
    elsewhere = {item.name.value for item in others if item.name is not None}
    first: dict[str, Object] = {}
    for item in objects:
        if item.name is None:
            continue
        earlier = first.setdefault(item.name.value.casefold(), item)
        if earlier is item or earlier.name is None:
            continue
        name, before = quoted(item.name.value), quoted(earlier.name.value)
        # What other actions say of the object, they say of this spelling.
        is_needed = name != before and item.name.value in elsewhere
        removed = None if is_needed else context.edit.remove_item(item.use)
        also = "" if name == before else f" as {before}, and case makes no difference"
        yield context.finding(
            item.repeats("objectName", earlier),
            f"{name} is already listed under `{action}`{also}; keep one entry for it",
            label="listed again",
            related=[context.related(earlier.name, "first used here")],
            fixes=[context.fix(f"Remove this {name}", removed)],
        )
