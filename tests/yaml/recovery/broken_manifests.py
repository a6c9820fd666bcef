"""A manifest of three integrations, one of them broken, and what the linter says of it."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from amp_lint.linter.engine import Report, Settings, judge
from amp_lint.linter.finding import Finding
from amp_lint.text.source import Source
from amp_lint.yaml.document import Document
from amp_lint.yaml.reader import read

NAMES = ("alpha", "bravo", "charlie")
HEAD = "specVersion: 1.0.0\nintegrations:\n"
# ruamel's own parser is slow, and the position is the same to it.
PLACES = pytest.mark.parametrize(
    ("broken", "pure"),
    [(0, False), (1, False), (2, False), (1, True)],
    ids=["first", "second", "third", "second-pure"],
)
PARSERS = pytest.mark.parametrize("pure", [False, True], ids=["C", "pure"])
SYNTAX = ("yaml-syntax", "yaml-unsupported")
# Six mistakes, of several groups of rules, each in a value of its own.
INTEGRATION = """\
  - name: NAME
    displayName: TITLE sync
    provider: hubspot
    read:
      objects:
        - objectName: contacts
          destination: NAME-hook
          schedule: "*/25 * * * *"
          requiredFields:
            - fieldName: email
            - fieldName: phone
              mapToName: telephone
          optionalFields:
            - fieldName: email
        - objectName: companies
          destination: NAME-hook
          schedule: "*/5 * * * *"
          optionalFieldsAuto: all
          requiredFields:
            - fieldName: domain
    write:
      objects:
        - objectName: contacts
          inheritmapping: true
    subscribe:
      objects:
        - objectName: contacts
          destination: NAME-hook
          inheritFieldsAndMapping: true
          updateEvent:
            enabled: always
            requiredWatchFields:
              - telefone
    proxy:
      enabled: maybe
"""
MISTAKES = {
    "schedule-uneven",
    "duplicate-field",
    "schedule-minimum-interval",
    "key-case",
    "watch-field-undeclared",
    "invalid-type",
}


class Said(NamedTuple):
    rule: str
    message: str
    text: str


def filled(text: str, name: str) -> str:
    return text.replace("NAME", name).replace("TITLE", name.title())


def manifest(broken: int = -1, body: str = "") -> str:
    parts = [body if i == broken else filled(INTEGRATION, name) for i, name in enumerate(NAMES)]
    return HEAD + "".join(parts)


def judged(text: str, pure: bool) -> tuple[Document, Report]:
    document = read(Source.from_text(text), pure=pure)
    report = judge(document, Settings())
    assert report.notices == ()
    return document, report


def said(report: Report, finding: Finding) -> Said:
    shown = report.source.text[slice(*finding.span)]
    return Said(finding.rule, finding.message, shown)


def by_path(report: Report, number: int) -> list[Said]:
    start = f"$.integrations[{number}]"
    return [
        said(report, finding)
        for finding in report.findings
        if finding.path.startswith(start) and finding.rule not in SYNTAX
    ]


def faults(report: Report) -> list[Said]:
    return [said(report, one) for one in report.findings if one.rule in SYNTAX]
