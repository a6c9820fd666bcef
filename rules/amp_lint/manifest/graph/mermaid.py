"""The graph as Mermaid, which GitHub and GitLab draw in Markdown.

Names are written as character codes where they could mean something in Mermaid or HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

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
_LINES = {Status.ADDED: "stroke:#1a7f37,stroke-width:3px", Status.REMOVED: "stroke:#cf222e"}


def mermaid(graph: Graph) -> Iterator[str]:
    """Yield the lines of a flowchart, without a code fence."""
    yield "flowchart LR"
    yield from (f"  {style}" for style in _STYLES)
    ends = {name: f"d{number}" for number, name in enumerate(graph.destinations)}
    if graph.uses_app:
        yield '  app(["your app"])'
    lines: list[tuple[str, Status]] = []
    for number, box in enumerate(graph.boxes):
        title = f"{box.provider}: {box.name}" if box.provider else box.name
        yield f'  subgraph b{number}["{escaped(title)}"]'
        for index, item in enumerate(box.items):
            name = f"b{number}i{index}"
            yield f'    {name}["{escaped(item.label or "all objects")}"]{_class(item.status)}'
            lines += [(_line(name, edge, ends), edge.status) for edge in item.edges]
        yield "  end"
        if box.status is not Status.KEPT:
            yield f"  class b{number} {box.status.value}"
    for name, node in ends.items():
        yield f'  {node}[("{escaped(name)}")]'
    yield from (f"  {line}" for line, _ in lines)
    for status, style in _LINES.items():
        numbers = [str(number) for number, (_, one) in enumerate(lines) if one is status]
        if numbers:
            yield f"  linkStyle {','.join(numbers)} {style}"


def escaped(text: str) -> str:
    """Return a text in which every special character is a character code."""
    return _PLAIN.sub(lambda match: f"#{ord(match[0])};", text) or "#32;"


def _class(status: Status) -> str:
    return "" if status is Status.KEPT else f":::{status.value}"


def _line(name: str, edge: Edge, ends: dict[str, str]) -> str:
    start, end = (name, ends[edge.end]) if edge.end else ("app", name)
    words = edge.label or edge.flow.value
    mark = {Status.ADDED: "+ ", Status.REMOVED: "- "}.get(edge.status, "")
    return f'{start} {_ARROWS[edge.flow]}|"{mark}{escaped(words)}"| {end}'
