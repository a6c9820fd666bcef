"""What `amp:ignore` comments suppress, and the findings about those that suppress nothing."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amp_lint.linter.engine import Report, Settings, judge, lint
from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.suppressions import SuppressionScope, read_suppressions
from amp_lint.text.edits import Applicability
from amp_lint.text.source import Source, Span
from amp_lint.yaml.reader import read

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


def test_the_manifest_has_mistakes_of_every_severity() -> None:
    severities = {one.severity for one in linted(TEXT).findings}
    assert severities == set(Severity)
    assert len(BASE) > 8


@pytest.mark.parametrize("comment", ["", "# see amp:ignore", "# amp:ignored", "# amp:ignores[x]"])
def test_prose_is_no_directive(comment: str) -> None:
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
def test_other_words_are_no_directives(comment: str) -> None:
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
        ("# amp:ignore[]", "no rule is named"),
        ("# amp:ignore[ , ]", "no rule is named"),
    ],
)
def test_broken_brackets_silence_nothing(comment: str, words: str) -> None:
    text = with_comment(3, comment)
    assert Counter(found(text)) == Counter([*BASE, (3, "unused-ignore")])
    assert words in only(text, "unused-ignore").message


def test_without_ids_errors_stay() -> None:
    kept = ids("# amp:ignore-file\n" + TEXT)
    assert kept
    assert set(kept) == {
        one.rule for one in linted(TEXT).findings if one.severity is Severity.ERROR
    }


def test_an_id_silences_errors() -> None:
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


COVERED = """\
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
              one: x
          two: x
        - objectName: account
          destination: hook
          schedule: "*/30 * * * *"
          requiredFields:
            - fieldName: a
          three: x
    four: x
