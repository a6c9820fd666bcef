"""The graph as Mermaid, which GitHub and GitLab draw in Markdown.

Names are written as character codes where they could mean something in Mermaid or HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from amp_lint.manifest.graph.model import Edge, Flow, Graph, Status

_PLAIN = re.compile(r"[^A-Za-z0-9 _.,:/-]")
_ARROWS = {
    Flow.READ: "-->",
    Flow.SUBSCRIBE: "==>",
    Flow.WRITE: "-->",
    Flow.PROXY: "-.->",
    Flow.SCHEMA: "-.->",
}
# Legible on light and dark ground.
_STYLES = (
    "classDef added stroke:#1a7f37,stroke-width:3px",
    "classDef removed stroke:#cf222e,stroke-width:3px,stroke-dasharray:6 4",
)
_LINES = {
    Status.ADDED: "stroke:#1a7f37,stroke-width:3px",
    Status.REMOVED: "stroke:#cf222e,stroke-width:3px,stroke-dasharray:6 4",
}
# What Mermaid draws at most, unless the page that uses it says otherwise (11.17).
_MOST_LINES, _MOST_LETTERS = 500, 50_000


def mermaid(graph: Graph) -> Iterator[str]:
    """Yield the lines of a flowchart, without a code fence."""
    yield "flowchart LR"
    yield from (f"  {style}" for style in _STYLES)
    statuses: list[Status] = []
    bands = list(graph.bands)
    for number, band in enumerate(bands):
        lines = _band(f"p{number}", band, statuses)
        # Mermaid mixes parts that have nothing in common, unless each is a box.
        yield from _boxed(f"p{number}", lines) if len(bands) > 1 else lines
    for status, style in _LINES.items():
        numbers = [str(number) for number, one in enumerate(statuses) if one is status]
        if numbers:
            yield f"  linkStyle {','.join(numbers)} {style}"


def is_too_large(graph: Graph, lines: Iterable[str]) -> bool:
    """Whether Mermaid refuses the flowchart of a graph."""
    edges = sum(len(item.edges) for box in graph.boxes for item in box.items)
    return edges > _MOST_LINES or sum(len(line) + 1 for line in lines) > _MOST_LETTERS


def _boxed(name: str, lines: Iterable[str]) -> Iterator[str]:
    """Put a part into a box without a frame."""
    yield f'  subgraph {name}[" "]'
    yield "    direction LR"
    yield from (f"  {line}" for line in lines)
    yield "  end"
    yield f"  style {name} fill:none,stroke:none"


def _band(prefix: str, band: Graph, statuses: list[Status]) -> Iterator[str]:
    """Draw a part. `statuses` gets that of each line, in their order."""
    ends = {name: f"{prefix}d{number}" for number, name in enumerate(band.destinations)}
    if band.uses_app:
        yield f'  {prefix}app(["your app"])'
    lines: list[str] = []
    for number, box in enumerate(band.boxes):
        title = f"{box.provider}: {box.name}" if box.provider else box.name
        own = f"{prefix}b{number}"
        yield f'  subgraph {own}["{escaped(title)}"]'
        for index, item in enumerate(box.items):
            name = f"{own}i{index}"
            yield f'    {name}["{escaped(item.label or "all objects")}"]{_class(item.status)}'
            lines += [_line(name, edge, f"{prefix}app", ends) for edge in item.edges]
            statuses += [edge.status for edge in item.edges]
        yield "  end"
        if box.status is not Status.KEPT:
            yield f"  class {own} {box.status.value}"
    for name, node in ends.items():
        yield f'  {node}[("{escaped(name)}")]'
    yield from (f"  {line}" for line in lines)


def escaped(text: str) -> str:
    """Return a text in which every special character is a character code, an invisible one `�`."""
    shown = "".join(one if one.isprintable() else "�" for one in text)
    return _PLAIN.sub(lambda match: f"#{ord(match[0])};", shown) or "#32;"


def _class(status: Status) -> str:
    return "" if status is Status.KEPT else f":::{status.value}"


def _line(name: str, edge: Edge, app: str, ends: dict[str, str]) -> str:
    start, end = (name, ends[edge.end]) if edge.end else (app, name)
    words = edge.label or edge.flow.value
    mark = {Status.ADDED: "+ ", Status.REMOVED: "- "}.get(edge.status, "")
    return f'{start} {_ARROWS[edge.flow]}|"{mark}{escaped(words)}"| {end}'
