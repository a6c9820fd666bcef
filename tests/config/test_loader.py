"""What a file says, with what it extends; and each mistake with its line and the near match."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from amp_lint.config import ConfigError, Configuration, read_configuration
from amp_lint.config.loader import MAX_BYTES, MAX_CHAIN, configuration_in
from amp_lint.config.toml_lines import KeyLines
from amp_lint.linter.finding import Severity

Write = Callable[[str, str], Path]

FULL = """\
select = ["unknown-key", "key-case"]
ignore = ["spec-version"]
fail-on = "never"
destinations = ["b", "a"]
exclude = ["vendor/"]
severity = { key-case = "off" }
per-file-ignores."legacy/" = ["unknown-key"]
"""


def said(name: str, text: str, write: Write) -> list[str]:
    file = write(name, text)
    with pytest.raises(ConfigError) as caught:
        read_configuration(name)
    assert str(caught.value)
    return [
        f"{p.file.relative_to(file.parent).as_posix()}:{p.line}: {p.message}"
        for p in caught.value.problems
    ]


def test_all_keys_arrive(write: Write, folder: Path) -> None:
    write("amp-lint.toml", FULL)
    found = read_configuration("amp-lint.toml")
    settings = found.settings_for("x/amp.yaml")
    assert settings.select == {"unknown-key", "key-case"}
    assert settings.ignore == {"spec-version"}
    assert settings.destinations == ("b", "a")
    assert settings.severity == {"key-case": None}
    assert found.fail_on is None
    assert found.settings_for("x/legacy/amp.yaml").ignore == {"spec-version", "unknown-key"}
    assert found.excludes(folder / "a/vendor", is_folder=True)
    assert not found.excludes(folder / "a/vendor", is_folder=False)
    assert found.excludes(folder / "a/vendor/b/amp.yaml", is_folder=False)
    assert not found.excludes(folder.parent / "vendor/amp.yaml", is_folder=False)


@pytest.mark.parametrize("prefix", ["", "\ufeff"])
def test_windows_files_are_read_as_any(prefix: str, write: Write) -> None:
    write("a.toml", FULL)
    write("b/a.toml", prefix + FULL.replace("\n", "\r\n"))
    assert (
        read_configuration("a.toml").settings.severity
        == read_configuration("b/a.toml").settings.severity
    )
    assert said("c.toml", prefix + "# x\r\n\r\nfoo = 1\r\n", write) == [
        "c.toml:3: there is no key `foo`"
    ]


def test_the_extending_file_wins_key_by_key_and_tables_are_merged(
    write: Write, folder: Path
) -> None:
    write(
        "base.toml",
        """
ignore = ["spec-version"]
destinations = ["a"]
exclude = ["x/"]
fail-on = "info"
[severity]
key-case = "error"
unknown-key = "off"
[per-file-ignores]
"one.amp.yaml" = ["key-case"]
"two.amp.yaml" = ["key-case"]
""",
    )
    write(
        "sub/amp-lint.toml",
        """
