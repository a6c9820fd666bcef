from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from amp_lint.linter.engine import Report
from amp_lint.linter.finding import Finding, Related, Severity
from amp_lint.text.edits import Applicability, Edit, Fix
from amp_lint.text.source import Source, Span

Place = str | tuple[int, int]
MakeFinding = Callable[..., Finding]


def span_of(text: str, place: Place) -> Span:
    """A place is the only occurrence of a piece of text, or a pair of offsets."""
    if isinstance(place, tuple):
        return Span(*place)
    assert text.count(place) == 1, f"{place!r} must stand in the text once"
    start = text.index(place)
    return Span(start, start + len(place))


def make_report(text: str, *findings: dict[str, object], path: str = "amp.yaml") -> Report:
    """A report made by hand, so that these tests do not depend on any rule."""
    source = Source.from_text(text, path)

    def build(
        at: Place,
        *,
        severity: str = "error",
        rule: str = "some-rule",
        message: str = "something is wrong",
        label: str = "",
        related: Sequence[tuple[Place, str]] = (),
        fixes: Sequence[tuple[str, str, Sequence[tuple[Place, str]]]] = (),
    ) -> Finding:
        places = tuple(Related(words, span_of(source.text, place)) for place, words in related)
        return Finding(
            rule,
            Severity(severity),
            message,
            span_of(source.text, at),
            "$.integrations[0]",
            label,
            places,
            "https://example.com/topic",
            tuple(build_fix(*fix) for fix in fixes),
        )

    def build_fix(title: str, trust: str, edits: Sequence[tuple[Place, str]]) -> Fix:
        made = tuple(Edit(span_of(source.text, place), new) for place, new in edits)
        return Fix(title, made, Applicability(trust))

    return Report(source, tuple(build(**finding) for finding in findings))  # type: ignore[arg-type]


@pytest.fixture(name="make_report")
def _make_report() -> Callable[..., Report]:
    return make_report
