"""How many of the objects and fields in real manifests the catalog knows.

    python benchmarks/coverage.py FOLDER

FOLDER holds manifests, which must not be a source of the catalog. Counts each `objectName` in read,
write and subscribe, and each `fieldName` of a read object, and names what is unknown.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from amp_lint.manifest.model import Integration, manifest_of
from amp_lint.manifest.objects import Object
from amp_lint.text.source import Source
from amp_lint.yaml.reader import read
from amp_schema.objects import find_object


@dataclass(slots=True)
class Coverage:
    """Counts of names; unknown ones are listed as `provider object` or `provider object.field`."""

    objects: int = 0
    fields: int = 0
    unknown_objects: list[str] = field(default_factory=list)
    unknown_fields: list[str] = field(default_factory=list)

    @property
    def of_objects(self) -> float:
        """The share of known objects."""
        return 1 - len(self.unknown_objects) / self.objects

    @property
    def of_fields(self) -> float:
        """The share of known fields."""
        return 1 - len(self.unknown_fields) / self.fields


def coverage(paths: Iterable[Path]) -> Coverage:
    """Count the names in manifests."""
    found = Coverage()
    for path in paths:
        root = read(Source.from_text(path.read_text("utf-8"))).root
        for integration in manifest_of(root).integrations:
            _count(integration, found)
    return found


def _count(integration: Integration, found: Coverage) -> None:
    provider = integration.provider.value if integration.provider is not None else ""
    module = integration.module.value if integration.module is not None else None
    for item in _objects(integration):
        if item.name is not None:
            found.objects += 1
            if find_object(provider, module, item.name.value) is None:
                found.unknown_objects.append(f"{provider} {item.name.value}")
    for item in integration.read_objects:
        known = find_object(provider, module, item.name.value) if item.name is not None else None
        for one in item.fields:
            if one.field_name is not None and item.name is not None:
                found.fields += 1
                if known is None or known.field(one.field_name.value) is None:
                    name = f"{provider} {item.name.value}.{one.field_name.value}"
                    found.unknown_fields.append(name)


def _objects(integration: Integration) -> Iterator[Object]:
    yield from integration.read_objects
    yield from integration.write_objects
    yield from integration.subscribe_objects


def main(arguments: list[str]) -> int:
    """Print the table in Markdown; return the exit code."""
    if len(arguments) != 1:
        sys.stderr.write("usage: coverage.py FOLDER\n")
        return 2
    found = coverage(sorted(Path(arguments[0]).rglob("*.y*ml")))
    print("| names | in the manifests | known | share |")
    print("|---|---|---|---|")
    for title, count, unknown, share in (
        ("objects", found.objects, found.unknown_objects, found.of_objects),
        ("fields", found.fields, found.unknown_fields, found.of_fields),
    ):
        print(f"| {title} | {count} | {count - len(unknown)} | {share:.1%} |")
    print("\nUnknown:", ", ".join([*found.unknown_objects, *found.unknown_fields]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
