"""Other users of ruamel.yaml in the same process find it unchanged."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytest.importorskip("_ruamel_yaml")

LINT = """
import sys
from amp_lint.yaml.reader import read
from amp_lint.text.source import Source
assert read(Source.from_text("a: [1, 2]")).root is not None
"""


def run(code: str) -> str:
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False
    )
    assert result.stderr == ""
    return result.stdout


@pytest.mark.parametrize(
    "use",
    [
        "import ruamel.yaml; print(ruamel.yaml.YAML().load('a: 1')['a'])",
        "from ruamel.yaml import YAML; print(YAML().load('a: 1')['a'])",
        "import ruamel.yaml as it; print(it.YAML(typ='safe').load('a: 1')['a'])",
        "from ruamel.yaml import *; print(YAML(typ='safe', pure=True).load('a: 1')['a'])",
        "import ruamel.yaml.main; print(ruamel.yaml.main.YAML().load('a: 1')['a'])",
        "import ruamel.yaml, ruamel.yaml.error; print(1 * (ruamel.yaml.error.YAMLError is "
        "ruamel.yaml.YAMLError))",
    ],
)
def test_the_package_is_whole_when_it_is_asked(use: str) -> None:
    assert run(LINT + use) == "1\n"


def test_both_parsers_work_one_after_the_other() -> None:
    code = "print(read(Source.from_text('a: &b [1, *c]'), pure=True).faults[0].kind)"

    assert run(LINT + code) == "syntax\n"


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    code = "import ruamel.yaml; print(hasattr(ruamel.yaml, 'nothing'), ruamel.yaml.__name__)"

    assert run(LINT + code) == "False ruamel.yaml\n"


def test_a_package_that_is_loaded_already_stays() -> None:
    code = "import ruamel.yaml; before = ruamel.yaml\n" + LINT

    assert run(code + "print(sys.modules['ruamel.yaml'] is before)") == "True\n"
