"""What a manifest to start from holds: exactly what was asked for."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from amp_lint import lint_text
from amp_lint.manifest.model import manifest_of
from amp_lint.manifest.template import TemplateRequest, manifest_text, scalar
from amp_lint.text.source import Source
from amp_lint.yaml.reader import read

ODD = ("yes", "1.0", "0x1", "null", "~", "a: b", "*x", "é", "日本", '"', "\\", "'", "- a", "a #b")
NAMES = st.one_of(
    st.sampled_from(ODD),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20),
)
ACTIONS = st.sets(st.sampled_from(["read", "write", "subscribe", "proxy"]), min_size=1)


@given(
    names=st.lists(NAMES, min_size=1, max_size=4),
    field=NAMES,
    name=NAMES,
    module=st.none() | NAMES,
    actions=ACTIONS,
)
def test_every_name_comes_out_as_it_went_in(
    names: list[str], field: str, name: str, module: str | None, actions: set[str]
) -> None:
    objects = dict.fromkeys(names, (field,))
    request = TemplateRequest(name, name, name, module, frozenset(actions), objects, name)

    text = manifest_text(request)
    document = read(Source.from_text(text))
    (integration,) = manifest_of(document.root).integrations

    assert not document.faults
    assert integration.name is not None
    assert integration.name.value == name
    assert (None if integration.module is None else integration.module.value) == module
    for action, found in (
        ("read", integration.read_objects),
        ("write", integration.write_objects),
        ("subscribe", integration.subscribe_objects),
    ):
        assert [one.name.value for one in found if one.name] == (
            list(objects) if action in actions else []
        )
    for one in integration.read_objects:
        assert [entry.field_name.value for entry in one.required_fields if entry.field_name] == [
            field
        ]
    rules = {finding.rule for finding in lint_text(text).findings}
    assert not rules & {"yaml-syntax", "yaml-unsupported", "yaml-ambiguous-scalar", "unknown-key"}


@given(NAMES)
@example("contacts")
@example("a.b-c_d")
def test_plain_names_stay_plain_and_others_stand_on_one_line(name: str) -> None:
    written = scalar(name)
    assert written == name or (written[0] == written[-1] and written[0] in "'\"")
    assert written.isprintable()
    if name in ("contacts", "a.b-c_d"):
        assert written == name
