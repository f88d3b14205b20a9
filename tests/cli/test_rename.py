"""`rename` on the command line: what it says, and that nothing is written where it refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conftest import Workspace


def test_an_id_is_renamed_and_the_briefing_still_passes(workspace: Workspace) -> None:
    ran = workspace.run("rename", "wire-2021", "the-wire")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("catalogue entry wire-2021 is now the-wire\n")
    assert workspace.run("check", "--strict").code == 0
    assert workspace.run("rename", "the-wire", "wire-2021", "-q").out == ""


def test_what_cannot_be_renamed_is_usage(workspace: Workspace) -> None:
    before = (workspace.root / "seeds/seeds.yaml").read_bytes()
    for arguments in (("nothing", "x"), ("wire-2021", "X"), ("wire-2021", "x", "--kind", "seed")):
        assert workspace.run("rename", *arguments).code == 2
    assert (workspace.root / "seeds/seeds.yaml").read_bytes() == before


def test_a_file_that_cannot_be_read_is_a_problem_at_its_place(workspace: Workspace) -> None:
    workspace.write("briefings/port/events.yaml", "events: [")
    ran = workspace.run("rename", "wire-2021", "the-wire")
    assert ran.code == 1
    assert ran.err.startswith("briefings/port/events.yaml:2:1: error: not YAML: ")
