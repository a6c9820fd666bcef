"""The place that a hover text is about: a key or value with what is around it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from amp_lint.ide.anchors import Route
from amp_lint.ide.workspace_index import DestinationUse
from amp_lint.manifest.model import Integration, Manifest
from amp_lint.manifest.objects import Object
from amp_lint.manifest.view import first_key
from amp_lint.yaml.document import Document
from amp_lint.yaml.nodes import Entry, Mapping, Node, Scalar, follow
from amp_schema.manifest_schema import Place, canonical_key, place

if TYPE_CHECKING:
    from amp_lint.manifest.view import V
    from amp_lint.project.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Here:
    """A key or value, and everything around it.

    `place` is its place in the schema, `above` that of its parent. `key` is the key as the schema
    writes it; an item of a list has the key of the list. `name` is the value if it is a string,
    with aliases followed. `holders` are the mappings and lists around it, the outermost first.
    `elsewhere` are the uses of destinations in other files; iterate them once at most.
    """

    document: Document
    manifest: Manifest
    is_key: bool
    place: Place
    above: Place | None
    key: str
    name: str | None
    holders: tuple[Node, ...]
    elsewhere: Iterable[tuple[str, Iterable[DestinationUse]]] = ()
    project: Snapshot | None = None

    @classmethod
    def of(
        cls,
        document: Document,
        manifest: Manifest,
        node: Node,
        way: Route,
        elsewhere: Iterable[tuple[str, Iterable[DestinationUse]]] = (),
    ) -> Here | None:
        """Return a node as one way leads to it; None if the schema does not know that place."""
        path = way.path
        known, above = place(path), place(path[:-1])
        if known is None or not path:
            return None
        last = path[-1] if isinstance(path[-1], str) else path[-2]
        owner = above if isinstance(path[-1], str) else place(path[:-2])
        key = canonical_key(owner, str(last)) if owner is not None else None
        value = follow(node)
        text = value.value if isinstance(value, Scalar) and value.kind == "str" else None
        is_key = isinstance(node.slot, Entry) and node.slot.key is node
        return cls(
            document, manifest, is_key, known, above, key or "", text, way.holders, elsewhere
        )

    def holder(self, depth: int, kind: type[V]) -> V | None:
        """Return the mapping around it, `depth` levels below the top, as a view."""
        node = self.holders[depth] if depth < len(self.holders) else None
        return kind(node, first_key(node)) if isinstance(node, Mapping) else None

    @property
    def integration(self) -> Integration | None:
        """The integration around it."""
        return self.holder(2, Integration)

    @property
    def object(self) -> Object | None:
        """The object around it."""
        return self.holder(5, Object)
