"""Names of a project in hovers and lists: nothing in them is Markdown, and nothing hides."""

from __future__ import annotations

from amp_lint.ide import project_facts
from amp_lint.project.snapshot import snapshot_from

EVIL = "a`![x](https://evil.example/x.png)\u202e\x1b[2J"
FACTS = {
    "version": 1,
    "asOf": "2026-11-29",
    "project": {"id": "", "name": EVIL},
    "destinations": [{"name": "a", "type": EVIL}, {"name": "bare"}],
    "integrations": [{"name": "one", "installations": 1, "revision": {"createTime": EVIL}}],
    "metadata": {
        "hubspot": {
            "contacts": {
                "accounts": 1,
                "missing": 0,
                "fields": {"email": {"displayName": EVIL, "type": EVIL, "values": [EVIL] * 30}},
            }
        }
    },
    "failed": {},
}
PROJECT = snapshot_from(FACTS)


def harmless(text: str) -> bool:
    """Whether every image is inside of code: then each code span has no backtick but its own."""
    outside = text.split("`")[::2]
    return text.isprintable() and not any("![" in part for part in outside)


def test_names_are_code_in_markdown() -> None:
    said = [
        project_facts.destination(PROJECT, "a"),
        project_facts.destination(PROJECT, "other"),
        *project_facts.deployed(PROJECT, "one"),
        *project_facts.deployed(PROJECT, "two"),
        *project_facts.account_field(PROJECT, "hubspot", "contacts", "EMAIL"),
    ]

    assert len(said) == 6
    assert all(map(harmless, said))
    assert "deployed, 1 installation." in said[2]
    assert said[5].count("evil.example") == 20
    assert project_facts.destination(PROJECT, "bare").endswith(": it exists.")


def test_labels_in_lists_are_printable() -> None:
    account = PROJECT.object("hubspot", "contacts")
    assert account is not None
    assert project_facts.field_detail(account.fields["email"]).isprintable()


def test_reasons_are_one_line() -> None:
    failed = {"destinations": "x\n\x1b]0;evil\x07" + "y" * 1000}
    reason = snapshot_from({**FACTS, "failed": failed}).failed["destinations"]

    assert reason.isprintable()
    assert len(reason) < 300


def test_what_is_not_known_is_not_said() -> None:
    bare = snapshot_from({key: FACTS[key] for key in ("version", "asOf", "project", "failed")})

    assert project_facts.destination(bare, "a") == ""
    assert list(project_facts.deployed(bare, "a")) == []
    assert list(project_facts.account_field(bare, "hubspot", "contacts", "email")) == []
