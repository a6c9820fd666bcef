"""The command `init`: write a manifest to start from, and ask for its content on a terminal.

Options and answers pass the same checks; after an invalid answer the question is asked again.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from amp_lint.cli.options import Parser
from amp_lint.cli.output import answer, refuse
from amp_lint.cli.usage_error import UsageError
from amp_lint.manifest import init_request
from amp_lint.reporters.console import Console, print_lines
from amp_lint.text.messages import quoted

if TYPE_CHECKING:
    from amp_schema.catalog import Provider

STDOUT = "-"

_MOST_EXAMPLES = 6

_EPILOG = """\
Without --write and --subscribe the manifest reads, if the provider supports that, or else writes,
or else uses the proxy. Without --object it has the provider's most common object; if the catalog
knows none, --object is required. Without --provider, on a terminal, init asks for everything that
no option gives.

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


def run(arguments: Sequence[str]) -> int:
    """Write the manifest."""
    parser = make_parser()
    options = parser.read(arguments, "operands")
    if options.help:
        return answer([parser.format_help().rstrip()])
    if options.operands:
        raise _error(f"unexpected argument {quoted(options.operands[0])}")
    target = None if options.output == STDOUT else Path(options.output)
    if target is not None:
        _check_target(target, force=options.force)
    asks = options.provider is None and _on_terminal()
    if options.provider is None and not asks:
        raise UsageError("--provider is missing", "amp-lint providers")
    try:
        text = _text(options, asks=asks)
    except init_request.RequestError as error:
        raise UsageError(str(error), error.hint) from error
    if target is None:
        return answer(text.splitlines())
    return _save(text, target)


def make_parser() -> Parser:
    """Return the parser of the options."""
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
        "--destination",
        metavar="D",
        help=f"where records are sent (default: {init_request.DESTINATION})",
    )
    group.add_argument("--name", metavar="N", help="the integration (default: after the provider)")
    group = parser.add_argument_group("where it goes")
    group.add_argument(
        "--output",
        metavar="FILE",
        default="amp.yaml",
        help="the file to write, or - for standard output (default: amp.yaml)",
    )
    group.add_argument("--force", action="store_true", help="overwrite an existing file")
    parser.add_last_options()
    return parser


def _error(message: str) -> UsageError:
    return UsageError(message, "amp-lint init --help")


def _on_terminal() -> bool:
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))


@dataclass(frozen=True, slots=True)
class _Answers:
    """Takes each part of the request from its option, else a question, else its default."""

    asks: bool

    def take(self, given: str | None, question: str, default: str, accept: Callable[[str], T]) -> T:
        """Return the first valid answer. Raises RequestError where it does not ask."""
        if given is not None or not self.asks:
            return accept(default if given is None else given)
        while True:
            try:
                return accept(_asked(question, default))
            except init_request.RequestError as error:  # noqa: PERF203 - a person is slower
                print_lines([f"  {Console().show(str(error))}"], sys.stdout)


def _asked(question: str, default: str) -> str:
    """Return one answer. Raises KeyboardInterrupt on Ctrl-C and Ctrl-D."""
    try:
        return input(f"{question}{f' [{default}]' if default else ''}: ").strip() or default
    except (EOFError, KeyboardInterrupt):
        print_lines([""], sys.stdout)
        raise KeyboardInterrupt from None


def _text(options: argparse.Namespace, *, asks: bool) -> str:
    from amp_lint.manifest.template import TemplateRequest, manifest_text

    answers = _Answers(asks)
    provider = answers.take(
        options.provider,
        "Provider (`amp-lint providers` lists them)",
        "",
        init_request.known_provider,
    )
    module = _module(options.module, provider, answers)
    actions = _actions(options, provider, module, answers)
    objects = _objects(options.objects, provider, module, actions, answers)
    destination = init_request.DESTINATION
    if actions & {"read", "subscribe"}:
        destination = answers.take(
            options.destination, "Destination", destination, init_request.destination
        )
    elif options.destination is not None:
        raise _error("--destination receives the records that are read, and nothing is read here")
    return manifest_text(
        TemplateRequest(
            name=_name(options.name, provider),
            provider=provider.name,
            title=provider.display_name,
            module=module,
            actions=actions,
            objects=objects,
            destination=destination,
            proxied=provider.supports("proxy", module),
        )
    )


def _module(given: str | None, provider: Provider, answers: _Answers) -> str | None:
    """Return the module to write; None if the platform should take the default one."""
    if given is None and len(provider.modules) < 2:
        return None
    default = (provider.default_module or "") if answers.asks else ""
    return answers.take(
        given,
        f"Module, one of {', '.join(provider.modules)}",
        default,
        lambda name: init_request.known_module(name, provider),
    )


def _actions(
    options: argparse.Namespace, provider: Provider, module: str | None, answers: _Answers
) -> frozenset[str]:
    supported = init_request.supported_actions(provider, module)
    flags = [action for action in ("write", "subscribe") if getattr(options, action)]
    usual = init_request.usual_actions(provider, module)
    if not supported:
        init_request.check_supported(flags, provider, module)
        return usual
    read = ["read"] if "read" in supported else []
    return answers.take(
        " ".join([*read, *flags]) if flags else None,
        f"Actions, some of {', '.join(supported)}",
        "".join(usual),
        lambda text: init_request.known_actions(text.replace(",", " ").split(), provider, module),
    )


def _objects(
    given: Sequence[str] | None,
    provider: Provider,
    module: str | None,
    actions: frozenset[str],
    answers: _Answers,
) -> Mapping[str, Sequence[str]]:
    """Return the objects with their usual fields."""

    def accept(names: Iterable[str]) -> Mapping[str, Sequence[str]]:
        return init_request.known_objects(names, provider, module, actions)

    if given is not None or actions == {"proxy"}:
        return accept(given or ())
    known = init_request.common_objects(provider, module, actions)
    such = f" (such as {', '.join(known[:_MOST_EXAMPLES])})" if len(known) > 1 else ""
    return answers.take(
        None,
        f"Objects, separated by commas{such}",
        known[0] if known else "",
        lambda text: accept(name.strip() for name in text.split(",") if name.strip()),
    )


def _name(given: str | None, provider: Provider) -> str:
    try:
        return init_request.integration_name(
            init_request.default_name(provider) if given is None else given
        )
    except init_request.RequestError as error:
        raise _error(f"--name: {error}") from None


def _check_target(target: Path, *, force: bool) -> None:
    """Raise UsageError if the file exists and may not be overwritten."""
    if target.is_dir():
        raise _error(f"{quoted(str(target))} is a folder")
    if os.path.lexists(target) and not force:
        raise _error(f"{quoted(str(target))} already exists; --force overwrites it")


def _save(text: str, target: Path) -> int:
    """Replace the file with the whole text, or leave it as it is."""
    from amp_lint.cli import atomic_write

    try:
        atomic_write.write(str(target), text.encode())
    except OSError as error:
        return refuse(f"cannot write {quoted(str(target))}: {error.strerror or error}")
    name = Console().show(str(target))
    return answer([f"wrote {name}; check it with `amp-lint check {name}`"])
