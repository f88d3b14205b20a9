"""The command line: one module a command, and what they share."""

from sourcebrief.cli.main import cli, main, run

__all__ = ["cli", "main", "run"]
