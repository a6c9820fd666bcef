"""Slips that people make: what is reported, word for word, and what all fixes make of the manifest.

`cases.json` holds a manifest each, with its findings (line, column, severity, rule, message) and
the text after `--fix --unsafe-fixes`. Every message in it was read beside its manifest.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from amp_lint.linter.engine import lint
from amp_lint.linter.fixer import fix_source
from amp_lint.text.source import Source

CASES: list[dict[str, Any]] = json.loads(Path(__file__).with_name("cases.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_a_slip_is_named_and_fixed_as_meant(case: dict[str, Any]) -> None:
    report = lint(Source.from_text(case["text"]))
    assert not report.notices, report.notices[0].traceback
    found = []
    for one in report.findings:
        at = report.source.position(one.span.start)
        words = f"{one.severity.value}[{one.rule}] {one.message}"
        found.append(f"{at.line}:{at.column} {words}")
    assert found == case["findings"]
    assert fix_source(report.source, unsafe=True).report.source.text == case["fixed"]
