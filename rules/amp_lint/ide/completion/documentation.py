"""The documentation of a completion, in Markdown."""

from __future__ import annotations

from collections.abc import Callable

from amp_lint.ide.completion.names import supported_actions
from amp_lint.yaml.node_path import Path
from amp_schema.catalog import Provider, catalog
from amp_schema.manifest_schema import place


def documentation(kind: str, name: str, path: Path) -> str:
    """Return Markdown about a completion of a kind and name, and about the place at `path`.

    The text is empty if nothing is known.
    """
    about = _ABOUT.get(kind)
    here = place(path)
    parts = [about(name) if about is not None else ""]
    if here is not None and kind != "rule":
        parts.append(here.description)
        parts.append(f"[{here.title}]({here.url})" if here.url else "")
    return "\n\n".join(part for part in parts if part)


def _rule(name: str) -> str:
    from amp_lint.linter.registry import rules
    from amp_lint.linter.rule_docs import rule_doc

    rule = rules().get(name)
    doc = rule_doc(rule) if rule is not None else None
    return f"{doc.summary}\n\n{doc.why}".strip() if doc is not None else ""


def _schedule(text: str) -> str:
    from amp_lint.manifest.cron import ScheduleError, parse
    from amp_lint.manifest.cron.describe import describe

    try:
        return f"Runs {describe(parse(text))} (UTC)."
    except ScheduleError:
        return ""


def _provider(name: str) -> str:
    provider = catalog().provider(name)
    return "\n".join(_provider_lines(provider)) if provider is not None else ""


def _provider_lines(provider: Provider) -> list[str]:
    actions = ", ".join(supported_actions(provider)) or "nothing"
    lines = [f"**{provider.display_name}** supports {actions}."]
    if provider.modules:
        lines += ["", "Modules:", ""]
        lines += [f"- `{one.name}`: {one.display_name}" for one in provider.modules.values()]
    return [*lines, "", f"According to the catalog of {catalog().as_of}."]


_ABOUT: dict[str, Callable[[str], str]] = {
    "provider": _provider,
    "rule": _rule,
    "schedule": _schedule,
}
