"""A picture of what flows where: `model` is the graph, `mermaid` and `svg` draw it."""
