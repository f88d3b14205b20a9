"""Links, languages, runs and pictures."""

from __future__ import annotations

import pytest
from lxml import etree

import word_page
from sourcebrief.documents.word.opc_package import w
from word_documents import body, brief, names, part, value, words, written


def test_neighbouring_words_are_one_run() -> None:
    paragraph = next(p for p in body(brief()).iter(w("p")) if words(p).startswith("The two sides"))
    assert len(paragraph.findall(w("r"))) == 1


def test_links_lead_to_places_that_are_there() -> None:
    root, notes = body(brief()), part(brief(), "word/footnotes.xml")
    places = {value(mark, "name") for mark in root.iter(w("bookmarkStart"))}
    anchors = [
        value(link, "anchor")
        for tree in (root, notes)
        for link in tree.iter(w("hyperlink"))
        if value(link, "anchor")
    ]
    assert set(anchors) == {"event-1", "s-gazette"}
    assert set(anchors) <= places


def test_a_link_to_what_word_does_not_have_is_its_words() -> None:
    paragraph = next(p for p in body(brief()).iter(w("p")) if "Back to the filter" in words(p))
    assert paragraph.find(w("hyperlink")) is None
    assert not list(paragraph.iter(w("rStyle")))


@pytest.mark.parametrize(("language", "marked"), [("en-GB", "es-ES"), ("es-EC", "es-EC")])
def test_words_in_another_language_say_so(language: str, marked: str) -> None:
    for text in ("una patrulla conjunta", "Patrulla conjunta"):
        (run,) = [r for r in body(written(language=language)).iter(w("r")) if text in words(r)]
        assert value(run.find(f"{w('rPr')}/{w('lang')}")) == marked


PLACED = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"


def test_the_figure_is_a_png_as_wide_as_the_text_that_says_what_it_shows() -> None:
    (inline,) = body(brief()).iter(f"{PLACED}inline")
    placed = inline.find(f"{PLACED}docPr")
    assert placed is not None
    assert placed.get("descr") == (
        "Engagement thickens in 2022. Two lanes: Northland, 2 marks; Southland, 1."
    )
    extent = inline.find(f"{PLACED}extent")
    assert extent is not None
    assert abs(int(str(extent.get("cx"))) / 635 - 9864) < 15
    (picture,) = [name for name in names(brief()) if name.startswith("word/media/")]
    assert picture.endswith(".png")
    assert b"data:image" not in etree.tostring(inline)


def test_a_drawing_that_says_nothing_is_marked_as_decoration() -> None:
    page = word_page.page().replace('role="img">', 'aria-hidden="true">', 1)
    (placed,) = body(written(page)).iter(f"{PLACED}docPr")
    assert placed.get("descr") == ""
    assert b"decorative" in etree.tostring(placed)
