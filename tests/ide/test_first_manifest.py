"""A manifest for HubSpot with read, subscribe and write, written by completion in few keys."""

from __future__ import annotations

from collections.abc import Sequence

from amp_lint import lint_text
from amp_lint.ide.completion import Completion, completions
from amp_lint.ide.cursor import cursor_at
from amp_lint.text.source import Source

MOST_KEYS = 70


class Editor:
    """An editor as VS Code behaves with the extension: it keeps the indentation, begins the next
    item below `- fieldName: x`, and opens the list of values by itself."""

    def __init__(self) -> None:
        self.text = ""
        self.caret = 0
        self.stops: list[int] = []
        self.is_list_open = False
        self.keys = 0

    def insert(self, text: str) -> None:
        self.text = self.text[: self.caret] + text + self.text[self.caret :]
        self.caret += len(text)
        self.stops = [stop + len(text) for stop in self.stops]

    def write(self, word: str) -> None:
        """Type a word that no list has."""
        self.insert(word)
        self.keys += len(word)

    def accept(self, name: str) -> None:
        """Type until the name is the first in the list, and accept it."""
        for typed in range(not self.is_list_open, len(name) + 1):
            first = self._first(name[:typed])
            if first is not None and (first.name or first.label) == name:
                break
        else:
            raise AssertionError(f"{name} never comes first in\n{self.text}")
        self.keys += typed + 1
        self._write_snippet(first.lines or (first.text,))
        self.is_list_open = first.opens_list

    def tab(self) -> None:
        """Go to the next tab stop."""
        self.keys += 1
        self.caret = self.stops.pop(0)
        self.is_list_open = False

    def enter(self, indent: int, item: bool = False) -> None:
        """Begin a line; an indentation other than that of the editor costs a key per step."""
        line = self.text[: self.caret].rpartition("\n")[2]
        continues = line.lstrip().startswith("- fieldName")
        given = (
            len(line) - len(line.lstrip()) + 2 * (line.lstrip().startswith("- ") and not continues)
        )
        self.keys += 1 + 2 * (continues and not item) + abs(given - indent) // 2
        self.stops = []
        self.insert(f"\n{' ' * indent}{'- ' * (continues and item)}")
        self.is_list_open = False

    def _first(self, typed: str) -> Completion | None:
        at = self.caret + len(typed)
        source = Source(self.text[: self.caret] + typed + self.text[self.caret :])
        cursor = cursor_at(source, at)
        assert cursor is not None
        found = completions(source, cursor, ("crm-webhook",))
        return next((one for one in found if (one.name or one.label).startswith(typed)), None)

    def _write_snippet(self, lines: Sequence[str]) -> None:
        line = self.text[: self.caret].rpartition("\n")[2]
        indent = " " * (len(line) - len(line.lstrip()))
        start, parts = self.caret, f"\n{indent}".join(lines).split("^")
        self.insert("".join(parts))
        if len(parts) > 1:
            ends = [start + sum(map(len, parts[: n + 1])) for n in range(len(parts))]
            self.caret, *self.stops = ends


def test_a_manifest_is_written_in_few_keys() -> None:
    editor = Editor()
    for name in ("specVersion", "integrations"):
        editor.accept(name)
        if name == "specVersion":
            editor.enter(0)
    editor.write("crm")
    editor.tab()
    editor.accept("hubspot")
    editor.enter(4)
    for name in ("read", "contacts"):
        editor.accept(name)
    editor.tab()
    editor.accept("crm-webhook")
    for name, value in (("schedule", "*/30 * * * *"), ("requiredFields", "email")):
        editor.enter(10)
        editor.accept(name)
        editor.accept(value)
    editor.enter(12, item=True)
    for name in ("fieldName", "firstname"):
        editor.accept(name)
    editor.enter(4)
    for name in ("subscribe", "contacts"):
        editor.accept(name)
    editor.tab()
    editor.accept("crm-webhook")
    editor.tab()
    for name in ("createEvent", "updateEvent"):
        editor.enter(10)
        editor.accept(name)
    editor.enter(4)
    for name in ("write", "contacts"):
        editor.accept(name)
    editor.enter(10)
    editor.accept("inheritMapping")

    assert editor.text.count("objectName: contacts") == 3
    assert lint_text(f"{editor.text}\n").findings == ()
    assert editor.keys <= MOST_KEYS
