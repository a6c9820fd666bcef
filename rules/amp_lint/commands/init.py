"""The command `init`: writes a manifest to start from, and asks on a terminal what should be in it.

Flags and answers pass through the same checks, so a question that was answered wrongly is asked
again with the words that a flag would have got.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from amp_lint.commands.options import Parser
from amp_lint.commands.output import answer, refuse
from amp_lint.console import Console, print_lines
from amp_lint.manifest import ACTIONS, DESTINATION_NAME
from amp_lint.usage import UsageError, did_you_mean, quoted

if TYPE_CHECKING:
    from amp_schema.catalog import Provider

STDOUT = "-"

_DESTINATION = "default-webhook"
_LONGEST_NAME = 64
_MOST_SUBSCRIBED = 5
# Tried in this order where nobody says which object; the first is what most providers have.
_TYPICAL_OBJECTS = (
    *("contacts", "contact", "customers", "people", "leads", "accounts", "account", "users"),
    *("companies", "deals", "tickets", "issues", "projects", "tasks", "orders", "employees"),
)
_USUAL_FIELDS = ("id", "Id", "email", "Email", "name", "Name", "first_name", "last_name")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")

_EPILOG = """\
Without --write and --subscribe the manifest reads, if the provider supports that, or else writes,
or else calls the provider through the proxy. On a terminal, what no option says is asked for when
--provider is missing.

examples:
  amp-lint init                                        asks
  amp-lint init --provider hubspot --object contacts --object companies
  amp-lint init --provider salesforce --object account --write --subscribe
  amp-lint init --provider notion --output -           prints it

exit codes:
  0  written
  2  wrong usage, a file that is already there, or one that cannot be written
