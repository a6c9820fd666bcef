"""Actions that the provider does not support."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding
from amp_lint.linter.rule import Context
from amp_lint.manifest.model import ACTIONS, Integration
from amp_lint.text.messages import listed, quoted
from amp_schema.catalog import Provider


def unsupported(context: Context, action: str) -> Iterator[Finding]:
    """Yield a finding at each use of an action that the provider does not support."""
    for integration in context.manifest.integrations:
        key, name, module = integration.key(action), integration.provider, integration.module
        if key is None or name is None or not _uses(integration, action):
            continue
        provider = context.catalog.provider(name.value)
        chosen = module.value if module is not None else None
        if provider is None or provider.supports(action, chosen):
            continue
        if not _knows_module(provider, integration):
            continue
        others = [other for other in ACTIONS if provider.supports(other, chosen)]
        hint = f"it has {listed(others)}" if others else "it has none of the actions"
        where = quoted(provider.name) + (f" with module {quoted(chosen)}" if chosen else "")
        yield context.finding(
            key,
            f"{where} does not support `{action}` in the catalog of {context.catalog.as_of}; "
            f"{hint}",
        )


def _knows_module(provider: Provider, integration: Integration) -> bool:
    """Whether the catalog has the module that is written, or surely none is."""
    module = integration.module
    if module is None:
        return integration.lacks_text("module") and not integration.misspelt("module")
    return module.value in provider.modules


def _uses(integration: Integration, action: str) -> bool:
    view = integration.actions.get(action)
    return view is not None and (action != "proxy" or view.flag("enabled") is True)
