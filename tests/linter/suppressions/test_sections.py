"""What a suppression covers: the entry or item that it is written above or behind."""

from __future__ import annotations

from collections import Counter

import pytest

from amp_lint.linter.engine import Settings, judge
from amp_lint.linter.finding import Finding, Severity
from amp_lint.linter.suppressions import read_suppressions
from amp_lint.text.source import Source, Span
from amp_lint.yaml.reader import read

from .faulty_manifest import BASE, ITEM, PROXY, TEXT, broken, found, ids, linted, with_comment

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
    assert "the line below is empty" in next(
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


def test_a_broken_document() -> None:
    text = with_comment(3, "# amp:ignore[integration-name-format, key-case]", broken(""))
    assert (3, "integration-name-format") in found(broken(""))
    kept = found(text)
    assert (3, "integration-name-format") not in kept
    assert "unused-ignore" not in [rule for _, rule in kept]
    assert "yaml-syntax" in [rule for _, rule in kept]


def test_an_empty_value_is_covered() -> None:
    suppressions = read_suppressions(read(Source.from_text("# amp:ignore[x]\na:\nb:\n")))
    behind_a, b = (
        Finding("x", Severity.ERROR, "empty", Span(start, start), "$") for start in (18, 19)
    )
    assert suppressions.suppress([behind_a, b]) == [b]
