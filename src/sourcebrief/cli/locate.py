"""`locate`: the machines' door as JSON lines, for scripts and for programs without a protocol."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, BinaryIO, Final

import click

from sourcebrief.cli.common import (
    Common,
    briefing_names,
    common_options,
    complete_names,
    form_option,
)
from sourcebrief.cli.messages import DONE
from sourcebrief.errors import UsageError
from sourcebrief.text.tlp import marking_fault

if TYPE_CHECKING:
    from sourcebrief.authoring.inquiries.door import QuestionDoor

_LONGEST: Final = 1_000_000
"""Bytes of a line; the question itself may have fewer."""


def _checked_limit(_: click.Context, __: click.Parameter, value: str) -> str:
    if not value.strip():
        raise click.BadParameter("it is empty")
    if fault := marking_fault(value):
        raise click.BadParameter(fault)
    return value


limit_option: Final[Callable[[Callable[..., int]], Callable[..., int]]] = click.option(
    "--limit",
    metavar="MARKING",
    default="TLP:GREEN",
    callback=_checked_limit,
    help="Withhold documents that are marked above this; default: TLP:GREEN.",
)


def door_of(common: Common, door: str, limit: str, names: tuple[str, ...]) -> QuestionDoor:
    """Open the door of a workspace, which may propose changes of the briefings named."""
    from datetime import UTC, datetime
    from time import monotonic

    from sourcebrief.authoring.inquiries.door import QuestionDoor
    from sourcebrief.authoring.inquiries.question_log import QuestionLog
    from sourcebrief.build.staleness import STATE

    root = common.workspace()
    changeable = briefing_names(root, names) if names else ()
    log = QuestionLog(
        root / STATE,
        lambda: datetime.now(UTC).isoformat(timespec="milliseconds"),
        door,
        lambda words: click.echo(f"sourcebrief: {words}", err=True),
    )
    return QuestionDoor(root, limit, changeable, log, monotonic)


@click.command(short_help="Answer questions as JSON lines: where words stand, and more.")
@click.argument("names", nargs=-1, metavar="[NAME]...", shell_complete=complete_names)
@form_option("json", words="The form of questions and answers.")
@limit_option
@common_options
def locate(common: Common, names: tuple[str, ...], form: str, limit: str) -> int:  # noqa: ARG001
    """Read a question from each line of standard input and write its answer as a line.

    A question is {"operation": "locate", "arguments": {"quote": "..."}}, and may have an "id",
    which the answer repeats. The operations are find, passage, locate, check and propose, as over
    `mcp`; NAME are the briefings of which changes may be proposed.

    \b
    echo '{"operation": "find", "arguments": {"words": "cargo data"}}' | sourcebrief locate
    sourcebrief locate port-talks --limit TLP:AMBER < questions.jsonl > answers.jsonl
    """
    search = f"to look for words: sourcebrief find {' '.join(names) or 'WORDS'}"
    answered = False
    if not sys.stdin.isatty():
        try:
            door = door_of(common, "locate", limit, names)
        except UsageError as error:
            raise UsageError(f"{error}; {search}" if names else str(error)) from None
        for answer in _answers(door, sys.stdin.buffer):
            # ASCII alone, so that no line end and no control of a document ends a line or a
            # terminal.
            click.echo(json.dumps(answer))
            answered = True
    if not answered:
        message = "questions come on standard input, a line of JSON each; see --help"
        raise UsageError(f"{message}; {search}")
    return DONE


def _answers(door: QuestionDoor, lines: BinaryIO) -> Any:
    while line := lines.readline(_LONGEST + 1):
        if len(line) > _LONGEST:
            while line and not line.endswith(b"\n"):
                line = lines.readline(_LONGEST)
            yield {"ok": False, "error": f"the line is longer than {_LONGEST:,} bytes"}
        elif line.strip():
            yield _answer(door, line)


def _answer(door: QuestionDoor, line: bytes) -> dict[str, Any]:
    try:
        question = json.loads(line)
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        return {"ok": False, "error": "the line is not JSON in UTF-8"}
    if not isinstance(question, dict) or question.keys() - {"id", "operation", "arguments"}:
        return {"ok": False, "error": "a question is {operation, arguments}, and may have an id"}
    identifier = question.get("id")
    named = {"id": identifier} if isinstance(identifier, str | int) else {}
    operation = question.get("operation")
    answer = door.answer(str(operation), question.get("arguments", {}))
    return {**named, **answer}
