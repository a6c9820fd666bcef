"""Which comments are suppressions, and of what."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from amp_lint.linter.engine import Settings
from amp_lint.linter.finding import Severity
from amp_lint.linter.suppressions import read_suppressions
from amp_lint.text.edits import Applicability
from amp_lint.text.source import Source
from amp_lint.yaml.reader import read

from .faulty_manifest import BASE, TEXT, found, ids, linted, only, with_comment


def test_the_manifest_has_mistakes_of_every_severity() -> None:
    severities = {one.severity for one in linted(TEXT).findings}
    assert severities == set(Severity)
    assert len(BASE) > 8


@pytest.mark.parametrize("comment", ["", "# see amp:ignore", "# amp:ignored", "# amp:ignores[x]"])
def test_prose_is_no_suppression(comment: str) -> None:
    assert found(with_comment(3, comment)) == BASE


@pytest.mark.parametrize(
    "comment",
    [
        "# see # amp:ignore",
        "# amp:ignore-line",
        "# amp:ignore.x",
        "#x amp:ignore",
        "# AMP:IGNORE",
        "# amp:ignore-files",
    ],
)
def test_other_words_are_no_suppressions(comment: str) -> None:
    assert found(with_comment(3, comment)) == BASE


@pytest.mark.parametrize(
    "comment",
    [
        "# amp:ignore[integration-name-format]",
        "#amp:ignore[integration-name-format]",
        "# \tamp:ignore [ integration-name-format ] customers know it",
        "# amp:ignore[integration-name-format]: customers know it",
        "# amp:ignore[,integration-name-format,]",
        "# amp:ignore",
        "# amp:ignore\tcustomers know it",
        "# amp:ignore see [1]",
        "# amp:ignore[integration-name-format] # amp:ignore[nonsense]",
    ],
)
def test_forms(comment: str) -> None:
    assert (3, "integration-name-format") in BASE
    assert found(with_comment(3, comment)) == [
        one for one in BASE if one != (3, "integration-name-format")
    ]


@pytest.mark.parametrize(
    ("comment", "words"),
    [
        ("# amp:ignore[integration-name-format", "the bracket is not closed"),
        ("# amp:ignore[]", "name no rule"),
        ("# amp:ignore[ , ]", "name no rule"),
    ],
)
def test_broken_brackets_suppress_nothing(comment: str, words: str) -> None:
    text = with_comment(3, comment)
    assert Counter(found(text)) == Counter([*BASE, (3, "unused-ignore")])
    assert words in only(text, "unused-ignore").message


def test_without_ids_errors_stay() -> None:
    kept = ids("# amp:ignore-file\n" + TEXT)
    assert kept
    assert set(kept) == {
        one.rule for one in linted(TEXT).findings if one.severity is Severity.ERROR
    }


def test_an_id_suppresses_errors() -> None:
    assert "schedule-minimum-interval" in ids(TEXT)
    text = with_comment(10, "# amp:ignore[schedule-minimum-interval]")
    assert "schedule-minimum-interval" not in ids(text)


def test_the_severity_of_the_run_counts() -> None:
    text = with_comment(5, "# amp:ignore")
    raised = Settings(severity={"unknown-key": Severity.ERROR})
    assert (5, "unknown-key") not in found(text)
    assert (5, "unknown-key") in found(text, raised)


def test_ignore_file_stands_anywhere() -> None:
    for text in (
        "# amp:ignore-file[unknown-key]\n\n" + TEXT,
        TEXT + "# amp:ignore-file[unknown-key]",
        with_comment(9, "# amp:ignore-file[unknown-key] all of them"),
    ):
        assert Counter(ids(text)) == Counter(rule for rule in ids(TEXT) if rule != "unknown-key")


NEAR = """\
specVersion: 1.0.0
integrations:
  - name: crm
    provider: salesforce
    read:
      objects:
        - objectName: contact
          destination: hook
          schedule: "*/30 * * * *"
          requiredFields:
            - fieldName: a
    subscribe:
      objects:
        - objectName: contact
          destination: hook
          inheritFieldsAndMapping: true
          {key}:
            enabled: sometimes{comment}
            watchFieldsAuto: all
