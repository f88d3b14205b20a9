"""The reading sheet: every statement with its passages, and a hash that names what is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Workspace
    from sourcebrief.brief.reading_sheet import ReadingSheet

BRIEF = "briefings/port/brief.yaml"
EVENTS = "briefings/port/events.yaml"


def sheet(workspace: Workspace) -> ReadingSheet:
    return workspace.composition().sheet


def passages(workspace: Workspace, name: str) -> list[tuple[str, str, str]]:
    (one,) = [one for one in sheet(workspace).statements if one.name == name]
    return [(part.source, part.locator, part.words) for part in one.passages]


def test_every_statement_has_a_place_and_its_passages(workspace: Workspace) -> None:
    found = sheet(workspace).statements
    assert [one.name for one in found if one.place.path == EVENTS] == [
        "title of pact",
        "summary of pact",
        "title of offer",
        "summary of offer",
        "caveat of offer",
        "outcome 1 of offer",
    ]
    assert found[0].name == "bottom line"
    assert all(one.passages for one in found)


def test_an_event_rests_on_its_evidence_and_a_caveat_on_what_it_cites_too(
    workspace: Workspace,
) -> None:
    quoted = ("Wire", "¶ 2", "The Office will send three scanners to the harbour")
    assert passages(workspace, "summary of offer") == [quoted]
    assert passages(workspace, "caveat of offer") == [quoted, ("Almanac Press", "", "")]


def test_a_cited_paragraph_is_shown_whole(workspace: Workspace) -> None:
    workspace.edit(EVENTS, "lists no scanners. [@almanac-2020]", "lists none. [@wire-2021, ¶ 4]")
    assert passages(workspace, "caveat of offer")[-1] == (
        "Wire", "¶ 4", "The Office did not say what the scanners cost.",
    )  # fmt: skip


def test_what_a_statement_says_besides_its_words_is_read_too(workspace: Workspace) -> None:
    said = {one.name: one.words for one in sheet(workspace).statements}
    assert said["title of pact"] == "12 May 2021 (date stated) Pact on container scanning signed"
    assert said["title of offer"] == (
        "14 May 2021 (date inferred: The day of the report.) Coast Office promises scanners"
    )
    assert said["outcome 1 of offer"] == "Scanners for the harbour (Assistance, announced)"


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (EVENTS, "would send scanners", "would send radars"),
        (EVENTS, "quote: The Office will send three", "quote: Office will send three"),
        (EVENTS, "The day of the report.", "As reported."),
        (EVENTS, "status: announced", "status: proposed"),
        (EVENTS, " [@almanac-2020]", ""),
    ],
)  # fmt: skip
def test_the_hash_changes_with_what_is_read(
    workspace: Workspace, file: str, old: str, new: str
) -> None:
    before = sheet(workspace).digest
    workspace.edit(file, old, new)
    assert sheet(workspace).digest != before


def test_the_hash_stays_where_nothing_is_to_be_read_anew(workspace: Workspace) -> None:
    before = sheet(workspace).digest
    workspace.edit(EVENTS, "actors:\n", "# a comment\nactors:\n")
    workspace.edit(BRIEF, "prepared_by: ", "prepared_for: Someone\nprepared_by: ")
    assert workspace.run("rename", "offer", "promise").code == 0
    assert workspace.run("rename", "wire-2021", "the-wire").code == 0
    workspace.edit(BRIEF, "language: en-GB", "language: es")
    assert sheet(workspace).digest == before


def test_a_review_holds_as_long_as_its_hash_does(workspace: Workspace) -> None:
    found = sheet(workspace)
    assert not found.is_reviewed
    line = f"reviewed_by: {{name: Ana Ruiz, date: 2021-06-02, statements: {found.digest[:12]}}}\n"
    workspace.edit(BRIEF, "title: ", f"{line}title: ")
    assert sheet(workspace).is_reviewed
    workspace.edit(EVENTS, "would send scanners", "would send radars")
    assert not sheet(workspace).is_reviewed
