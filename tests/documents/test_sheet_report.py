"""The reading sheet as it is handed to a second reader, and what a lapsed reading says."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import html5lib
import pytest

from sourcebrief.brief.reading_sheet import ReadingSheet, SheetPassage, SheetStatement
from sourcebrief.documents.sheet_report import sheet_report
from sourcebrief.errors import Place

if TYPE_CHECKING:
    from conftest import Workspace

BRIEF = "briefings/port/brief.yaml"
EVENTS = "briefings/port/events.yaml"


@pytest.fixture
def digest(workspace: Workspace) -> str:
    return workspace.composition().sheet.digest


def reviewed(workspace: Workspace, statements: str) -> None:
    line = f"reviewed_by: {{name: Ana Ruiz, date: 2021-06-02, statements: {statements}}}\n"
    workspace.edit(BRIEF, "title: ", f"{line}title: ")


def test_as_text_each_statement_has_a_box_and_its_passages(
    workspace: Workspace, digest: str
) -> None:
    said = sheet_report([workspace.composition().sheet], "text")
    assert "tick each that the passages below it support\n\n[ ] 1. bottom line: " in said
    assert "      Almanac Press: cited as a whole: no passage to compare\n" in said
    assert said.splitlines()[-2:] == [
        "When every statement is ticked, write into briefings/port/brief.yaml:",
        f"reviewed_by: {{name: YOUR NAME, date: YYYY-MM-DD, statements: {digest[:12]}}}",
    ]


def test_it_says_who_translated_a_quotation() -> None:
    words = "Los puertos comparten sus datos"
    passage = SheetPassage("Gaceta", "Puertos", "¶ 2", words, "They share", "machine translation")
    one = SheetStatement("bottom line", "Ports share data.", Place("brief.yaml"), (passage,))
    said = sheet_report([ReadingSheet("port", "Ports", "1.0", (one,))], "text")
    assert f"Gaceta, ¶ 2: “{words}” [machine translation: They share]" in said


def test_as_markdown_it_is_a_list_of_tasks(workspace: Workspace) -> None:
    workspace.edit(EVENTS, "title: Coast Office promises", "title: Coast *Office* promises")
    said = sheet_report([workspace.composition().sheet], "markdown")
    assert "- [ ] **1. bottom line:** " in said
    assert "Coast \\*Office\\* promises" in said


def test_as_a_web_page_it_has_a_box_for_each_and_escapes_what_was_written(
    workspace: Workspace,
) -> None:
    workspace.edit(EVENTS, "title: Coast Office promises", "title: Coast <b>Office</b> promises")
    sheet = workspace.composition().sheet
    said = sheet_report([sheet], "html")
    page = html5lib.parse(said, namespaceHTMLElements=False)
    boxes = page.findall(".//input[@type='checkbox']")
    assert [box.get("id") for box in boxes] == [
        f"port-{number}" for number in range(1, len(sheet.statements) + 1)
    ]
    assert page.findall(".//b") == []
    assert "src=" not in said
    assert "http" not in said


def test_as_json_it_has_the_whole_hash(workspace: Workspace, digest: str) -> None:
    (found,) = json.loads(sheet_report([workspace.composition().sheet], "json"))["briefings"]
    assert (found["sha256"], found["reviewed"]) == (digest, False)
    assert found["statements"][0]["place"].startswith(f"{BRIEF}:")


def test_a_sheet_that_was_read_says_so(workspace: Workspace, digest: str) -> None:
    reviewed(workspace, digest[:12])
    said = sheet_report([workspace.composition().sheet], "text")
    assert "statements, read by Ana Ruiz on 2021-06-02; none has changed" in said
    assert workspace.checked().problems == ()


def test_a_reading_lapses_with_a_warning_at_its_hash(workspace: Workspace, digest: str) -> None:
    reviewed(workspace, digest[:12])
    workspace.edit(EVENTS, "would send scanners", "would send them")
    (problem,) = workspace.checked().problems
    now = workspace.composition().sheet.digest[:12]
    assert (problem.severity, problem.place.path) == ("warning", BRIEF)
    assert problem.message == (
        "what Ana Ruiz read on 2021-06-02 has changed, so the brief does not name the reading; "
        f"read `check port --sheet` again, then write statements: {now}"
    )
    workspace.edit(BRIEF, digest[:12], now)
    assert workspace.checked().problems == ()
