"""A manifest to start from: the text, made of what its author asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from amp_lint.manifest import doc_urls
from amp_lint.manifest.snippets import SCHEDULE
from amp_lint.yaml.emitter import Style

_MOST_REQUIRED = 3


@dataclass(frozen=True, slots=True)
class TemplateRequest:
    """What the manifest is to hold.

    `actions` are some of `read`, `write`, `subscribe` and `proxy`; who subscribes also reads.
    `objects` leads from the name of each object to the fields known of it, which may be none.
    `proxied` is whether `proxy` is switched on; `title` is what people call the provider.
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

    Every name comes out as it was given, in quotes where YAML would take it for something else.
    Names are text that a file in UTF-8 can hold.
    """
    lines = [
        f"# What may stand in this file: {doc_urls.MANIFEST}",
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
        yield from _noted(notes, "Where the records are sent; make it in the platform's dashboard.")
        yield f"          destination: {scalar(request.destination)}"
        yield from _noted(notes, "Every half hour. Times are in UTC; ten minutes is the least.")
        yield f'          schedule: "{SCHEDULE}"'
        yield from _fields(fields, notes=notes)
        notes = False


def _fields(names: Sequence[str], *, notes: bool) -> Iterator[str]:
    if names:
        yield from _noted(notes, "What your application cannot do without.")
        yield "          requiredFields:"
        yield from (f"            - fieldName: {scalar(name)}" for name in names[:_MOST_REQUIRED])
    else:
        yield from _noted(notes, "With this your users choose from all fields. List those that you")
        yield from _noted(notes, "need under requiredFields, as `- fieldName: email` and so on.")
    yield "          optionalFieldsAuto: all"


def _write(request: TemplateRequest) -> Iterator[str]:
    yield from ("    write:", "      objects:")
    notes = True
    for name in request.objects:
        yield f"        - objectName: {scalar(name)}"
        if "read" in request.actions:
            yield from _noted(notes, "Fields are called here as they are in `read`.")
            yield "          inheritMapping: true"
        notes = False


def _subscribe(request: TemplateRequest) -> Iterator[str]:
    yield from ("    subscribe:", "      objects:")
    notes = True
    for name in request.objects:
        yield f"        - objectName: {scalar(name)}"
        yield f"          destination: {scalar(request.destination)}"
        yield from _noted(notes, "The fields are those of the object of this name in `read`.")
        yield "          inheritFieldsAndMapping: true"
        yield from _noted(notes, "Leave out the events that you do not need.")
        yield from ("          createEvent:", "            enabled: always")
        yield from ("          updateEvent:", "            enabled: always")
        yield from _noted(notes, "Or name the fields under requiredWatchFields.", indent=12)
        yield "            watchFieldsAuto: all"
        yield from ("          deleteEvent:", "            enabled: always")
        notes = False


def _proxy(request: TemplateRequest) -> Iterator[str]:
    yield "    proxy:"
    if request.proxied:
        yield "      # Calls to the provider's API pass through the platform."
        yield "      enabled: true"
    else:
        yield "      # The catalog lists no action of this provider yet, not even the proxy."
        yield "      enabled: false"


_SECTIONS = {"read": _read, "write": _write, "subscribe": _subscribe, "proxy": _proxy}


def _noted(notes: bool, words: str, indent: int = 10) -> Iterable[str]:
    """A comment; only the first object of a section has any."""
    return [f"{' ' * indent}# {words}"] if notes else []


def scalar(text: str) -> str:
    """Text as a YAML scalar on one line: plain where that is safe, else in quotes."""
    return Style().scalar(text)
