"""The picture of a manifest: what is in it, what came and went, and that names cannot break it."""

from __future__ import annotations

import io
import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amp_lint.cli.main import main
from amp_lint.manifest.graph.mermaid import escaped, is_too_large, mermaid
from amp_lint.manifest.graph.model import Graph, Status, graph_of
from amp_lint.manifest.graph.svg import svg
from amp_lint.manifest.revision.model import Revision
from amp_lint.text.source import Source
from amp_lint.yaml.reader import read

TEXT = """\
specVersion: 1.0.0
integrations:
  - name: crm-sync
    provider: salesforce
    read:
      objects:
        - objectName: Contact
          destination: crmWebhook
          schedule: "*/30 * * * *"
        - objectName: Lead
          destination: crmWebhook
          schedule: "*/30 * * * *"
    subscribe:
      objects:
        - objectName: Contact
          destination: events
          inheritFieldsAndMapping: true
          createEvent:
            enabled: always
    write:
      objects:
        - objectName: Task
    proxy:
      enabled: true
    watchSchema:
      destination: schemas
"""


def graph(text: str, old: str | None = None) -> Graph:
    before = None if old is None else Revision.of(read(Source.from_text(old)))
    return graph_of(Revision.of(read(Source.from_text(text))), before)


def test_mermaid_has_every_flow() -> None:
    lines = [line.strip() for line in mermaid(graph(TEXT))]
    assert 'subgraph p0b0["salesforce: crm-sync"]' in lines
    assert 'p0b0i0 -->|"every 30 minutes"| p0d0' in lines
    assert 'p0b0i0 ==>|"create"| p0d1' in lines
    assert 'p0app -->|"write"| p0b0i2' in lines
    assert 'p0app -.->|"proxy"| p0b0i3' in lines
    assert 'p0b0i3 -.->|"watch schema"| p0d2' in lines


def test_objects_with_the_same_flows_are_folded() -> None:
    many = TEXT.replace(
        "        - objectName: Lead\n",
        "".join(
            f"        - objectName: o{number}\n          destination: crmWebhook\n"
            '          schedule: "*/30 * * * *"\n'
            for number in range(30)
        )
        + "        - objectName: Lead\n",
    )
    labels = [item.label for item in graph(many).boxes[0].items]
    assert "o0, o1, o2, o3, o4 and 26 more" in labels


def test_what_came_and_what_went_is_marked() -> None:
    new = TEXT.replace("name: crm-sync", "name: other").replace(
        "objectName: Lead", "objectName: Deal"
    )
    assert {box.name: box.status for box in graph(new, TEXT).boxes} == {
        "other": Status.ADDED,
        "crm-sync": Status.REMOVED,
    }
    changed = graph(TEXT.replace('"*/30', '"*/15', 1), TEXT).boxes[0].items[0]
    assert {(edge.label, edge.status) for edge in changed.edges} >= {
        ("every 15 minutes", Status.ADDED),
        ("every 30 minutes", Status.REMOVED),
    }
    assert all(item.status is Status.KEPT for box in graph(TEXT, TEXT).boxes for item in box.items)


def integrations(count: int) -> str:
    """Many integrations with six lines each."""
    first = TEXT.splitlines(keepends=True)
    one = "".join(first[2:]).replace("Lead", "Deal")
    return "".join(first[:2]) + "".join(one.replace("crm-sync", f"c{n}") for n in range(count))


def test_a_long_picture_is_cut_into_bands_with_ends_of_their_own() -> None:
    drawn = graph(integrations(60))
    bands = list(drawn.bands)
    assert [box for band in bands for box in band.boxes] == list(drawn.boxes)
    assert all(2 <= len(band.boxes) <= 6 for band in bands)
    assert svg(drawn).count(">your app<") == len(bands)
    lines = [line.strip() for line in mermaid(drawn)]
    assert lines.count("direction LR") == len(bands)
    assert len([line for line in lines if line.endswith('app(["your app"])')]) == len(bands)
    assert "direction LR" not in "".join(mermaid(graph(TEXT)))


