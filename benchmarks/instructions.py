"""Count what each start-up optimization saves, in instructions of one clean run.

    make bench-instructions            (or: python benchmarks/instructions.py)

Each row undoes one optimization in a copy of the packages and lints a clean manifest of 380 lines.
Instructions are counted by valgrind (Debian: apt-get install valgrind), because other work on the
machine changes a time but not a count. The bytecode is compiled before the run that counts, and the
hash seed is fixed, so that two runs differ by less than one in a thousand.
An optimization that saves less than 4 % is not worth its code.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from run import manifest

TOP = Path(__file__).parents[1]
PACKAGES = ("rules", "schemas")
RUN = "import sys; from amp_lint.cli.main import main; sys.exit(main())"

# The body of `rules()` that searches for the rules instead of reading the index.
SEARCH = """\
    from importlib import import_module
    from pkgutil import walk_packages

    import amp_lint.rules
    from amp_lint.linter.rule import rules_in

    names = [m.name for m in walk_packages(amp_lint.rules.__path__, "amp_lint.rules.")]
    found = [rule for name in names for rule in rules_in(vars(import_module(name)))]
    return {rule.id: rule for rule in sorted(found, key=lambda rule: rule.id)}
"""
# (optimization, file, pattern, what it is replaced with)
UNDONE = (
    (
        "`lite_dataclasses` in place of `dataclasses`",
        "schemas/amp_schema/lite_dataclasses.py",
        r"(?s)^.*",
        "from dataclasses import dataclass, field, replace\n",
    ),
    (
        "`patterns`: regular expressions are compiled on first use",
        "schemas/amp_schema/patterns.py",
        r"(?s)^.*",
        "from re import compile as pattern\n",
    ),
    (
        "the garbage collector runs rarely, and not at the end",
        "rules/amp_lint/cli/main.py",
        r'argv is None and arguments\[:1\] in \(\["check"\], \["format"\]\)',
        "False",
    ),
    (
        "no argparse for a run without options",
        "rules/amp_lint/cli/commands/check.py",
        r'any\(word\.startswith\("-"\) for word in arguments\)',
        "True",
    ),
    (
        "the generated index of rules in place of a search",
        "rules/amp_lint/linter/registry.py",
        r"(?m)^    from amp_lint\.linter\.rule_index import RULES\n(.*\n)*?    return .*\n",
        SEARCH,
    ),
    (
        "rules that cannot apply are not imported",
        "rules/amp_lint/linter/rule_filter.py",
        r"if not rule\.needs or ",
        "if True or ",
    ),
)


@contextmanager
def copied(folder: Path) -> Iterator[dict[str, str]]:
    """Copy the packages to `folder` and yield the environment to run them."""
    for name in PACKAGES:
        shutil.copytree(TOP / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    path = os.pathsep.join(str(folder / name) for name in PACKAGES)
    yield {**os.environ, "PYTHONPATH": path, "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": ""}
    for name in PACKAGES:
        shutil.rmtree(folder / name)


def undo(file: Path, pattern: str, replacement: str) -> None:
    """Undo an optimization. Raises ValueError if the code is no longer as the pattern says."""
    text, count = re.subn(pattern, lambda _: replacement, file.read_text("utf-8"), count=1)
    if not count:
        raise ValueError(f"{file}: nothing matches {pattern}")
    file.write_text(text, "utf-8")


def instructions(code: str, arguments: list[str], environment: dict[str, str]) -> int:
    """Return the instructions of code that must succeed."""
    command = [sys.executable, "-c", code, *arguments]
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
    return counted(command, environment)


def counted(command: list[str], environment: dict[str, str]) -> int:
    """Return the instructions of one process; a run before it compiles the bytecode."""
    subprocess.run(command, env=environment, check=False, capture_output=True)
    valgrind = [
        "valgrind",
        "--tool=cachegrind",
        "--cache-sim=no",
        "--cachegrind-out-file=/dev/null",
    ]
    done = subprocess.run(
        [*valgrind, *command], env=environment, check=False, capture_output=True, text=True
    )
    found = re.search(r"I\s+refs:\s+([\d,]+)", done.stderr)
    if found is None:
        raise ValueError(f"no count in {done.stderr}")
    return int(found[1].replace(",", ""))


def main() -> None:
    """Print the table in Markdown."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = folder / "amp.yaml"
        file.write_text(manifest(380), "utf-8")
        arguments = ["check", str(file)]
        with copied(folder) as environment:
            empty = instructions("pass", [], environment)
            whole = instructions(RUN, arguments, environment)
        millions = (whole - empty) / 1e6
        print(f"CPython {sys.version.split()[0]}: {whole / 1e6:.0f} million instructions,")
        print(f"{millions:.0f} of them after the start of the interpreter.\n")
        print("| without | instructions |")
        print("|---|---|")
        for title, path, pattern, replacement in UNDONE:
            with copied(folder) as environment:
                undo(folder / path, pattern, replacement)
                more = instructions(RUN, arguments, environment) / whole - 1
            print(f"| {title} | {more:+.1%} |", flush=True)


if __name__ == "__main__":
    main()
