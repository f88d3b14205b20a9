"""What a citation prints."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from sourcebrief.brief.make_manifest import manifest_of
from sourcebrief.workspace.markup import parse_markup
from views import notes_of

if TYPE_CHECKING:
    from conftest import Workspace
    from sourcebrief.brief.authored_html import CitationMarkup
    from sourcebrief.brief.make_manifest import Composition

BRIEF = "briefings/port/brief.yaml"
EVENTS = "briefings/port/events.yaml"


def words(markup: str) -> str:
    return re.sub(r"<[^>]*>", "", markup)


def cited(composition: Composition, text: str) -> CitationMarkup:
    (block,) = parse_markup(text).blocks
    (piece,) = (piece for piece in block.pieces if piece.kind == "citation")
    return notes_of(composition).for_citation(piece.citation)


def note_of_offer(workspace: Workspace) -> str:
    composition = workspace.composition()
    return notes_of(composition).for_event(manifest_of(composition)["events"][1])


@pytest.mark.parametrize(
    ("citation", "events", "note"),
    [
        ("[@pact]", "[1]", ""),
        ("[@offer; @pact]", "[1, 2]", ""),
        ("[@pact; @pact]", "[1]", ""),
        ("[@wire-2021, ¶ 4]", "", "Wire, 14 May 2021, ¶\u00a04."),
        ("[@wire-2021]", "", "Wire, 14 May 2021."),
        ("[@wire-2021, ¶ 4; @offer]", "[2]", "Wire, 14 May 2021, ¶\u00a04."),
        ("[@almanac-2020]", "", "Almanac Press, 2020 (other source)."),
        ("[@almanac-2020, p. 7]", "", "Almanac Press, 2020 (other source), p.\u00a07."),
    ],
)
def test_events_stand_in_the_line_and_sources_in_a_note(
    workspace: Workspace, citation: str, events: str, note: str
) -> None:
    found = cited(workspace.composition(), citation)
    assert words(found.events).strip() == events
    assert words(found.note) == note


def test_a_number_leads_to_its_row_and_a_note_to_its_source(workspace: Workspace) -> None:
    found = cited(workspace.composition(), "[@offer; @wire-2021, ¶ 4]")
    assert found.events == '<span class="events">\u00a0[<a href="#event-offer">2</a>]</span>'
    assert found.note == (
        '<span class="note"><a href="#source-wire-2021">Wire</a>, 14 May 2021, ¶\u00a04.</span>'
    )


def test_the_note_of_a_row_gives_source_date_and_place(workspace: Workspace) -> None:
    note = note_of_offer(workspace)
    assert words(note) == "Wire, 14 May 2021, ¶\u00a02."
    # The whole words stand in the annex, one link away.
    assert '<a href="#evidence-offer-1">¶\u00a02</a>' in note


def test_quotations_of_one_seed_name_it_once_and_a_place_once(workspace: Workspace) -> None:
    added = "      - seed: wire-2021\n        quote: "
    workspace.edit(
        EVENTS,
        "        paragraph: 2\n",
        f"        paragraph: 2\n{added}The radar station opens\n"
        f"{added}three scanners to the harbour\n        paragraph: 2\n",
    )
    note = words(note_of_offer(workspace))
    assert note == "Wire, 14 May 2021, ¶\u00a02, ¶\u00a03."


def test_an_external_date_names_what_it_rests_on(workspace: Workspace) -> None:
    workspace.edit(EVENTS, "basis: inferred", "basis: external\n      sources: [almanac-2020]")
    note = words(note_of_offer(workspace))
    assert note.endswith("; Date from another source: Almanac Press.")


def test_names_are_escaped(workspace: Workspace) -> None:
    workspace.edit("seeds/seeds.yaml", "container-title: Wire", "container-title: A <b> & C")
    composition = workspace.composition()
    assert "A &lt;b&gt; &amp; C" in cited(composition, "[@wire-2021]").note
