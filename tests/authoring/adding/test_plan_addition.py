"""A file is added whole or not at all, with options that fit; and references."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from added_files import ITEMS, PDF, SEEDS, TEXT, entries, given, state
from built_documents import NEWS, docx

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
    assert ran.err.endswith("3 errors\n")


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


def test_options_that_cannot_be_meant_are_said_at_once(workspace: Workspace, inbox: Path) -> None:
    bad = ("--issued", "3/3/2024", "--language", "klingonish")
    ran = workspace.run("add", given(inbox, "notes.txt", TEXT), *bad)
    assert "--issued: " in ran.err
    assert "; --language: " in ran.err


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
        "in seeds/seeds.yaml already: smith2019a and garcia-2020\n"
        "nothing to add to seeds/seeds.yaml\n"
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
    from sourcebrief.brief.make_manifest import csl_item
    from sourcebrief.workspace.catalogue import read_library
    from sourcebrief.workspace.read_files import Inputs

    library, problems = read_library(Inputs(workspace.root))
    assert problems == []
    item = csl_item(library, "smith2019a", "en-GB")
    assert item["issued"] == {"date-parts": [[2019, 7, 20]]}
    assert item["author"] == ITEMS[0]["author"]


def test_a_date_of_the_metadata_is_held_against_those_of_the_text(
    workspace: Workspace, inbox: Path
) -> None:
    told = "The group met in Lima to speak about the cargo of the port and about its scanners."
    minutes = f"Minutes\n\n12 February 2024\n\n{told}"
    file = given(inbox, "m.docx", docx(minutes, title="Minutes", lang="en"))
    ran = workspace.run("add", file)
    assert (
        "its text is dated 2024-02-12, its file 2024-03-04; check this and run it: sourcebrief add "
        f"{file} --issued 2024-02-12\n"
    ) in ran.err
    page = (
        "<html lang='en'><head><title>Minutes</title>"
        "<meta property='article:published_time' content='2024-03-04'></head>"
        f"<body><h1>Minutes</h1><p>12 February 2024</p><p>{told}</p></body></html>"
    )
    ran = workspace.run("add", given(inbox, "m.html", page))
    assert (
        "  note: the date 2024-02-12 stands by itself in its text; where that is its own, correct "
        "the entry: issued: 2024-02-12 and issued_basis: stated, without issued_note\n"
    ) in ran.out


def test_an_id_has_its_year_once(workspace: Workspace, inbox: Path) -> None:
    ran = workspace.run("add", given(inbox, "survey-2024-03-05.pdf", PDF))
    assert ran.out.startswith("survey-2024-03-05: ")


def test_two_items_with_one_id_are_said(workspace: Workspace, inbox: Path) -> None:
    item = '{"id": "same", "type": "book", "title": "%s", "issued": {"raw": "2020"}}'
    ran = workspace.run("add", given(inbox, "a.json", f"[{item % 'One'}, {item % 'Two'}]"))
    assert ran.code == 0
    assert ran.out.count("note: the file has more than one item with the id 'same'") == 1
    assert [entry["id"] for entry in entries(workspace)[-2:]] == ["same", "same-2"]
