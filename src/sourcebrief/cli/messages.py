"""Problems as text, JSON lines or annotations of GitHub, and other words to the user."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from sourcebrief.errors import Problem, in_reading_order
from sourcebrief.text.characters import visible
from sourcebrief.text.phrases import count_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


_LONGEST_REPEATED = 255
"""As long as a file's name can be."""
_SHOWN_OF_LONGER = 60


def formatted(problem: Problem, message_format: str) -> str:
    """Write one problem in a message format: text, json or github."""
    return visible(_FORMATTERS[message_format](problem))


def misuse(error: click.ClickException) -> str:
    """Say in one line what is wrong with a call, and which help explains it."""
    words = " ".join(error.format_message().split()).rstrip(".")
    context = error.ctx if isinstance(error, click.UsageError) else None
    takes_files = context is not None and any(
        isinstance(each, click.Argument) and "FILE" in str(each.metavar)
        for each in context.command.params
    )
    option = error.option_name if isinstance(error, click.NoSuchOption) else "--"
    if takes_files and not option.startswith("--"):
        words += f"; write ./{option} for a file whose name begins with a hyphen"
    command = context.command_path if context else "sourcebrief"
    return f"{words}{'' if words.endswith('?') else ';'} see: {command} --help"


def without_long(words: str, arguments: Sequence[str]) -> str:
    """Shorten in a message the arguments that are too long to repeat."""
    for argument in arguments:
        if len(argument) > _LONGEST_REPEATED:
            words = words.replace(argument, f"{argument[:_SHOWN_OF_LONGER]}…")
    return words


def report_problems(problems: Iterable[Problem], message_format: str) -> None:
    """Write problems to standard error: errors before warnings, then a count."""
    ordered = in_reading_order(problems)
    for problem in ordered:
        click.echo(formatted(problem, message_format), err=True)
    if ordered and message_format == "text":
        severities = [problem.severity for problem in ordered]
        counts = ((severities.count(kind), kind) for kind in ("error", "warning"))
        click.echo(", ".join(count_of(count, kind) for count, kind in counts if count), err=True)


def _as_text(problem: Problem) -> str:
    return str(problem).replace("\n", "\\n")


def _as_json(problem: Problem) -> str:
    severity, message = problem.severity, problem.message
    values = asdict(problem.place) | {"severity": severity, "message": message}
    return json.dumps(values, ensure_ascii=False)


def _as_github(problem: Problem) -> str:
    def escape(text: str) -> str:
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

    place = problem.place
    path = escape(place.path).replace(":", "%3A").replace(",", "%2C")
    position = f"file={path},line={place.line},col={place.column}"
    return f"::{problem.severity} {position}::{escape(problem.message)}"


_FORMATTERS = {"text": _as_text, "json": _as_json, "github": _as_github}


def size_of(count: int) -> str:
    """Write a number of bytes as mail programs do."""
    return f"{count / 1000:.0f} kB" if count < 1_000_000 else f"{count / 1_000_000:.1f} MB"
