"""What a citation prints."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from sourcebrief.brief.notes import QUOTED_WORDS
from sourcebrief.workspace.markup import parse_markup

if TYPE_CHECKING:
    from conftest import Workspace
    from sourcebrief.brief.compose import Composition

BRIEF = "briefings/port/brief.yaml"
EVENTS = "briefings/port/events.yaml"


def words(markup: str) -> str:
    return re.sub(r"<[^>]*>", "", markup)


def cited(composition: Composition, text: str) -> str:
    (block,) = parse_markup(text).blocks
    (piece,) = (piece for piece in block.pieces if piece.kind == "citation")
    return composition.notes.for_citation(piece.citation)


@pytest.mark.parametrize(
    ("citation", "note"),
    [
        ("[@pact]", "Event 1."),
        ("[@offer]", "Event 2."),
        ("[@offer; @pact]", "Events 1 and 2."),
        ("[@pact; @pact]", "Event 1."),
        ("[@wire-2021, ¶ 4]", "Wire, ¶\u00a04."),
        ("[@wire-2021]", "Wire."),
        ("[@offer; @wire-2021, ¶ 4]", "Event 2; Wire, ¶\u00a04."),
        ("[@wire-2021, ¶ 4; @offer]", "Event 2; Wire, ¶\u00a04."),
        ("[@almanac-2020]", "Almanac Press (other source)."),
        ("[@almanac-2020, p. 7]", "Almanac Press (other source), p.\u00a07."),
    ],
)
def test_the_note_of_a_bracket(workspace: Workspace, citation: str, note: str) -> None:
    assert words(cited(workspace.composition(), citation)) == note


def test_a_note_leads_to_the_event_and_the_source(workspace: Workspace) -> None:
    markup = cited(workspace.composition(), "[@offer; @wire-2021, ¶ 4]")
    assert markup == (
        '<span class="note">Event <a href="#event-offer">2</a>; '
        '<a href="#source-wire-2021">Wire</a>, ¶\u00a04.</span>'
    )


def test_the_note_of_a_row_gives_source_date_locator_and_words(workspace: Workspace) -> None:
    composition = workspace.composition()
    event = composition.selected.events[1]
    note = words(composition.notes.for_event(event, composition.proof.evidence["offer"]))
    assert note == (
        "Wire, 14 May 2021, ¶\u00a02: “The Office will send three scanners to the harbour”."
    )


def test_quotations_of_one_seed_name_it_once(workspace: Workspace) -> None:
    workspace.edit(
        EVENTS,
        "        paragraph: 2\n",
        "        paragraph: 2\n      - seed: wire-2021\n        quote: The radar station opens\n",
    )
    composition = workspace.composition()
    event = composition.selected.events[1]
    note = words(composition.notes.for_event(event, composition.proof.evidence["offer"]))
    assert note.endswith("harbour”; ¶\u00a03: “The radar station opens”.")
    assert note.count("Wire") == 1


def test_a_note_of_a_row_quotes_at_most_thirty_words(workspace: Workspace) -> None:
    old = "met the Director of the Coast Office"
    workspace.edit(EVENTS, f"quote: {old}", f"quote: The Minister of Ports, Ana Ruiz, {old}")
    old = "the pact on container scanning was signed"
    workspace.edit(EVENTS, f"quote: {old}", f"quote: that {old} two days earlier")
    composition = workspace.composition()
    proven = composition.proof.evidence["pact"]
    note = words(composition.notes.for_event(composition.selected.events[0], proven))
    first, second = re.findall("“([^”]*)”", note)
    assert len(first.split()) == 22
    assert second == "that the pact on container scanning was signed …"
    assert len(first.split()) + len(second.removesuffix(" …").split()) == QUOTED_WORDS


def test_an_external_date_names_what_it_rests_on(workspace: Workspace) -> None:
    workspace.edit(EVENTS, "basis: inferred", "basis: external\n      sources: [almanac-2020]")
    composition = workspace.composition()
    event = composition.selected.events[1]
    note = words(composition.notes.for_event(event, composition.proof.evidence["offer"]))
    assert note.endswith("; Date from another source: Almanac Press.")


def test_names_are_escaped(workspace: Workspace) -> None:
    workspace.edit("seeds/seeds.yaml", "container-title: Wire", "container-title: A <b> & C")
    composition = workspace.composition()
    assert "A &lt;b&gt; &amp; C" in cited(composition, "[@wire-2021]")
