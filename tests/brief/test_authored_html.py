"""Authored text to markup: escaped, with a note for each citation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebrief.brief.authored_html import (
    CitationMarkup,
    NoteWriter,
    render_blocks,
    render_inline,
)
from sourcebrief.brief.make_manifest import manifest_of
from sourcebrief.brief.view import Html
from sourcebrief.workspace.markup import Citation, CitedItem, parse_markup
from views import notes_of

if TYPE_CHECKING:
    from conftest import Workspace
    from sourcebrief.brief.make_manifest import Composition

EVENTS = "briefings/port/events.yaml"


def cite(citation: Citation) -> CitationMarkup:
    """As for sources where an id begins with x or y, and for events where with e."""
    events = "+".join(item.id for item in citation if item.id.startswith("e"))
    note = "+".join(item.id for item in citation if not item.id.startswith("e"))
    return CitationMarkup(
        Html(f" [{events}]" if events else ""), Html(f"<n>{note}</n>" if note else "")
    )


def inline(text: str, language: str = "en-GB") -> str:
    return render_inline(parse_markup(text), cite, language)


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        ("A & B < C > D", "A &amp; B &lt; C &gt; D"),
        ("\"A\" and 'b'", "\"A\" and 'b'"),
        ("*a* **b**", "<em>a</em> <strong>b</strong>"),
        ("[a](https://e.org/?x=1&y=2)", '<a href="https://e.org/?x=1&amp;y=2">a</a>'),
        ("[a](https://e.org/%22onclick=x)", '<a href="https://e.org/%22onclick=x">a</a>'),
        ("Ana's. \"Ana's *port's* plan\"", "Ana’s. \"Ana's <em>port's</em> plan\""),
        ("A. [@x]", "A.<n>x</n>"),
        ("A. [@x] B.", "A.<n>x</n> B."),
        ("A [@x; @y] b", "A<n>x+y</n> b"),
        # A sign after a citation stands before its note, as English typesetting has it.
        ("A [@x].", "A.<n>x</n>"),
        ("A [@x], b [@y]; c", "A,<n>x</n> b;<n>y</n> c"),
        ("A [@x]: b", "A:<n>x</n> b"),
        ("A [@x]? B", "A<n>x</n>? B"),
        ("A [@x][@y].", "A.<n>x</n><n>y</n>"),
        ("*a* [@x].", "<em>a</em>.<n>x</n>"),
        # The numbers of events stand in the sentence, before its full stop.
        ("A. [@e1]", "A [e1]."),
        ("A [@e1]. B", "A [e1]. B"),
        ("A, [@e1; @e2] b. [@e3]", "A [e1+e2], b [e3]."),
        ("A. [@e1; @x] B", "A [e1].<n>x</n> B"),
        ("A [@e1; @x]. B", "A [e1].<n>x</n> B"),
        ("In the U.S. [@e1]", "In the U.S. [e1]"),
        ("A & [@e1]", "A &amp; [e1]"),
        ("A in 2022.\n[@e1]", "A in 2022 [e1]."),
        ("A. [@e1] [@e2] B", "A [e1] [e2]. B"),
        ("A. [@e1; @x] [@e2]", "A [e1] [e2].<n>x</n>"),
        ("A. [@x] [@e1]\n[@y]", "A [e1].<n>x</n><n>y</n>"),
        ("*a*. [@e1]", "<em>a</em> [e1]."),
    ],
)
def test_inline_text(text: str, markup: str) -> None:
    assert inline(text) == markup


def test_in_other_languages_the_sign_stays_after_the_note() -> None:
    assert inline("A [@x].", "es") == "A<n>x</n>."


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        ("A\n\nB", "<p>A</p>\n<p>B</p>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("1. a\n2. b", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>"),
        ("A:\n\n- a\n\nB", "<p>A:</p>\n<ul>\n<li>a</li>\n</ul>\n<p>B</p>"),
        ("- a\n\n1. b", "<ul>\n<li>a</li>\n</ul>\n<ol>\n<li>b</li>\n</ol>"),
    ],
)
def test_blocks(text: str, markup: str) -> None:
    assert render_blocks(parse_markup(text), cite, "en-GB") == markup


@given(st.text("<>&\"'/=ab[]()@*_:; \n", max_size=80))
def test_no_markup_but_ours_ever_comes_out(text: str) -> None:
    import re

    markup = render_blocks(parse_markup(text), cite, "en-GB")
    ours = r'</?(?:p|ul|ol|li|em|strong|n|a)>|<a href="(?:https://|mailto:)[^"<>]*">'
    if not parse_markup(text).faults:
        left = re.sub(ours, "", markup)
        assert "<" not in left
        assert ">" not in left
        assert not re.search(r"&(?!amp;|lt;|gt;)", left)


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
        ("[@offer; @pact]", "[1,\u00a02]", ""),
        ("[@pact; @pact]", "[1]", ""),
        ("[@wire-2021, ¶ 4]", "", "Wire, 14 May 2021, ¶\u00a04."),
        ("[@wire-2021]", "", "Wire, 14 May 2021."),
        ("[@wire-2021, ¶ 4; @wire-2021, ¶ 6]", "", "Wire, 14 May 2021, ¶\u00a04, ¶\u00a06."),
        ("[@wire-2021, ¶ 4; @offer]", "[2]", "Wire, 14 May 2021, ¶\u00a04."),
        ("[@almanac-2020]", "", "Almanac Press†, 2020."),
        ("[@almanac-2020, p. 7]", "", "Almanac Press†, 2020, p.\u00a07."),
    ],
)
def test_events_stand_in_the_line_and_sources_in_a_note(
    workspace: Workspace, citation: str, events: str, note: str
) -> None:
    found = cited(workspace.composition(), citation)
    assert words(found.events).strip() == events
    assert words(found.note) == note


def test_a_long_list_breaks_with_two_numbers_on_either_side(workspace: Workspace) -> None:
    events = [f"e{number}" for number in range(1, 7)]
    numbers = {event: number for number, event in enumerate(events, 1)}
    notes = NoteWriter({}, workspace.composition().labels, numbers)
    shown = notes.for_citation(tuple(map(CitedItem, events))).events
    assert words(shown) == "\u00a0[1,\u00a02, 3, 4, 5,\u00a06]"


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


def test_a_seed_is_named_once_and_its_places_once_in_their_order(workspace: Workspace) -> None:
    first = "      - seed: wire-2021\n        quote: The Office will send three scanners"
    workspace.edit(
        EVENTS,
        first,
        "      - seed: wire-2021\n        quote: The radar station opens\n"
        "      - seed: wire-2021\n        quote: three scanners to the harbour\n"
        f"        paragraph: 2\n{first}",
    )
    note = words(note_of_offer(workspace))
    assert note == "Wire, 14 May 2021, ¶\u00a02, ¶\u00a03."


def test_an_external_date_names_what_it_rests_on(workspace: Workspace) -> None:
    workspace.edit(EVENTS, "basis: inferred", "basis: external\n      sources: [almanac-2020]")
    note = words(note_of_offer(workspace))
    assert note.endswith("; date from another source: Almanac Press†.")


def test_names_are_escaped(workspace: Workspace) -> None:
    workspace.edit("seeds/seeds.yaml", "container-title: Wire", "container-title: A <b> & C")
    composition = workspace.composition()
    assert "A &lt;b&gt; &amp; C" in cited(composition, "[@wire-2021]").note
