"""Generate the tables of `docs/language-server.md` from what the server has registered.

Fails if a method is registered and not described below.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from amp_language_server.features.execute_command import COMMANDS, PREFIX
from amp_language_server.main import create_server

PAGE = Path("docs/language-server.md")

# What each method does, and what it leaves out, with the reason.
METHODS = {
    "initialize": (
        "Agrees on how columns are counted: utf-8, utf-16 or utf-32, the client's first choice.",
        "",
    ),
    "initialized": (
        "Searches the manifests of the workspace; requests the client's settings and subscribes "
        "to changes of files.",
        "Clients that do not watch files: restart the server after a change of the configuration.",
    ),
    "shutdown": ("Ends the session.", ""),
    "exit": ("Ends the process.", ""),
    "$/setTrace": ("Sets how much of the protocol is traced.", ""),
    "window/workDoneProgress/cancel": ("Cancels the search that reports its progress.", ""),
    "textDocument/didOpen": (
        "Opens a document that is named as a manifest, and analyses it at once.",
        "Documents with other names, whatever their language id.",
    ),
    "textDocument/didChange": (
        "Applies the client's edits; analyses the document after a short rest.",
        "",
    ),
    "textDocument/didClose": ("Closes the document and clears its diagnostics.", ""),
    "notebookDocument/didOpen": ("Nothing.", "Notebooks: a manifest is none."),
    "notebookDocument/didChange": ("Nothing.", "Notebooks."),
    "notebookDocument/didClose": ("Nothing.", "Notebooks."),
    "textDocument/diagnostic": (
        "The findings of the command line, with the same messages, for clients that request "
        "them. The others get them published. Documents behind the first one are dimmed.",
        "Of more than a thousand findings in a manifest, the least severe. Excluded files.",
    ),
    "workspace/diagnostic": (
        "The findings in all manifests of the workspace, also those that are not open.",
        "Files that git ignores or the configuration excludes.",
    ),
    "textDocument/codeAction": (
        "The fixes of each finding in the range, `Ignore ID for this line`, all safe fixes at once "
        "(`source.fixAll.amp-lint`), refactorings. For a whole document, one fix a finding.",
        "Excluded files.",
    ),
    "textDocument/codeLens": (
        "Above a read object: the number of its fields, and what subscribes to it.",
        "Lenses are text: a click would need a command that is different in each editor.",
    ),
    "textDocument/completion": (
        "Keys with what they need below them, required ones first, and values: enums, booleans, "
        "providers, modules, objects, fields, destinations, schedules, rule ids in `amp:ignore[`. "
        "The whole word is replaced, open quotes are closed, and a line in the wrong column is "
        "moved into its block.",
        "Comments, block scalars, and documents behind the first one.",
    ),
    "completionItem/resolve": ("The documentation of one completion.", ""),
    "textDocument/hover": (
        "A key: what it is. A provider, a module, an object, a field: what the catalog knows. A "
        "schedule: in words, its shortest gap and next runs in UTC. A destination: where it is "
        "used. A rule id in a comment: the rule.",
        "Mistakes: those are diagnostics.",
    ),
    "textDocument/inlayHint": (
        "Schedules in words, and the default module behind a provider without one.",
        "Schedules that cannot be read.",
    ),
    "textDocument/documentLink": (
        "A provider links to the platform's guides to providers.",
        "Pages of single providers: the catalog does not have their addresses.",
    ),
    "textDocument/documentSymbol": (
        "Integrations, their actions, the objects and their fields; as a list for clients that "
        "take no tree.",
        "Parts that come from an alias or a merge key.",
    ),
    "workspace/symbol": (
        "Integrations and objects of all manifests of the workspace.",
        "Fields.",
    ),
    "textDocument/definition": (
        "From a subscribe or write object to its read object, a watched field to the field, an "
        "alias or merge key to its anchor.",
        "Destinations: they are defined in the platform's dashboard.",
    ),
    "textDocument/references": (
        "Every place that names the same object, field, integration, destination or anchor.",
        "",
    ),
    "textDocument/documentHighlight": (
        "The same in this document; definitions and uses are marked differently.",
        "",
    ),
    "textDocument/prepareRename": ("The name that a rename would change.", ""),
    "textDocument/rename": (
        "Renames destinations, integrations, an object in all actions of its integration, a mapped "
        "field with what watches it, an anchor with its aliases.",
        "Names that belong to the provider.",
    ),
    "textDocument/foldingRange": (
        "Blocks, brackets over several lines, runs of comments, later documents.",
        "",
    ),
    "textDocument/selectionRange": (
        "Grows from the text inside quotes to the value, entry, object, action and integration.",
        "",
    ),
    "textDocument/formatting": (
        "The layout of `amp-lint format`, as edits of a few characters each.",
        "The editor's tab size and its like: see [format.md](format.md). A document that cannot be "
        "read.",
    ),
    "textDocument/rangeFormatting": (
        "The same for the entries and items that the range touches, in their column.",
        "",
    ),
    "textDocument/onTypeFormatting": (
        "Enter: the caret goes where the next key of the block goes. A dash at the start of a "
        "line: it goes into the column of the items around it.",
        "Lines between quotes or brackets.",
    ),
    "workspace/executeCommand": ("The commands below.", ""),
    "workspace/didChangeWatchedFiles": (
        "Reads changed manifests, configuration files and snapshots again.",
        "",
    ),
    "workspace/didChangeConfiguration": ("Requests the client's settings again.", ""),
    "workspace/didChangeWorkspaceFolders": ("Adds and removes workspace folders.", ""),
}

_TABLE = re.compile(r"(<!-- (?P<name>methods|commands) -->\n).*?(?=<!-- /(?P=name) -->)", re.S)


def methods(registered: Iterable[str]) -> Iterator[str]:
    """Return the rows of the methods, in the order of the descriptions above. Raises SystemExit for
    a method without one."""
    known = set(registered)
    missing = ", ".join(sorted(known - METHODS.keys()))
    if missing:
        raise SystemExit(f"docs/language_server.py has no description of {missing}")
    yield from ("| method | what it does | what it leaves out |", "|---|---|---|")
    for method, (does, leaves) in METHODS.items():
        if method in known:
            yield f"| `{method}` | {does} | {leaves} |"


def commands() -> Iterator[str]:
    """Return the rows of the commands, from their docstrings."""
    yield from ("| command | arguments | what it does |", "|---|---|---|")
    for name, (run, keys) in COMMANDS.items():
        words = " ".join(inspect.cleandoc(run.__doc__ or "").split())
        if not words:
            raise SystemExit(f"the command {name} has no docstring")
        yield f"| `{PREFIX}{name}` | {', '.join(f'`{key}`' for key in keys)} | {words} |"


def generated() -> Iterator[tuple[Path, str]]:
    """Yield the page with current tables."""
    manager = create_server().protocol.fm
    rows = {
        "methods": methods((*manager.builtin_features, *manager.features)),
        "commands": commands(),
    }
    tables = {name: "\n".join(lines) for name, lines in rows.items()}
    text = PAGE.read_text("utf-8")
    yield PAGE, _TABLE.sub(lambda mark: f"{mark[1]}\n{tables[mark['name']]}\n\n", text)
