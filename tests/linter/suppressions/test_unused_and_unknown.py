"""Findings about suppressions: unused ones, unknown ids, rules that cannot be suppressed."""

from __future__ import annotations

from itertools import pairwise

import pytest

from amp_lint.linter.engine import Settings
from amp_lint.linter.finding import Severity
from amp_lint.text.edits import Applicability

from .faulty_manifest import (
    BASE,
    ITEM,
    PROXY,
    TEXT,
    broken,
    fixed,
    found,
    ids,
    linted,
    only,
    with_comment,
)


def test_in_a_broken_document_unknown_ids_are_told() -> None:
    assert "unknown-ignore" in ids(with_comment(3, "# amp:ignore[nonsense]", broken("")))


def test_a_syntax_error_is_never_silent() -> None:
    text = broken("# amp:ignore[yaml-syntax]")
    assert "yaml-syntax" in ids(f"# amp:ignore-file[yaml-syntax, yaml-unsupported]\n{text}")


def test_naming_what_is_never_silent() -> None:
    text = with_comment(4, "# amp:ignore[yaml-syntax]")
    assert "`yaml-syntax` cannot be suppressed" in only(text, "unused-ignore").message
    text = with_comment(3, "# amp:ignore[yaml-syntax, integration-name-format]")
    finding = only(text, "unused-ignore")
    assert finding.message == "`yaml-syntax` cannot be suppressed; remove it"
    assert text[slice(*finding.span)] == "yaml-syntax"


def test_what_cannot_be_read_is_never_silent() -> None:
    text = TEXT.replace("crmSync", "!mine crmSync # amp:ignore[yaml-unsupported]")
    assert "yaml-unsupported" in ids(text)


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


def test_an_unclosed_bracket_is_not_removed() -> None:
    assert only(with_comment(3, "# amp:ignore[x"), "unused-ignore").fixes == ()


def test_unused_over_errors_names_their_ids() -> None:
    text = with_comment(1, "# amp:ignore")
    assert found(text)[:2] == [(1, "spec-version"), (1, "unused-ignore")]
    assert only(text, "unused-ignore").message.endswith(
        "write the ids to suppress in brackets: `spec-version`"
    )


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
def test_the_rules_on_comments_are_suppressed_by_id(rule: str) -> None:
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
