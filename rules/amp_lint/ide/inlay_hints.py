"""Inlay hints: a schedule in words, and the default module of a provider."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from amp_lint.manifest.model import Integration, Manifest


@dataclass(frozen=True, slots=True)
class InlayHint:
    """A text behind an offset."""

    offset: int
    words: str


def inlay_hints(manifest: Manifest) -> list[InlayHint]:
    """Return the hints of a manifest in the order of the text."""
    found = {*_schedules(manifest), *_modules(manifest)}
    return sorted(found, key=lambda hint: (hint.offset, hint.words))


def _schedules(manifest: Manifest) -> Iterator[InlayHint]:
    from amp_lint.manifest.cron.describe import describe

    for timing in manifest.timings:
        if timing.schedule is not None:
            yield InlayHint(timing.scalar.end, describe(timing.schedule))


def _modules(manifest: Manifest) -> Iterator[InlayHint]:
    for integration in manifest.integrations:
        module = _default_module(integration)
        entry = integration.entry("provider")
        # An anchored provider may be used with another module elsewhere.
        if module is not None and entry is not None and entry.parent is integration.node:
            yield InlayHint(entry.value.end, f"module: {module}")


def _default_module(integration: Integration) -> str | None:
    """Return the module that the platform uses if the integration names none."""
    from amp_schema.catalog import catalog

    name = integration.provider
    if name is None or not integration.lacks_text("module"):
        return None
    provider = catalog().provider(name.value)
    return provider.default_module if provider is not None else None
