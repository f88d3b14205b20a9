"""The problems of briefings, as `sourcebrief check` reports them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sourcebrief.build.checks import check_workspace

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sourcebrief.errors import Problem


def check(names: Sequence[str], root: Path) -> list[Problem]:
    return list(check_workspace(names, root).all_problems())
