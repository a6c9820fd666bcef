"""What a snapshot of the project knows, in the words of completions, hovers and code lenses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from amp_lint.text.messages import quoted

if TYPE_CHECKING:
    from amp_lint.project.snapshot import AccountField, DeployedIntegration, Snapshot

_MOST_VALUES = 20
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")


def dated(project: Snapshot) -> str:
    """The project and the day that its facts are of."""
    return f"in {_code(project.project)} as of {project.as_of}"


def _begun(words: str) -> str:
    """The words as the beginning of a sentence; names in them keep their case."""
    return words[:1].upper() + words[1:]


def shown(name: str) -> str:
    """A name as plain text: short, and without characters that cannot be printed."""
    return quoted(name)[1:-1]


def _code(name: str) -> str:
    """A name of the platform as Markdown code, in which nothing else is Markdown: an image in a
    label would make the editor fetch it."""
    return quoted(name.replace("`", "'"))


def installations(integration: DeployedIntegration) -> str:
    """How often an integration is installed; empty if that is not known."""
    count = integration.installations
    if count is None:
        return ""
    return f"{count or 'no'} installation{'' if count == 1 else 's'}"


def destination(project: Snapshot, name: str) -> str:
    """Whether the project has a destination, and its type; empty if that is not known."""
    known = project.destinations or {}
    if name in known:
        return f"{_begun(dated(project))}: {_code(known[name]) if known[name] else 'it exists'}."
    return f"Not {dated(project)}." if project.lists_destinations else ""


def deployed(project: Snapshot, name: str) -> Iterator[str]:
    """What the project has of an integration, in parts."""
    known = project.integrations
    if known is None:
        return
    found = known.get(name)
    if found is None:
        if project.is_complete("integrations"):
            yield f"Not {dated(project)}: a deploy makes a new integration."
        return
    day = found.revision_time[:10]
    parts = [f"deployed {day}" if _DAY.match(day) else "deployed", installations(found)]
    yield f"{_begun(dated(project))}: {', '.join(part for part in parts if part)}."


def field_detail(field: AccountField) -> str:
    """The label and the type of a field, and what is special about it."""
    return ", ".join(shown(part) for part in _facts(field))


def _facts(field: AccountField) -> Iterator[str]:
    yield from (part for part in (field.display_name, field.type) if part)
    if field.custom:
        yield "custom"
    if field.read_only:
        yield "read-only"


def account_field(project: Snapshot, provider: str, owner: str, name: str) -> Iterator[str]:
    """What a customer's account has of a field, in parts."""
    account = project.object(provider, owner)
    field = account.field(name) if account is not None else None
    if account is None or field is None:
        return
    detail = ", ".join(map(_code, _facts(field)))
    where = f"In the customer's account as of {project.as_of}"
    if account.accounts > 1:
        where = f"In {field.accounts} of {account.accounts} accounts as of {project.as_of}"
    yield f"{where}: {detail}." if detail else f"{where}."
    if field.values:
        more = ", …" if len(field.values) > _MOST_VALUES else ""
        yield f"Allowed values: {', '.join(map(_code, field.values[:_MOST_VALUES]))}{more}"
