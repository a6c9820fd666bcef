"""One object that is listed twice under one action."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from amp_lint.linter.finding import Finding
from amp_lint.linter.rule import Context
from amp_lint.manifest.objects import Object
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
            fixes=[
                context.fix(
                    f"Remove this {name}", removed, manual=not _adds_nothing(context, item, earlier)
                )
            ],
        )


def _adds_nothing(context: Context, item: Object, earlier: Object) -> bool:
    """Return whether an object says nothing that the earlier one does not say as well."""

    def said(view: Object) -> set[str]:
        text = context.source.text
        return {" ".join(text[one.start : one.end].split()) for one in view.node.entries}

    name, before = item.entry("objectName"), earlier.entry("objectName")
    if name is None or before is None or item.node is earlier.node:
        return True
    text = context.source.text
    own = " ".join(text[name.start : name.end].split())
    return said(item) - {own} <= said(earlier)