"""


def test_the_platform_s_name_for_a_wrong_enabled() -> None:
    comment = " # amp:ignore[update-event-enabled]"
    assert ids(NEAR.format(key="updateEvent", comment="")) == ["invalid-value"]
    assert ids(NEAR.format(key="updateEvent", comment=comment)) == []
    create = NEAR.replace("            watchFieldsAuto: all\n", "")
    assert ids(create.format(key="createEvent", comment=comment)) == ["invalid-value"]


@pytest.mark.parametrize(
    "foreign",
    [
        "catalog-access",
        "destination-not-found",
        "frequent-schedule-risk",
        "object-exists",
        "provider-app-not-configured",
        "update-event-enabled",
    ],
)
def test_ids_of_the_platform_are_known_and_never_unused(foreign: str) -> None:
    assert found(with_comment(4, f"# amp:ignore[{foreign}]")) == BASE


def test_the_suppression_under_the_caret() -> None:
    text = with_comment(3, "# amp:ignore[a, b] why")
    suppressions = read_suppressions(read(Source.from_text(text)))
    start = text.index("# amp")
    assert suppressions.at(start - 1) is None
    assert suppressions.at(start + 60) is None
    suppression = suppressions.at(start)
    assert suppression is not None
    assert suppression is suppressions.at(text.index(" why") + 4)
    assert [text[slice(*name.span)] for name in suppression.names] == ["a", "b"]


FENCE = re.compile(r"^```yaml\n(.*?)^```$", re.S | re.M)


def test_the_page_s_examples(repository: Path) -> None:
    examples = FENCE.findall((repository / "docs" / "suppressions.md").read_text("utf-8"))
    assert len(examples) == 4
    for text in examples:
        assert found(text, Settings()) == []
        assert found(text.replace("amp:ignore", "amp:notice"), Settings())


@pytest.mark.parametrize(
    ("comment", "written"),
    [
        ("# amp-ignore[integration-name-format] customers know it", "amp:ignore"),
        ("# amp: ignore[integration-name-format]", "amp:ignore"),
        ("# amp:ignore(integration-name-format)", "amp:ignore"),
        ("# amp:ignore=integration-name-format", "amp:ignore"),
        ("# amp:ignore: integration-name-format", "amp:ignore"),
        ("# AMP:IGNORE[integration-name-format]", "amp:ignore"),
        ("# amp-lint: disable=integration-name-format", "amp:ignore"),
        ("# amp:ignore-next-line integration-name-format", "amp:ignore"),
        ("# amp:ignorefile[integration-name-format]", "amp:ignore-file"),
        ("## amp:ignore[integration-name-format]", "amp:ignore"),
    ],
)
def test_a_suppression_in_another_form_says_how_to_write_it(comment: str, written: str) -> None:
    report = linted(with_comment(3, comment))
    told = next(one for one in report.findings if one.rule == "unknown-ignore")
    assert told.message.endswith(f"write `# {written}[integration-name-format]`")
    meant = next(one for one in report.findings if one.rule == "integration-name-format")
    assert all(fix.applicability is Applicability.MANUAL for fix in meant.fixes)
    (edit,) = told.fixes[0].edits
    text = report.source.text
    fixed = text[: edit.span.start] + edit.text + text[edit.span.end :]
    assert (3, "integration-name-format") not in found(fixed)
    assert "unknown-ignore" not in ids(fixed)


@pytest.mark.parametrize(
    "comment",
    [
        "# amp-lint ignores unknown-key in shelves",
        "# Ampersand ignores unknown-key",
        "# amp skips integration-name-format",
        "# see amp-ignore[integration-name-format]",
        "# amp:disabled for now",
    ],
)
def test_prose_about_rules_is_no_suppression_in_another_form(comment: str) -> None:
    assert found(with_comment(3, comment)) == BASE


@pytest.mark.parametrize("sign", ["; ", " ", ";", " and "])
def test_ids_without_commas_say_how_to_write_them(sign: str) -> None:
    report = linted(with_comment(3, f"# amp:ignore[integration-name-format{sign}unknown-key]"))
    told = next(one for one in report.findings if one.rule == "unknown-ignore")
    assert told.message.endswith("write `integration-name-format, unknown-key`")
