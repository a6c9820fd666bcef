"""A manifest with a mistake on most lines, and what is found in it."""

from __future__ import annotations

from amp_lint.linter.engine import Report, Settings, lint
from amp_lint.linter.finding import Finding, Severity
from amp_lint.text.source import Source

# A manifest with a mistake on most of its lines; `ADVICE` is replaced by ids.
TEXT = """\
specVersion: 2.0.0
integrations:
  - name: crmSync
    provider: salesforce
    shedule: x
    read:
      objects:
        - objectName: contact
          destination: hook
          schedule: "*/5 * * * *"
          colour: red
          requiredFields:
            - fieldName: a
            - fieldName: a
        - objectName: account
          destination: hook
          requiredFields:
            - fieldName: b
              colour: red
  - name: otherSync
    provider: salesforce
    proxy:
      enabled: true
"""
# A rule that is off by default gives a manifest advice in many places.
SETTINGS = Settings(severity={"integration-name-format": Severity.INFO})
PROXY = "specVersion: 1.0.0\nintegrations:\n{}"
ITEM = "    provider: hubspot\n    proxy:\n      enabled: true\n"


def linted(text: str, settings: Settings | None = None) -> Report:
    report = lint(Source.from_text(text), settings or SETTINGS)
    assert report.notices == (), report.notices[0].traceback
    return report


def found(text: str, settings: Settings | None = None) -> list[tuple[int, str]]:
    """Line and rule of every finding."""
    report = linted(text, settings)
    return [(report.source.position(one.span.start).line, one.rule) for one in report.findings]


def ids(text: str, settings: Settings | None = None) -> list[str]:
    return [rule for _, rule in found(text, settings)]


def with_comment(line: int, comment: str, text: str = TEXT) -> str:
    """`text` with a comment at the end of a line."""
    lines = text.split("\n")
    lines[line - 1] += f" {comment}"
    return "\n".join(lines)


def only(text: str, rule: str) -> Finding:
    (finding,) = [one for one in linted(text).findings if one.rule == rule]
    return finding


def fixed(text: str, rule: str) -> str:
    """`text` after the first fix of its only finding of a rule."""
    (edit,) = only(text, rule).fixes[0].edits
    return text[: edit.span.start] + edit.text + text[edit.span.end :]


BASE = found(TEXT)


def broken(comment: str) -> str:
    return TEXT.replace(
        "provider: salesforce\n    proxy", f"provider:salesforce {comment}\n    proxy"
    )
