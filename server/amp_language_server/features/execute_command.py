"""Commands that an extension runs for its user.

VS Code registers a command for each one that a server announces, so the names must not collide with
those of the extension. A command takes one object with its arguments, or nothing; invalid arguments
are answered with an error that names them.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, Iterable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, cast

from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcInvalidParams
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from amp_language_server.lsp.text_edits import text_edits, workspace_edit
from amp_lint.manifest.init_request import RequestError
from amp_lint.manifest.model import ACTIONS
from amp_lint.text.messages import did_you_mean, quoted

if TYPE_CHECKING:
    from amp_language_server.server import AmpServer
    from amp_language_server.state.documents import Analysis
    from amp_schema.catalog import Provider

PREFIX = "amp-lint.server."

_START = types.Range(types.Position(0, 0), types.Position(0, 0))


def register(server: AmpServer) -> None:
    """Answer `workspace/executeCommand`."""
    for name, (run, keys) in COMMANDS.items():
        _add(server, PREFIX + name, run, keys)


def _add(server: AmpServer, name: str, run: Command, keys: tuple[str, ...]) -> None:
    # pygls passes the server as the first parameter, regardless of its type.
    @server.command(name)
    async def command(ls: LanguageServer, *arguments: object) -> object:
        try:
            return await run(cast("AmpServer", ls), Arguments.of(arguments, keys))
        except RequestError as error:
            raise JsonRpcInvalidParams(str(error)) from None


class Arguments:
    """The arguments of a command."""

    def __init__(self, given: Mapping[str, object]) -> None:
        self._given = given

    @classmethod
    def of(cls, arguments: tuple[object, ...], keys: tuple[str, ...]) -> Arguments:
        """Return the arguments. Raises JsonRpcInvalidParams unless there is one object at most."""
        given = arguments[0] if arguments else {}
        if len(arguments) > 1 or not isinstance(given, dict):
            raise JsonRpcInvalidParams("a command takes one object")
        for key in given:
            if key not in keys:
                near = did_you_mean(key, keys)
                raise JsonRpcInvalidParams(f"unknown argument {quoted(key)}{near}")
        return cls(given)

    def text(self, key: str) -> str | None:
        """Return a string; None if it is missing. Raises JsonRpcInvalidParams."""
        value = self._given.get(key)
        if value is None or isinstance(value, str):
            return value
        raise JsonRpcInvalidParams(f"{quoted(key)} must be a string")

    def needed(self, key: str) -> str:
        """Return a required string. Raises JsonRpcInvalidParams."""
        value = self.text(key)
        if value is None:
            raise JsonRpcInvalidParams(f"{quoted(key)} is missing")
        return value

    def anything(self, key: str) -> object:
        """Return a value of any type."""
        return self._given.get(key)

    def texts(self, key: str) -> tuple[str, ...] | None:
        """Return a list of strings; None if it is missing. Raises JsonRpcInvalidParams."""
        value = self._given.get(key)
        if value is None:
            return None
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            return tuple(value)
        raise JsonRpcInvalidParams(f"{quoted(key)} must be a list of strings")


Command = Callable[["AmpServer", Arguments], Awaitable[object]]


# WorkspaceManifests.


async def _generate_manifest(server: AmpServer, arguments: Arguments) -> dict[str, object]:
    """Generates a manifest, as `amp-lint init` does: `provider`, and optionally `module`,
    `actions`, `objects` (lists of names), `destination` and `name`. With a `uri`, the client is
    asked to create that file, which must not exist. Returns `text`, and in `created` whether the
    client created the file."""
    from amp_lint.manifest.init_request import InitRequest, draft
    from amp_lint.manifest.template import manifest_text

    wishes = InitRequest(
        provider=arguments.needed("provider"),
        module=arguments.text("module"),
        actions=arguments.texts("actions"),
        objects=arguments.texts("objects"),
        destination=arguments.text("destination"),
        name=arguments.text("name"),
    )
    text = await asyncio.to_thread(lambda: manifest_text(draft(wishes)))
    uri = arguments.text("uri")
    created = uri is not None and await _create(server, uri, text)
    return {"text": text, "created": created}


async def _create(server: AmpServer, uri: str, text: str) -> bool:
    """Let the client create a file. Return whether it did.

    Raises JsonRpcInvalidParams if the file exists.
    """
    path = to_fs_path(uri) if uri.startswith("file:") else None
    if path is None:
        raise JsonRpcInvalidParams(f"{quoted(uri)} is not the URI of a file")
    taken = await asyncio.to_thread(os.path.lexists, path)
    if taken or server.documents.document(uri) is not None:
        raise JsonRpcInvalidParams(f"{quoted(path)} exists already")
    operations = server.client.workspace_edits.resource_operations or ()
    if types.ResourceOperationKind.Create not in operations:
        return False
    document = types.OptionalVersionedTextDocumentIdentifier(uri)
    # Without options, the client refuses the edit if the file was created meanwhile.
    create = types.CreateFile(uri)
    fill = types.TextDocumentEdit(document, [types.TextEdit(_START, text)])
    edit = types.WorkspaceEdit(document_changes=[create, fill])
    return await _apply(server, edit, "Generate a manifest")


async def _analysis(server: AmpServer, arguments: Arguments) -> Analysis:
    """Return the analysis of the open document `uri`. Raises JsonRpcInvalidParams."""
    uri = arguments.needed("uri")
    analysis = await server.documents.analysis(uri)
    if analysis is None:
        raise JsonRpcInvalidParams(f"{quoted(uri)} is not an open manifest")
    return analysis


async def _fix_all(server: AmpServer, arguments: Arguments) -> dict[str, object]:
    """Applies all safe fixes in the open document `uri`. Returns in `fixed` how many there are,
    and in `applied` whether the client applied them."""
    analysis = await _analysis(server, arguments)
    document = analysis.document
    settings = server.documents.settings(document.source.path)
    from amp_lint.linter.fixer import safe_edits

    found, fixed = await asyncio.to_thread(safe_edits, analysis.report, settings)
    edits = text_edits(document.positions, found)
    edit = workspace_edit(server.client, [(document.identifier, edits)])
    applied = bool(edits) and await _apply(server, edit, "Apply all safe fixes")
    return {"fixed": fixed, "applied": applied}


async def _apply(server: AmpServer, edit: types.WorkspaceEdit, title: str) -> bool:
    """Ask the client to apply an edit. Return whether it did."""
    if not server.client.applies_edits:
        return False
    with suppress(JsonRpcException):
        answer = await server.workspace_apply_edit_async(
            types.ApplyWorkspaceEditParams(edit, title)
        )
        return answer.applied
    return False


async def _apply_edit(server: AmpServer, arguments: Arguments) -> dict[str, object]:
    """Applies `edit`, a workspace edit, under a `title`. It replaces code actions for clients that
    know only commands. Returns in `applied` whether the client applied it."""
    from lsprotocol.converters import get_converter

    title = arguments.needed("title")
    try:
        edit = get_converter().structure(arguments.anything("edit"), types.WorkspaceEdit)
    except Exception as error:
        raise JsonRpcInvalidParams("`edit` must be a workspace edit") from error
    return {"applied": await _apply(server, edit, title)}


async def _show_manifest(server: AmpServer, arguments: Arguments) -> dict[str, object]:
    """Returns the open document `uri` as the platform reads it, as `amp-lint show` does: in `text`
    as JSON, or null where the platform refuses it. Then `errors` has the messages that say why,
    each behind its line."""
    import json

    from amp_lint.linter.decoded import decode_source
    from amp_lint.linter.finding import Severity

    source = (await _analysis(server, arguments)).document.source
    decoded = await asyncio.to_thread(decode_source, source)
    if decoded.manifest is not None:
        text = json.dumps(decoded.manifest, indent=2, ensure_ascii=False)
        return {"text": text + "\n", "errors": []}
    errors = [one for one in decoded.findings if one.severity is Severity.ERROR]
    lines = [f"{source.position(one.span.start).line}: {one.message}" for one in errors]
    return {"text": None, "errors": lines}


async def _compare(server: AmpServer, arguments: Arguments) -> dict[str, object]:
    """Compares the open manifests with `against`, as `amp-lint changes` does: a git revision,
    REV:PATH, the path of a file, or `deployed`. What has changed is shown beside the findings,
    until the command is called without `against`. Returns `against`."""
    against = arguments.text("against") or ""
    server.compare(against)
    return {"against": against}


async def _show_graph(server: AmpServer, arguments: Arguments) -> dict[str, object]:
    """Returns in `svg` a diagram of the data flows in the open document `uri`, as `amp-lint graph`
    does. While it is compared, added and removed flows are marked. Null if the platform refuses
    it."""
    document = (await _analysis(server, arguments)).document
    from amp_lint.cli.check_files import UnusableError

    settings = server.documents.settings(document.source.path)
    against = server.documents.against(document)

    def draw() -> str | None:
        from amp_lint.manifest.graph.model import graph_of
        from amp_lint.manifest.graph.svg import svg
        from amp_lint.manifest.revision.model import Revision

        new = Revision.of(document.tree)
        if new.value is None:
            return None
        if not against:
            return svg(graph_of(new))
        old = server.documents.comparison.old(document.source.path, settings, against)
        return svg(graph_of(new, Revision.of(old)))

    try:
        return {"svg": await asyncio.to_thread(draw)}
    except UnusableError as error:
        raise JsonRpcInvalidParams(f"cannot compare with {against}: {error}") from None


# The server.


async def _restart(server: AmpServer, _: Arguments) -> None:
    """Reads the configuration again, searches for manifests and analyses them."""
    server.folders.read_again()
    server.analyse_again()


# The catalog and the rules.


async def _providers(_: AmpServer, __: Arguments) -> list[dict[str, object]]:
    """Returns a list of all providers: `name`, `displayName`, `actions` (those that the provider
    supports, itself or in a module), `defaultModule` and `modules`, each with `name`,
    `displayName` and `actions`."""
    from amp_schema.catalog import catalog

    return [_provider(one) for one in catalog().providers.values()]


def _provider(provider: Provider) -> dict[str, object]:
    modules: list[dict[str, object]] = [
        {
            "name": module.name,
            "displayName": module.display_name,
            "actions": _actions(provider, [module.name]),
        }
        for module in provider.modules.values()
    ]
    return {
        "name": provider.name,
        "displayName": provider.display_name,
        "actions": _actions(provider, [None, *provider.modules]),
        "defaultModule": provider.default_module,
        "modules": modules,
    }


def _actions(provider: Provider, modules: Iterable[str | None]) -> list[str]:
    known = list(modules)
    return [action for action in ACTIONS if any(provider.supports(action, one) for one in known)]


async def _objects(_: AmpServer, arguments: Arguments) -> list[dict[str, object]]:
    """Returns a list of the known objects of a `provider`: `name`, `displayName` and `fields`, the
    number of known fields. A `module` and an `action` filter the list."""
    from amp_lint.manifest.init_request import known_module, known_provider
    from amp_schema.objects import names_for, objects_of

    provider = known_provider(arguments.needed("provider"))
    module = known_module(arguments.text("module") or "", provider)
    action = arguments.text("action") or "read"
    if action not in ACTIONS:
        raise JsonRpcInvalidParams(
            f"{quoted(action)} is not an action{did_you_mean(action, ACTIONS)}"
        )
    known = objects_of(provider.name, module)
    return [
        {"name": name, "displayName": known[name].display_name, "fields": len(known[name].fields)}
        for name in names_for(provider.name, module, action)
    ]


async def _explain_rule(_: AmpServer, arguments: Arguments) -> dict[str, object]:
    """Explains the rule `id`. Returns `id`, `url` and in `markdown` its page."""
    from amp_lint.linter.registry import rules
    from amp_lint.linter.rule_docs import page, rule_doc

    name = arguments.needed("id")
    rule = rules().get(name)
    if rule is None:
        near = did_you_mean(name, rules())
        raise JsonRpcInvalidParams(f"unknown rule {quoted(name)}{near}")
    markdown = await asyncio.to_thread(lambda: page(rule_doc(rule), alone=True))
    return {"id": rule.id, "url": rule.url, "markdown": markdown}


# Each command with the names of its arguments.
COMMANDS: dict[str, tuple[Command, tuple[str, ...]]] = {
    "generateManifest": (
        _generate_manifest,
        ("provider", "module", "actions", "objects", "destination", "name", "uri"),
    ),
    "fixAll": (_fix_all, ("uri",)),
    "showManifest": (_show_manifest, ("uri",)),
    "showGraph": (_show_graph, ("uri",)),
    "compare": (_compare, ("against",)),
    "applyEdit": (_apply_edit, ("title", "edit")),
    "restart": (_restart, ()),
    "providers": (_providers, ()),
    "objects": (_objects, ("provider", "module", "action")),
    "explainRule": (_explain_rule, ("id",)),
}
