"""Checks that look at several files, or at several briefings, at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml

from sourcebrief.brief.printed_texts import PrintedText, printed_texts
from sourcebrief.build.checks import check_glyphs
from sourcebrief.documents import script_fonts
from sourcebrief.documents.template_folders import held_templates
from sourcebrief.workspace.model import BriefFile, CatalogueEntry, Event

if TYPE_CHECKING:
    from conftest import Workspace
    from fake_engines import Engines

TEMPLATES = held_templates()
BRIEF = "briefings/port/brief.yaml"
EVENTS = "briefings/port/events.yaml"
SEEDS = "seeds/seeds.yaml"


@pytest.fixture(autouse=True)
def _no_fonts_of_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(script_fonts, "_installed", dict)


def test_an_event_that_another_briefing_selects_is_no_warning(
    workspace: Workspace, engines: Engines
) -> None:
    workspace.write("briefings/zone/brief.yaml", (workspace.root / BRIEF).read_text("utf-8"))
    workspace.edit("briefings/zone/brief.yaml", "[events.yaml]", "[../port/events.yaml]")
    workspace.edit(BRIEF, "[events.yaml]", "[events.yaml]\nselect: {themes: [scanning]}")
    workspace.edit(BRIEF, "[@pact; @offer]", "[@pact]")
    for arguments in ([], ["port"], ["zone"]):
        assert workspace.run("check", "--strict", *arguments).err == ""
    workspace.edit("briefings/zone/brief.yaml", "status: draft", "status: drafted")
    # What it would select is not known now: nothing is said of it.
    assert "nothing selects" not in workspace.run("check", "port").err


def test_a_briefing_may_leave_out_what_begins_after_its_as_of(
    workspace: Workspace, engines: Engines
) -> None:
    workspace.edit(EVENTS, "value: 2021-05-14", "value: 2021-05-15")
    workspace.edit(BRIEF, "as_of: 2021-06-01", "as_of: 2021-05-14")
    workspace.edit(BRIEF, "[events.yaml]", "[events.yaml]\nselect: {to: 2021-05-14}")
    workspace.edit(BRIEF, "[@pact; @offer]", "[@pact]")
    ran = workspace.run("check")
    assert ran.code == 0
    assert "as_of" not in ran.err


def test_problems_of_every_kind_come_together(workspace: Workspace) -> None:
    # A character without a glyph and an impossible day stand in the same event.
    workspace.edit(EVENTS, "Coast Office promises scanners", "Coast Office promises 漢")
    workspace.edit(EVENTS, "value: 2021-05-14", "value: 2021-05-32")
    workspace.edit(EVENTS, "quote: the pact on container", "quote: the treaty on container")
    workspace.edit(BRIEF, "prepared_by:", "prepared:")
    ran = workspace.run("check")
    assert ran.code == 1
    found = [line.partition(": error: ") for line in ran.err.splitlines()]
    assert [(place, words[:24]) for place, _, words in found] == [
        (f"{BRIEF}:1:1", "the key 'prepared_by' is"),
        (f"{BRIEF}:5:1", "unknown key 'prepared'; "),
        (f"{EVENTS}:24:16", "the quotation does not s"),
        (f"{EVENTS}:27:14", "date '2021-05-32': 32 Ma"),
        (f"{EVENTS}:30:12", "no font here has Chinese"),
        ("5 errors", ""),
    ]


def test_what_is_left_out_of_a_selection_needs_no_glyphs(workspace: Workspace) -> None:
    workspace.edit(EVENTS, "Coast Office promises scanners", "Coast Office promises 漢")
    workspace.edit(BRIEF, "[events.yaml]", "[events.yaml]\nselect: {themes: [scanning]}")
    workspace.edit(BRIEF, "[@pact; @offer]", "[@pact; @nothing]")
    assert "no glyph" not in workspace.run("check").err


def texts_of(workspace: Workspace) -> list[PrintedText]:
    checked = workspace.checked()
    assert checked.composition is not None
    left_out = checked.record.events.keys() - checked.selected
    return list(printed_texts(checked.record, checked.brief, left_out, checked.composition))


def test_each_text_with_a_missing_character_is_named(workspace: Workspace) -> None:
    workspace.edit(EVENTS, "title: Pact on", "title: \u6e2f Pact on")
    (problem,) = check_glyphs(texts_of(workspace), TEMPLATES)
    lines = (workspace.root / EVENTS).read_text("utf-8").splitlines()
    assert problem.place.path == EVENTS
    assert "\u6e2f" in lines[problem.place.line - 1]
    assert problem.message.startswith("no font here has Chinese, Japanese or Korean (\u6e2f); ")


def test_a_letter_that_is_written_in_two_characters_is_found(workspace: Workspace) -> None:
    workspace.edit(EVENTS, "title: Pact on", "title: K\u030cact on")
    (problem,) = check_glyphs(texts_of(workspace), TEMPLATES)
    assert problem.place.path == EVENTS
    assert problem.message.startswith("no font here has Latin (\u01e8); ")


def test_texts_that_the_fonts_have_are_no_problem(workspace: Workspace) -> None:
    workspace.edit(EVENTS, "title: Pact on", "title: Pácto on")
    assert check_glyphs(texts_of(workspace), TEMPLATES) == []


def test_faults_of_form_within_a_list_hide_no_other_fault(
    workspace: Workspace, engines: Engines
) -> None:
    workspace.edit(BRIEF, "confidence: moderate", "confidence: moderat")
    workspace.edit(BRIEF, "pact holds", "pact of 51 holds")
    workspace.edit(BRIEF, "language: en-GB", "language: en-GB\npage: A5")
    workspace.edit(BRIEF, "    summary: The Coast", "    sumary: The Coast")
    workspace.edit(
        SEEDS, "type: article-newspaper\n    title: Coast", "type: newspaper\n    title: Coast"
    )
    workspace.edit(EVENTS, "Office will send three", "Office will send four")
    told = workspace.run("check").err.splitlines()
    for words in (
        "confidence 'moderat' is not one of",
        "no evidence cited here carries the number 51",
        "page 'A5' is not one of",
        "unknown key 'sumary'; did you mean 'summary'?",
        "type 'newspaper' is not one of",
        "the quotation does not stand in wire-2021",
    ):
        assert any(words in line for line in told), words


def test_an_event_that_is_left_out_needs_no_glyph(workspace: Workspace) -> None:
    workspace.edit(EVENTS, "title: Pact on", "title: \u6e2f Pact on")
    checked = workspace.checked()
    assert len(check_glyphs(printed_texts(checked.record, checked.brief, ()), TEMPLATES)) == 1
    assert check_glyphs(printed_texts(checked.record, checked.brief, ("pact",)), TEMPLATES) == []


def test_faults_of_form_hide_no_other_fault(workspace: Workspace, engines: Engines) -> None:
    workspace.edit(BRIEF, "status: draft", "status: drafted")
    workspace.edit(BRIEF, "[@pact; @offer]", "[@pactt; @offer]")
    workspace.edit(EVENTS, "date: 2021-05-12", "date: 2021-15")
    workspace.edit(EVENTS, "[@almanac-2020]", "[@almanac-2021]")
    workspace.edit(EVENTS, "would send scanners", "would send 45 scanners")
    workspace.edit(BRIEF, "signed the pact", "signed 1,300 pacts")
    told = workspace.run("check").err.splitlines()
    assert [line.partition(": ")[2] for line in told[:-1]] == [
        "error: status 'drafted' is not one of draft, final; did you mean 'draft'?",
        "error: no event or catalogue entry 'pactt' to cite; did you mean 'pact'?",
        "error: date: '2021-15': there is no month 15; months run from 01 to 12",
        "error: no event or catalogue entry 'almanac-2021' to cite; did you mean 'almanac-2020'?",
        "warning: no evidence cited here carries the number 1,300; quote the words that do, or "
        "correct it",
        "warning: no evidence cited here carries the number 45; quote the words that do, or "
        "correct it",
    ]


@pytest.mark.parametrize(
    ("file", "key"),
    [
        (file, key)
        for file, model in ((EVENTS, Event), (BRIEF, BriefFile), (SEEDS, CatalogueEntry))
        for key in model.STAND_INS
    ],
)
def test_a_stand_in_offends_no_check(
    workspace: Workspace, engines: Engines, file: str, key: str
) -> None:
    path = workspace.root / file
    document = yaml.safe_load(path.read_text("utf-8"))
    listed = {EVENTS: "events", SEEDS: "references"}
    (document[listed[file]][0] if file in listed else document)[key] = [[7]]
    path.write_text(yaml.safe_dump(document, allow_unicode=True), "utf-8")
    told = workspace.run("check", "--strict").err.splitlines()[:-1]
    assert told
    assert all(key in line and line.startswith(f"{file}:") for line in told), told
