"""The commands: one module each, named as the user calls it.

A command is a function

    def run(arguments: Sequence[str]) -> int

that does the work and returns the exit code. It may raise `UsageError`. A command is imported when
it is called, and listed in `amp_lint.cli.main`.
"""
