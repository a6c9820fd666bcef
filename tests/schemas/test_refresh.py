"""Building the data from a folder of facts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import amp_schema
from amp_schema.build import refresh
from amp_schema.objects import FOLDER

FACTS = {
    "asOf": "2026-01-02",
    "note": "left out",
    "providers": {
        "zeta": {"displayName": "Zeta", "authType": "basic", "support": {"read": True}},
        "Alpha": {
            "displayName": "Älpha",
            "authType": "oauth2",
            "support": {"proxy": True, "read": True, "write": False},
            "defaultModule": "crm",
            "modules": {"crm": {"displayName": "Alpha CRM", "support": {"subscribe": True}}},
        },
        "beta": {
            "displayName": "Beta",
            "authType": "custom",
            "support": {},
            "objectsLike": "Alpha",
        },
    },
}
RENDERED = """\
{
 "asOf": "2026-01-02",
 "providers": {
  "Alpha": {"displayName": "Älpha", "authType": "oauth2", "supports": ["read", "proxy"], \
"defaultModule": "crm", "modules": {"crm": {"displayName": "Alpha CRM", \
"supports": ["subscribe"]}}},
  "beta": {"displayName": "Beta", "authType": "custom", "supports": [], "objectsLike": "Alpha"},
  "zeta": {"displayName": "Zeta", "authType": "basic", "supports": ["read"]}
 }
}
"""
OBJECTS = {
    "Alpha": {
        "crm": {
            "leads": {"displayName": "Leäds", "fields": ["name", "id", "name"]},
            "Deals": {"fields": []},
        }
    }
}
OPERATIONS = {
    "asOf": "2026-01-02",
    "note": "left out",
    "operations": {"zeta": {"root": {"write": ["b", "a"], "read": ["*"]}}},
}
META: dict[str, Any] = {
    "asOf": "2026-03-04",
    "note": "left out",
    "case_insensitive": ["Alpha"],
    "fields_case_insensitive": "all",
    "aliases": {"beta": "Alpha"},
    "module_aliases": {"Alpha": {"demo": "crm"}},
    "trust": {"A": ["guide"], "B": ["tests"], "C": ["names"]},
    "open_objects": {"Alpha": ["root"]},
    "default_module": {"Alpha": "crm"},
}
MORE = {
    "meta": META,
    "providers": {
        "Alpha": {
            "root": {
                "LEADS": {
                    "fields": ["Name", "email"],
                    "actions": ["write", "read"],
                    "source": "tests+guide",
                },
                "deals": {"fields": ["id", "email"], "source": "names"},
                "event-*": {"source": "tap-alpha"},
            }
        },
    },
}
# `leads` has the most sources; `email` and `id` are fields of two objects.
RENDERED_OBJECTS = {
    "object_sources.json": """\
{
 "asOf": "2026-03-04",
 "sources": {
  "platform": ["A", "2026-01-02"],
  "guide": ["A", "2026-03-04"],
  "names": ["C", "2026-03-04"],
  "tap-alpha": ["B", "2026-03-04"],
  "tests": ["B", "2026-03-04"]
 }
}
""",
    "provider_objects/Alpha.json": """\
{
 "crm": {
  "open": true,
  "anyCase": true,
  "objects": {
   "leads": ["Leäds", "guide+platform+tests", "read write", "id,name", "email"],
   "deals": [null, "names+platform", "", "", "email,id"],
   "event-*": [null, "tap-alpha"]
  }
 },
 "demo": "crm"
}
""",
    "provider_objects/zeta.json": """\
{
 "root": {
  "open": true,
  "objects": {
   "a": [null, "platform", "write"],
   "b": [null, "platform", "write"]
  }
 }
}
""",
}


def test_the_checked_in_snapshot_is_what_a_refresh_makes(shared: Path, tmp_path: Path) -> None:
    assert refresh.main([str(shared / "facts")], tmp_path) == 0
    checked_in = Path(amp_schema.__file__).parent
    made = contents(tmp_path)
    assert made == {name: (checked_in / name).read_text("utf-8") for name in made}
    assert contents(tmp_path / FOLDER) == contents(checked_in / FOLDER)


def contents(folder: Path) -> dict[str, str]:
    """Return the texts of the files in a folder and below."""
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in folder.rglob("*")
        if path.is_file()
    }


def written(folder: Path, **facts: object) -> Path:
    """Return a folder with the given facts, and the constants above for the others."""
    every = {"providers": FACTS, "objects": OBJECTS, "operations": OPERATIONS, "objects-more": MORE}
    every |= facts
    for name, content in every.items():
        text = content if isinstance(content, str) else json.dumps(content)
        (folder / f"{name}.json").write_text(text, encoding="utf-8")
    return folder


def more(**meta: object) -> dict[str, Mapping[str, object]]:
    """Return further facts whose `meta` differs from the one above; None makes a key unknown."""
    changed = {f"{key}2" if value is None else key: value for key, value in meta.items()}
    return {"objects-more": {**MORE, "meta": {**META, **changed}}}


def made(folder: Path) -> Path:
    target = folder / "made"
    target.mkdir()
    return target


def test_a_refresh_writes_one_line_per_provider_and_per_object(tmp_path: Path) -> None:
    target = made(tmp_path)
    (target / FOLDER).mkdir()
    (target / FOLDER / "gone.json").write_text("{}", "utf-8")
    assert refresh.main([str(written(tmp_path))], target) == 0
    assert contents(target) == {"providers.json": RENDERED, **RENDERED_OBJECTS}


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ("{", "Expecting property name"),
        ({"providers": {}}, "'asOf' is missing"),
        ({"asOf": "x", "providers": {"a": {"displayName": "A"}}}, "'authType' is missing"),
        (
            {**FACTS, "providers": {"a": {**FACTS["providers"]["zeta"], "region": "eu"}}},  # type: ignore[index]
            "a: unknown key region",
        ),
        (
            {
                "asOf": "x",
                "providers": {
                    "a": {"displayName": "A", "authType": "basic", "support": {"fly": True}}
                },
            },
            "a.support: unknown key fly",
        ),
        (
            {**FACTS, "providers": {"beta": FACTS["providers"]["beta"]}},  # type: ignore[index]
            "objectsLike names Alpha, which is not a provider",
        ),
        (
            {
                **FACTS,
                "providers": {"a": {**FACTS["providers"]["zeta"], "defaultModule": "crm"}},  # type: ignore[index]
            },
            "the default module crm does not exist",
        ),
    ],
    ids=lambda text: None if isinstance(text, dict) else str(text)[:30],
)
def test_providers_that_cannot_be_used_change_nothing(
    facts: object, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = made(tmp_path)
    assert refresh.main([str(written(tmp_path, providers=facts))], target) == 2
    assert message in capsys.readouterr().err
    assert list(target.iterdir()) == []


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ({"objects": "["}, "objects.json: Expecting value"),
        ({"objects": {"nobody": {}}}, "nobody is not a provider"),
        ({"objects": {"zeta": {"crm": {}}}}, "zeta: unknown key crm"),
        ({"objects": {"zeta": {"root": {"a": {}}}}}, "'fields' is missing"),
        (
            {"objects": {"zeta": {"root": {"a": {"fields": [], "key": 1}}}}},
            "zeta.root.a: unknown key key",
        ),
        ({"objects": {"zeta": {"root": {"a": {"fields": [1]}}}}}, "zeta.root.a: not a list"),
        ({"objects": {"zeta": {"root": {"a": {"fields": ["a,b"]}}}}}, "zeta.root.a: a name has a"),
        ({"operations": {"operations": {}}}, "'asOf' is missing"),
        (
            {"operations": {**OPERATIONS, "asOf": "2026-01-03"}},
            "of 2026-01-03, providers.json of 2026-01-02",
        ),
        ({"operations": {**OPERATIONS, "more": 1}}, "unknown key more"),
        (
            {"operations": {**OPERATIONS, "operations": {"zeta": {"root": {"fly": []}}}}},
            "unknown key fly",
        ),
        (
            {"operations": {**OPERATIONS, "operations": {"zeta": {"root": {"read": "a"}}}}},
            "zeta.root in operations.json.read: not a list",
        ),
        (more(asOf=None), "unknown"),
        (more(trust={}), "the source guide has no level of trust"),
        (more(aliases={"beta": "zeta"}), "beta: objectsLike is not zeta"),
        ({"objects-more": {**MORE, "providers": {"zeta": {"crm": {}}}}}, "zeta: unknown key crm"),
        (
            {"objects-more": {**MORE, "providers": {"zeta": {"root": {"a": {"label": "A"}}}}}},
            "zeta.root in objects-more.json.a: unknown key label",
        ),
    ],
    ids=lambda text: None if isinstance(text, dict) else str(text)[:30],
)
def test_objects_that_cannot_be_used_change_nothing(
    facts: dict[str, object], message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = made(tmp_path)
    assert refresh.main([str(written(tmp_path, **facts))], target) == 2
    assert message in capsys.readouterr().err
    assert list(target.iterdir()) == []


def test_a_refresh_without_facts_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert refresh.main([str(tmp_path)], tmp_path) == 2
    assert "cannot read" in capsys.readouterr().err
    assert refresh.main([], tmp_path) == 2
    assert "usage" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
