"""The completions that are checked in, in a real shell."""

from __future__ import annotations

import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

BASH = shutil.which("bash")


@pytest.mark.skipif(BASH is None, reason="needs bash")
@pytest.mark.parametrize(
    ("line", "offered"),
    [
        (["amp-lint", "che"], {"check"}),
        (["amp-lint", "s"], {"schedule", "schema", "server", "show"}),
        (["amp-lint", "rule", "yaml-s"], {"yaml-syntax"}),
        (["amp-lint", "check", "--ignore", "key-"], {"key-case"}),
        (["amp-lint", "check", "--select", "spec-"], {"spec-version"}),
        (["amp-lint", "check", "--fail-on", "n"], {"never"}),
        (["amp-lint", "init", "--provider", "hubs"], {"hubspot"}),
        (["amp-lint", "init", "--sub"], {"--subscribe"}),
    ],
)
def test_bash_completes(line: list[str], offered: set[str], repository: Path) -> None:
    script = f"""
        source {shlex.quote(str(repository / "completions/amp-lint.bash"))}
        COMP_WORDS=({shlex.join(line)})
        COMP_CWORD={len(line) - 1}
        function=$(complete -p amp-lint | sed 's/.* -F \\([^ ]*\\) .*/\\1/')
        $function amp-lint {shlex.quote(line[-1])} {shlex.quote(line[-2])}
        printf '%s\\n' "${{COMPREPLY[@]}}"
    """
    done = subprocess.run(
        [str(BASH), "--norc", "--noprofile", "-c", script],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stderr == ""
    assert set(done.stdout.split()) == offered
