"""Starts the language server: stdio for editors, TCP for debugging."""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from amp_lint import __version__

if TYPE_CHECKING:
    from amp_language_server.protocol import AmpServer

SERVER_NAME = "amp-language-server"

# The transport has no authentication, so nobody but this machine may connect.
TCP_HOST = "127.0.0.1"


def create_server() -> AmpServer:
    """Return a server with all its features.

    pygls and the protocol's types take about 0.4 s to import, so they are imported here and not
    before `--version` or `--help` has been answered.
    """
    from amp_language_server.protocol import AmpServer

    return AmpServer()


def main(argv: Sequence[str] | None = None) -> int:
    """Serve until the client leaves; return the exit code.

    `argv` are the arguments without the program's name, by default those of the process. The
    code is 0 after a normal end and 2 when the TCP port cannot be used. Wrong arguments,
    `--help` and `--version` raise `SystemExit`, as argparse does.
    """
    options = _argument_parser().parse_args(argv)
    server = create_server()
    if options.tcp is None:
        server.start_io()
        return 0
    # Whoever debugs wants to see when it listens and who connects; the default handler is stderr.
    logging.basicConfig(level=logging.INFO)
    try:
        server.start_tcp(TCP_HOST, options.tcp)
    except KeyboardInterrupt:
        return 0
    except OSError as error:
        sys.stderr.write(f"{SERVER_NAME}: cannot listen on {TCP_HOST}:{options.tcp}: {error}\n")
        return 2
    return 0


def _argument_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=SERVER_NAME,
        description="Language server for Ampersand manifests (amp.yaml). Editors start it without "
        "arguments and talk to it over standard input and output.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"{SERVER_NAME} {__version__}")
    parser.add_argument(
        "--tcp",
        metavar="PORT",
        type=_port,
        help=f"listen on {TCP_HOST}:PORT instead, for debugging",
    )
    return parser


def _port(text: str) -> int:
    """Return the TCP port that `text` names.

    Raises `argparse.ArgumentTypeError` for anything but a whole number from 1 to 65535.
    """
    port = int(text) if text.isascii() and text.isdigit() and len(text) <= 5 else 0
    if not 1 <= port <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port (1 to 65535)")
    return port