extend = "../base.toml"
ignore = ["unknown-key"]
[severity]
unknown-key = "info"
[per-file-ignores]
"one.amp.yaml" = []
""",
    )
    found = read_configuration("sub/amp-lint.toml")
    assert found.file == folder / "sub/amp-lint.toml"
    assert found.settings.ignore == {"unknown-key"}
    assert found.settings.destinations == ("a",)
    assert found.fail_on is Severity.INFO
    assert found.settings.severity == {"key-case": Severity.ERROR, "unknown-key": Severity.INFO}
    assert found.excludes(folder / "x", is_folder=True)
    assert found.settings_for("sub/one.amp.yaml").ignore == {"unknown-key"}
    assert found.settings_for("sub/two.amp.yaml").ignore == {"unknown-key", "key-case"}


def test_a_chain_goes_through_pyproject_and_ends_at_its_bound(write: Write) -> None:
    write("pyproject.toml", '[tool.amp-lint]\nfail-on = "warning"\n')
    write("0.toml", 'extend = "pyproject.toml"\n')
    for number in range(1, MAX_CHAIN + 1):
        write(f"{number}.toml", f'extend = "{number - 1}.toml"\n')
    assert read_configuration(f"{MAX_CHAIN - 2}.toml").fail_on is Severity.WARNING
    with pytest.raises(
        ConfigError, match=r"1\.toml:1: `extend`: the chain is longer than 16 files"
    ):
        read_configuration(f"{MAX_CHAIN}.toml")


def test_extend_that_leads_nowhere_or_round(write: Write) -> None:
    write("b.toml", '\nextend = "a.toml"\n')
    assert said("a.toml", 'extend = "b.toml"\n', write) == [
        "b.toml:2: `extend`: `a.toml` is circular"
    ]
    assert said("c.toml", 'extend = "nix.toml"\n', write) == [
        "c.toml:1: `extend`: there is no file `nix.toml`"
    ]
    assert said("d.toml", 'extend = "\\u0000"\n', write) == [
        "d.toml:1: `extend`: there is no file `\\x00`"
    ]
    write("pyproject.toml", "[tool.other]\n")
    assert said("e.toml", 'extend = "pyproject.toml"\n', write) == [
        "pyproject.toml:1: there is no table `[tool.amp-lint]`"
    ]


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("# x\nignor = []\n", ["2: there is no key `ignor`; did you mean `ignore`?"]),
        (
            'fail-on = "warn"\n',
            ["1: `fail-on` must be one of error, warning, info, never, not `warn`"],
        ),
        (
            "\n[severity]\n\nkey-case = 'eror'\n",
            [
                "4: `severity.key-case` must be one of error, warning, info, off, not `eror`; "
                "did you mean `error`?"
            ],
        ),
        (
            "[severity]\n'a' = '''error'''\nkey-caes = 'info'",
            [
                "2: `severity`: there is no rule `a`",
                "3: `severity`: there is no rule `key-caes`; did you mean `key-case`?",
            ],
        ),
        (
            'ignore = [\n  "key-case", # "key-cas"\n\n  "key-cas",\n]\n',
            ["4: `ignore`: there is no rule `key-cas`; did you mean `key-case`?"],
        ),
        ("select = []\n", ["1: `select` must be a list of rule ids, with at least one, not an "]),
        (
            "select = 'x'\n",
            ["1: `select` must be a list of rule ids, with at least one, not a string"],
        ),
        (
            "destinations = [1979-05-27]\n",
            ["1: `destinations`: each entry must be the name of a destination, not a date or "],
        ),
        ("exclude = [\n'a',\n'a[']\n", ["3: `exclude`: the pattern `a[` cannot match anything"]),
        ("exclude = ['#a']\n", ["1: `exclude`: the pattern `#a` cannot match anything"]),
        (
            "exclude = ['a\\nb']\n".replace("'", '"'),
            ["1: `exclude`: the pattern `a\\nb` cannot match "],
        ),
        (
            "[per-file-ignores]\n\n'!a' = []\n",
            ["3: `per-file-ignores`: `!a` must not begin with `!`"],
        ),
        (
            'x = """\nignor = 1\n"""\nignor = """a\\""""\ny = {z = "#"} # q = 1\nselec = 1',
            [
                "1: there is no key `x`",
                "4: there is no key `ignor`; did you mean `ignore`?",
                "5: there is no key `y`",
                "6: there is no key `selec`; did you mean `select`?",
            ],
        ),
        ("a = \n", ["1: invalid TOML at column 5: invalid value"]),
        ("\n\na = [", ["3: invalid TOML at the end of the file: invalid value"]),
        ("a = 1\na = 2\n", ["2: invalid TOML at column 6: cannot overwrite a value"]),
        ("\n" + "a." * 200 + "a = 1", ["2: has a key with too many parts"]),
        ("a = " + "[" * 600, ["1: is nested too deeply"]),
        ("select = 0x" + "f" * 9000, ["1: has a value that is too deep or too large"]),
        ("#" * (MAX_BYTES + 1), ["1: is larger than 1024 KiB"]),
    ],
)
def test_mistakes(text: str, problems: list[str], write: Write) -> None:
    found = said("amp-lint.toml", text, write)
    assert len(found) == len(problems), found
    for line, start in zip(found, problems, strict=True):
        assert line.startswith(f"amp-lint.toml:{start}"), line


def test_lines_in_pyproject_are_those_of_the_file(write: Write) -> None:
    text = "[project]\nignor = 1\n\n[tool.amp-lint]\nignor = 1\n[tool.amp-lint.severity]\nx = 'off'"
    assert said("pyproject.toml", text, write) == [
        "pyproject.toml:5: there is no key `ignor`; did you mean `ignore`?"
    ]
    assert said("pyproject.toml", "\n[tool]\namp-lint = 3\n", write) == [
        "pyproject.toml:3: `tool.amp-lint` must be a table"
    ]


def test_a_file_that_is_no_text(folder: Path) -> None:
    (folder / "x.toml").write_bytes(b"a = 1\n# \xff\n")
    with pytest.raises(ConfigError, match=r"x\.toml:2: is not UTF-8"):
        read_configuration("x.toml")
    with pytest.raises(ConfigError, match="cannot be read: it is no file"):
        read_configuration(folder)
    with pytest.raises(ConfigError, match="cannot be read: No such file"):
        read_configuration("nix.toml")


def test_of_thousands_of_mistakes_a_few_are_told(write: Write) -> None:
    assert len(said("a.toml", "".join(f"k{n} = 1\n" for n in range(5000)), write)) == 20


WORDS = (
    *("select", "ignore", "severity", "extend", "exclude", "per-file-ignores", "fail-on"),
    *("destinations", "tool.amp-lint", "key-case", "error", "1", "true", "1979-05-27"),
)
PIECES = st.sampled_from(
    (*"[]{}=.,'\"#\n \\", '"""', "'''", *WORDS, '"."', '"!"', '["a["]', "\r\n", "\ufeff", "\u2028")
)


@pytest.fixture(scope="module")
def own_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which no other test lints."""
    return tmp_path_factory.mktemp("any-text")


@given(st.one_of(st.lists(PIECES, max_size=25).map("".join), st.text(max_size=40)))
@example('extend = "amp-lint.toml"')
@example("[[severity]]")
@example('extend = "."')
@example("per-file-ignores = {'a' = [1]}")
def test_any_text_is_a_configuration_or_an_error(own_folder: Path, text: str) -> None:
    file = own_folder / "amp-lint.toml"
    file.write_bytes(text.encode("utf-8"))
    try:
        found = configuration_in(file)
    except ConfigError as error:
        lines = text.count("\n") + 1
        assert all(1 <= p.line <= lines and p.message for p in error.problems)  # noqa: PT017
    else:
        assert isinstance(found, Configuration)
    KeyLines.of(text)
