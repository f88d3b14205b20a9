"""Boxes of a layout: no note is lost, and list markers are drawn with their items."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import pdf_sample as sample
from placed_notes import placed_notes
from sourcebrief.documents.pdf.engine.boxes import descendants, is_note_marker, link_notes
from sourcebrief.documents.pdf.engine.render import render
from sourcebrief.errors import EngineFault
from tagged_pdf import kids_of, sample_brief

if TYPE_CHECKING:
    from tagged_pdf import TaggedPdf


@pytest.fixture
def brief() -> TaggedPdf:
    return sample_brief()


@pytest.mark.parametrize(("rows", "notes"), [(12, 2), (17, 1), (23, 2), (31, 1)])
def test_no_note_is_lost_and_each_is_on_the_page_of_its_call(rows: int, notes: int) -> None:
    document = render(sample.brief(rows, notes), sample.RESOURCES)
    found = placed_notes(document)

    assert len(found) == 1 + rows * notes + rows // 4
    assert [note for note in found if note.note != note.call] == []
    assert len(document.pages) <= 2 + rows * (1 + notes) / 12


def test_each_page_is_drawn_in_the_order_in_which_it_is_read(brief: TaggedPdf) -> None:
    # A drawing is painted after the text around it; it has no text of its own to be read.
    figures = {int(kid) for each in brief.root.all("Figure") for kid in kids_of(each.object)}
    for page in range(len(brief.pages)):
        drawn = [mcid for number, mcid in brief.drawn if number == page and mcid not in figures]
        read = [mcid for number, mcid in brief.read if number == page and mcid not in figures]
        assert drawn == read


def test_a_lost_note_is_named_with_the_page_of_its_call() -> None:
    document = render(sample.brief(3), sample.RESOURCES)
    assert link_notes(document) == 4
    for page in document.pages:
        for box in list(descendants(page._page_box)):
            box.children = [
                each
                for each in box.children
                if not (is_note_marker(each) and each.element.get("id") == "note-2-0")
            ]

    with pytest.raises(EngineFault, match=r"lost the note note-2-0 whose call is on page [12]$"):
        link_notes(document)


def test_a_row_whose_note_has_no_room_takes_no_other_note_with_it() -> None:
    # Three lines and a note of 52 words, and so on: WeasyPrint alone puts a note of the second row
    # on the page of the third.
    rows = [(7, (52,)), (7, (36, 56)), (3, (26, 34, 49, 4))]
    cells = (
        "<br>".join(["A line"] * lines)
        + "".join(f'<span class="note">{"Note " * words}</span>' for words in notes)
        for lines, notes in rows
    )
    table = "".join(f'<tr id="r{n}"><td>{cell}</td></tr>' for n, cell in enumerate(cells))
    style = (
        "@page { size: 300px 400px; margin: 30px } tr { break-inside: avoid } "
        "@footnote { border-top: 1px solid } "
        ".note { float: footnote; footnote-display: compact; font-size: 9px }"
    )
    document = render(f"<title>T</title><table>{table}</table>", {}, rules=style)
    assert [note for note in placed_notes(document) if note.note != note.call] == []
    assert len(placed_notes(document)) == 7