"""


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        (1, ["one", "two", "three", "four"]),
        (2, []),
        (3, []),
        (4, ["one", "two", "three", "four"]),
        (5, ["four"]),
        (6, ["four"]),
        (7, ["three", "four"]),
        (10, ["two", "three", "four"]),
        (11, ["two", "three", "four"]),
        (13, ["one", "three", "four"]),
        (14, ["one", "two", "four"]),
        (20, ["one", "two", "three"]),
    ],
)
def test_a_comment_line_covers_what_starts_below(line: int, kept: list[str]) -> None:
    lines = COVERED.splitlines(keepends=True)
    text = "".join([*lines[: line - 1], "# amp:ignore[unknown-key]\n", *lines[line - 1 :]])
    assert shown_keys(text) == kept


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        (2, []),
        (3, ["one", "two", "three", "four"]),
        (5, ["four"]),
        (6, ["four"]),
        (7, ["one", "two", "three", "four"]),
        (10, ["two", "three", "four"]),
        (11, ["one", "two", "three", "four"]),
        (12, ["two", "three", "four"]),
    ],
)
def test_a_comment_at_the_end_covers_what_begins_last(line: int, kept: list[str]) -> None:
    assert shown_keys(with_comment(line, "# amp:ignore[unknown-key]", COVERED)) == kept


def shown_keys(text: str) -> list[str]:
    report = linted(text)
    return [
        report.source.text[slice(*one.span)] for one in report.findings if one.rule == "unknown-key"
    ]


@pytest.mark.parametrize("behind", [" ", "  &anchor "])
def test_behind_a_dash_the_item_is_covered(behind: str) -> None:
    text = COVERED.replace(
        "        - objectName: contact\n",
        f"        -{behind}# amp:ignore[unknown-key]\n          objectName: contact\n",
    )
    assert shown_keys(text) == ["three", "four"]


def test_above_a_bare_dash_the_item_is_covered() -> None:
    text = COVERED.replace(
        "        - objectName: contact\n",
        "        # amp:ignore[unknown-key]\n        -\n          # c - d\n"
        "          objectName: contact\n",
    )
    assert shown_keys(text) == ["three", "four"]


def test_the_first_key_of_an_item_shows_what_it_lacks() -> None:
    text = with_comment(15, "# amp:ignore[missing-schedule]")
    assert (15, "missing-schedule") in BASE
    assert found(text) == [one for one in BASE if one != (15, "missing-schedule")]


def test_a_block_of_comments_counts_and_a_blank_line_ends_it() -> None:
    block = "  # amp:ignore[unknown-key]\n  # why\n# amp:ignore[integration-name-format]\n"
    above = TEXT.replace("  - name: crmSync", f"{block}  - name: crmSync")
    assert {"unknown-key", "integration-name-format"}.isdisjoint(
        rule for line, rule in found(above) if line < 23
    )
    parted = TEXT.replace("  - name: crmSync", f"{block} \n  - name: crmSync")
    assert Counter(ids(parted)) == Counter([*ids(TEXT), "unused-ignore", "unused-ignore"])
    assert "nothing stands on the line below" in next(
        one.message for one in linted(parted).findings if one.rule == "unused-ignore"
    )


@pytest.mark.parametrize(
    ("item", "kept"),
    [
        ("{name: crm, a: x, # amp:ignore[unknown-key]\n  b: x, provider: hubspot,", ["b"]),
        ("{name: crm,\n  # amp:ignore[unknown-key]\n  a: x,\n  b: x, provider: hubspot,", ["b"]),
        ("{name: crm,\n  # amp:ignore[unknown-key]\n  a: x, b: x, provider: hubspot,", ["b"]),
        ("{name: crm, a: x, # amp:ignore\n provider: hubspot, b: x,", ["b"]),
    ],
)
def test_flow_collections(item: str, kept: list[str]) -> None:
    text = f"specVersion: 1.0.0\nintegrations: [\n  {item}\n  proxy: {{enabled: true}}}}]\n"
    assert shown_keys(text) == kept


def test_the_header_of_a_block_scalar() -> None:
    text = PROXY.format(
        "  - name: crm\n    colour: | # amp:ignore[unknown-key]\n      red\n" + ITEM
    )
    assert found(text) == []


@pytest.mark.parametrize(
    "value",
    [
        "|\n      # amp:ignore-file",
        '"x # amp:ignore-file"',
        '"x\n      # amp:ignore-file"',
        "'x\n\n      # amp:ignore-file\n      '",
        "x# amp:ignore-file",
        ">-\n      a\n      # amp:ignore-file\n      b",
    ],
)
@pytest.mark.parametrize("pure", [False, True])
def test_inside_a_scalar_there_is_no_comment(value: str, pure: bool) -> None:
    text = PROXY.format(f"  - name: crm\n    colour: {value}\n{ITEM}")
    report = judge(read(Source.from_text(text), pure=pure), Settings())
    assert [one.rule for one in report.findings] == ["unknown-key"]


@pytest.mark.parametrize("pure", [False, True])
def test_behind_a_block_scalar_there_is_one(pure: bool) -> None:
    text = PROXY.format(
        f"  - name: crm\n    # amp:ignore\n    x: |\n      a\n    # amp:ignore\n    y: 1\n{ITEM}"
    )
    report = judge(read(Source.from_text(text), pure=pure), Settings())
    assert report.findings == ()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_line_ends_and_a_byte_order_mark(end: str, bom: str) -> None:
    text = f"# amp:ignore[spec-version]\n{TEXT}".replace("crmSync\n", "crmSync # amp:ignore\n")
    kept = [(line + 1, rule) for line, rule in BASE if rule != "spec-version" and line != 3]
    assert found(bom + text.replace("\n", end)) == kept


@pytest.mark.parametrize("front", ["&a", "!!str", "&a !!str"])
def test_anchors_and_tags(front: str) -> None:
    name = f"{front} # amp:ignore[integration-name-format]\n      crmSync"
    assert found(PROXY.format(f"  - name: {name}\n{ITEM}")) == []
    above = f"  # amp:ignore[integration-name-format]\n  - {front[:2]}\n    name: crmSync\n{ITEM}"
    assert found(PROXY.format(above.replace("!!\n", "!!map\n"))) == []


def test_the_line_of_a_second_document() -> None:
    text = PROXY.format(f"  - name: crm\n{ITEM}")
    assert found(f"{text}---\n# amp:ignore[nonsense]\na: b\n") == [(7, "yaml-extra-document")]
    assert found(f"{text}--- # amp:ignore[yaml-extra-document]\na: b\n") == []
    assert found(f"{text}# amp:ignore\n---\na: b\n") == []


@pytest.mark.parametrize("text", ["# amp:ignore-file[spec-version, required-field]", "#amp:ignore"])
def test_nothing_but_a_comment(text: str) -> None:
    assert linted(text).source.text == text
    assert "spec-version" not in ids(text) or text == "#amp:ignore"


def broken(comment: str) -> str:
    return TEXT.replace(
        "provider: salesforce\n    proxy", f"provider:salesforce {comment}\n    proxy"
    )


def test_a_broken_document() -> None:
    text = with_comment(3, "# amp:ignore[integration-name-format, key-case]", broken(""))
    assert (3, "integration-name-format") in found(broken(""))
    kept = found(text)
    assert (3, "integration-name-format") not in kept
    assert "unused-ignore" not in [rule for _, rule in kept]
    assert "yaml-syntax" in [rule for _, rule in kept]


def test_in_a_broken_document_unknown_ids_are_told() -> None:
    assert "unknown-ignore" in ids(with_comment(3, "# amp:ignore[nonsense]", broken("")))


def test_a_syntax_error_is_never_silent() -> None:
    text = broken("# amp:ignore[yaml-syntax]")
    assert "yaml-syntax" in ids(f"# amp:ignore-file[yaml-syntax, yaml-unsupported]\n{text}")


def test_naming_what_is_never_silent() -> None:
    text = with_comment(4, "# amp:ignore[yaml-syntax]")
    assert "`yaml-syntax` cannot be silenced" in only(text, "unused-ignore").message
    text = with_comment(3, "# amp:ignore[yaml-syntax, integration-name-format]")
    finding = only(text, "unused-ignore")
    assert finding.message == "`yaml-syntax` cannot be silenced; remove it"
    assert text[slice(*finding.span)] == "yaml-syntax"


def test_what_cannot_be_read_is_never_silent() -> None:
    text = TEXT.replace("crmSync", "!mine crmSync # amp:ignore[yaml-unsupported]")
    assert "yaml-unsupported" in ids(text)


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


def test_one_id_of_several_is_unused() -> None:
    text = with_comment(3, "# amp:ignore[key-case, integration-name-format, duplicate-field] why")
    unused = [one for one in linted(text).findings if one.rule == "unused-ignore"]
    assert [text[slice(*one.span)] for one in unused] == ["key-case", "duplicate-field"]
    assert all(one.severity is Severity.WARNING for one in unused)
    edits = [edit for one in unused for edit in one.fixes[0].edits]
    assert [text[slice(*edit.span)] for edit in edits] == ["key-case, ", ", duplicate-field"]
    assert all(one.fixes[0].is_safe for one in unused)


def test_edits_of_several_unused_ids_do_not_overlap() -> None:
    line = (
        "# amp:ignore[key-case, duplicate-field , integration-name-format,delivery-mode, key-case]"
    )
    text = with_comment(3, line)
    unused = [one for one in linted(text).findings if one.rule == "unused-ignore"]
    edits = [edit for one in unused for fix in one.fixes for edit in fix.edits]
    spans = sorted(edit.span for edit in edits)
    assert len(spans) == 4
    assert all(a.end <= b.start for a, b in pairwise(spans))
    for span in reversed(spans):
        text = text[: span.start] + text[span.end :]
    assert "# amp:ignore[integration-name-format]\n" in text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("name: crm # amp:ignore[key-case] why not\n", "name: crm\n"),
        ("name: crm \t # amp:ignore\n", "name: crm\n"),
        ("name: crm\n  # amp:ignore[key-case]\n", "name: crm\n"),
        ("name: crm\n# why\n  # amp:ignore\n# so\n", "name: crm\n# why\n# so\n"),
        ("name: crm\r\n  # amp:ignore\r\n", "name: crm\r\n"),
        ("name: crm # amp:ignore[]\n", "name: crm\n"),
        ("# amp:ignore\n    name: crm\n", "\n    name: crm\n"),
        ("name: crm # amp:ignore-file[key-case]\n", "name: crm\n"),
    ],
)
def test_an_unused_comment_is_removed(before: str, after: str) -> None:
    text = PROXY.format(f"  - {before}{ITEM}")
    expected = PROXY.format(f"  - {after}{ITEM}")
    expected = expected.replace("  - \n", "  -\n")
    assert fixed(text, "unused-ignore") == expected
    assert found(expected) == []


def test_an_unused_comment_at_the_end_of_the_file() -> None:
    text = PROXY.format(f"  - name: crm\n{ITEM}")
    assert fixed(f"{text}# amp:ignore", "unused-ignore") == text
    assert fixed(f"{text}\n\n# amp:ignore\n", "unused-ignore") == f"{text}\n\n"


def test_what_stands_behind_an_odd_line_break_is_not_removed() -> None:
    text = f"specVersion: 1.0.0\n# amp:ignore why\x85integrations:\n  - name: crm\n{ITEM}"
    assert fixed(text, "unused-ignore") == text.replace("# amp:ignore why", "")


def test_an_empty_value_is_covered() -> None:
    directives = read_suppressions(read(Source.from_text("# amp:ignore[x]\na:\nb:\n")))
    behind_a, b = (
        Finding("x", Severity.ERROR, "empty", Span(start, start), "$") for start in (18, 19)
    )
    assert directives.silence([behind_a, b]) == [b]


def test_an_unclosed_bracket_is_not_removed() -> None:
    assert only(with_comment(3, "# amp:ignore[x"), "unused-ignore").fixes == ()


def test_unused_over_errors_names_their_ids() -> None:
    text = with_comment(1, "# amp:ignore")
    assert found(text)[:2] == [(1, "spec-version"), (1, "unused-ignore")]
    assert only(text, "unused-ignore").message.endswith("name what is to be silent: `spec-version`")


def test_unused_is_shown_at_the_whole_comment() -> None:
    text = with_comment(4, "# amp:ignore[key-case, duplicate-field] why")
    finding = only(text, "unused-ignore")
    assert text[slice(*finding.span)] == "amp:ignore[key-case, duplicate-field]"


@pytest.mark.parametrize(
    "quiet",
    [
        Settings(ignore=frozenset({"key-case"})),
        Settings(severity={"key-case": None}),
        Settings(select=frozenset({"unused-ignore", "spec-version"})),
    ],
)
def test_a_rule_that_did_not_run_is_not_unused(quiet: Settings) -> None:
    text = with_comment(4, "# amp:ignore[key-case]")
    assert "unused-ignore" in ids(text)
    assert "unused-ignore" not in ids(text, quiet)
    assert "unused-ignore" not in ids(with_comment(4, "# amp:ignore"), quiet)


def test_a_rule_that_is_off_is_not_unused() -> None:
    text = with_comment(4, "# amp:ignore[large-backfill-risk]")
    on = Settings(severity={"large-backfill-risk": Severity.INFO})
    assert found(text) == BASE
    assert "unused-ignore" in ids(text, on)


def test_destinations_that_are_not_listed_cannot_be_missed() -> None:
    text = with_comment(9, "# amp:ignore[destination-exists]")
    assert found(text) == BASE
    assert "unused-ignore" in ids(text, Settings(destinations=("hook",)))
    other = ids(text, Settings(destinations=("other",)))
    assert other.count("destination-exists") == 1
    assert "unused-ignore" not in other


def test_several_comments_over_one_finding_are_all_used() -> None:
    text = "# amp:ignore-file[unknown-key]\n\n" + with_comment(5, "# amp:ignore[unknown-key]")
    assert {"unused-ignore", "unknown-key"}.isdisjoint(ids(text))


def test_an_unknown_id() -> None:
    text = with_comment(3, "# amp:ignore[integration-name-fromat, integration-name-format]")
    finding = only(text, "unknown-ignore")
    assert text[slice(*finding.span)] == "integration-name-fromat"
    assert "did you mean `integration-name-format`?" in finding.message
    (fix,) = finding.fixes
    assert fix.applicability is Applicability.UNSAFE
    assert "# amp:ignore[integration-name-format, integration-name-format]" in fixed(
        text, "unknown-ignore"
    )
    assert "unused-ignore" not in ids(text)


def test_an_unknown_id_like_no_other() -> None:
    finding = only(with_comment(3, "# amp:ignore[nonsense]"), "unknown-ignore")
    assert finding.fixes == ()
    assert finding.message.endswith("remove it")


@pytest.mark.parametrize("rule", ["unused-ignore", "unknown-ignore"])
def test_the_rules_on_comments_are_silenced_by_id(rule: str) -> None:
    comment = "# amp:ignore[key-case, nonsense]"
    text = with_comment(4, comment)
    assert rule in ids(text)
    assert rule not in ids(text, Settings(ignore=frozenset({rule})))
    assert rule not in ids(f"# amp:ignore-file[{rule}]\n\n{text}")
    assert rule not in ids(with_comment(4, f"# amp:ignore[{rule}, key-case, nonsense]"))
    lines = TEXT.split("\n")
    above = "\n".join([*lines[:3], f"# amp:ignore[{rule}]", comment, *lines[3:]])
    assert rule not in ids(above)
    raised = Settings(severity={rule: Severity.ERROR})
    assert linted(text, raised).worst is Severity.ERROR


def test_a_comment_without_ids_does_not_hide_that_it_is_unused() -> None:
    assert "unused-ignore" in ids(with_comment(4, "# amp:ignore"))
    text = PROXY.format(f"  - name: crm\n{ITEM}# amp:ignore-file\n")
    assert ids(text) == ["unused-ignore"]
    assert "unknown-ignore" in ids(
        f"# amp:ignore-file\n{with_comment(3, '# amp:ignore[nonsense]')}"
    )


def test_the_directive_under_the_caret() -> None:
    text = with_comment(3, "# amp:ignore[a, b] why")
    directives = read_suppressions(read(Source.from_text(text)))
    start = text.index("# amp")
    assert directives.at(start - 1) is None
    assert directives.at(start + 60) is None
    directive = directives.at(start)
    assert directive is not None
    assert directive is directives.at(text.index(" why") + 4)
    assert [text[slice(*name.span)] for name in directive.names] == ["a", "b"]


FENCE = re.compile(r"^```yaml\n(.*?)^```$", re.S | re.M)


def test_the_page_s_examples(repository: Path) -> None:
    examples = FENCE.findall((repository / "docs" / "suppressions.md").read_text("utf-8"))
    assert len(examples) == 4
    for text in examples:
        assert found(text, Settings()) == []
        assert found(text.replace("amp:ignore", "amp:notice"), Settings())


def test_work_grows_with_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = 0
    silences = SuppressionScope.silences

    def counted(scope: SuppressionScope, finding: Finding) -> bool:
        nonlocal asked
        asked += 1
        return silences(scope, finding)

    monkeypatch.setattr(SuppressionScope, "silences", counted)
    head = "# amp:ignore[integration-name-format]\n" * 500
    items = "".join(
        f"  - name: crm{n}A # amp:ignore[integration-name-format]\n{ITEM}" for n in range(100)
    )
    text = f"specVersion: 1.0.0\n{head}integrations:\n{items}"
    assert found(text) == []
    assert asked <= 100 * 4


# Properties: what a comment covers, told by indentation alone.

PARTS = (
    "    shedule: x\n",
    "    read:\n      objects:\n        - objectName: contact\n          destination: hook\n"
    '          schedule: "*/5 * * * *"\n          colour: red\n          requiredFields:\n'
    "            - fieldName: a\n            - fieldName: a\n              colour: red\n",
    "    read:\n      colour: red\n      objects:\n        -\n          objectName: contact\n"
    "          destination: hook\n          optionalFields:\n            - fieldname: a\n"
    "            - mapToName: b\n        - objectName: account\n          destination: hook\n",
    "    write:\n      objects:\n        - objectName: contact\n          colour: red\n"
    "        - objectName: contact\n          inheritmapping: true\n",
    "    proxy:\n      enabled: true\n",
    "    displayName: |\n      crm # amp:ignore\n      # amp:ignore-file\n"
    "    colour: >\n      red\n",
)
RULES = (
    "unknown-key",
    "integration-name-format",
    "duplicate-field",
    "missing-schedule",
    "key-case",
)


@st.composite
def manifests(draw: st.DrawFn) -> str:
    text = f"specVersion: {draw(st.sampled_from(('1.0.0', '2.0.0')))}\nintegrations:\n"
    for number in range(draw(st.integers(1, 2))):
        parts = draw(st.lists(st.sampled_from(PARTS), max_size=3, unique_by=lambda p: p[:9]))
        text += f"  - name: crmSync{number}\n    provider: salesforce\n" + "".join(parts)
    return text


def reach(lines: list[str], at: int, column: int) -> range:
    """The lines from `at` on that are indented deeper than `column`."""
    end = at + 1
    while end < len(lines) and (len(lines[end]) - len(lines[end].lstrip())) > column:
        end += 1
    return range(at, end)


def is_scalar(line: str) -> bool:
    return line.lstrip().startswith(("red", "crm #", "# amp"))


@given(st.data())
@settings(max_examples=150)
def test_a_comment_silences_exactly_what_it_covers(data: st.DataObject) -> None:
    text = data.draw(manifests())
    lines = text.splitlines()
    at = data.draw(st.sampled_from([n for n, line in enumerate(lines) if not is_scalar(line)]))
    rule = data.draw(st.sampled_from((*RULES, "")))
    comment = f"# amp:ignore[{rule}]" if rule else "# amp:ignore"
    if data.draw(st.booleans()):
        covered = reach(lines, at, re.match(r"[ ]*", lines[at]).end())  # type: ignore[union-attr]
        changed = [*lines[:at], data.draw(st.sampled_from(("", "    "))) + comment, *lines[at:]]
        shift = 1
    else:
        column = re.match(r"[ ]*(?:- )*", lines[at]).end()  # type: ignore[union-attr]
        covered = reach(lines, at, column)
        changed = [*lines[:at], f"{lines[at]} {comment}", *lines[at + 1 :]]
        shift = 0
    new_text = "\n".join(changed) + "\n"

    before, after = linted(text), linted(new_text)
    kept: Counter[tuple[int, str, str]] = Counter()
    silenced = 0
    for one in before.findings:
        line = before.source.position(one.span.start).line - 1
        mild = one.rule == rule if rule else one.severity is not Severity.ERROR
        if line in covered and mild:
            silenced += 1
        else:
            kept[(line + (shift if line >= at else 0), one.rule, one.message)] += 1
    told = {
        (after.source.position(one.span.start).line - 1, one.rule, one.message): one
        for one in after.findings
    }
    unused = [one for key, one in told.items() if key[1] == "unused-ignore"]
    assert Counter(key for key in told if key[1] != "unused-ignore") == kept
    assert len(unused) == (0 if silenced else 1)
    for finding in unused:
        (edit,) = finding.fixes[0].edits
        assert new_text[: edit.span.start] + new_text[edit.span.end :] == text


FRAGMENTS = (
    "amp:ignore", "# amp:ignore", "# amp:ignore-file", "[", "]", "[unknown-key]", "[x, y", "\n",
    "\r\n", "\r", "- ", "-", "a: ", "b", ": ", "{", "}", '"', "'", "|", "|\n  ", ">-", "&a ", "*a",
    "!x ", "  ", "\t", "#", " #", "---\n", "...\n", "\x85", "\u2028", "\ufeff", "\0", "? ", ",",
    "integrations:\n", "  - name: A\n", "é",
)  # fmt: skip


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=30).map("".join))
@settings(max_examples=300)
def test_no_text_is_too_odd(text: str) -> None:
    report = linted(text)
    for directive in read_suppressions(read(report.source)):
        shown = report.source.text[slice(*directive.span)]
        assert shown.startswith("amp:ignore")
        assert report.source.text[slice(*directive.removal)].strip() == (
            report.source.text[slice(*directive.comment)].strip()
        )
        for name in directive.names:
            assert report.source.text[slice(*name.span)] == name.id
