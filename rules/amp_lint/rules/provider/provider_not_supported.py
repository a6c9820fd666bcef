"""Providers that the platform does not know."""

from __future__ import annotations

from collections.abc import Iterator

from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.odd_text import look_alike_words, odd_text
from amp_lint.linter.rule import Context, Group, rule
from amp_lint.manifest import doc_urls
from amp_lint.manifest.model import Integration
from amp_lint.text.edits import Edit, Fix
from amp_lint.text.messages import listed, quoted
from amp_lint.text.source import Span
from amp_lint.yaml.nodes import Scalar
from amp_schema.catalog import Catalog
from amp_schema.closest_match import nearest
from amp_schema.patterns import pattern

# Some write it for the module `calendar` of `google`, so it is not refused as a misspelling.
_TOLERATED = "googlecalendar"
# Each costs a comparison with the whole catalog. A file with more names that nobody knows is no
# manifest with misspellings in it.
_MOST_GUESSES = 100
# A name with a comment behind it, or with other names.
_AND_MORE = pattern(
    r"(?P<first>[\w.-]+)(?P<sign>[ ]*(?://|--|[#,;/|+&])[ ]*|[ ]+(?:and|or)[ ]+)(?P<rest>.+)"
)
_SIGN = pattern(r"[ ]*[,;/|+&][ ]*|[ ]+(?:and|or)[ ]+")


@rule(
    "provider-not-supported", group=Group.PROVIDER, severity=Severity.ERROR, url=doc_urls.PROVIDERS
)
def check(context: Context) -> Iterator[Finding]:
    """`provider` is not among the providers in the platform's catalog.

    Providers are named letter for letter, upper and lower case included; with a name it does not
    know, the platform refuses the manifest.

    amp-lint carries a snapshot of the catalog. A name that looks like one of the snapshot is taken
    as a misspelling. One that resembles none may be a provider newer than the snapshot, so it is
    only a warning, and so is `googlecalendar`, which some write for `google` with the module
    `calendar`.

    ## Fix

    Write the name as the provider's guide has it, such as `hubspot` or `dynamicsCRM`.

    ## Wrong

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: HubSpot
        proxy:
          enabled: true
    ```

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: our-own-crm
        proxy:
          enabled: true
    ```

    ## Right

    ```yaml
    specVersion: 1.0.0
    integrations:
      - name: crm-sync
        provider: hubspot
        proxy:
          enabled: true
    ```
    """
    known = context.catalog
    meant: dict[str, str | None] = {}
    guesses = context.comparison_budget(_MOST_GUESSES)
    for integration in context.manifest.integrations:
        provider = integration.provider
        if provider is None or known.provider(provider.value) is not None:
            continue
        name = provider.value
        swapped = _swapped(context, integration, provider)
        if swapped is not None:
            yield swapped
            continue
        if name not in meant and guesses.affords(1, name):
            meant[name] = known.near_provider(name)
        near = meant.get(name)
        more = _with_more(context, provider) if near is None else None
        if more is not None:
            yield more
            continue
        if near is None:
            yield context.finding(
                provider,
                f"the catalog of {known.as_of} has no provider {quoted(name)}; "
                + (odd_text(name) or "check the spelling, or ignore this if it was added since"),
                severity=Severity.WARNING,
            )
            continue
        module = _module(known, name, near, integration)
        right = f"`provider: {near}` with `module: {module}`" if module else quoted(near)
        yield context.finding(
            provider,
            f"there is no provider {quoted(name)}; write {right}{look_alike_words(name)}",
            severity=Severity.WARNING if name.casefold() == _TOLERATED else Severity.ERROR,
            label=_slip(name, near),
            fixes=[_changed(context, integration, near, module)],
        )


def _with_more(context: Context, name: Scalar) -> Finding | None:
    """Return the finding for a provider with a comment behind it, or with other providers."""
    match, known = _AND_MORE.fullmatch(name.value), context.catalog
    if match is None or known.provider(match["first"]) is None:
        return None
    others = [one for one in _SIGN.split(match["rest"]) if one]
    if all(known.provider(one) is not None for one in others):
        return context.finding(
            name,
            f"an integration has one provider, and {quoted(name.value)} names {len(others) + 1}; "
            "write an integration for each",
            label="several",
        )
    at = Span(name.start + match.start("sign"), name.start + match.end("sign"))
    as_comment = (Edit(at, " # "),)
    is_plain = name.style == "" and name.end - name.start == len(name.value)
    return context.finding(
        name,
        f"{quoted(name.value)} is read as one name, which no provider has; write "
        f"{quoted(match['first'])}, and a comment behind it with ` # `",
        label="more than a name",
        fixes=[context.fix("Write a comment", as_comment if is_plain else None)],
    )


def _swapped(context: Context, integration: Integration, name: Scalar) -> Finding | None:
    """Return the finding for a module in place of the provider, or for the two swapped."""
    known, module = context.catalog, integration.module
    other = known.provider(module.value) if module is not None else None
    if module is not None and other is not None and name.value in other.modules:
        right = f"`provider: {other.name}` and `module: {name.value}`"
        edits = [context.edit.set_text(name, other.name), context.edit.set_text(module, name.value)]
        is_own = name.anchor is None and module.anchor is None and all(edits)
        both = tuple(edit for one in edits for edit in one or ())
        return context.finding(
            name,
            f"{quoted(name.value)} is a module of {quoted(other.name)}: provider and module are "
            f"swapped; write {right}",
            label="swapped",
            fixes=[context.fix("Swap `provider` and `module`", both if is_own else None)],
        )
    owners = [one for one in known.providers.values() if name.value in one.modules]
    if not owners or not integration.lacks("module"):
        return None
    if len(owners) > 1:
        names = listed([one.name for one in owners])
        return context.finding(
            name,
            f"{quoted(name.value)} is a module, of {names}; write one of them as `provider`, and "
            f"`module: {name.value}`",
            label="a module",
        )
    right = f"`provider: {owners[0].name}` with `module: {name.value}`"
    return context.finding(
        name,
        f"{quoted(name.value)} is a module of {quoted(owners[0].name)}; write {right}",
        label="a module",
        fixes=[_changed(context, integration, owners[0].name, name.value)],
    )


def _module(known: Catalog, name: str, near: str, integration: Integration) -> str | None:
    """The module to write beside the provider, where the name was more like that."""
    provider = known.providers[near]
    spellings = (near, provider.display_name)
    is_address = name.casefold().startswith(f"{near}.")
    if is_address or integration.has("module") or any(nearest(name, (one,)) for one in spellings):
        return None
    return known.near_module(provider, name)


def _changed(
    context: Context, integration: Integration, near: str, module: str | None
) -> Fix | None:
    name, node = integration.provider, integration.node
    if name is None:
        return None
    edits = context.edit.set_text(name, near)
    if module is None or edits is None:
        return context.fix(f"Change to {quoted(near)}", edits)
    own = node.find("provider")
    # An anchored provider may be used by integrations that need the module as well.
    if own is None or own.value is not name or name.anchor is not None:
        return None
    following = node.entries[node.entries.index(own) + 1 :]
    before = following[0].name if following else None
    added = context.edit.insert(node, "module", module, before=before)
    title = f"Change to `provider: {near}` with `module: {module}`"
    return context.fix(title, (*edits, *added) if added is not None else None)


def _slip(name: str, near: str) -> str:
    return "case matters" if name.casefold() == near.casefold() else ""
