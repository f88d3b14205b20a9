"""References from CSL files."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from added_files import ITEMS, entries, given, state

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Workspace


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def test_references_out_of_csl_json(workspace: Workspace, inbox: Path) -> None:
    file = given(inbox, "zotero.json", json.dumps(ITEMS))
    ran = workspace.run("add", file)
    assert (ran.code, ran.err) == (0, "")
    smith, garcia = entries(workspace)[-2:]
    assert (smith["id"], smith["citation-key"]) == ("smith2019a", "Smith2019a")
    assert smith["issued"] == "2019-07-20"
    assert smith["author"] == [{"family": "Smith", "given": "Ana"}]
    assert "custom" not in smith
    assert (garcia["id"], garcia["abstract"]) == ("garcia-2020", "Two\nlines")
    assert workspace.run("check").code == 0

    again = workspace.run("add", file)
    assert (again.code, len(entries(workspace))) == (0, 5)
    assert again.out == (
        "in seeds/seeds.yaml already: smith2019a, garcia-2020\nnothing to add to seeds/seeds.yaml\n"
    )


def test_a_grown_library_adds_what_is_new(workspace: Workspace, inbox: Path) -> None:
    assert workspace.run("add", given(inbox, "a.json", json.dumps(ITEMS[:1]))).code == 0
    assert workspace.run("add", given(inbox, "b.json", json.dumps(ITEMS))).code == 0
    assert [entry["id"] for entry in entries(workspace)[3:]] == ["smith2019a", "garcia-2020"]


def test_an_item_that_cannot_be_taken_is_named_and_nothing_added(
    workspace: Workspace, inbox: Path
) -> None:
    before = state(workspace)
    items = [*ITEMS, {"id": "x", "type": "leaflet", "title": "T", "issued": {"raw": "2019"}}]
    ran = workspace.run("add", given(inbox, "a.json", json.dumps(items, indent=1)))
    assert (ran.code, state(workspace)) == (1, before)
    assert "a.json:46:1: error: x: " in ran.err


def test_references_are_printed_by_citeproc_as_they_came(workspace: Workspace, inbox: Path) -> None:
    assert workspace.run("add", given(inbox, "a.json", json.dumps(ITEMS))).code == 0
    from sourcebrief.brief.bibliography import csl_items
    from sourcebrief.workspace.catalogue import read_library
    from sourcebrief.workspace.read_files import Inputs

    library, problems = read_library(Inputs(workspace.root))
    assert problems == []
    (item,) = csl_items(library, ["smith2019a"], "en-GB")
    assert item["issued"] == {"date-parts": [[2019, 7, 20]]}
    assert item["author"] == ITEMS[0]["author"]
