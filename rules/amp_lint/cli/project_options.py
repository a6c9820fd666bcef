"""The options of `pull` and `check` that say which project, with which key, at which address."""

from __future__ import annotations

import argparse
import math
import os
from collections.abc import Iterable, Mapping, Sequence
from types import SimpleNamespace
from typing import TYPE_CHECKING

from amp_lint.cli.usage_error import UsageError
from amp_lint.text.messages import quoted
from amp_schema.lite_dataclasses import dataclass

if TYPE_CHECKING:
    from amp_lint.cli.options import Parser
    from amp_lint.project.api import Client
    from amp_lint.project.fetch import Progress
    from amp_lint.project.snapshot import Snapshot
    from amp_lint.text.source import Source

SECONDS = 60.0

# The names that the platform's own tools use for it; the first that is set counts.
_PROJECT_VARIABLES = ("AMP_PROJECT", "AMP_PROJECT_ID")
_URL_VARIABLE = "AMP_API_URL"


class ProjectError(Exception):
    """The project cannot be fetched; the message says why, on one line."""


@dataclass(frozen=True, slots=True)
class ProjectAccess:
    """What the user said about the project. `project` is its name or id; the key is in
    `key_file`, or in the environment."""

    project: str
    groups: tuple[str, ...] = ()
    key_file: str | None = None
    api_url: str | None = None
    seconds: float = SECONDS
    debug: bool = False

    def fetch(
        self,
        sources: Iterable[Source],
        progress: Progress | None = None,
        *,
        catalog: bool = False,
        with_customers: bool = False,
    ) -> Snapshot:
        """Fetch a snapshot for some manifests. Raises ProjectError."""
        from amp_lint.project.api import ApiError
        from amp_lint.project.fetch import FetchError, Wanted, fetch
        from amp_lint.project.snapshot import SnapshotError

        objects, providers = _objects(sources)
        wanted = Wanted(
            project=self.project,
            groups=self.groups,
            objects=tuple(objects) if self.groups else (),
            providers=frozenset(providers),
            catalog=catalog,
            with_customers=with_customers,
        )
        try:
            client = self._client(os.environ)
        except ApiError as error:
            raise ProjectError(error.reason) from None
        try:
            return fetch(client, wanted, progress or (lambda _: None))
        except (FetchError, SnapshotError) as error:
            raise ProjectError(client.masked(str(error))) from None
        finally:
            if self.debug:
                _show_exchanges(client)

    def _client(self, environment: Mapping[str, str]) -> Client:
        """Raises ProjectError or ApiError."""
        from amp_lint import __version__
        from amp_lint.project.address import DEFAULT, AddressError, parse_address
        from amp_lint.project.api import Client, Limits
        from amp_lint.project.api_key import ApiKeyError, api_key

        source = _URL_VARIABLE if self.api_url is None else "--api-url"
        url = environment.get(_URL_VARIABLE) if self.api_url is None else self.api_url
        try:
            address = parse_address(url or DEFAULT)
            key = api_key(self.key_file, environment)
        except AddressError as error:
            raise ProjectError(f"the address in {source} {error}") from None
        except ApiKeyError as error:
            raise ProjectError(str(error)) from None
        return Client(address, key, Limits(total=self.seconds), agent=f"amp-lint/{__version__}")


def _objects(sources: Iterable[Source]) -> tuple[dict[tuple[str, str], None], set[str]]:
    """The objects that manifests read, with their providers; and all providers."""
    from amp_lint.manifest.model import manifest_of
    from amp_lint.yaml.reader import read

    objects: dict[tuple[str, str], None] = {}
    providers: set[str] = set()
    for source in sources:
        for integration in manifest_of(read(source).root).integrations:
            provider = integration.provider
            if provider is not None:
                providers.add(provider.value)
                names = (item.name for item in integration.read_objects)
                objects.update(((provider.value, one.value), None) for one in names if one)
    return objects, providers


def _show_exchanges(client: Client) -> None:
    from amp_lint.reporters.console import Console, complain

    complain(
        Console().show(f"GET {client.masked(one.url)}: {one.outcome} ({one.seconds:.2f} s)")
        for one in client.exchanges
    )


def named_project(option: str | None, configured: str | None = None) -> str:
    """Return the project's name: from the option, the environment, or the configuration.

    Raises ProjectError if none of them names it.
    """
    if option is not None:
        return option
    found = next((os.environ[name] for name in _PROJECT_VARIABLES if os.environ.get(name)), None)
    if found or configured:
        return found or configured or ""
    raise ProjectError(
        "no project: name it with --project, in AMP_PROJECT, or as `project` in the configuration"
    )


def add_options(parser: argparse._ActionsContainer) -> None:
    """Add the options that `pull` and `check` share, but `--project`."""
    parser.add_argument(
        "--group",
        metavar="REF",
        action="append",
        default=[],
        help="also compare objects and fields with the account of this group (a customer)",
    )
    parser.add_argument(
        "--key-file",
        metavar="FILE",
        help="read the API key from a file, or from standard input with - (default: AMP_API_KEY)",
    )
    parser.add_argument(
        "--api-url", metavar="URL", help="the address of the API (default: AMP_API_URL)"
    )
    parser.add_argument(
        "--timeout",
        metavar="SECONDS",
        type=_seconds,
        help=f"give up after this time (default: {SECONDS:g})",
    )


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not 0 < seconds <= 86_400:
        raise argparse.ArgumentTypeError(f"{quoted(text)} is not a number of seconds")
    return seconds


def refuse_key(arguments: Sequence[str], help_command: str) -> None:
    """Refuse a key on the command line, without repeating it. Raises UsageError."""
    for word in arguments:
        if word == "--":
            return
        if word == "--key" or word.startswith(("--key=", "-k")):
            raise UsageError(
                "a key on the command line is visible to other users and stays in the shell's "
                "history; set AMP_API_KEY, or name a file with --key-file",
                help_command,
            )


def access_from(options: argparse.Namespace | SimpleNamespace, project: str) -> ProjectAccess:
    """What these options say. Raises ProjectError."""
    if not project or any(not group for group in options.group):
        raise ProjectError("the name of the project, or of a group, is empty")
    return ProjectAccess(
        project=project,
        groups=tuple(dict.fromkeys(options.group)),
        key_file=options.key_file,
        api_url=options.api_url,
        seconds=SECONDS if options.timeout is None else options.timeout,
        debug=options.debug,
    )


def add_project_option(parser: Parser | argparse._ArgumentGroup, words: str) -> None:
    """Add `--project`."""
    parser.add_argument("-p", "--project", metavar="NAME", help=words)
