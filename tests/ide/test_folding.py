"""What folds, and what is selected around the caret."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from amp_lint.ide.folding import Fold, around, folds
from amp_lint.text.source import Source
from amp_lint.yaml.reader import read

TEXT = """\
# One
  # two
specVersion: 1.0.0
# alone
integrations:
  - name: crm-sync
    displayName: |
      # no comment
      # at all

    read:
      objects:
        # about
        # the account
        # object
        - objectName: account
          destination: "crm
            # hook"
        - {objectName: lead, # one
          # two
          # three
          schedule: x}
        - objectName: task
  - name: b
"""


def folded(text: str) -> list[Fold]:
    return folds(read(Source(text)))


def selected(text: str, mark: str) -> list[str]:
    """From the inside outwards."""
    spans = around(read(Source(text)), text.index(mark) + 1)
    return [text[slice(*span)] for span in reversed(spans)]


def test_blocks_and_runs_of_comments_fold() -> None:
    assert folded(TEXT) == [
        Fold(1, 2, comment=True),
        Fold(5, 24),
        Fold(6, 23),
        Fold(7, 9),
        Fold(11, 23),
        Fold(12, 23),
        Fold(13, 15, comment=True),
        Fold(16, 18),
        Fold(17, 18),
        Fold(19, 22),
        Fold(20, 21, comment=True),
    ]


def test_a_comment_at_the_end_folds() -> None:
    assert folded("a: b\n# c\n# d") == [Fold(2, 3, comment=True)]
    assert folded("# c\r\n# d\r# e\n") == [Fold(1, 3, comment=True)]
    assert folded("# c\n\n# d\n") == []
    assert folded("") == []


def test_a_broken_part_costs_no_other_fold() -> None:
    found = folded(TEXT + '  - name: "open\n    provider: hubspot\n')
    assert {Fold(6, 23), Fold(12, 23), Fold(16, 18), Fold(1, 2, comment=True)} <= set(found)


def test_the_selection_grows_from_the_value_to_the_integration() -> None:
    found = selected(TEXT, "account\n          destination")
    assert found[0] == "account"
    assert found[1] == "objectName: account"
    assert found[2].startswith("objectName: account")
    assert found[2].endswith('hook"')
    assert [one.split("\n")[0] for one in found[3:]] == [
        "objects:",
        "read:",
        "name: crm-sync",
        "integrations:",
        "specVersion: 1.0.0",
        "# One",
    ]


def test_a_caret_between_things_selects_what_holds_it() -> None:
    assert selected("a: 1\n\n\n# c\n\nb: 2\n", "# c")[0] == "a: 1\n\n\n# c\n\nb: 2"
    assert selected("a: 1\n\n# c\n", "# c") == ["a: 1\n\n# c\n"]


def test_the_text_inside_quotes_is_a_step_of_its_own() -> None:
    assert selected('a: "b c"\nd: 1\n', "b c")[:3] == ["b c", '"b c"', 'a: "b c"']
    assert selected("a: ''\nd: 1\n", "''")[:2] == ["''", "a: ''"]


def test_documents_that_the_platform_ignores_fold() -> None:
    text = "a: 1\n---\nb: 2\nc: 3\n---\nd:\n  - 4\n"
    found = [(fold.first, fold.last) for fold in folds(read(Source(text)))]
    assert found == [(2, 4), (5, 7)]


@given(
    cut=st.integers(0, len(TEXT)),
    gone=st.integers(0, 20),
    new=st.text("ab:-&*|\"'[]{}\n\r #", max_size=4),
    at=st.integers(0, len(TEXT)),
)
def test_no_text_is_too_broken(cut: int, gone: int, new: str, at: int) -> None:
    text = TEXT[:cut] + new + TEXT[cut + gone :]
    document = read(Source(text))
    lines = len(document.source.line_starts)
    found = folds(document)
    assert all(1 <= fold.first < fold.last <= lines for fold in found)
    assert len({fold.first for fold in found}) == len(found)
    offset = min(at, len(text))
    spans = around(document, offset)
    assert all(
        outer.start <= inner.start and inner.end <= outer.end for outer, inner in pairwise(spans)
    )
    assert all(span.start <= offset <= span.end for span in spans)
    assert len(set(spans)) == len(spans)
