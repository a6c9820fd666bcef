"""A recorded session of typing: what is published, and when, on a clock of the test's own."""

from __future__ import annotations

import asyncio
import heapq
from dataclasses import dataclass, field
from itertools import count

import pytest
from lsprotocol.types import Position, Range, TextDocumentContentChangePartial

from amp_language_server.state.documents import Analysis, OpenDocuments
from amp_language_server.state.pace import Clock
from amp_language_server.state.shown import HOLD
from amp_lint import lint_text
from amp_lint.ide.incremental import Memory
from amp_lint.linter.engine import Report, Settings
from amp_lint.text.source import Source

pytestmark = pytest.mark.asyncio

URI = "file:///nowhere/amp.yaml"
BETWEEN_KEYS = 0.15
SETTING = 0.1
HEAD = """\
specVersion: 1.0.0
integrations:
  - name: crm
    provider: hubspot
    read:
      objects:
        - objectName: contacts
          destination: hook
          schedule: "* * * * *"
"""
# The keys of somebody who adds fields; `<` deletes. The editor indents a new line itself.
SESSION = """\
          requiredFiled<<<elds:
            - fieldName: email
              mapToName: mail
              mapToDisplayName: Mail
            - fieldName: phone
"""


class Time:
    """A clock that stands still until it is told to go on."""

    def __init__(self) -> None:
        self.now = 1000.0
        self._waiting: list[tuple[float, int, asyncio.Future[None]]] = []
        self._numbers = count()

    @property
    def clock(self) -> Clock:
        return Clock(lambda: self.now, self._sleep)

    def next(self, until: float) -> asyncio.Future[None] | None:
        """Go on to the next waker up to a time; None if there is none."""
        if not self._waiting or self._waiting[0][0] > until:
            self.now = max(self.now, until)
            return None
        at, _, future = heapq.heappop(self._waiting)
        self.now = max(self.now, at)
        return future

    async def _sleep(self, seconds: float) -> None:
        future = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (self.now + seconds, next(self._numbers), future))
        await future


@dataclass
class SlowMemory(Memory):
    """Analyses as always; on the clock, the first analysis and the others take these seconds."""

    time: Time
    first: float
    others: float
    analyses: int = 0

    def __post_init__(self) -> None:
        super().__init__()

    def lint(self, source: Source, settings: Settings | None = None) -> Report:
        self.time.now += self.others if self.analyses else self.first
        self.analyses += 1
        return super().lint(source, settings)


