"""Languages, styles, lists and settings; links, runs and pictures."""

from __future__ import annotations

import io
import zipfile

import pytest
from lxml import etree

import word_page
from sourcebrief.documents.word.finish_text import with_region
from sourcebrief.documents.word.opc_package import Package, w
from word_documents import (
    REFERENCE,
    ROOT,
    body,
    brief,
    names,
    paragraphs,
    part,
    plain_reference,
    value,
    words,
    written,
)


@pytest.mark.parametrize(
    ("language", "marked"),
    [("en-GB", "en-GB"), ("es", "es-ES"), ("es-EC", "es-EC"), ("qu", "qu-PE")],
)
def test_the_language_is_the_documents_with_the_region_that_word_needs(
    language: str, marked: str
) -> None:
    document = written(language=language)
    spoken = part(document, "word/styles.xml").find(f".//{w('docDefaults')}//{w('lang')}")
    assert (value(spoken), value(spoken, "eastAsia")) == (marked, marked)
    assert value(part(document, "word/settings.xml").find(w("themeFontLang"))) == marked
    core = part(document, "docProps/core.xml")
    assert core.findtext("{http://purl.org/dc/elements/1.1/}language") == language


def test_no_leftovers() -> None:
    with zipfile.ZipFile(io.BytesIO(brief())) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
    for leftover in (b"rsids", b"proofState", b"Microsoft Word 12", str(ROOT).encode(), b"/tmp"):
        assert leftover not in everything
    assert b'"compatibilityMode" w:uri' in everything


def test_a_reference_without_our_styles_serves() -> None:
    document = written(reference=plain_reference())
    assert ("Title", "Northland and the strait") in paragraphs(document)
    identifiers = {
        value(style, "styleId") for style in part(document, "word/styles.xml").iter(w("style"))
    }
    assert {"TableNormal", "Header", "Footer", "Marking", "BottomLine"} <= identifiers


def test_a_houses_styles_are_used() -> None:
    package = Package(REFERENCE)
    for style in package.tree("word/styles.xml").iter(w("style")):
        if value(style, "styleId") in {"Heading1", "TableText"}:
            for size in style.iter(w("sz")):
                size.set(w("val"), "77")
    document = written(reference=package.bytes())
    for style in part(document, "word/styles.xml").iter(w("style")):
        if value(style, "styleId") in {"Heading1", "TableText"}:
            assert [value(size) for size in style.iter(w("sz"))] == ["77"]
    # What the styles say is not said again, and so not overruled, in the text.
    for paragraph in body(document).iter(w("p")):
        assert not list(paragraph.iter(w("sz"), w("rFonts"), w("jc")))


def contrast(colour: str) -> float:
    """The contrast with white of a colour, by WCAG 2.2."""

    def channel(at: int) -> float:
        share = int(colour[at : at + 2], 16) / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    return 1.05 / (0.2126 * channel(0) + 0.7152 * channel(2) + 0.0722 * channel(4) + 0.05)


def test_actors_have_character_styles_of_readable_colours() -> None:
    styles = part(REFERENCE, "word/styles.xml")
    actors = {
        str(value(style, "styleId")): str(value(style.find(f"{w('rPr')}/{w('color')}")))
        for style in styles.iter(w("style"))
        if str(value(style, "styleId")).startswith("Actor")
    }
    assert len(actors) == 9
    assert all(contrast(colour) >= 4.5 for colour in actors.values())
    used = {value(style) for style in body(brief()).iter(w("rStyle"))}
    assert {"Actor1", "Actor2"} <= used


def test_hyperlinks_are_underlined_at_a_contrast_of_4_5() -> None:
    link = next(
        style
        for style in part(brief(), "word/styles.xml").iter(w("style"))
        if value(style, "styleId") == "Hyperlink"
    )
    assert value(link.find(f"{w('rPr')}/{w('u')}")) == "single"
    assert contrast(str(value(link.find(f"{w('rPr')}/{w('color')}")))) >= 4.5


def test_no_word_is_hyphenated() -> None:
    assert part(brief(), "word/settings.xml").find(w("autoHyphenation")) is None
    suppressed = {
        value(style, "styleId"): value(found) != "0"
        for style in part(brief(), "word/styles.xml").iter(w("style"))
        if (found := style.find(f"{w('pPr')}/{w('suppressAutoHyphens')}")) is not None
    }
    assert suppressed == {"Normal": True}


def test_what_an_actor_did_has_a_rule_in_the_actors_colour() -> None:
    ruled = {
        words(paragraph)[:12]: (value(left, "color"), value(left, "sz"))
        for paragraph in body(brief()).iter(w("p"))
        if (left := paragraph.find(f"{w('pPr')}/{w('pBdr')}/{w('left')}")) is not None
    }
    assert list(ruled) == ["● Actor 1", "Engagements2", "Counterparts", "It offered p"]
    assert set(ruled.values()) == {("1A4F8B", "16")}


def test_items_under_an_actor_stand_a_step_deeper_than_the_rule() -> None:
    page = word_page.page().replace('<dl class="facts">', "<ul><li>An item</li></ul><dl>", 1)
    (item,) = [p for p in body(written(page)).iter(w("p")) if words(p) == "An item"]
    indent = item.find(f"{w('pPr')}/{w('ind')}")
    assert (value(indent, "left"), value(indent, "hanging")) == ("568", "284")


def test_the_bottom_line_has_a_thick_rule() -> None:
    for style in part(brief(), "word/styles.xml").iter(w("style")):
        if str(value(style, "styleId")).startswith("BottomLine"):
            assert value(style.find(f"{w('pPr')}/{w('pBdr')}/{w('left')}"), "sz") == "24"


@pytest.mark.parametrize(
    ("language", "like", "marked"),
    [
        ("pt", "", "pt-BR"),
        ("es", "es-EC", "es-EC"),
        ("es-MX", "es-EC", "es-MX"),
        ("de", "es-EC", "de-DE"),
        ("zh-Hans", "", "zh-CN"),
        ("zh-Hant", "", "zh-TW"),
        ("xx", "", "xx"),
    ],
)
def test_a_language_gets_the_region_of_the_document_or_its_likely_one(
    language: str, like: str, marked: str
) -> None:
    assert with_region(language, like=like) == marked


def test_words_of_east_asia_are_shown_in_the_forms_of_their_language() -> None:
    tagged = '<span lang="ja">直骨</span> <span lang="zh-Hant">直骨</span> The two sides'
    page = word_page.page().replace("The two sides", tagged, 1)
    runs = [run for run in body(written(page)).iter(w("r")) if words(run) == "直骨"]
    shown = [
        (
            value(run.find(f".//{w('lang')}"), "eastAsia"),
            value(run.find(f".//{w('rFonts')}"), "eastAsia"),
        )
        for run in runs
    ]
    assert shown == [("ja-JP", "Yu Gothic"), ("zh-TW", "Microsoft JhengHei")]


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
    assert abs(int(str(extent.get("cx"))) / 635 - 10092) < 15
    (picture,) = [name for name in names(brief()) if name.startswith("word/media/")]
    assert picture.endswith(".png")
    assert b"data:image" not in etree.tostring(inline)


def test_a_drawing_that_says_nothing_is_marked_as_decoration() -> None:
    page = word_page.page().replace('role="img">', 'aria-hidden="true">', 1)
    (placed,) = body(written(page)).iter(f"{PLACED}docPr")
    assert placed.get("descr") == ""
    assert b"decorative" in etree.tostring(placed)
