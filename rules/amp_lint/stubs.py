"""Parts of a manifest that a fix adds: data that passes the linter, for its author to complete."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from amp_lint.manifest import DESTINATION_NAME
from amp_lint.tree import Scalar

if TYPE_CHECKING:
    from amp_lint.writing import Data

ReadStub = dict[str, "Data"]

SCHEDULE = "*/30 * * * *"

_PLACEHOLDER = "my-webhook"
_NESTING = re.compile(r"[.\[\]]")


def read_object(
    name: str, destination: str, *, watched: Iterable[str] = (), schedule: bool = False
) -> ReadStub:
    """A read object that delivers the watched fields, or where there are none to name whatever
    customers pick. One that a subscription feeds on needs no schedule."""
    fields = list(dict.fromkeys(watched))
    stub: ReadStub = {"objectName": name, "destination": destination}
    if schedule:
        stub["schedule"] = SCHEDULE
    if fields and not any(map(_NESTING.search, fields)):
        stub["requiredFields"] = [{"fieldName": field} for field in fields]
    else:
        stub["optionalFieldsAuto"] = "all"
    return stub


def destination(written: Iterable[Scalar | None], known: Sequence[str]) -> str:
    """The first of the destinations in the manifest that is one; `known` are those that the
    configuration lists."""
    for node in written:
        if node is None or not DESTINATION_NAME.match(node.value):
            continue
        if not known or node.value in known:
            return node.value
    return known[0] if known else _PLACEHOLDER
