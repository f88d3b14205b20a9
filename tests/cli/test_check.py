"""`check`: what its options accept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Workspace


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--as", "json"], "--as sets the format of --coverage; add --coverage"),
        (["--min-coverage", "101"], "--min-coverage '101' is more than 100"),
        (["--min-coverage", "half"], "--min-coverage 'half' is not a percentage"),
    ],
)
def test_usage(workspace: Workspace, arguments: list[str], words: str) -> None:
    ran = workspace.run("check", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"sourcebrief: {words}")
