"""The command `providers`: what the catalog knows, searched by name."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from amp_lint.cli.options import Parser
from amp_lint.cli.output import answer, answer_json, columns, refuse
from amp_lint.manifest.model import ACTIONS
from amp_lint.reporters.console import BOLD, Console, console_for
from amp_lint.text.messages import quoted
from amp_schema.closest_match import plain

if TYPE_CHECKING:
    from amp_schema.catalog import Catalog, Provider

_NOTHING_FOUND = 1

_EPILOG = """\
The search covers the names of providers and of their modules. It ignores case, spaces, hyphens
and underscores.

examples:
  amp-lint providers google        all providers with Google in a name
  amp-lint providers salesforce    the provider of this name in detail

exit codes:
  0  found
  1  no provider matches
  2  wrong usage
"""


def run(arguments: Sequence[str]) -> int:
    """Print the providers that match."""
    from amp_schema.catalog import catalog

    parser = make_parser()
    options = parser.read(arguments, "words")
    if options.help:
        return answer([parser.format_help().rstrip()])
    text, known = " ".join(options.words), catalog()
    found = _search(text, known)
    code = 0 if found else _NOTHING_FOUND
    if options.output_format == "json":
        facts = [_facts(provider) for provider in found]
        return answer_json({"as_of": known.as_of, "providers": facts}, code)
    if not found:
        near = known.near_provider(text)
        hint = f"; did you mean {quoted(near)}?" if near else ""
        return refuse(f"the catalog of {known.as_of} has no match for {quoted(text)}{hint}", code)
    console = console_for(sys.stdout, options.color)
    if text and plain(text) == plain(found[0].name):
        return answer(_details(found, known.as_of, console))
    return answer(_table(found, known.as_of, console))


def make_parser() -> Parser:
    """The options of `providers`."""
    parser = Parser(
        "providers",
        usage="[OPTIONS] [TEXT]",
        description="Search the providers that a manifest may name.",
        epilog=_EPILOG,
    )
    parser.add_argument(
        "words", nargs="*", metavar="TEXT", help="what to look for (default: list all)"
    )
    parser.add_output_options(("text", "json"))
    return parser


def _search(text: str, known: Catalog) -> list[Provider]:
    """The providers that match, the better matches first."""
    wanted = plain(text)
    if text and not wanted:
        return []
    ranked = [
        (rank, plain(one.name), one.name)
        for one in known.providers.values()
        for rank in [_rank(wanted, one)]
        if rank is not None
    ]
    return [known.providers[name] for _, _, name in sorted(ranked)]


def _rank(wanted: str, provider: Provider) -> int | None:
    """How well a provider matches, 0 being best; None if it does not."""
    if not wanted:
        return 0
    own = [plain(provider.name), plain(provider.display_name)]
    parts = [
        spelling
        for module in provider.modules.values()
        for spelling in (
            plain(module.name),
            plain(module.display_name),
            *(name + plain(module.name) for name in own),
        )
    ]
    tests = (
        wanted == own[0],
        wanted == own[1],
        wanted in parts,
        any(name.startswith(wanted) for name in own),
        any(wanted in name for name in (*own, *parts)),
    )
    return tests.index(True) if True in tests else None


def _facts(provider: Provider) -> dict[str, object]:
    return {
        "name": provider.name,
        "display_name": provider.display_name,
        "auth_type": provider.auth_type,
        "actions": _supported(provider),
        "default_module": provider.default_module,
        "modules": [
            {
                "name": module.name,
                "display_name": module.display_name,
                "actions": _supported(provider, module.name),
            }
            for module in provider.modules.values()
        ],
    }


def _supported(provider: Provider, module: str | None = None) -> list[str]:
    return [action for action in ACTIONS if provider.supports(action, module)]


def _table(found: Collection[Provider], as_of: str, console: Console) -> Iterator[str]:
    head, *rows = columns([("name", "display name", "actions", "modules"), *_rows(found)], console)
    yield console.paint(head, BOLD)
    yield from rows
    yield ""
    count = f"{len(found)} provider{'' if len(found) == 1 else 's'}"
    yield f"{count} in the catalog of {as_of}"


def _rows(found: Iterable[Provider]) -> Iterator[tuple[str, ...]]:
    for one in found:
        actions = " ".join(_supported(one)) or "-"
        yield one.name, one.display_name, actions, " ".join(one.modules)


def _details(found: Sequence[Provider], as_of: str, console: Console) -> Iterator[str]:
    provider, *others = found
    yield f"{console.paint(provider.name, BOLD)} ({console.show(provider.display_name)})"
    yield ""
    rows = [
        ("  actions", " ".join(_supported(provider)) or "none"),
        ("  authentication", provider.auth_type),
    ]
    if provider.modules:
        rows.append(("  default module", provider.default_module or "none"))
    yield from columns(rows, console)
    if provider.modules:
        yield ""
        modules = provider.modules.values()
        head, *lines = columns(
            [
                ("  module", "display name", "actions"),
                *(
                    (f"  {one.name}", one.display_name, " ".join(_supported(provider, one.name)))
                    for one in modules
                ),
            ],
            console,
        )
        yield console.paint(head, BOLD)
        yield from lines
    yield ""
    if others:
        yield f"also: {' '.join(other.name for other in others)}"
    yield f"from the catalog of {as_of}"
