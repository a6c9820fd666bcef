"""Text that was moved to the left to make it readable, and the places that it really has."""

from __future__ import annotations

from amp_lint.text.edits import Edit, Fix
from amp_lint.text.source import Span
from amp_lint.yaml.document import SyntaxProblem
from amp_lint.yaml.nodes import walk
from amp_lint.yaml.syntax_errors.context import Diagnosis
from amp_lint.yaml.tree_builder import Built
from amp_schema.lite_dataclasses import dataclass, field, replace


@dataclass(slots=True)
class Moves:
    """The moves of a text. Each is a span of the new text with the length of its move."""

    moves: list[tuple[Span, int]] = field(default_factory=list)

    def add(self, found: Diagnosis, offset: int) -> None:
        """Note what the patch of a diagnosis moves in a text that begins at `offset`."""
        if found.patch is None or found.surplus is None:
            return
        start, end = found.patch.span
        width = found.surplus.end - found.surplus.start
        self.moves.append((Span(start + offset, end + offset), width))

    def real(self, span: Span) -> Span:
        """Return the real place of a span of the new text."""
        start, end = span
        for moved, width in reversed(self.moves):
            if moved.start <= start < moved.end:
                start += width
            if moved.start < end <= moved.end:
                end += width
        return Span(start, max(start, end))

    def correct(self, built: Built) -> None:
        """Give the nodes and issues of the new text their real places."""
        if not self.moves:
            return
        for node in walk(built.root):
            node.outer = self.real(Span(node.outer, node.end)).start
            node.start, node.end = self.real(node.span)
        built.issues[:] = [replace(one, span=self.real(one.span)) for one in built.issues]

    def corrected(self, fault: SyntaxProblem) -> SyntaxProblem:
        """Return a fault of the new text as one of the real one."""
        if not self.moves:
            return fault
        fixes = tuple(self._corrected(fix) for fix in fault.fixes)
        return replace(fault, span=self.real(fault.span), fixes=fixes)

    def _corrected(self, fix: Fix) -> Fix:
        edits = tuple(Edit(self.real(one.span), one.text) for one in fix.edits)
        return replace(fix, edits=edits)
