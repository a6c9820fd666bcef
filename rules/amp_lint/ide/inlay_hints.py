"""What a manifest means without saying it: a schedule in words, the module that is taken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from amp_lint.manifest.model import Integration, Manifest


@dataclass(frozen=True, slots=True)
class InlayHint:
    """Words to show behind the text that ends at an offset."""

    offset: int
    words: str


def inlay_hints(manifest: Manifest) -> list[InlayHint]:
    """The hints of a manifest in the order of the text."""
    found = {*_schedules(manifest), *_modules(manifest)}
    return sorted(found, key=lambda hint: (hint.offset, hint.words))


def _schedules(manifest: Manifest) -> Iterator[InlayHint]:
    from amp_lint.manifest.cron import describe

    for timing in manifest.timings:
        if timing.schedule is not None:
            yield InlayHint(timing.scalar.end, describe(timing.schedule))


def _modules(manifest: Manifest) -> Iterator[InlayHint]:
    for integration in manifest.integrations:
        module = _default_module(integration)
        entry = integration.entry("provider")
        # One provider that several integrations share may be right with another module elsewhere.
        if module is not None and entry is not None and entry.parent is integration.node:
            yield InlayHint(entry.value.end, f"module: {module}")


def _default_module(integration: Integration) -> str | None:
    """The module that the platform takes, where none is written."""
    from amp_schema.catalog import catalog

    name = integration.provider
    if name is None or not integration.lacks_text("module"):
        return None
    provider = catalog().provider(name.value)
    return provider.default_module if provider is not None else None
