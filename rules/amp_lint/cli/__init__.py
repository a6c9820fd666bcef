"""The command line: arguments, output streams, files, exit codes."""
