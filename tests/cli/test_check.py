"""`check`: what its options accept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Workspace


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--as", "json"], "--as is for --coverage and --sheet; problems have --message-format"),
        (["--min-coverage", "101"], "--min-coverage '101' is more than 100"),
        (["--min-coverage", "half"], "--min-coverage 'half' is not a percentage"),
    ],
)
def test_usage(workspace: Workspace, arguments: list[str], words: str) -> None:
    ran = workspace.run("check", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"sourcebrief: {words}")


def test_a_sheet_is_written_for_a_second_reader(workspace: Workspace) -> None:
    ran = workspace.run("check", "--sheet", "--as", "html")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("<!doctype html>\n")
    workspace.edit("briefings/port/brief.yaml", "status: ", "statis: ")
    ran = workspace.run("check", "--sheet")
    assert (ran.code, ran.out) == (1, "")
    assert "port: no sheet; correct its errors first" in ran.err


@pytest.mark.parametrize(
    "arguments", [["--as", "html"], ["--coverage", "--sheet"], ["--coverage", "--as", "html"]]
)
def test_one_report_at_a_time_in_a_form_that_it_has(
    workspace: Workspace, arguments: list[str]
) -> None:
    assert workspace.run("check", *arguments).code == 2
