"""The last check of some briefings: what it said, while every question it asked has its answer.

Only the standard library is imported here, because an unchanged check loads nothing else.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sourcebrief.errors import Place, Problem
from sourcebrief.workspace.read_files import Inputs

if TYPE_CHECKING:
    from sourcebrief.build.results import Corpus
    from sourcebrief.build.sealed_memory import SealedMemory


def recall_check(
    names: Sequence[str], root: Path, memory: SealedMemory
) -> tuple[Problem, ...] | None:
    """Return the problems of the last check of these briefings; None where a file has changed."""
    recalled = recall_answered(_name(names), root, memory)
    if recalled is None:
        return None
    return tuple(
        Problem(Place(**each["place"]), each["message"], each["severity"]) for each in recalled[0]
    )


def keep_check(
    names: Sequence[str], corpus: Corpus, problems: Iterable[Problem], memory: SealedMemory
) -> None:
    """Remember a check, with the answer to each question that it asked of the file system."""
    said = [asdict(problem) for problem in problems]
    keep_answered(_name(names), said, corpus.inputs, memory)


def recall_answered(name: str, root: Path, memory: SealedMemory) -> tuple[Any, Inputs] | None:
    """Return what was made of files, with the files; None where one of them has changed."""
    recalled = memory.recall(name)
    if recalled is None:
        return None
    inputs = Inputs(root)
    if any(inputs.ask(kind, path) != answer for kind, path, answer in recalled["answers"]):
        return None
    return recalled["made"], inputs


def keep_answered(name: str, made: Any, inputs: Inputs, memory: SealedMemory) -> None:
    """Remember what was made of files, with each answer that the file system gave."""
    answers = [(kind, path, answer) for (kind, path), answer in inputs.answers().items()]
    memory.keep(name, {"answers": answers, "made": made})


def _name(names: Sequence[str]) -> str:
    return f"last-{hashlib.sha256(repr(names).encode()).hexdigest()[:16]}"
