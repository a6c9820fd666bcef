"""`amp-lint init`: a manifest without findings, from options or from answers on a terminal."""

from __future__ import annotations

import os
import re
import select
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import amp_lint
from amp_lint.manifest.init_request import common_objects
from amp_schema.catalog import Provider, catalog
from amp_schema.objects import find_object

GOLDEN = Path(__file__).parent / "golden"
PROVIDERS = catalog().providers


@pytest.fixture(autouse=True)
def word_rules() -> None:
    """Here the real rules count, not those that the other tests of the command line make up."""


def names_in(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def supported(provider: Provider, module: str | None = None) -> set[str]:
    actions = ("read", "write", "subscribe", "proxy")
    return {action for action in actions if provider.supports(action, module)}


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("read", ["--provider", "hubspot"]),
        ("all", ["--provider", "hubspot", "--object=a", "--object=yes", "--write", "--subscribe"]),
        ("module", ["--provider", "zoho", "--module", "desk", "--name", "desk"]),
        ("proxy", ["--provider", "airtable"]),
        ("nothing", ["--provider", "adyen"]),
    ],
)
def test_a_manifest_looks_as_before(name: str, arguments: list[str], run: Callable) -> None:
    outcome = run("init", *arguments, "--output", "-")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == (GOLDEN / f"init-{name}.yaml").read_text("utf-8")


@pytest.mark.parametrize("flags", [[], ["--write"], ["--subscribe"], ["--write", "--subscribe"]])
def test_every_provider_gets_a_manifest_without_findings_or_a_reason(
    flags: list[str], run: Callable
) -> None:
    for provider in PROVIDERS.values():
        for module in (None, *provider.modules):
            chosen = [] if module is None else ["--module", module]
            named = ["--provider", provider.name, *chosen]
            outcome = run("init", *named, *flags, "--output", "-")
            wanted = {flag.removeprefix("--") for flag in flags}
            if "subscribe" in wanted:
                wanted.add("read")
            if wanted <= supported(provider, module) and outcome.code == 2:
                assert outcome.out == ""
                assert "an object must be named" in outcome.err, named
                assert not common_objects(provider, module, frozenset({*wanted, "read"}))
            elif wanted <= supported(provider, module):
                assert (outcome.code, outcome.err) == (0, ""), named
                assert amp_lint.lint_text(outcome.out).findings == (), named
                sections = {line[4:-1] for line in outcome.out.split("\n") if line[4:5].isalpha()}
                assert wanted <= sections
                objects = re.findall("objectName: (.+)", outcome.out)
                assert all(find_object(provider.name, module, one) for one in objects), named
            else:
                assert (outcome.code, outcome.out) == (2, ""), named
                assert "does not support" in outcome.err


def test_the_strict_check_passes_on_what_is_written(folder: Path, run: Callable) -> None:
    outcome = run("init", "--provider", "salesforce", "--object", "account", "--subscribe")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == "wrote amp.yaml; check it with `amp-lint check amp.yaml`\n"
    assert run("check", "--strict").out == "The manifest is clean\n"
    assert names_in(folder) == ["amp.yaml"]


