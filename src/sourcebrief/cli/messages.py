"""Problems as text, JSON lines or annotations of GitHub, their exit code, and other words."""

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import click

from sourcebrief.errors import Problem, in_reading_order
from sourcebrief.text.characters import visible
from sourcebrief.text.phrases import count_of

DONE, PROBLEMS, USAGE, STALE, DEFECT = 0, 1, 2, 3, 70
INTERRUPTED, TERMINATED = 130, 143
"""The contract's exit codes; the last two are those of SIGINT and SIGTERM."""
_LONGEST_REPEATED = 255
"""As long as a file's name can be."""
_SHOWN_OF_LONGER = 60


def formatted(problem: Problem, message_format: str, root: Path | None = None) -> str:
    """Write one problem in a message format: text, json or github.

    GitHub takes a path from the top of the repository; `root` is the workspace, where it is known.
    """
    if message_format == "github" and root is not None:
        place = replace(problem.place, path=_from_top(root, problem.place.path))
        problem = replace(problem, place=place)
    return visible(_FORMATTERS[message_format](problem))


def misuse(error: click.ClickException, given: Sequence[str] = ()) -> str:
    """Say in one line what is wrong with a call of these words, and which help explains it."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    words = _usage_fault(error, context.command.params if context else (), given)
    command = context.command_path if context else "sourcebrief"
    return f"{words.rstrip('.')}{'' if words.endswith('?') else ';'} see: {command} --help"


def _usage_fault(
    error: click.ClickException, params: Sequence[click.Parameter], given: Sequence[str]
) -> str:
    named = " ".join(_name(each) for each in params if isinstance(each, click.Argument))
    match error:
        case click.MissingParameter(param=click.Parameter() as param):
            choices = param.type.choices if isinstance(param.type, click.Choice) else ()
            return f"{_name(param)} is missing" + (
                f"; give {' or '.join(choices)}" if choices else ""
            )
        case click.BadParameter(param=click.Option(type=click.IntRange() as allowed) as param):
            most = f"to {allowed.max}" if allowed.max else "upwards"
            return f"{_name(param)} takes a whole number, from {allowed.min} {most}"
        case click.BadParameter(param=click.Parameter() as param):
            return f"{_name(param)}: {error.message}"
        case click.NoSuchOption(option_name=name):
            if not name.startswith("--") and "FILE" in named:
                # click names only the first letter.
                word = next((word for word in given if word.startswith(name)), name)
                return f"no option {name}; write ./{word} for a file whose name begins with it"
            near = f"; did you mean {error.possibilities[0]}?" if error.possibilities else ""
            return f"no option {name}{near}"
        case click.BadOptionUsage(option_name=name):
            flag = any(getattr(each, "is_flag", False) and name in each.opts for each in params)
            return f"{name} takes no value" if flag else f"{name} needs a value"
    return f"too many words; it takes {named or 'none'}"


def _name(param: click.Parameter) -> str:
    return max(param.opts, key=len) if isinstance(param, click.Option) else str(param.metavar)


def without_long(words: str, arguments: Sequence[str]) -> str:
    """Shorten in a message the arguments that are too long to repeat."""
    for argument in arguments:
        if len(argument) > _LONGEST_REPEATED:
            words = words.replace(argument, f"{argument[:_SHOWN_OF_LONGER]}…")
    return words


def _from_top(root: Path, path: str) -> str:
    tops = (folder for folder in (root, *root.parents) if (folder / ".git").exists())
    return (root / path).relative_to(next(tops, root)).as_posix()


def report_problems(
    problems: Iterable[Problem], message_format: str, root: Path | None = None
) -> None:
    """Write problems to standard error: errors before warnings, then a count."""
    ordered = in_reading_order(problems)
    for problem in ordered:
        click.echo(formatted(problem, message_format, root), err=True)
    if ordered and message_format == "text":
        severities = [problem.severity for problem in ordered]
        counts = ((severities.count(kind), kind) for kind in ("error", "warning"))
        click.echo(", ".join(count_of(count, kind) for count, kind in counts if count), err=True)


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


_FORMATTERS = {
    "text": lambda problem: str(problem).replace("\n", "\\n"),
    "json": _as_json,
    "github": _as_github,
}


def size_of(count: int) -> str:
    """Write a number of bytes as mail programs do."""
    return (
        f"{max(count, 1000) / 1000:.0f} kB" if count < 1_000_000 else f"{count / 1_000_000:.1f} MB"
    )


@contextmanager
def progress(quiet: bool) -> Iterator[Callable[[str], None]]:
    """Show words on a moving line of a terminal, by the function that the `with` block gets."""
    shown = not quiet and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
    status: Any = None
    with ExitStack() as line:

        def say(words: str) -> None:
            nonlocal status
            if shown and status is None:
                from rich.console import Console

                status = line.enter_context(Console(stderr=True).status(words))
            elif shown:
                status.update(words)

        yield say
