"""The clients that were seen in real runs of 2026-11: what each announces, and what it does.

A new client is a new row. `capabilities` are the parts of its `initialize` parameters that the
server looks at.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

_WATCH = {"workspace": {"didChangeWatchedFiles": {"dynamicRegistration": True}}}


@dataclass(frozen=True)
class Profile:
    """One client. `pulls` says whether it requests diagnostics, `pushes` whether it gets any."""

    name: str
    capabilities: dict[str, Any]
    client_info: str | None = None
    encodings: tuple[str, ...] = ()
    pulls: bool = False
    is_published_to: bool = True
    markdown: bool = False
    inline_documentation: bool = True
    insert_replace: bool = False
    snippets: bool = False
    rename: str = "placeholder"
    trees: bool = True
    options: dict[str, Any] = field(default_factory=dict)

    def params(self) -> dict[str, Any]:
        """The parameters of `initialize`."""
        able = merged(self.capabilities, {"textDocument": {"synchronization": {}}})
        if self.encodings:
            able = merged(able, {"general": {"positionEncodings": list(self.encodings)}})
        info = {} if self.client_info is None else {"clientInfo": {"name": self.client_info}}
        return {"capabilities": able, **info, **self.options}


def merged(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """Two nested dictionaries in one."""
    result = dict(one)
    for key, value in other.items():
        inner = result.get(key)
        is_both = isinstance(inner, dict) and isinstance(value, dict)
        result[key] = merged(inner, value) if isinstance(inner, dict) and is_both else value
    return result


def text_document(**methods: Any) -> dict[str, Any]:
    """Capabilities of the methods of a document."""
    return {"textDocument": methods}


LITERALS = {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix"]}}}
TREES = {"hierarchicalDocumentSymbolSupport": True}

PROFILES = (
    Profile(
        "Vim + vim-lsp 474c656",
        text_document(
            codeAction=LITERALS,
            completion={"completionItem": {"documentationFormat": ["plaintext"]}},
            hover={"contentFormat": ["markdown", "plaintext"]},
            documentSymbol={"hierarchicalDocumentSymbolSupport": False},
            rename={"prepareSupport": True},
        ),
        markdown=True,
        trees=False,
    ),
    Profile(
        "Vim + ALE 3.3.0",
        text_document(
            codeAction=LITERALS,
            completion={"completionItem": {"documentationFormat": ["plaintext"]}},
            hover={"contentFormat": ["plaintext"]},
            documentSymbol={},
        ),
        trees=False,
    ),
    Profile(
        "Vim + ALE e1789bc",
        text_document(
            codeAction=LITERALS,
            completion={"completionItem": {"documentationFormat": ["plaintext"]}},
            hover={"contentFormat": ["plaintext"]},
            documentSymbol={},
            diagnostic={"dynamicRegistration": True},
        ),
        pulls=True,
        trees=False,
    ),
    Profile(
        "Vim + yegappan/lsp 33aef9d",
        merged(
            text_document(
                codeAction=LITERALS,
                completion={
                    "completionItem": {
                        "documentationFormat": ["markdown", "plaintext"],
                        "resolveSupport": {"properties": ["detail", "documentation"]},
                        "snippetSupport": True,
                    }
                },
                hover={"contentFormat": ["markdown", "plaintext"]},
                documentSymbol=TREES,
                diagnostic={},
                rename={"prepareSupport": True},
            ),
            {"workspace": {"diagnostics": {"refreshSupport": True}}},
        ),
        client_info="Vim",
        encodings=("utf-32", "utf-16"),
        pulls=True,
        is_published_to=False,
        markdown=True,
        inline_documentation=False,
        snippets=True,
    ),
    Profile(
        "Emacs lsp-mode 90bc043",
        merged(
            text_document(
                codeAction=LITERALS,
                completion={
                    "completionItem": {
                        "snippetSupport": True,
                        "documentationFormat": ["markdown", "plaintext"],
                        "resolveSupport": {"properties": ["documentation", "detail"]},
                        "insertReplaceSupport": True,
                    }
                },
                hover={"contentFormat": ["markdown", "plaintext"]},
                documentSymbol=TREES,
                diagnostic={"dynamicRegistration": False},
                rename={"prepareSupport": True},
            ),
            {"workspace": {"diagnostics": {"refreshSupport": False}}},
        ),
        client_info="emacs",
        encodings=("utf-32", "utf-8", "utf-16"),
        pulls=True,
        markdown=True,
        inline_documentation=False,
        insert_replace=True,
        snippets=True,
    ),
    Profile(
        "Kate 22.12",
        text_document(
            codeAction=LITERALS,
            completion={"completionItem": {"snippetSupport": False}},
            hover={"contentFormat": ["markdown", "plaintext"]},
            documentSymbol=TREES,
        ),
        markdown=True,
    ),
    Profile(
        "Qt Creator 9.0",
        text_document(
            codeAction=LITERALS,
            completion={"completionItem": {"snippetSupport": True}},
            hover={"contentFormat": ["markdown", "plaintext"]},
            documentSymbol=TREES,
            rename={"prepareSupport": True},
        ),
        client_info="Qt Creator",
        markdown=True,
        snippets=True,
        rename="range",
    ),
    Profile(
        "@codemirror/lsp-client 6.3.0",
        text_document(
            completion={
                "completionItem": {
                    "snippetSupport": True,
                    "documentationFormat": ["plaintext", "markdown"],
                    "insertReplaceSupport": False,
                }
            },
            hover={"contentFormat": ["markdown", "plaintext"]},
            diagnostic={"dynamicRegistration": False},
            rename={},
        ),
        client_info="@codemirror/lsp-client",
        markdown=True,
        snippets=True,
        trees=False,
    ),
    Profile(
        "JupyterLab 4.6 + jupyterlab-lsp 5.3",
        merged(
            text_document(
                completion={
                    "completionItem": {
                        "documentationFormat": ["markdown", "plaintext"],
                        "snippetSupport": False,
                    }
                },
                hover={"contentFormat": ["markdown", "plaintext"]},
            ),
            {"workspace": {"didChangeConfiguration": {"dynamicRegistration": True}}},
        ),
        markdown=True,
        trees=False,
        options={"initializationOptions": {}},
    ),
    Profile(
        "Neovim 0.11",
        merged(
            text_document(
                codeAction=LITERALS,
                completion={
                    "completionItem": {
                        "snippetSupport": True,
                        "documentationFormat": ["markdown", "plaintext"],
                        "resolveSupport": {"properties": ["additionalTextEdits", "command"]},
                    }
                },
                hover={"contentFormat": ["markdown", "plaintext"]},
                documentSymbol=TREES,
                diagnostic={"dynamicRegistration": False},
                rename={"prepareSupport": True},
            ),
            _WATCH,
        ),
        client_info="Neovim",
        encodings=("utf-8", "utf-16", "utf-32"),
        pulls=True,
        is_published_to=False,
        markdown=True,
        snippets=True,
    ),
)