def test_an_object_is_listed_once_whatever_its_capital_letters(run: Callable) -> None:
    objects = ("--object=Lead", "--object=account", "--object=lead")
    outcome = run("init", "--provider", "salesforce", *objects, "--output=-")
    lines = outcome.out.split("\n")
    assert [line.split()[-1] for line in lines if "objectName" in line] == ["Lead", "account"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "--provider is missing\ntry: amp-lint providers"),
        (
            ["--provider", "Hubspto"],
            f"there is no provider `Hubspto` in the catalog of {catalog().as_of}; did you mean "
            "`hubspot`?\ntry: amp-lint providers hubspot",
        ),
        (["--provider", ""], f"there is no provider `` in the catalog of {catalog().as_of}"),
        (["--provider=zoho", "--module=deks"], "`zoho` has no module `deks`; did you mean `desk`?"),
        (["--provider=hubspot", "--module=q"], "`hubspot` has no module `q`; it has crm"),
        (["--provider=gong", "--module=crm"], "`gong` has no modules"),
        (
            ["--provider=pipedrive", "--subscribe"],
            f"`pipedrive` does not support subscribe in the catalog of {catalog().as_of}, but "
            "read, write, proxy",
        ),
        (["--provider=hubspot", "--destination=a_b"], "`a_b` is not a valid name of a destination"),
        (["--provider=hubspot", "--destination="], "`` is not a valid name of a destination"),
        (["--provider=hubspot", "--object="], "`` is not a valid name of an object"),
        (["--provider=hubspot", "--object=a\nb"], "`a\\nb` is not a valid name of an object"),
        (["--provider=hubspot", "--name="], "--name: `` must have 1 to 64 printable"),
        (["--provider=hubspot", f"--name={'x' * 65}"], f"--name: `{'x' * 47}…` must have 1 to 64"),
        (["--provider=airtable", "--object=a"], "only the proxy of `airtable` is used here"),
        (
            ["--provider=airtable", "--destination=a"],
            "--destination receives the records that are read",
        ),
        (["hubspot"], "unexpected argument `hubspot`"),
        (["--provider=hubspot", "--output=."], "`.` is a folder"),
        (
            ["--provider=salesforce", "--subscribe", *(f"--object=o{n}" for n in range(6))],
            "an integration can subscribe to at most 5 objects of Salesforce",
        ),
    ],
)
def test_wrong_use(arguments: list[str], said: str, folder: Path, run: Callable) -> None:
    outcome = run("init", *arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith(f"amp-lint: {said}")
    assert names_in(folder) == []


def test_a_file_is_only_overwritten_by_force(folder: Path, run: Callable) -> None:
    file = folder / "amp.yaml"
    file.write_text("mine")
    file.chmod(0o640)

    outcome = run("init", "--provider", "gong")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("amp-lint: `amp.yaml` already exists; --force overwrites it\n")
    assert file.read_text() == "mine"

    assert run("init", "--provider", "gong", "--force").code == 0
    assert "provider: gong" in file.read_text()
    assert stat.S_IMODE(file.stat().st_mode) == 0o640


def test_a_link_that_leads_nowhere_is_a_file_as_well(folder: Path, run: Callable) -> None:
    (folder / "amp.yaml").symlink_to("elsewhere.yaml")
    assert run("init", "--provider", "gong").code == 2
    assert run("init", "--provider", "gong", "--force").code == 0
    assert (folder / "amp.yaml").is_symlink()
    assert "gong" in (folder / "elsewhere.yaml").read_text()


@pytest.mark.usefixtures("folder")
def test_a_folder_that_is_not_there(run: Callable) -> None:
    outcome = run("init", "--provider", "gong", "--output", "no/amp.yaml")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == "amp-lint: cannot write `no/amp.yaml`: No such file or directory\n"


def test_a_failure_leaves_no_half_file(
    folder: Path, run: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "amp.yaml").write_text("mine")

    def fail(*_: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    outcome = run("init", "--provider", "gong", "--force")
    assert outcome.code == 2
    assert outcome.err == "amp-lint: cannot write `amp.yaml`: No space left on device\n"
    assert names_in(folder) == ["amp.yaml"]
    assert (folder / "amp.yaml").read_text() == "mine"


def test_nobody_is_asked_where_there_is_no_terminal(folder: Path, spawn: Callable) -> None:
    done = spawn("init", stdin=subprocess.DEVNULL, cwd=folder)
    assert done.returncode == 2
    assert done.stderr == b"amp-lint: --provider is missing\ntry: amp-lint providers\n"
    assert names_in(folder) == []


def on_a_terminal(folder: Path, typed: list[str], *arguments: str) -> tuple[int, str]:
    """Run `init` on a pseudo-terminal of its own; each question gets the next of the answers."""
    pty = pytest.importorskip("pty", reason="needs pseudo-terminals")
    fcntl = pytest.importorskip("fcntl")
    termios = pytest.importorskip("termios")
    leader, follower = pty.openpty()

    def take_terminal() -> None:
        # Only the controlling terminal of a session turns Ctrl-C into a signal.
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)
        # A shell starts jobs in the background with this signal ignored, and children inherit it.
        signal.signal(signal.SIGINT, signal.SIG_DFL)

    process = subprocess.Popen(
        [sys.executable, "-m", "amp_lint", "init", *arguments],
        stdin=follower,
        stdout=follower,
        stderr=follower,
        cwd=folder,
        start_new_session=True,
        preexec_fn=take_terminal,  # noqa: PLW1509
    )
    os.close(follower)
    answers = iter(typed)
    shown = b""
    try:
        idle, key = 0, b""
        while idle < 30:
            if not select.select([leader], [], [], 1)[0]:
                # A signal between the prompt and the read that follows is lost: press again.
                idle += 1
                os.write(leader, key if key == b"\x03" else b"")
                continue
            chunk = os.read(leader, 4096)
            shown += chunk
            if not chunk:
                break
            if shown.endswith(b": "):
                key = next(answers, "\x04").encode()
                os.write(leader, key)
    except OSError:
        pass  # how Linux says that nobody holds the other side any more
    finally:
        os.close(leader)
    return process.wait(timeout=30), shown.decode().replace("\r\n", "\n")


def test_what_is_answered_is_written(folder: Path) -> None:
    code, shown = on_a_terminal(
        folder,
        [
            *("hubspto\n", "hubspot\n", "read, subscirbe\n", "write subscribe\n"),
            *("contacts, deals\n", "a_b\n", "hook\n"),
        ],
    )
    assert code == 0, shown
    assert "did you mean `hubspot`?" in shown
    assert "`subscirbe` is not an action; did you mean `subscribe`?" in shown
    assert "`a_b` is not a valid name of a destination" in shown
    assert shown.endswith("check it with `amp-lint check amp.yaml`\n")
    text = (folder / "amp.yaml").read_text()
    assert text.count("objectName: deals") == 3
    assert text.count("destination: hook") == 4
    assert amp_lint.lint_text(text).findings == ()


def test_an_empty_answer_takes_the_default(folder: Path) -> None:
    code, shown = on_a_terminal(folder, ["zoho\n", "\n", "\n", "\n", "\n"])
    assert code == 0, shown
    text = (folder / "amp.yaml").read_text()
    assert "module: crm" in text
    assert "destination: default-webhook" in text


def test_what_an_option_says_is_not_asked(folder: Path) -> None:
    code, shown = on_a_terminal(
        folder, ["gong\n"], "--write", "--object=calls", "--destination=hook"
    )
    assert code == 0, shown
    assert "Objects" not in shown
    assert "inheritMapping: true" in (folder / "amp.yaml").read_text()


@pytest.mark.parametrize("key", ["\x03", "\x04"], ids=["Ctrl-C", "Ctrl-D"])
@pytest.mark.parametrize("before", [[], ["hubspot\n"]])
def test_leaving_writes_nothing_and_says_nothing(key: str, before: list[str], folder: Path) -> None:
    code, shown = on_a_terminal(folder, [*before, key])
    assert code == 130
    assert "amp-lint: " not in shown
    assert "Traceback" not in shown
    assert names_in(folder) == []
