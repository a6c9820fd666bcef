"""The command `schedule`: a cron expression in words, its shortest gap, its next runs.

The one command that reads a clock, for the next runs; `--from` puts another time in its
place.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime, timezone
from typing import TYPE_CHECKING

from amp_lint.cli.options import Parser
from amp_lint.cli.output import answer, columns
from amp_lint.cli.usage_error import UsageError
from amp_lint.manifest.model import READ_MINIMUM, WATCH_MINIMUM
from amp_lint.reporters.console import BOLD, RED, Console, console_for
from amp_lint.text.messages import quoted

if TYPE_CHECKING:
    from amp_lint.manifest.cron import Gap, Schedule, ScheduleError

_REFUSED = 1
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"([T ][0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z|[+-][0-9]{2}:[0-9]{2})?)?\Z"
)
# A longer expression is cut, with some of the text before the carets.
_LONGEST = 76
_KEPT_BEFORE = 20

_EPILOG = """\
EXPR has five fields: minute, hour, day of month, month, day of week. All times are in UTC.
Quote EXPR, because otherwise the shell replaces each * with file names.

examples:
  amp-lint schedule "*/15 * * * *"
  amp-lint schedule "30 6 * * mon-fri" --from 2026-01-31T12:00

exit codes:
  0  an object can be read on this schedule
  1  the platform refuses it: it is not a cron expression, runs too often, or never
  2  wrong usage
"""


def run(arguments: Sequence[str]) -> int:
    """Print what an expression means."""
    from amp_lint.manifest.cron import ScheduleError, parse, shortest_gap

    parser = make_parser()
    options = parser.read(arguments, "words")
    if options.help:
        return answer([parser.format_help().rstrip()])
    after = _moment(options.after)
    if not options.words:
        raise _error("EXPR is missing")
    console = console_for(sys.stdout, options.color)
    text = " ".join(options.words)
    try:
        schedule = parse(text)
    except ScheduleError as error:
        _check_quoted(options.words)
        return answer(_mistake(text, error, console), _REFUSED)
    gap = shortest_gap(schedule)
    legal = gap is not None and gap.minutes >= READ_MINIMUM
    return answer(_meaning(schedule, gap, after, console), 0 if legal else _REFUSED)


def make_parser() -> Parser:
    """The options of `schedule`."""
    parser = Parser(
        "schedule",
        usage='[OPTIONS] "EXPR"',
        description="Explain a cron expression: when it runs, and whether the platform accepts it.",
        epilog=_EPILOG,
    )
    parser.add_argument("words", nargs="*", metavar="EXPR", help="the cron expression, in quotes")
    parser.add_argument(
        "--from",
        dest="after",
        metavar="TIME",
        help="list the runs after this time, such as 2026-01-31T12:00 (default: now)",
    )
    parser.add_output_options()
    return parser


def _error(message: str, hint: str = 'amp-lint schedule "*/15 * * * *"') -> UsageError:
    return UsageError(message, hint)


def _moment(text: str | None) -> datetime:
    """The time that `--from` names, or now. One without a zone is in UTC."""
    if text is None:
        return datetime.now(timezone.utc)
    wrong = _error(f"--from: {quoted(text)} is not a time", "--from 2026-01-31T12:00")
    if not _MOMENT.match(text):
        raise wrong
    try:
        moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
        if moment.tzinfo is None:
            return moment.replace(tzinfo=timezone.utc)
        return moment.astimezone(timezone.utc)
    except (ValueError, OverflowError):
        raise wrong from None


def _check_quoted(words: Sequence[str]) -> None:
    """Complain about a shell that put files in place of `*`. Raises UsageError."""
    from os.path import lexists

    file = next((word for word in words if len(words) > 1 and lexists(word)), None)
    if file is not None:
        raise _error(
            f"{quoted(file)} is a file: the shell has replaced `*` with file names; put the "
            "expression in quotes"
        )


def _mistake(text: str, error: ScheduleError, console: Console) -> Iterator[str]:
    from amp_lint.manifest.cron.suggestions import corrected

    start = max(0, min(error.start - _KEPT_BEFORE, len(text) - _LONGEST))
    end = start + _LONGEST
    before = console.ellipsis if start else ""
    after = console.ellipsis if end < len(text) else ""
    shown = text.replace("\t", " ")
    indent = len(before) + console.columns(shown[start : error.start])
    width = console.columns(shown[error.start : min(error.end, end)])
    yield f"{console.paint('error', RED)}: {console.show(error.message)}"
    yield ""
    yield f"    {before}{console.show(shown[start:end])}{after}".rstrip(" ")
    yield f"    {' ' * indent}{console.paint('^' * max(1, width), RED)}"
    meant = corrected(text, error, READ_MINIMUM)
    if meant is not None:
        yield ""
        yield f"try: {console.show(meant)}"


def _meaning(
    schedule: Schedule, gap: Gap | None, after: datetime, console: Console
) -> Iterator[str]:
    from amp_lint.manifest.cron.describe import describe, length, moment
    from amp_lint.manifest.cron.next_runs import next_runs

    rows = [("runs", describe(schedule))]
    if gap is not None:
        rows += [
            ("shortest gap", f"{length(gap.minutes)}, between {gap.words}"),
            ("read", _acceptance(schedule, gap, READ_MINIMUM)),
            ("watchSchema", _acceptance(schedule, gap, WATCH_MINIMUM)),
        ]
    else:
        rows.append(("read", "refused: an object would never be read"))
    runs = map(moment, next_runs(schedule, after))
    rows += [("next runs" if not number else "", time) for number, time in enumerate(runs)]
    yield console.paint(console.show(schedule.text), BOLD)
    yield ""
    yield from columns((("  " + name, text) for name, text in rows), console)


def _acceptance(schedule: Schedule, gap: Gap, minimum: int) -> str:
    """Say whether the platform accepts the schedule; `minimum` is the gap in minutes."""
    from amp_lint.manifest.cron import nearest_legal_step
    from amp_lint.manifest.cron.describe import length

    if gap.minutes >= minimum:
        return f"fine: at least {length(minimum)} between runs"
    words = (
        f"refused: {gap.words} are {length(gap.minutes)} apart, and {length(minimum)} is the least"
    )
    legal = nearest_legal_step(schedule, minimum)
    return f"{words}; write {quoted(legal)}" if legal else words
