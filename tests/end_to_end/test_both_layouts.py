"""The Ecuador briefing's two layouts: what stands on which page, and how much room it takes."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from lxml import html

from placed_notes import placed_notes
from sourcebrief.brief.make_manifest import manuscript
from sourcebrief.build.checks import check_briefing, read_corpus
from sourcebrief.documents.pdf.engine.boxes import descendants, lines_after
from sourcebrief.documents.pdf.engine.render import render
from sourcebrief.documents.publish import STYLE_SHEETS, set_page, word_references
from sourcebrief.workspace.read_files import Inputs

if TYPE_CHECKING:
    from sourcebrief.documents.publish import Page

ROOT = Path(__file__).resolve().parents[2]
NAME = "ecuador-security-cooperation"
MOST_NOTES = 0.1
"""The share of a page of the chronology that notes may take."""


@cache
def page_of(layout: str) -> Page:
    checked = check_briefing(NAME, read_corpus(Inputs(ROOT)))
    assert checked.composition is not None
    text = manuscript(checked.composition)
    references = word_references(text, checked.templates)
    return set_page(text, references, checked.templates, "0" * 12, layout)


@cache
def document_of(layout: str) -> Any:
    page = page_of(layout)
    return render(page.html, {name: page.templates.read(name) for name in STYLE_SHEETS})


def notes_share(page: Any) -> float:
    (area,) = (box for box in page._page_box.children if type(box).__name__ == "FootnoteAreaBox")
    return float(area.margin_height() / page.height)


def pages_with(document: Any, identifier: str) -> list[int]:
    """The pages that something of an element stands on, from 1."""
    return [
        number
        for number, page in enumerate(document.pages, 1)
        for box in descendants(page._page_box)
        if box.element is not None and box.element.get("id") == identifier
    ]


def test_the_full_edition_has_nine_pages_and_its_sources_begin_by_the_sixth() -> None:
    document = document_of("full")
    assert len(document.pages) <= 9
    assert pages_with(document, "sources")[0] <= 6


def test_the_short_edition_has_two_pages() -> None:
    document = document_of("short")
    assert len(document.pages) == 2
    assert lines_after(document, 2) == 0
    assert lines_after(document, 1) > 20


@pytest.mark.parametrize("layout", ["full", "short"])
def test_the_message_and_the_picture_stand_on_the_first_page(layout: str) -> None:
    document = document_of(layout)
    for identifier in ("bottom-line", "judgements", "timeline"):
        assert set(pages_with(document, identifier)) == {1}, identifier


@pytest.mark.parametrize("layout", ["full", "short"])
def test_notes_take_a_tenth_of_a_page_at_most_and_none_is_lost(layout: str) -> None:
    document = document_of(layout)
    assert all(placed.call == placed.note for placed in placed_notes(document))
    for number in set(pages_with(document, "chronology")):
        assert notes_share(document.pages[number - 1]) <= MOST_NOTES, number


def test_no_column_of_the_chronology_is_empty() -> None:
    root = html.document_fromstring(page_of("full").html)
    rows = root.xpath("//table[@id='table-1']//tr[contains(@class, 'event')]")
    columns = zip(*([cell.text_content().strip() for cell in row] for row in rows), strict=True)
    assert all(any(cells) for cells in columns)


def test_a_reader_finds_in_the_sources_the_name_that_a_note_gives() -> None:
    root = html.document_fromstring(page_of("full").html)
    links = root.xpath("//span[@class='note']//a[starts-with(@href, '#source-')]")
    assert len(links) > 60
    for link in links:
        entry = root.get_element_by_id(link.get("href")[1:])
        assert entry.text_content().startswith(link.text_content())


def test_the_short_edition_says_what_the_full_one_says() -> None:
    full, short = (html.document_fromstring(page_of(name).html) for name in ("full", "short"))
    for part in ("//div[@class='lead']", "//td[@class='judgement']", "//b[@class='title']"):
        said = {" ".join(one.text_content().split()) for one in short.xpath(part)}
        assert said <= {" ".join(one.text_content().split()) for one in full.xpath(part)}
