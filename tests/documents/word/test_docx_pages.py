"""The size of the page, and the marking, the edition and the number on each."""

from __future__ import annotations

import pytest
from lxml import etree

from sourcebrief.documents.word.docx_pages import PageGeometry, on_page
from sourcebrief.documents.word.opc_package import OFFICE, OFFICE_TYPE, Package, W, w
from sourcebrief.errors import EngineFault
from word_documents import REFERENCE, body, brief, names, part, value, words, written

TITLE = "Northland and the …"
HEADS_AND_FEET = tuple(
    f"word/{kind}{number}.xml" for kind in ("header", "footer") for number in (1, 2)
)


def test_a_broken_reference_is_one_line() -> None:
    with pytest.raises(
        EngineFault, match=r"^reference\.docx: not a Word document.* save it from Word again$"
    ):
        written(reference=b"no zip")


def test_a_reference_on_the_right_page_stays_as_it_is() -> None:
    reference, geometry = on_page(REFERENCE, "A4")
    assert reference == REFERENCE
    assert geometry == PageGeometry(11906 - 2 * 907, 16838 - 1134 - 992)


def test_a_reference_without_a_section_gets_the_page_and_words_margins() -> None:
    package = Package(REFERENCE)
    package.body().remove(package.body()[-1])
    reference, geometry = on_page(package.bytes(), "Letter")
    size = Package(reference).body().find(f"{w('sectPr')}/{w('pgSz')}")
    assert (value(size, "w"), value(size, "h")) == ("12240", "15840")
    assert geometry == PageGeometry(12240 - 2880, 15840 - 2880)


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
    for name in HEADS_AND_FEET:
        (run,) = [r for r in part(document, name).iter(w("r")) if marking in words(r)]
        look = run.find(w("rPr"))
        assert look is not None
        assert value(look.find(w("color"))) == colour
        assert value(look.find(w("shd")), "fill") == "000000"
        assert int(str(value(look.find(w("sz"))))) >= 24
        paragraph = run.getparent()
        assert paragraph is not None
        assert paragraph[-1] is run
        (*_, last) = paragraph.iterfind(f"{w('pPr')}/{w('tabs')}/{w('tab')}")
        assert (value(last), value(last, "pos")) == ("right", "10092")


def test_any_other_mark_looks_as_the_style_of_marks() -> None:
    document = written(marking="Internal <use> only")
    (paragraph,) = part(document, "word/header1.xml").iter(w("p"))
    run = paragraph[-1]
    assert words(run) == "Internal <use> only"
    assert value(run.find(f"{w('rPr')}/{w('sz')}")) == "24"


def test_a_long_mark_has_a_line_of_its_own() -> None:
    marking = "Internal <use> only & not for distribution beyond the directorate " * 2
    document = written(marking=marking)
    title, paragraph = part(document, "word/header1.xml").iter(w("p"))
    assert words(title) == TITLE
    assert words(paragraph) == marking.strip()
    assert value(paragraph.find(f"{w('pPr')}/{w('pStyle')}")) == "Marking"


def heads(document: bytes, kind: str = "header") -> dict[str, str]:
    """The words of each head by the pages that it is for."""
    package = Package(document)
    parts = package.related("word/document.xml", kind)
    return {
        str(value(reference, "type")): words(
            package.tree(parts[str(reference.get(f"{{{OFFICE}}}id"))])
        )
        for reference in package.body().iter(w(f"{kind}Reference"))
    }


def test_all_pages_but_the_first_have_the_title_beside_the_marking() -> None:
    mark = "\u00a0TLP:AMBER\u00a0"
    assert heads(brief()) == {"default": TITLE + mark, "first": mark}
    feet = heads(brief(), "footer")
    assert feet["first"] == feet["default"]
    section = body(brief()).find(f".//{w('sectPr')}")
    assert section is not None
    assert section.find(w("titlePg")) is not None


def test_the_foot_has_edition_status_and_the_pages_number() -> None:
    foot = part(brief(), "word/footer1.xml")
    assert words(foot).startswith("Edition 3f9a1c20b7de · as of 1 October 2023 · final1 of 1")
    fields = [value(field, "instr") for field in foot.iter(w("fldSimple"))]
    assert fields == [" PAGE ", " NUMPAGES "]


def test_the_page_refers_to_its_heads_and_feet_before_its_size() -> None:
    section = body(brief()).find(f".//{w('sectPr')}")
    assert section is not None
    references = [child.tag for child in section][:4]
    assert set(references) == {w("headerReference"), w("footerReference")}
    assert value(section.find(w("pgSz")), "w") == "11906"


def with_own_head(*elements: str) -> bytes:
    """A reference document with a head of all pages, and what more its section says."""
    package = Package(REFERENCE)
    package.put(
        "word/header1.xml",
        f'<w:hdr xmlns:w="{W}"><w:p><w:r><w:t>Ministry</w:t></w:r></w:p></w:hdr>'.encode(),
        f"{OFFICE_TYPE}.wordprocessingml.header+xml",
    )
    package.relate("word/header1.xml", "word/media/seal.png", "image")
    relation = package.relate("word/document.xml", "word/header1.xml", "header")
    section = package.tree("word/document.xml").find(f".//{w('sectPr')}")
    assert section is not None
    key = f"{{{OFFICE}}}id"
    section.insert(0, etree.Element(w("headerReference"), {w("type"): "default", key: relation}))
    section.extend(etree.Element(w(name)) for name in elements)
    return package.bytes()


def test_a_houses_head_stays_above_ours_on_every_page() -> None:
    document = written(reference=with_own_head())
    mark = "\u00a0TLP:AMBER\u00a0"
    assert heads(document) == {"default": f"Ministry{TITLE}{mark}", "first": f"Ministry{mark}"}
    seals = [name for name in names(document) if name.startswith("word/_rels/header")]
    assert len({part(document, name)[0].get("Target") for name in seals}) == 1
    assert len(seals) == 2


def test_a_first_page_without_a_houses_head_has_the_marking_alone() -> None:
    document = written(reference=with_own_head("titlePg"))
    assert heads(document)["first"] == "\u00a0TLP:AMBER\u00a0"
