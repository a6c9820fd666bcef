"""The command line and the server say the same of every manifest there is, finding for finding."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from amp_language_server.lsp.positions import Positions
from amp_lint.cli.main import main
from amp_lint.linter.registry import rules
from amp_lint.linter.rule_docs import rule_doc
from amp_lint.text.source import Source, Span

from .conftest import EDITORS
from .wire import wire

FENCE = re.compile(r"^```yaml[^\n]*\n(.*?)^```$", re.S | re.M)
SNIPPETS = Path(__file__).parent.parent / "rules"
SEVERITIES = {"error": 1, "warning": 2, "info": 3}
# A server of nothing but wrong manifests takes its time.
PATIENCE = 300


def snippets() -> list[str]:
    """All manifests that the rules and their tests show, right and wrong ones."""
    docs = [rule_doc(rule) for rule in rules().values()]
    shown = [text for doc in docs for text in (*doc.wrong, *doc.right)]
    files = [file.read_text("utf-8") for file in sorted(SNIPPETS.glob("*.md"))]
    found = [*shown, *(match[1] for text in files for match in FENCE.finditer(text))]
    return list(dict.fromkeys(found))


def broken(texts: Iterable[str]) -> list[str]:
    """The same manifests, each cut off in the middle of a line, with wide characters in front."""
    return [f"# 🎸 é\n{text[: len(text) * 2 // 3]}" for text in texts]


def placed(one: dict[str, Any], positions: Positions) -> dict[str, Any]:
    """A range of the report as an editor should see it."""
    starts = positions.source.line_starts
    start = starts[one["line"] - 1] + one["column"] - 1
    end = starts[one["end_line"] - 1] + one["end_column"] - 1
    range_ = positions.range(Span(start, end))
    return {
        name: {"line": place.line, "character": place.character}
        for name, place in (("start", range_.start), ("end", range_.end))
    }


def from_report(finding: dict[str, Any], positions: Positions) -> object:
    """A finding of the JSON report, in the words of the protocol."""
    return {
        "code": finding["rule"],
        "severity": SEVERITIES[finding["severity"]],
        "message": finding["message"],
        "href": finding["url"],
        "range": placed(finding, positions),
        "related": [(one["message"], placed(one, positions)) for one in finding["related"]],
        "fixes": [
            {
                "title": fix["title"],
                "safe": fix["applicability"] == "safe",
                "edits": [
                    {"range": placed(edit, positions), "newText": edit["text"]}
                    for edit in fix["edits"]
                ],
            }
            for fix in finding["fixes"]
        ],
    }


def from_server(diagnostic: dict[str, Any]) -> object:
    return {
        "code": diagnostic["code"],
        "severity": diagnostic["severity"],
        "message": diagnostic["message"],
        "href": diagnostic.get("codeDescription", {}).get("href"),
        "range": diagnostic["range"],
        "related": [
            (one["message"], one["location"]["range"])
            for one in diagnostic.get("relatedInformation", ())
        ],
        "fixes": diagnostic["data"]["fixes"],
    }


def compared(
    files: list[Path], editor: str, capsys: pytest.CaptureFixture[str], fewest: int
) -> None:
    main(["check", "--output-format", "json", *map(str, files)])
    report: dict[str, list[Any]] = {str(file): [] for file in files}
    for finding in json.loads(capsys.readouterr().out)["findings"]:
        report[finding["file"]].append(finding)
    assert sum(map(len, report.values())) >= fewest
    encoding = EDITORS[editor]
    able = {"general": {"positionEncodings": [encoding.value]}, "textDocument": {"diagnostic": {}}}
    with wire(patience=PATIENCE) as client:
        client.initialize(capabilities=able)
        for file in files:
            text = file.read_bytes().decode()
            document = {"uri": file.as_uri(), "languageId": "yaml", "version": 1, "text": text}
            client.notify("textDocument/didOpen", {"textDocument": document})
            this = {"textDocument": {"uri": file.as_uri()}}
            answer = client.ask("textDocument/diagnostic", this)
            positions = Positions(Source.from_text(text), encoding)
            expected = [from_report(one, positions) for one in report[str(file)]]
            assert [from_server(one) for one in answer["result"]["items"]] == expected, file
            client.notify("textDocument/didClose", this)
        assert client.end() == 0
        assert client.faults() == []


@pytest.mark.parametrize("editor", EDITORS)
def test_of_every_snippet_whole_and_broken(
    editor: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = snippets()
    files = []
    for number, text in enumerate((*texts, *broken(texts))):
        file = tmp_path / f"{number:04}.amp.yaml"
        file.write_bytes(text.encode())
        files.append(file)
    assert len(texts) > 200
    compared(files, editor, capsys, fewest=500)


def test_of_every_real_manifest(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = sorted(corpus.rglob("amp.y*ml"))
    compared(files, "visual_studio_code", capsys, fewest=1)
