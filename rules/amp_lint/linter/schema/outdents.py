"""Keys in a mapping where they have no effect, such as `requiredWatchFields` beside an event."""

from __future__ import annotations

from amp_lint.linter.finding import Severity
from amp_lint.linter.schema.fixes import SchemaFix
from amp_lint.linter.schema.naming import place_kind
from amp_lint.linter.schema.schema_error import SchemaError
from amp_lint.text.messages import quoted
from amp_lint.yaml.nodes import Entry, Mapping, follow
from amp_lint.yaml.regrouping import shift
from amp_schema.manifest_schema import Place, canonical_key

# One of these is required where it belongs.
_WATCHED = ("requiredWatchFields", "watchFieldsAuto")


def elsewhere_due(entry: Entry, place: Place, due: str) -> SchemaError:
    """Report a key that belongs in another mapping."""
    above = _owner_above(entry, place)
    if above is not None:
        return _beside_its_owner(entry, above)
    message = f"{quoted(entry.name)} has no effect in {place_kind(place)}; it belongs in {due}"
    return SchemaError("unknown-key", entry.key, message, "ignored here")


def _owner_above(entry: Entry, place: Place) -> Entry | None:
    """Return the entry above, if a key belongs in the mapping under it, which lacks the key."""
    at = entry.parent.entries.index(entry)
    above = entry.parent.entries[at - 1] if at and not entry.parent.flow else None
    inner = follow(above.value) if above is not None else None
    spot = place.properties.get(above.name) if above is not None else None
    if spot is None or not isinstance(inner, Mapping) or inner is not (above and above.value):
        return None
    is_free = not inner.flow and not inner.incomplete and inner.find(entry.name) is None
    return above if is_free and canonical_key(spot, entry.name) is not None else None


def _beside_its_owner(entry: Entry, above: Entry) -> SchemaError:
    """Report a key that is not indented as the other keys that it belongs to."""
    name = quoted(entry.name)
    message = f"{name} belongs to {quoted(above.name)} above; indent it like the keys there"
    fix = SchemaFix(f"Indent {name}", lambda editor: shift(editor, (entry,), 2))
    # Without this key, the platform refuses the mapping above.
    severity = Severity.ERROR if entry.name in _WATCHED else None
    label, both = "not indented", (entry, above)
    return SchemaError(
        "unknown-key", entry.key, message, label, severity, fixes=(fix,), claims=both
    )
