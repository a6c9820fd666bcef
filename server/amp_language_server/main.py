"""Starts the language server: stdio for editors, TCP for debugging."""

from __future__ import annotations

import gc
import os
import socket
import sys
from collections.abc import Sequence
from io import FileIO
from socket import SocketIO
from typing import TYPE_CHECKING

from amp_language_server import SERVER_NAME
from amp_lint import __version__

if TYPE_CHECKING:
    import argparse

    from amp_language_server.server import AmpServer

# The transport has no authentication, so only this machine may connect.
TCP_HOST = "127.0.0.1"

# New objects between two collections while the server starts. With fewer collections the classes
# that attrs creates twice would stay: 10 MB.
_YOUNG = 10_000
_NEVER = 1_000_000


def create_server() -> AmpServer:
    """Return a server with all its features.

    pygls and the protocol's types take about 0.4 s to import, so they are imported here, after
    `--version` and `--help`. The hundreds of classes stay until the end, so the garbage collector
    does not look at them again: that would cost a tenth of the start, and time later on.
    """
    usual = gc.get_threshold()
    gc.set_threshold(_YOUNG, _NEVER, _NEVER)
    try:
        from amp_language_server.features import FEATURES
        from amp_language_server.server import AmpServer

        server = AmpServer()
        for register in FEATURES:
            register(server)
        return server
    finally:
        gc.freeze()
        gc.set_threshold(*usual)


def main(argv: Sequence[str] | None = None) -> int:
    """Serve one client until it leaves; return the exit code.

    `argv` are the arguments without the program's name, by default those of the process. The code
    is 0 if the client sent `shutdown` before it left, 1 if not, and 2 if the TCP port cannot be
    used. Invalid arguments, `--help` and `--version` raise `SystemExit`, as argparse does.
    """
    # Editors pass no arguments, and argparse takes a while to import.
    is_bare = not (sys.argv[1:] if argv is None else argv)
    port = None if is_bare else _argument_parser().parse_args(argv).tcp
    try:
        return _serve_stdio() if port is None else _serve_tcp(port)
    except KeyboardInterrupt:
        return 1


def _serve_stdio() -> int:
    """Serve over the standard streams.

    Other code that reads standard input finds it empty; what it prints goes to standard error.
    """
    if sys.stdin is None or sys.stdout is None:
        sys.stderr.write(f"{SERVER_NAME}: standard input or output is closed\n")
        return 2
    with FileIO(os.dup(0)) as incoming, FileIO(os.dup(1), "w") as outgoing:
        with FileIO(os.devnull, "r+") as nothing:
            os.dup2(nothing.fileno(), 0)
            os.dup2(nothing.fileno() if sys.stderr is None else 2, 1)
        return create_server().serve(incoming, outgoing)


def _serve_tcp(port: int) -> int:
    """Serve the first client that connects, and no other."""
    try:
        listening = socket.create_server((TCP_HOST, port))
    except OSError as error:
        sys.stderr.write(f"{SERVER_NAME}: cannot listen on {TCP_HOST}:{port}: {error}\n")
        return 2
    with listening:
        sys.stderr.write(f"{SERVER_NAME}: listening on {TCP_HOST}:{port}\n")
        connection, _ = listening.accept()
    with (
        connection,
        SocketIO(connection, "r") as incoming,
        SocketIO(connection, "w") as outgoing,
    ):
        return create_server().serve(incoming, outgoing)


def _argument_parser() -> argparse.ArgumentParser:
    import argparse

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
        help=f"listen on {TCP_HOST}:PORT instead, for one client, for debugging",
    )
    return parser


def _port(text: str) -> int:
    """Return the TCP port that `text` names.

    Raises `argparse.ArgumentTypeError` unless it is a whole number from 1 to 65535.
    """
    import argparse

    port = int(text) if text.isascii() and text.isdigit() and len(text) <= 5 else 0
    if not 1 <= port <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port (1 to 65535)")
    return port
