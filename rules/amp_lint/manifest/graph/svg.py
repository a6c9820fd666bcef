"""The graph as SVG: the app, the integrations with their objects, and the destinations in columns.

Colours follow `prefers-color-scheme`, so the picture is legible on light and dark ground. Units are
pixels. Names are escaped, and the picture loads nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape

from amp_lint.manifest.graph.model import Box, Edge, Flow, Graph, Item, Status

# Heights of a node and of the space below it, the width of a letter, the space around everything.
_NODE, _SPACE, _LETTER, _PAD = 28, 8, 7.2, 16
# The left edges and the widths of the three columns.
_APP, _APP_WIDTH = _PAD, 90
_OBJECT, _OBJECT_WIDTH = 250, 320
_END, _END_WIDTH = 900, 220
# The straight part of a line, as long as its words.
_WORDS, _APP_WORDS = 190, 70
_WIDTH = _END + _END_WIDTH + _PAD
_TITLE = 24

_STYLE = """<style>
text { font: 13px ui-sans-serif, system-ui, sans-serif; fill: #1f2328 }
.title { font-weight: 600 }
.words { font-size: 11px; fill: #59636e }
rect { fill: #f6f8fa; stroke: #818b98 }
.box { fill: none }
path { fill: none; stroke: #818b98; stroke-width: 1.5 }
.subscribe { stroke-width: 3 }
.proxy, .schema { stroke-dasharray: 2 4 }
.added { stroke: #1a7f37; stroke-width: 2.5 }
.removed { stroke: #cf222e; stroke-width: 2.5; stroke-dasharray: 6 4 }
@media (prefers-color-scheme: dark) {
  text { fill: #f0f6fc }
  .words { fill: #9198a1 }
  rect { fill: #151b23; stroke: #656c76 }
  .box { fill: none }
  path { stroke: #656c76 }
  .added { stroke: #3fb950 }
  .removed { stroke: #f85149 }
}
</style>"""


@dataclass(slots=True)
class _Drawing:
    """What is drawn so far. `rows` are the items with the height of their middles."""

    shapes: list[str] = field(default_factory=list)
    rows: list[tuple[Item, float]] = field(default_factory=list)
    bottom: float = _PAD

    def add_box(self, box: Box) -> None:
        """Draw an integration below what is there."""
        top = self.bottom
        self.bottom += _TITLE
        title = f"{box.provider}: {box.name}" if box.provider else box.name
        x = _OBJECT - 10
        words = _text(x + 10, top + 17, title, _OBJECT_WIDTH, "title")
        for item in box.items:
            self.rows.append((item, self.bottom + _NODE / 2))
            label = item.label or "all objects"
            shape = _node(_OBJECT, self.bottom, _OBJECT_WIDTH, label, item.status)
            self.shapes.append(shape)
            self.bottom += _NODE + _SPACE
        height = self.bottom - top
        kind = f"box {_class(box.status)}"
        self.shapes.append(_rect(x, top, _OBJECT_WIDTH + 20, height, kind) + words)
        self.bottom += 2 * _SPACE


def svg(graph: Graph) -> str:
    """Return the picture as an SVG document."""
    drawing = _Drawing()
    for box in graph.boxes:
        drawing.add_box(box)
    ends = _ends(graph, drawing)
    app = drawing.bottom / 2
    lines = [
        line
        for item, y in drawing.rows
        for edge in item.edges
        for line in _line(edge, y, app, ends)
    ]
    nodes = [_node(_END, y - _NODE / 2, _END_WIDTH, name) for name, y in ends.items()]
    if graph.uses_app:
        nodes.append(_node(_APP, app - _NODE / 2, _APP_WIDTH, "your app"))
    height = max([drawing.bottom, *(y + _NODE for y in ends.values())]) + _PAD
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height:g}" '
        f'width="{_WIDTH}" height="{height:g}" role="img" aria-label="What flows where">\n'
        f"{_STYLE}\n" + "\n".join([*drawing.shapes, *lines, *nodes]) + "\n</svg>\n"
    )


def _ends(graph: Graph, drawing: _Drawing) -> dict[str, float]:
    """The destinations, each beside the middle of what flows to it, without overlaps."""
    wanted = {}
    for name in graph.destinations:
        heights = [y for item, y in drawing.rows if any(edge.end == name for edge in item.edges)]
        wanted[name] = sum(heights) / len(heights)
    placed: dict[str, float] = {}
    below = _PAD + _NODE / 2
    for name, height in sorted(wanted.items(), key=lambda pair: pair[1]):
        placed[name] = max(height, below)
        below = placed[name] + _NODE + _SPACE
    return placed


def _line(edge: Edge, y: float, app: float, ends: dict[str, float]) -> Iterator[str]:
    """Draw an edge: straight beside the object, where its words are, then a curve."""
    shift = -5 if edge.flow in (Flow.READ, Flow.WRITE) else 13
    words = {Status.ADDED: "+ ", Status.REMOVED: "- "}.get(edge.status, "") + (
        edge.label or edge.flow.value
    )
    if edge.end:
        near, far, straight = _OBJECT + _OBJECT_WIDTH, (_END, ends[edge.end]), _WORDS
        yield _text(near + 14, y + shift, words, _WORDS, "words")
    else:
        near, far, straight = _OBJECT, (_APP + _APP_WIDTH, app), -_APP_WORDS
        yield _text(near - _APP_WORDS, y + shift, words, _APP_WORDS - 10, "words")
    knee = near + straight
    bend = (far[0] - knee) / 2
    kind = f"{edge.flow.name.lower()} {_class(edge.status)}".strip()
    yield (
        f'<path class="{kind}" d="M{near} {y:g} H{knee} C{knee + bend:g} {y:g} '
        f'{far[0] - bend:g} {far[1]:g} {far[0]:g} {far[1]:g}"/>'
    )


def _node(x: float, y: float, width: float, label: str, status: Status = Status.KEPT) -> str:
    """A box with a label, which is cut where it does not fit."""
    words = _text(x + 10, y + _NODE / 2 + 4.5, label, width - 20, "")
    return _rect(x, y, width, _NODE, _class(status)) + words


def _rect(x: float, y: float, width: float, height: float, kind: str) -> str:
    return (
        f'<rect class="{kind.strip()}" x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" '
        'rx="6"/>'
    )


def _text(x: float, y: float, text: str, width: float, kind: str) -> str:
    fitting = int(width / _LETTER)
    shown = text if len(text) <= fitting else f"{text[: fitting - 1]}…"
    shown = "".join(one if one.isprintable() else "�" for one in shown)
    return f'<text class="{kind}" x="{x:g}" y="{y:g}">{escape(shown)}</text>'


def _class(status: Status) -> str:
    return "" if status is Status.KEPT else status.value
