"""The options that all commands share, and a parser whose errors are UsageError."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import NoReturn

from amp_lint.cli.usage_error import UsageError
from amp_lint.text.messages import did_you_mean, quoted
from amp_schema.lite_dataclasses import dataclass


class Parser(argparse.ArgumentParser):
    """The options of one command. Invalid arguments raise UsageError."""

    def __init__(self, command: str, *, usage: str, description: str, epilog: str = "") -> None:
        super().__init__(
            prog=f"amp-lint {command}",
            usage=f"%(prog)s {usage}",
            description=description,
            epilog=epilog,
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
            add_help=False,
        )

    def error(self, message: str) -> NoReturn:
        """Raise UsageError with this message."""
        raise UsageError(message.removeprefix("argument "), f"{self.prog} --help")

    def add_output_options(self, formats: Sequence[str] = ()) -> None:
        """Add the options for the format and the colours of the output, and `--help`."""
        if formats:
            self.add_argument(
                "--output-format",
                metavar="FORMAT",
                type=one_of(formats),
                default=formats[0],
                help=f"one of {', '.join(formats)} (default: {formats[0]})",
            )
        self.add_argument(
            "--color",
            metavar="WHEN",
            type=one_of(("auto", "always", "never")),
            default="auto",
            help="auto (default: on a terminal, unless NO_COLOR is set), always or never",
        )
        self.add_last_options()

    def add_last_options(self) -> None:
        """Add the options that every command has."""
        self.add_argument(
            "--debug",
            action="store_true",
            help="print the traceback of an internal error",
        )
        self.add_argument("-h", "--help", action="store_true", help="print this text")

    def read(self, arguments: Sequence[str], operands: str) -> argparse.Namespace:
        """Return the parsed arguments. Raises UsageError.

        Arguments that belong to no option go to the attribute named by `operands`, in any order;
        after `--` all arguments do. The caller must handle `--help`.
        """
        cut = arguments.index("--") if "--" in arguments else len(arguments)
        options, others = self.parse_known_args(arguments[:cut])
        for other in others:
            if other.startswith("-") and other != "-":
                self._refuse(other)
        # argparse takes only the operands in front of the first option.
        found = [*getattr(options, operands), *others, *arguments[cut + 1 :]]
        setattr(options, operands, found)
        return options

    def _refuse(self, option: str) -> NoReturn:
        name = option.partition("=")[0]
        known = [option for action in self._actions for option in action.option_strings]
        self.error(f"there is no option {quoted(name)}{did_you_mean(name, known)}")


@dataclass(frozen=True, slots=True)
class OneOf:
    """A converter for argparse that accepts only the words in `names`."""

    names: tuple[str, ...]

    def __call__(self, text: str) -> str:
        """Return the word. Raises argparse.ArgumentTypeError for a word that is not in `names`."""
        if text in self.names:
            return text
        near = did_you_mean(text, self.names)
        words = f"must be one of {', '.join(self.names)}, not {quoted(text)}{near}"
        raise argparse.ArgumentTypeError(words)


def one_of(names: Sequence[str]) -> OneOf:
    """Return the converter for these words."""
    return OneOf(tuple(names))


def process_count(text: str) -> int | None:
    """Convert the value of `--jobs`; None is auto. Raises argparse.ArgumentTypeError."""
    if text == "auto":
        return None
    if text.isascii() and text.isdigit():
        return int(text) or None
    raise argparse.ArgumentTypeError(f"must be a number of processes or auto, not {quoted(text)}")
