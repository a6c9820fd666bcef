"""The text of a new manifest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from amp_lint.manifest import doc_urls
from amp_lint.manifest.snippets import SCHEDULE
from amp_lint.yaml.emitter import Style

_MOST_REQUIRED = 3


@dataclass(frozen=True, slots=True)
class TemplateRequest:
    """The content of the manifest.

    `actions` are some of `read`, `write`, `subscribe` and `proxy`; `subscribe` requires `read`.
    `objects` maps the name of each object to its usual fields, which may be none. `proxied` turns
    `proxy` on; `title` is the provider's display name.
    """

    name: str
    provider: str
    title: str
    module: str | None
    actions: frozenset[str]
    objects: Mapping[str, Sequence[str]]
    destination: str
    proxied: bool = True


def manifest_text(request: TemplateRequest) -> str:
    """Return the manifest as YAML with comments, ending in a line break.

    Names are quoted where YAML would read them as something other than a string.
    """
    lines = [
        f"# Reference of this file: {doc_urls.MANIFEST}",
        "specVersion: 1.0.0",
        "integrations:",
        f"  - name: {scalar(request.name)}",
        f"    displayName: {scalar(request.title)}",
        f"    provider: {scalar(request.provider)}",
    ]
    if request.module is not None:
        lines.append(f"    module: {scalar(request.module)}")
    for action, section in _SECTIONS.items():
        if action in request.actions:
            lines += section(request)
    return "\n".join(lines) + "\n"


def _read(request: TemplateRequest) -> Iterator[str]:
    yield from ("    read:", "      objects:")
    notes = True
    for name, fields in request.objects.items():
        yield f"        - objectName: {scalar(name)}"
        yield from _noted(notes, "Receives the records; create it in the Ampersand dashboard.")
        yield f"          destination: {scalar(request.destination)}"
        yield from _noted(notes, "Every 30 minutes, in UTC; the minimum is 10 minutes.")
        yield f'          schedule: "{SCHEDULE}"'
        yield from _fields(fields, notes=notes)
        notes = False


def _fields(names: Sequence[str], *, notes: bool) -> Iterator[str]:
    if names:
        yield from _noted(notes, "The fields that your application requires.")
        yield "          requiredFields:"
        yield from (f"            - fieldName: {scalar(name)}" for name in names[:_MOST_REQUIRED])
    else:
        yield from _noted(notes, "Your customers choose from all fields. List the fields that you")
        yield from _noted(notes, "require under requiredFields, such as `- fieldName: email`.")
    yield "          optionalFieldsAuto: all"


def _write(request: TemplateRequest) -> Iterator[str]:
    yield from ("    write:", "      objects:")
    notes = True
    for name in request.objects:
        yield f"        - objectName: {scalar(name)}"
        if "read" in request.actions:
            yield from _noted(notes, "Fields have the same names as in `read`.")
            yield "          inheritMapping: true"
        notes = False


def _subscribe(request: TemplateRequest) -> Iterator[str]:
    yield from ("    subscribe:", "      objects:")
    notes = True
    for name in request.objects:
        yield f"        - objectName: {scalar(name)}"
        yield f"          destination: {scalar(request.destination)}"
        yield from _noted(notes, "The fields are those of this object in `read`.")
        yield "          inheritFieldsAndMapping: true"
        yield from _noted(notes, "Remove the events that you do not need.")
        yield from ("          createEvent:", "            enabled: always")
        yield from ("          updateEvent:", "            enabled: always")
        yield from _noted(notes, "Or list the fields under requiredWatchFields.", indent=12)
        yield "            watchFieldsAuto: all"
        yield from ("          deleteEvent:", "            enabled: always")
        notes = False


def _proxy(request: TemplateRequest) -> Iterator[str]:
    yield "    proxy:"
    if request.proxied:
        yield "      # Your application calls the provider's API through Ampersand."
        yield "      enabled: true"
    else:
        yield "      # The catalog lists no action for this provider yet, not even the proxy."
        yield "      enabled: false"


_SECTIONS = {"read": _read, "write": _write, "subscribe": _subscribe, "proxy": _proxy}


def _noted(notes: bool, words: str, indent: int = 10) -> Iterable[str]:
    """Return a comment line; only the first object of a section has comments."""
    return [f"{' ' * indent}# {words}"] if notes else []


def scalar(text: str) -> str:
    """Return text as a YAML scalar on one line: plain where that is safe, else quoted."""
    return Style().scalar(text)
