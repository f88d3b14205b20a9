"""Remarks of several files stand at their lines, and what meets is a conflict at both."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reviewed_port import BRIEF, enriched
from sourcebrief.review.addresses import Addresses
from sourcebrief.review.place_remarks import (
    ALREADY,
    PlacedRemark,
    day_of,
    place_remarks,
    signed,
)
from sourcebrief.review.remarks import FileReview, Remark
from sourcebrief.workspace.briefing import read_briefing
from sourcebrief.workspace.catalogue import read_library
from sourcebrief.workspace.read_files import Inputs
from sourcebrief.workspace.yaml_edits import Edit, YamlText
from sourcebrief.workspace.yaml_places import load

if TYPE_CHECKING:
    from conftest import Workspace

TEXT = "The Office may send scanners. [@offer]\nIt has not said **when** it will."


def remark(old: str, new: str, author: str = "Ana", text: str = TEXT, **more: object) -> Remark:
    start = text.index(old)
    edits = (Edit(start, start + len(old), new),)
    made = Remark(1, "change", author, "2023-10-03T09:00:00Z", f"{old}→{new}", "sections/1", text)
    return replace(made, at=start, old=old, new=new, edits=edits, **more)


def placed(workspace: Workspace, **files: list[Remark]) -> tuple[PlacedRemark, ...]:
    inputs = Inputs(workspace.root)
    library, _ = read_library(inputs)
    record, _, _ = read_briefing("port", inputs, library)
    brief = load(inputs.read(BRIEF), BRIEF)
    text = YamlText(inputs.read(BRIEF).decode())
    reviews = {name: FileReview("port", "", tuple(found)) for name, found in files.items()}
    return place_remarks(reviews, Addresses(brief, record, library), lambda _: text)


def test_a_remark_stands_at_its_line_of_a_block(workspace: Workspace) -> None:
    enriched(workspace)
    (one,) = placed(workspace, ana=[remark("when", "why")])
    line = (workspace.root / BRIEF).read_text("utf-8").splitlines()[one.place.line - 1]
    assert line[one.place.column - 1 :] == "when** it will."


def test_the_same_change_in_two_files_is_one(workspace: Workspace) -> None:
    enriched(workspace)
    twice = [remark("when", "why", "Ben"), remark("when", "why")]
    (one,) = placed(workspace, ana=[remark("when", "why")], ben=twice)
    assert one.files == ("ana", "ben")
    assert one.remark.author == "Ana and Ben"
    assert one.edits


def test_changes_that_meet_are_a_conflict_at_both(workspace: Workspace) -> None:
    enriched(workspace)
    found = placed(
        workspace,
        ana=[remark("may send", "sends"), remark("when", "why")],
        ben=[remark("send scanners", "ship them", "Ben")],
    )
    assert [(one.remark.author, one.conflict) for one in found] == [
        ("Ana", True),
        ("Ben", True),
        ("Ana", False),
    ]
    assert found[0].reason == "conflict with Ben, 3 October: send scanners→ship them"
    assert found[1].reason == "conflict with Ana, 3 October: may send→sends"


def test_words_put_in_side_by_side_in_one_file_keep_their_order(workspace: Workspace) -> None:
    enriched(workspace)
    both = [remark("may", "X may"), remark("send", "Y send", "Ben")]
    assert all(one.edits for one in placed(workspace, ana=both))


def test_a_text_that_prints_twice_is_changed_once(workspace: Workspace) -> None:
    enriched(workspace)
    first = remark("when", "why")
    (one,) = placed(workspace, ana=[first, replace(first, number=2, paragraph=9)])
    assert one.edits == (first.edits)
    other = remark("when", "how", paragraph=9, number=2)
    assert [each.conflict for each in placed(workspace, ana=[first, other])] == [True, True]
    there, here = remark("", "a"), remark("", "b", paragraph=9, number=2)
    assert [each.conflict for each in placed(workspace, ana=[there, here])] == [True, True]


def test_a_text_that_moved_on_carries_its_edits_or_shows_both(workspace: Workspace) -> None:
    enriched(workspace)
    older = TEXT.replace("It has not said", "It did not say")
    carried, conflict = placed(
        workspace, ana=[remark("may send", "sends", text=older), remark("when", "why", text=older)]
    )
    assert carried.edits
    assert conflict.conflict
    assert 'was "It did not say **when** it will."' in conflict.reason
    there = remark("did not say", "has not said", text=older)
    (one,) = placed(workspace, ana=[there])
    assert (one.done, one.reason, one.edits) == (True, ALREADY, ())


def test_an_alias_is_shown_and_not_written(workspace: Workspace) -> None:
    enriched(workspace)
    workspace.edit(BRIEF, "text: |\n", "text: &it |\n")
    workspace.edit(BRIEF, "text: 'Trade isn''t named. [@pact]'", "text: *it")
    (one,) = placed(workspace, ana=[remark("when", "why")])
    assert "an alias or an escape" in one.reason


def test_both_ends_of_a_move_are_made_or_none(workspace: Workspace) -> None:
    enriched(workspace)
    away = remark(" scanners", "", moved=True)
    here = replace(remark("when", "when scanners", moved=True), old="", new="scanners")
    away = replace(away, old="scanners")
    assert all(one.edits for one in placed(workspace, ana=[away, here]))
    (alone,) = placed(workspace, ana=[away])
    assert "one end of a move" in alone.reason


def test_who_and_when() -> None:
    made = remark("may", "might")
    assert signed(made) == "Ana, 3 October"
    assert signed(replace(made, author="", date="", tracked=False)) == "someone, with tracking off"
    assert day_of("yesterday") == ""


def test_a_move_and_what_is_taken_out_beside_its_new_place_do_not_meet(
    workspace: Workspace,
) -> None:
    enriched(workspace)
    gone, moved = remark(" [@offer]", ""), remark("", "New", number=2, paragraph=-8)
    at = gone.edits[0].start
    moved = replace(moved, at=at, edits=(Edit(at, at, "New"),))
    assert all(one.edits for one in placed(workspace, ana=[gone, moved]))
    assert [one.conflict for one in placed(workspace, ana=[gone], ben=[moved])] == [True, True]
