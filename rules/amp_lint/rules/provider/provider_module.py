"""Modules that the provider does not have."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.rule import Context, Group, rule
from amp_lint.manifest import doc_urls
from amp_lint.manifest.model import Integration
from amp_lint.text.edits import Fix
from amp_lint.text.messages import listed, quoted
from amp_lint.text.name_slips import name_slip
from amp_lint.yaml.nodes import Scalar


@rule(
    "provider-module",
    group=Group.PROVIDER,
    severity=Severity.ERROR,
    url=doc_urls.INTEGRATION,
    needs=("module",),
)
def check(context: Context) -> Iterator[Finding]:
    """`module` is not one of the provider's modules, or the provider has none.

    A few providers are split into modules, such as `google` into `calendar`, `gmail` and
    `contacts`, each with objects of its own. The platform refuses a module that the provider does
    not have. Where the provider has no modules at all the key does nothing, which is a warning.

    ## Fix

    Write one of the provider's modules, or leave the key out: then the provider's default module is
    taken.

    ## Wrong

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: zoho
        module: desks
        proxy:
          enabled: true
    ```

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: billing-sync
        provider: stripe
        module: crm
        proxy:
          enabled: true
    ```

    ## Right

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: zoho
        module: desk
        proxy:
          enabled: true
    ```
    """
    known = context.catalog
    for integration in context.manifest.integrations:
        name, module = integration.provider, integration.module
        provider = known.provider(name.value) if name is not None else None
        if provider is None or module is None or module.value in provider.modules:
            continue
        if not provider.modules:
            yield context.finding(
                module,
                f"{quoted(provider.name)} has no modules in the catalog of {known.as_of}, so "
                "`module` has no effect; remove it",
                severity=Severity.WARNING,
                fixes=[_without(context, integration)],
            )
            continue
        slip = name_slip(module.value)
        meant = slip.meant[0] if slip is not None and len(slip.meant) == 1 else module.value
        near = known.near_module(provider, meant)
        hint = f"write {quoted(near)}" if near else f"it has {listed(list(provider.modules))}"
        if slip is not None:
            hint = f"it {slip.words}; {hint}"
        yield context.finding(
            module,
            f"{quoted(provider.name)} has no module {quoted(module.value)}; {hint}",
            fixes=[_changed(context, module, near) if near else None],
            claims=[module],
        )


def _without(context: Context, integration: Integration) -> Fix | None:
    entry = integration.removable("module")
    edits = context.edit.remove(entry) if entry is not None else None
    return context.fix("Remove `module`", edits, manual=True)


def _changed(context: Context, module: Scalar, near: str) -> Fix | None:
    # An anchored module may be right for another provider.
    if module.anchor is not None:
        return None
    return context.fix(f"Change to {quoted(near)}", context.edit.set_text(module, near))
