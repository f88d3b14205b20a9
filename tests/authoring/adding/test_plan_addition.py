"""All files are added or none, with options that fit."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from added_files import ITEMS, PDF, SEEDS, TEXT, entries, given, state
from built_documents import NEWS

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Workspace


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def test_all_problems_of_all_files_at_once(workspace: Workspace, inbox: Path) -> None:
    files = [given(inbox, "a.txt", b""), inbox / "none.pdf", inbox, given(inbox, "b.zip", b"x")]
    ran = workspace.run("add", *files)
    assert ran.code == 1
    assert ran.err.endswith("4 errors\n")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--issued", "3/3/2024"), "--issued: "),
        (("--language", "klingonish"), "--language: "),
        (("--title", " "), "--title is one line of text"),
    ],
)
def test_options_that_cannot_be_meant(
    workspace: Workspace, inbox: Path, options: tuple[str, ...], message: str
) -> None:
    ran = workspace.run("add", given(inbox, "notes.txt", TEXT), *options)
    assert ran.code == 2
    assert ran.err.startswith(f"sourcebrief: {message}")


def test_what_describes_one_document_is_not_for_two(workspace: Workspace, inbox: Path) -> None:
    files = [given(inbox, "a.html", NEWS), given(inbox, "notes.txt", TEXT)]
    ran = workspace.run("add", *files, "--title", "T")
    assert (ran.code, ran.err.split("\n")[0]) == (
        2,
        "sourcebrief: --title describes one document: add that one by itself",
    )


@pytest.mark.parametrize(("option", "value"), [("--id", "Not An Id"), ("--type", "leaflet")])
def test_an_entry_that_the_catalogue_would_refuse(
    workspace: Workspace, inbox: Path, option: str, value: str
) -> None:
    before = state(workspace)
    assert workspace.run("add", given(inbox, "a.html", NEWS), option, value).code == 1
    assert state(workspace) == before


def test_a_catalogue_changed_meanwhile_is_not_written_over(
    workspace: Workspace, inbox: Path
) -> None:
    from sourcebrief.authoring.adding.document_entries import DocumentOptions
    from sourcebrief.authoring.adding.plan_addition import plan_addition, write_addition
    from sourcebrief.errors import SourcebriefError
    from sourcebrief.workspace.read_files import Inputs

    inputs = Inputs(workspace.root)
    plan = plan_addition([given(inbox, "a.html", NEWS)], DocumentOptions(), inputs)
    workspace.edit(SEEDS, "Almanac of Ports", "Almanac of all Ports")
    before = state(workspace)
    with pytest.raises(SourcebriefError, match="changed meanwhile"):
        write_addition(plan, inputs)
    assert state(workspace) == before


def test_an_option_for_documents_is_not_for_references(workspace: Workspace, inbox: Path) -> None:
    ran = workspace.run("add", given(inbox, "a.json", json.dumps(ITEMS)), "--language", "en")
    assert ran.code == 2


def test_a_workspace_without_a_catalogue_gets_one(workspace: Workspace, inbox: Path) -> None:
    (workspace.root / SEEDS).unlink()
    assert workspace.run("add", given(inbox, "report.pdf", PDF)).code == 0
    assert [entry["id"] for entry in entries(workspace)] == ["report-2024"]
