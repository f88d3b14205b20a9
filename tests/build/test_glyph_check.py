"""Characters that the fonts lack, at their places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sourcebrief.build.glyph_check import check_glyphs, check_unread_glyphs

if TYPE_CHECKING:
    from conftest import Workspace

EVENTS = "briefings/port/events.yaml"


def test_each_text_with_a_missing_character_is_named(workspace: Workspace) -> None:
    workspace.edit(EVENTS, "title: Pact on", "title: \u6e2f Pact on")
    (problem,) = check_glyphs(workspace.composition())
    lines = (workspace.root / EVENTS).read_text("utf-8").splitlines()
    assert problem.place.path == EVENTS
    assert "\u6e2f" in lines[problem.place.line - 1]
    assert "U+6E2F" in problem.message


def test_texts_that_the_fonts_have_are_no_problem(workspace: Workspace) -> None:
    workspace.edit(EVENTS, "title: Pact on", "title: Pácto on")
    assert check_glyphs(workspace.composition()) == []


def test_an_event_that_is_left_out_needs_no_glyph(workspace: Workspace) -> None:
    workspace.edit(EVENTS, "title: Pact on", "title: \u6e2f Pact on")
    checked = workspace.checked()
    assert len(check_unread_glyphs(checked.record, checked.brief, ())) == 1
    assert check_unread_glyphs(checked.record, checked.brief, ("pact",)) == []
