"""A check of which no input has changed says the same, and loads nothing."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from sourcebrief.build import checks
from sourcebrief.build.last_check import recall_check
from sourcebrief.build.sealed_memory import SealedMemory

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Workspace
    from sourcebrief.errors import Problem

BRIEF = "briefings/port/brief.yaml"
EVENTS = "briefings/port/events.yaml"


def check(root: Path) -> tuple[Problem, ...]:
    memory = SealedMemory(root / ".sourcebrief/checks", bytes(32))
    return tuple(checks.check_workspace(("port",), root, memory).all_problems())


def recall(root: Path) -> tuple[Problem, ...] | None:
    return recall_check(("port",), root, SealedMemory(root / ".sourcebrief/checks", bytes(32)))


@pytest.mark.parametrize(
    ("old", "new"),
    [("scanning signed", "scanning signed by 17"), ("seed: wire-2021", "seed: wire-2020")],
    ids=["warning", "error"],
)
def test_the_same_is_said_while_nothing_changes(workspace: Workspace, old: str, new: str) -> None:
    path = workspace.root / EVENTS
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    said = check(workspace.root)
    assert said
    assert recall(workspace.root) == said
    first = workspace.run("check")
    assert workspace.run("check") == first
    assert workspace.run("check", "--strict").code == 1


def _link_the_seed_out(root: Path) -> None:
    seed = root / "seeds/wire.txt"
    seed.rename(root.parent / "wire.txt")
    seed.symlink_to(root.parent / "wire.txt")


CHANGES = {
    "a seed": lambda root: (root / "seeds/wire.txt").write_bytes(b"Nothing.\n"),
    "a seed that is gone": lambda root: (root / "seeds/wire.txt").unlink(),
    "a seed behind a link": _link_the_seed_out,
    "the catalogue": lambda root: (root / "seeds/seeds.yaml").write_text("references: []\n"),
    "the brief": lambda root: (root / BRIEF).write_text("title: Another\n"),
    "another briefing": lambda root: (
        (root / "briefings/zone").mkdir()
        or (root / "briefings/zone/brief.yaml").write_text("title: Zone\n")
    ),
    "a template": lambda root: (
        (root / "templates/labels/locale").mkdir(parents=True)
        or (root / "templates/labels/en.po").write_text("")
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_makes_it_another_check(workspace: Workspace, name: str) -> None:
    check(workspace.root)
    assert recall(workspace.root) is not None
    CHANGES[name](workspace.root)
    assert recall(workspace.root) is None


def test_a_file_that_was_missing_is_looked_for_again(workspace: Workspace) -> None:
    seed = workspace.root / "seeds/wire.txt"
    seed.rename(away := seed.with_name("away.txt"))
    assert "there is no such file" in workspace.run("check").err
    away.rename(seed)
    assert workspace.run("check").err == ""


def test_what_rests_on_history_or_on_fonts_of_the_system_is_not_remembered(
    workspace: Workspace,
) -> None:
    with (workspace.root / "seeds/wire.txt").open("a") as file:
        file.write("More.\n")
    check(workspace.root)
    assert recall(workspace.root) is None


def test_reports_are_made_of_the_files(workspace: Workspace) -> None:
    workspace.run("check")
    assert "gazette-2021" in workspace.run("check", "--coverage").out
    assert "The two signed a pact" in workspace.run("check", "--sheet").out


def test_nothing_is_loaded_where_nothing_has_changed(workspace: Workspace) -> None:
    code = (
        "import sys; from sourcebrief.cli import run; run(sys.argv[1:]);"
        "sys.exit(' '.join({'pydantic', 'babel', 'yaml', 'markdown_it'} & set(sys.modules)))"
    )
    command = [sys.executable, "-c", code, "check", "-C", str(workspace.root)]
    first = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "pydantic" in first.stderr
    again = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (again.stdout, again.stderr.strip()) == (first.stdout, "")
