"""Changes of a manifest as minimal edits of its text, in the style in which it is written.

Every method of `Editor` returns None if the change would rewrite text that it is not about: then
there is no fix. Callers name nodes and entries; columns, commas, quotes and line breaks are decided
here. `scalars` replaces values, `flow` edits between brackets, `block` edits whole lines, `layout`
knows the lines and the style of the document.
"""

from __future__ import annotations

from amp_lint.yaml.editor.editor import Editor
from amp_lint.yaml.editor.layout import Edits

__all__ = ["Editor", "Edits"]
