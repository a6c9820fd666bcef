"""The graph as SVG: the app, the integrations with their objects, and the destinations in columns.

Colours follow `prefers-color-scheme`, so the picture is legible on light and dark ground. Units are
pixels. Names are escaped, and the picture loads nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from unicodedata import east_asian_width

from amp_lint.manifest.graph.model import Box, Edge, Graph, Item, Status

# The least height of a node, the space below it, the space around everything, and the height of a
# line with its words.
_NODE, _SPACE, _PAD, _ROW = 28, 8, 16, 17
# The widths of a letter in the two sizes of text.
_LETTER, _SMALL_LETTER = 7.2, 6.1
# The left edges and the widths of the three columns.
_APP, _APP_WIDTH = _PAD, 90
_OBJECT, _OBJECT_WIDTH = 250, 320
_END, _END_WIDTH = 900, 220
# The straight part of a line, as long as its words.
_WORDS, _APP_WORDS = 200, 70
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
class _Band:
    """A part of the picture, with its own ends. `lines` are the edges with their heights."""

    bottom: float
    shapes: list[str] = field(default_factory=list)
    lines: list[tuple[Edge, float]] = field(default_factory=list)

    def add_box(self, box: Box) -> None:
        """Draw an integration below what is there."""
        top = self.bottom
        self.bottom += _TITLE
        title = f"{box.provider}: {box.name}" if box.provider else box.name
        x = _OBJECT - 10
        words = _text(x + 10, top + 17, title, _OBJECT_WIDTH, "title")
        for item in box.items:
            self._add_item(item)
        height = self.bottom - top
        kind = f"box {_class(box.status)}"
        self.shapes.append(_rect(x, top, _OBJECT_WIDTH + 20, height, kind) + words)
        self.bottom += 2 * _SPACE

    def _add_item(self, item: Item) -> None:
        """Draw a node that is as high as its lines need, and note their heights."""
        sides = [[one for one in item.edges if bool(one.end) is side] for side in (False, True)]
        height = max(_NODE, *(_ROW * len(edges) + 10 for edges in sides))
        middle = self.bottom + height / 2
        for edges in sides:
            first = middle - _ROW * (len(edges) - 1) / 2
            self.lines += [(edge, first + _ROW * row) for row, edge in enumerate(edges)]
        label = item.label or "all objects"
        self.shapes.append(_node(_OBJECT, self.bottom, _OBJECT_WIDTH, label, item.status, height))
        self.bottom += height + _SPACE

    def draw(self, top: float) -> Iterator[str]:
        """Yield everything, and leave the height behind in `bottom`."""
        app = (top + self.bottom) / 2
        ends = self._ends(top)
        yield from self.shapes
        for edge, y in self.lines:
            yield from _line(edge, y, app, ends)
        yield from (_node(_END, y - _NODE / 2, _END_WIDTH, name) for name, y in ends.items())
        if any(not edge.end for edge, _ in self.lines):
            yield _node(_APP, app - _NODE / 2, _APP_WIDTH, "your app")
        self.bottom = max([self.bottom, *(y + _NODE for y in ends.values())])

    def _ends(self, top: float) -> dict[str, float]:
        """The destinations, each beside the middle of what flows to it, without overlaps."""
        heights: dict[str, list[float]] = {}
        for edge, y in self.lines:
            if edge.end:
                heights.setdefault(edge.end, []).append(y)
        wanted = {name: sum(found) / len(found) for name, found in heights.items()}
        placed: dict[str, float] = {}
        below = top + _NODE / 2
        for name, height in sorted(wanted.items(), key=lambda pair: pair[1]):
            placed[name] = max(height, below)
            below = placed[name] + _NODE + _SPACE
        return placed


def svg(graph: Graph) -> str:
    """Return the picture as an SVG document."""
    drawn: list[str] = []
    bottom: float = _PAD
    for part in graph.bands:
        band = _Band(bottom)
        for box in part.boxes:
            band.add_box(box)
        drawn += band.draw(bottom)
        bottom = band.bottom
    height = bottom + _PAD
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height:g}" '
        f'width="{_WIDTH}" height="{height:g}" role="img" aria-label="What flows where">\n'
        f"{_STYLE}\n" + "\n".join(drawn) + "\n</svg>\n"
    )


def _line(edge: Edge, y: float, app: float, ends: dict[str, float]) -> Iterator[str]:
    """Draw an edge: straight beside the object, where its words are, then a curve."""
    words = {Status.ADDED: "+ ", Status.REMOVED: "- "}.get(edge.status, "") + (
        edge.label or edge.flow.value
    )
    if edge.end:
        near, far, straight = _OBJECT + _OBJECT_WIDTH, (_END, ends[edge.end]), _WORDS
        yield _text(near + 14, y - 4, words, _WORDS - 14, "words")
    else:
        near, far, straight = _OBJECT, (_APP + _APP_WIDTH, app), -_APP_WORDS
        yield _text(near - _APP_WORDS, y - 4, words, _APP_WORDS - 10, "words")
    knee = near + straight
    bend = (far[0] - knee) / 2
    kind = f"{edge.flow.name.lower()} {_class(edge.status)}".strip()
    yield (
        f'<path class="{kind}" d="M{near} {y:g} H{knee} C{knee + bend:g} {y:g} '
        f'{far[0] - bend:g} {far[1]:g} {far[0]:g} {far[1]:g}"/>'
    )


def _node(
    x: float,
    y: float,
    width: float,
    label: str,
    status: Status = Status.KEPT,
    height: float = _NODE,
) -> str:
    """A box with a label, which is cut where it does not fit."""
    words = _text(x + 10, y + height / 2 + 4.5, label, width - 20, "")
    return _rect(x, y, width, height, _class(status)) + words


def _rect(x: float, y: float, width: float, height: float, kind: str) -> str:
    return (
        f'<rect class="{kind.strip()}" x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" '
        'rx="6"/>'
    )


def _text(x: float, y: float, text: str, width: float, kind: str) -> str:
    """A text, cut to a width; what a cut one says in full is its tooltip."""
    shown = "".join(one if one.isprintable() else "�" for one in text)
    cut = _cut(shown, int(width / (_SMALL_LETTER if kind == "words" else _LETTER)))
    title = "" if cut == shown else f"<title>{escape(shown)}</title>"
    return f'<text class="{kind}" x="{x:g}" y="{y:g}">{title}{escape(cut)}</text>'


def _cut(text: str, columns: int) -> str:
    """The start of a text that fits into some columns. A wide character takes two."""
    if sum(map(_columns, text)) <= columns:
        return text
    width = 1
    for index, letter in enumerate(text):
        width += _columns(letter)
        if width > columns:
            return f"{text[:index]}…"
    return text


def _columns(letter: str) -> int:
    return 2 if east_asian_width(letter) in "WF" else 1


def _class(status: Status) -> str:
    return "" if status is Status.KEPT else status.value