@dataclass
class Session:
    """One open document, typed at its end."""

    first: float = 0.5
    others: float = 0.004
    text: str = HEAD
    version: int = 1
    published: list[tuple[float, Analysis]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.time = Time()
        self.documents = OpenDocuments(self._publish, clock=self.time.clock)
        self.documents.open(URI, 1, self.text)
        self.memory = SlowMemory(self.time, self.first, self.others)
        self.documents._work[URI].memory = self.memory

    def _publish(self, analysis: Analysis) -> None:
        self.published.append((self.time.now, analysis))

    async def pause(self, seconds: float) -> None:
        """Let time pass, and all work be done that falls due in it."""
        until = self.time.now + seconds
        await self._settle()
        while (due := self.time.next(until)) is not None:
            if not due.done():
                due.set_result(None)
            await self._settle()

    async def _settle(self) -> None:
        for _ in range(8):
            await asyncio.sleep(0)
            running = self.documents._work[URI].running
            if running is not None and not running.done():
                await asyncio.wait({running})

    def key(self, key: str) -> None:
        lines = self.text.split("\n")
        end = Position(len(lines) - 1, len(lines[-1]))
        start = end
        if key == "<":
            key, self.text = "", self.text[:-1]
            start = Position(end.line, end.character - 1)
        self.text += key
        self.version += 1
        change = TextDocumentContentChangePartial(range=Range(start, end), text=key)
        self.documents.change(URI, self.version, [change])

    async def type(self, keys: str) -> float:
        """Type with the usual pauses; return the time of the last key."""
        at = self.time.now
        for key in split(keys):
            await self.pause(BETWEEN_KEYS)
            at = self.time.now
            self.key(key)
        return at

    @property
    def last(self) -> Analysis:
        return self.published[-1][1]


def split(keys: str) -> list[str]:
    """Split a text into keys; a new line brings its indentation."""
    found: list[str] = []
    for key in keys:
        if key == " " and found and found[-1].strip(" ") in ("", "\n"):
            found[-1] += key
        else:
            found.append(key)
    return found


def rules(analysis: Analysis) -> list[str]:
    return [one.rule for one in analysis.findings]


async def opened(**options: float) -> Session:
    session = Session(**options)
    await session.pause(5.0)
    # The first key is analysed after the setting, and measured.
    session.key(" ")
    session.key("<")
    await session.pause(5.0)
    return session


async def test_no_word_is_called_wrong_and_no_finding_flickers() -> None:
    session = await opened()
    before = len(session.published)
    await session.type(SESSION)
    await session.pause(5.0)
    shown = [rules(analysis) for _, analysis in session.published[before:]]

    for one in shown:
        assert {"unknown-key", "yaml-syntax"}.isdisjoint(one), shown
    assert all("schedule-minimum-interval" in one for one in shown)
    assert session.last.findings == lint_text(session.text).findings


async def test_each_key_is_answered_after_one_analysis() -> None:
    session = await opened()
    before = len(session.published)
    last = await session.type("          requiredFields:")
    await session.pause(SETTING)
    answered = {one.document.version: at for at, one in session.published[before:]}

    assert session.last.document.version == session.version
    assert answered[session.version] - last < 0.01
    assert len(answered) == len(split("          requiredFields:"))


async def test_the_first_key_waits_as_the_setting_says() -> None:
    session = Session(first=9.0)
    await session.pause(20.0)
    session.key(" ")
    pressed = session.time.now
    await session.pause(1.0)

    assert session.published[-1][0] - pressed >= SETTING


async def test_half_a_word_that_stays_is_called_wrong_after_a_second() -> None:
    session = await opened()
    last = await session.type("          requiredFiel: []")
    await session.pause(SETTING)
    assert "unknown-key" in rules(session.last), "the caret has left the key"

    last = await session.type("\n          destinatio")
    await session.pause(SETTING)
    assert "yaml-syntax" not in rules(session.last)
    early = session.last
    await session.pause(HOLD)
    at, shown = session.published[-1]
    assert "yaml-syntax" in rules(shown)
    assert HOLD <= at - last < HOLD + 0.05
    assert shown.name != early.name
    assert await session.documents.analysis(URI) is shown


async def test_a_key_in_time_keeps_a_word_unfinished() -> None:
    session = await opened()
    for key in "destin":
        session.key(key)
        await session.pause(0.9 * HOLD)

    assert all("yaml-syntax" not in rules(one) for _, one in session.published)


async def test_a_client_that_cannot_be_told_again_gets_all_at_once() -> None:
    session = await opened()
    session.documents.holds_back = False
    await session.type("          destin")
    await session.pause(SETTING)

    assert "yaml-syntax" in rules(session.last)


async def test_who_types_faster_than_a_long_document_is_analysed_sees_something() -> None:
    session = await opened(others=0.4)
    before, start = len(session.published), session.time.now
    text = "          description: a text of many words"
    await session.type(text)
    seen = [(at, one) for at, one in session.published[before:] if at < session.time.now]

    assert len(seen) > 3
    assert seen[0][0] - start < BETWEEN_KEYS + 2 * 0.4
    versions = [one.document.version for _, one in seen]
    assert versions == sorted(set(versions))
    for _, one in seen:
        (finding,) = (one for one in one.findings if one.rule == "schedule-minimum-interval")
        assert finding.span.start == HEAD.index('"* * *')
    await session.pause(5.0)
    assert session.last.findings == lint_text(session.text).findings


async def test_one_document_is_analysed_one_at_a_time() -> None:
    session = await opened(others=0.4)
    before = session.memory.analyses
    started = session.time.now
    await session.type("          description: a text of many words")
    await session.pause(5.0)

    assert (session.memory.analyses - before) * 0.4 <= session.time.now - started
