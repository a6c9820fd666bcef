"""One completion: what is shown in the list, and what is written when it is accepted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from amp_lint.yaml.node_path import Path

CompletionKind = Literal[
    "key",
    "value",
    "provider",
    "module",
    "object",
    "field",
    "destination",
    "schedule",
    "rule",
    "integration",
]


@dataclass(frozen=True, slots=True)
class Completion:
    """Text that can replace the cursor's prefix.

    `text` is a single line, written as the manifest needs it. `lines` is the same text with the
    lines that belong below it, each indented relative to the line of the caret; `^` marks a part
    that the author fills in. `path` is the path of the key or value. `name` is the label without
    a dash or bracket; it is empty if the label has none. `opens_list` is set if the part to fill in
    first has completions of its own, so that an editor can show them at once.
    """

    kind: CompletionKind
    label: str
    text: str
    lines: tuple[str, ...] = ()
    detail: str = ""
    path: Path = ()
    required: bool = False
    deprecated: bool = False
    name: str = ""
    opens_list: bool = False
