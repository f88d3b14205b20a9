"""The contract's exit codes; 130 and 143 are those of SIGINT and SIGTERM."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sourcebrief.errors import Problem

DONE, PROBLEMS, USAGE, STALE, DEFECT = 0, 1, 2, 3, 70
INTERRUPTED, TERMINATED = 130, 143


def exit_code(problems: Iterable[Problem], *, strict: bool, failed: bool = False) -> int:
    """Return DONE or PROBLEMS; warnings count where `strict`, and `failed` always does."""
    severities = {problem.severity for problem in problems}
    if failed or "error" in severities or (strict and "warning" in severities):
        return PROBLEMS
    return DONE