"""

T = TypeVar("T")


def known_fields(provider: Provider, module: str | None) -> Mapping[str, Sequence[str]]:
    """The objects that can be read from a provider, as far as is known, each with those of its
    fields that most applications want."""
    from amp_schema.objects import names_for, objects_of

    objects = objects_of(provider.name, module)
    return {
        name: [field for field in _USUAL_FIELDS if field in objects[name].fields]
        for name in names_for(provider.name, module, "read")
    }


def _typical_object(known: Iterable[str]) -> str:
    """The object that most applications begin with, spelt as the provider has it."""
    spelt = {name.casefold(): name for name in known}
    usual = (spelt[name] for name in _TYPICAL_OBJECTS if name in spelt)
    # What is known need not be what is usual: HubSpot's contacts are not in the catalog.
    return next(usual, _TYPICAL_OBJECTS[0])


def run(arguments: Sequence[str]) -> int:
    """Write the manifest."""
    parser = make_parser()
    options = parser.read(arguments, "operands")
    if options.help:
        return answer([parser.format_help().rstrip()])
    if options.operands:
        raise _error(f"{quoted(options.operands[0])} belongs to no option")
    target = None if options.output == STDOUT else Path(options.output)
    if target is not None:
        _check_target(target, force=options.force)
    asks = options.provider is None and _on_terminal()
    if options.provider is None and not asks:
        raise UsageError("--provider is missing", "amp-lint providers")
    text = _text(options, asks=asks)
    if target is None:
        return answer(text.splitlines())
    return _save(text, target)


def make_parser() -> Parser:
    """The options of `init`."""
    parser = Parser(
        "init", usage="[OPTIONS]", description="Write a manifest to start from.", epilog=_EPILOG
    )
    parser.add_argument("operands", nargs="*", help=argparse.SUPPRESS)
    group = parser.add_argument_group("what is in it")
    group.add_argument(
        "--provider", metavar="P", help="a provider; `amp-lint providers` lists them"
    )
    group.add_argument("--module", metavar="M", help="one of the provider's modules")
    group.add_argument(
        "--object", metavar="O", dest="objects", action="append", help="an object; may be repeated"
    )
    group.add_argument("--write", action="store_true", help="also write to the objects")
    group.add_argument("--subscribe", action="store_true", help="also subscribe to the objects")
    group.add_argument(
        "--destination", metavar="D", help=f"where records are sent (default: {_DESTINATION})"
    )
    group.add_argument("--name", metavar="N", help="the integration (default: after the provider)")
    group = parser.add_argument_group("where it goes")
    group.add_argument(
        "--output",
        metavar="FILE",
        default="amp.yaml",
        help="the file to write, or - for standard output (default: amp.yaml)",
    )
    group.add_argument("--force", action="store_true", help="overwrite the file if it is there")
    parser.add_last_options()
    return parser


def _error(message: str) -> UsageError:
    return UsageError(message, "amp-lint init --help")


def _on_terminal() -> bool:
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))


@dataclass(frozen=True, slots=True)
class _Answers:
    """Where the parts of the request come from: options, else questions, else defaults."""

    asks: bool

    def take(self, given: str | None, question: str, default: str, accept: Callable[[str], T]) -> T:
        """The first acceptable answer. Raises UsageError where nobody can be asked again."""
        if given is not None or not self.asks:
            return accept(default if given is None else given)
        while True:
            try:
                return accept(_asked(question, default))
            except UsageError as error:  # noqa: PERF203 - a person is slower
                print_lines([f"  {Console().show(str(error))}"], sys.stdout)


def _asked(question: str, default: str) -> str:
    """One answer. Raises KeyboardInterrupt when the user leaves, with either Ctrl-C or Ctrl-D."""
    try:
        return input(f"{question}{f' [{default}]' if default else ''}: ").strip() or default
    except (EOFError, KeyboardInterrupt):
        print_lines([""], sys.stdout)
        raise KeyboardInterrupt from None


def _text(options: argparse.Namespace, *, asks: bool) -> str:
    from amp_lint.scaffold import Request, manifest_text

    answers = _Answers(asks)
    provider = answers.take(options.provider, "Provider", "", _provider)
    module = _module(options.module, provider, answers)
    actions = _actions(options, provider, module, answers)
    objects = _objects(options.objects, provider, module, actions, answers)
    destination = _DESTINATION
    if actions & {"read", "subscribe"}:
        destination = answers.take(options.destination, "Destination", _DESTINATION, _destination)
    elif options.destination is not None:
        raise _error("--destination is where records that are read go, and nothing is read here")
    name = options.name
    if name is None:
        name = f"{_kebab_case(provider.name)}-sync"
    return manifest_text(
        Request(
            name=_name(name),
            provider=provider.name,
            title=provider.display_name,
            module=module,
            actions=actions,
            objects=objects,
            destination=destination,
            proxied=provider.supports("proxy", module),
        )
    )


def _provider(name: str) -> Provider:
    from amp_schema.catalog import catalog

    known = catalog()
    provider = known.provider(name)
    if provider is not None:
        return provider
    near = known.near_provider(name)
    hint = f"; did you mean {quoted(near)}?" if near else ""
    raise UsageError(
        f"there is no provider {quoted(name)} in the catalog of {known.as_of}{hint}",
        f"amp-lint providers {near}" if near else "amp-lint providers",
    )


def _module(given: str | None, provider: Provider, answers: _Answers) -> str | None:
    """The module to name; None leaves it to the platform, which takes the default one."""
    if given is None and len(provider.modules) < 2:
        return None
    names = ", ".join(provider.modules)
    question = f"Module, one of {names}"

    def accept(name: str) -> str | None:
        from amp_schema.catalog import catalog

        if not name or name in provider.modules:
            return name or None
        if not provider.modules:
            raise _error(f"{quoted(provider.name)} has no modules")
        near = catalog().near_module(provider, name)
        hint = f"did you mean {quoted(near)}?" if near else f"it has {names}"
        raise _error(f"{quoted(provider.name)} has no module {quoted(name)}; {hint}")

    default = (provider.default_module or "") if answers.asks else ""
    return answers.take(given, question, default, accept)


def _actions(
    options: argparse.Namespace, provider: Provider, module: str | None, answers: _Answers
) -> frozenset[str]:
    supported = [action for action in ACTIONS if provider.supports(action, module)]
    flags = [action for action in ("write", "subscribe") if getattr(options, action)]
    usual = next((action for action in ACTIONS if action in supported), "proxy")
    read = ["read"] if "read" in supported else []

    def accept(text: str) -> frozenset[str]:
        words = text.replace(",", " ").split()
        for word in words:
            if word not in ACTIONS:
                raise _error(f"{quoted(word)} is no action{did_you_mean(word, ACTIONS)}")
        wanted = {*words, *(["read"] if "subscribe" in words else [])}
        _check_supported(sorted(wanted, key=ACTIONS.index), supported, provider, module)
        return frozenset(wanted)

    if not supported:
        if flags:
            _check_supported(flags, supported, provider, module)
        return frozenset({"proxy"})
    given = " ".join([*read, *flags]) if flags else None
    return answers.take(given, f"What to do, of {', '.join(supported)}", usual, accept)


def _check_supported(
    wanted: Iterable[str], supported: Sequence[str], provider: Provider, module: str | None
) -> None:
    """Refuse what the provider cannot do. Raises UsageError."""
    from amp_schema.catalog import catalog

    for action in wanted:
        if action not in supported:
            where = quoted(provider.name) + (f" with module {quoted(module)}" if module else "")
            has = ", ".join(supported) or "nothing"
            raise _error(
                f"{where} does not support {action} in the catalog of {catalog().as_of}, but {has}"
            )


def _objects(
    given: Sequence[str] | None,
    provider: Provider,
    module: str | None,
    actions: frozenset[str],
    answers: _Answers,
) -> Mapping[str, Sequence[str]]:
    """The objects with the fields known of them."""
    known = known_fields(provider, module)
    if actions == {"proxy"}:
        if given:
            raise _error(
                f"{quoted(provider.name)} is only proxied here, and a proxy has no objects"
            )
        return {}

    def accept(names: Iterable[str]) -> Mapping[str, Sequence[str]]:
        # The platform does not tell capital letters apart.
        distinct: dict[str, str] = {}
        for name in names:
            distinct.setdefault(name.casefold(), _object(name))
        chosen = list(distinct.values())
        if not chosen:
            raise _error("an object is missing")
        most = _MOST_SUBSCRIBED
        if "subscribe" in actions and provider.name == "salesforce" and len(chosen) > most:
            raise _error(f"an integration can subscribe to at most {most} objects of Salesforce")
        return {name: known.get(name, ()) for name in chosen}

    if given is not None:
        return accept(given)
    default = _typical_object(known)
    return answers.take(
        None,
        "Objects, with commas between them",
        default,
        lambda text: accept(name.strip() for name in text.split(",") if name.strip()),
    )


def _object(name: str) -> str:
    if not name.strip() or not name.isprintable():
        raise _error(f"{quoted(name)} is no name of an object")
    return name


def _destination(name: str) -> str:
    if not DESTINATION_NAME.match(name):
        raise _error(
            f"{quoted(name)} is no name of a destination: it holds letters, digits and dashes"
        )
    return name


def _name(name: str) -> str:
    if not name.strip() or not name.isprintable() or len(name) > _LONGEST_NAME:
        raise _error(
            f"--name: {quoted(name)} is no name of at most {_LONGEST_NAME} printable characters"
        )
    return name


def _kebab_case(name: str) -> str:
    return _HUMP.sub("-", name).lower()


def _check_target(target: Path, *, force: bool) -> None:
    """Refuse to lose a file. Raises UsageError."""
    if target.is_dir():
        raise _error(f"{quoted(str(target))} is a folder")
    if os.path.lexists(target) and not force:
        raise _error(f"{quoted(str(target))} is already there; --force overwrites it")


def _save(text: str, target: Path) -> int:
    """Put the whole text in the place of the file, or nothing."""
    from amp_lint import atomic

    try:
        atomic.write(str(target), text.encode())
    except OSError as error:
        return refuse(f"cannot write {quoted(str(target))}: {error.strerror or error}")
    name = Console().show(str(target))
    return answer([f"wrote {name}; `amp-lint check {name}` looks after it from now on"])
