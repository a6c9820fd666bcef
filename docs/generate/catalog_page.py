"""Generates `docs/catalog.md`: what the catalog knows, from where, and how old it is."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import amp_schema
from amp_schema.catalog import catalog
from amp_schema.objects import FOLDER, SOURCES, as_of

PAGE = Path("docs/catalog.md")
TEXT = """\
# The catalog

Completion, hovers, `amp-lint init` and the rules of the group Provider use a catalog of the
platform's providers, their objects and fields. It comes with amp-lint; nothing is fetched.

| part | as of | holds |
|---|---|---|
| providers | {providers_date} | {providers} providers, their modules, the actions they support |
| objects | {objects_date} | {objects:,} objects with {fields:,} fields, of {known} providers |

The lists are incomplete, and customers add objects and fields of their own: a name is never
reported for being absent from the catalog.

## Sources

Each object names its sources. Those of level A and B are used everywhere; those of level C only for
completion.

| level | sources | objects |
|---|---|---|
{levels}

`object-near-miss` suggests only names of level A, and nothing where customers add objects
(HubSpot, Salesforce, NetSuite and others); `field-near-miss` only fields of the platform's own
metadata. [`benchmarks/near_misses.md`](../benchmarks/near_misses.md) has how often they are right.
`python benchmarks/coverage.py FOLDER` counts how many names in a folder of manifests are known.

## New facts

`make catalog FACTS=folder` rebuilds the catalog from `providers.json`, `objects.json`,
`operations.json` and `objects-more.json`. [CONTRIBUTING.md](../CONTRIBUTING.md#the-catalog) has the
steps.
"""
LEVELS = {
    "A": "the platform's connectors, their tests, and its guides",
    "B": "live tests of connectors, and public packages for the providers",
    "C": "lists of names in other public packages",
}


def page() -> str:
    """Return the text of the page."""
    folder = Path(amp_schema.__file__).parent
    sources = json.loads((folder / SOURCES).read_bytes())["sources"]
    files = [json.loads(path.read_bytes()) for path in (folder / FOLDER).iterdir()]
    parts = [
        part["objects"].values()
        for modules in files
        for part in modules.values()
        if isinstance(part, dict)
    ]
    rows = [row for part in parts for row in part]
    best = Counter(min(sources[source][0] for source in row[1].split("+")) for row in rows)
    return TEXT.format(
        providers_date=catalog().as_of,
        providers=len(catalog().providers),
        objects_date=as_of(),
        objects=len(rows),
        fields=sum(len(names.split(",")) for row in rows for names in row[3:] if names),
        known=len(files),
        levels="\n".join(f"| {one} | {LEVELS[one]} | {best[one]:,} |" for one in LEVELS),
    )


def generated() -> Iterator[tuple[Path, str]]:
    """Yield the page."""
    yield PAGE, page()
