"""Problems and other words to the user, as text, JSON lines or annotations of GitHub."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from sourcebrief.errors import Problem, in_reading_order
from sourcebrief.text.characters import visible
from sourcebrief.text.phrases import count_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


# Longer than a file's name may be; and as much as tells what it was.
_LONGEST_REPEATED, _BEGINNING = 255, 60


def formatted(problem: Problem, message_format: str) -> str:
    """One problem in one of the message formats: text, json or github."""
    return visible(_FORMATTERS[message_format](problem))


def misuse(error: click.ClickException) -> str:
    """What is wrong with a call, in one line with the help that tells what is right."""
    words = " ".join(error.format_message().split()).rstrip(".")
    context = error.ctx if isinstance(error, click.UsageError) else None
    takes_files = context is not None and any(
        isinstance(each, click.Argument) and "FILE" in str(each.metavar)
        for each in context.command.params
    )
    option = error.option_name if isinstance(error, click.NoSuchOption) else "--"
    if takes_files and not option.startswith("--"):
        words += f"; a file whose name begins with a hyphen is given as ./{option}"
    command = context.command_path if context else "sourcebrief"
    return f"{words}{'' if words.endswith('?') else ';'} see: {command} --help"


def without_long(words: str, arguments: Sequence[str]) -> str:
    """A message in which no argument that was given fills the screen."""
    for argument in arguments:
        if len(argument) > _LONGEST_REPEATED:
            words = words.replace(argument, f"{argument[:_BEGINNING]}…")
    return words


def report_problems(problems: Iterable[Problem], message_format: str) -> None:
    """Write problems to standard error: errors before warnings, then a count."""
    ordered = in_reading_order(problems)
    for problem in ordered:
        click.echo(formatted(problem, message_format), err=True)
    if ordered and message_format == "text":
        errors = sum(problem.severity == "error" for problem in ordered)
        warnings = len(ordered) - errors
        counts = ((errors, "error"), (warnings, "warning"))
        parts = [count_of(count, kind) for count, kind in counts if count]
        click.echo(", ".join(parts), err=True)


def _as_text(problem: Problem) -> str:
    return str(problem).replace("\n", "\\n")


def _as_json(problem: Problem) -> str:
    place = problem.place
    return json.dumps(
        {
            "path": place.path,
            "line": place.line,
            "column": place.column,
            "severity": problem.severity,
            "message": problem.message,
        },
        ensure_ascii=False,
    )


def _as_github(problem: Problem) -> str:
    place = problem.place
    path = _escape(place.path).replace(":", "%3A").replace(",", "%2C")
    position = f"file={path},line={place.line},col={place.column}"
    return f"::{problem.severity} {position}::{_escape(problem.message)}"


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


_FORMATTERS = {"text": _as_text, "json": _as_json, "github": _as_github}


def size_of(count: int) -> str:
    """A number of bytes as readers know it from their mail program."""
    return f"{count / 1000:.0f} kB" if count < 1_000_000 else f"{count / 1_000_000:.1f} MB"