def test_lines_at_one_object_do_not_lie_on_each_other() -> None:
    changed = TEXT.replace('"*/30', '"*/15').replace("destination: events", "destination: other")
    for picture in (svg(graph(changed, TEXT)), svg(graph(integrations(60)))):
        starts = re.findall(r' d="(M\S+ \S+) ', picture)
        assert len(starts) == len(set(starts))


def test_a_cut_text_is_a_tooltip_in_full() -> None:
    long = "名前" * 30
    picture = ET.fromstring(svg(graph(TEXT.replace("crm-sync", long))))
    (title,) = picture.iter("{http://www.w3.org/2000/svg}title")
    assert title.text == f"salesforce: {long}"
    assert (title.tail or "").endswith("…")
    assert len(title.tail or "") < 30


def test_a_picture_that_mermaid_refuses_is_known() -> None:
    few, many = graph(TEXT), graph(integrations(90))
    assert not is_too_large(few, mermaid(few))
    assert is_too_large(many, mermaid(many))


@given(st.text(min_size=1, max_size=40))
def test_no_name_means_anything_in_mermaid(name: str) -> None:
    assert not set(escaped(name)) & set('"<>[]{}()|`\\\n&\u202e\x1b')


@given(st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=40))
def test_no_name_breaks_the_svg(name: str) -> None:
    quoted = "".join(f"\\U{ord(one):08x}" for one in name)
    text = TEXT.replace("crm-sync", f'"{quoted}"').replace("Lead", f'"{quoted}"')
    picture = svg(graph(text))
    elements = [one.tag.rpartition("}")[2] for one in ET.fromstring(picture).iter()]
    assert set(elements) <= {"svg", "style", "rect", "text", "path", "title"}


def test_real_manifests_have_pictures(corpus: Path) -> None:
    for path in sorted(corpus.rglob("*.y*ml")):
        drawn = graph(path.read_text("utf-8"))
        assert drawn.boxes, path
        ET.fromstring(svg(drawn))


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "amp.yaml"
    file.write_text(TEXT)
    old = tmp_path / "old.txt"
    old.write_text(TEXT.replace("objectName: Task", "objectName: Note"))
    assert main(["graph", str(file)]) == 0
    assert capsys.readouterr().out.startswith("flowchart LR\n")
    assert main(["graph", str(file), "--format", "svg", "--against", str(old)]) == 0
    assert 'class="removed"' in capsys.readouterr().out
    assert main(["graph", str(file), "--format", "markdown", "--against", str(old)]) == 0
    assert "\n```mermaid\nflowchart LR\n" in capsys.readouterr().out
    assert main(["graph", str(file), "--format", "markdown", "--against", str(file)]) == 0
    assert capsys.readouterr().out == ""
    assert main(["graph", str(tmp_path / "none.yaml")]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_an_old_manifest_that_is_refused_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, old = tmp_path / "amp.yaml", tmp_path / "old.yaml"
    file.write_text(TEXT)
    old.write_text("specVersion: 1.0.0\nintegrations: [\n")
    assert main(["graph", str(file), "--against", str(old)]) == 0
    printed = capsys.readouterr()
    assert printed.out.startswith("flowchart LR\n")
    assert printed.err.startswith(f"amp-lint: the platform refuses the old manifest {old}, line 2")


def test_standard_input_and_a_snapshot(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    content = {"name": "crm-sync", "provider": "salesforce", "proxy": {"enabled": True}}
    snapshot = {
        "version": 1,
        "asOf": "2026-11-29",
        "failed": {},
        "project": {"id": "p1", "name": "acme-dev"},
        "integrations": [
            {
                "id": "i1",
                "name": "crm-sync",
                "provider": "salesforce",
                "installations": 3,
                "revision": {"id": "r1", "createTime": "2026-11-01T00:00:00Z", "content": content},
            }
        ],
    }
    file = tmp_path / "project.json"
    file.write_text(json.dumps(snapshot))
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    assert main(["graph", "-", "--against", "deployed", "--snapshot", str(file)]) == 0
    assert '["Contact"]:::added' in capsys.readouterr().out
    assert main(["graph", "-", "--snapshot", str(tmp_path / "none.json")]) == 2
    assert capsys.readouterr().err.startswith("amp-lint: there is no snapshot ")
