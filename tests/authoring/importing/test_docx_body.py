"""The tree of a Word document before it is read: hidden runs and text boxes."""

from __future__ import annotations

import pytest
from lxml import etree

from sourcebrief.authoring.importing.docx_body import prepared, without_hidden

NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def body(*paragraphs: str) -> etree._Element:
    inner = "".join(f"<w:p>{paragraph}</w:p>" for paragraph in paragraphs)
    return etree.fromstring(f"<w:document {NS}><w:body>{inner}</w:body></w:document>")


def texts(document: etree._Element) -> list[str]:
    return ["".join(one.itertext()) for one in document.iter("{*}p")]


STYLES = etree.fromstring(
    f'<w:styles {NS}><w:style w:styleId="Secret"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>'
)


@pytest.mark.parametrize(
    ("properties", "hidden"),
    [
        ("<w:vanish/>", True),
        ('<w:vanish w:val="0"/>', False),
        ('<w:rStyle w:val="Secret"/>', True),
        ('<w:rStyle w:val="Secret"/><w:vanish w:val="false"/>', False),
        ('<w:rStyle w:val="Other"/>', False),
    ],
)
def test_hidden_runs_leave(properties: str, hidden: bool) -> None:
    document = body(run("Shown ") + run("unseen", properties))
    words, _ = prepared(document, STYLES)
    assert words == ("unseen" if hidden else "")
    assert texts(document) == ["Shown " if hidden else "Shown unseen"]


def test_a_text_box_follows_its_paragraph_once() -> None:
    box = f"<w:txbxContent><w:p>{run('In the box')}</w:p></w:txbxContent>"
    both = (
        "<w:r><mc:AlternateContent>"
        f"<mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    document = body(run("Before ") + both + run("after"), run("Next"))
    assert prepared(document, None) == ("", 1)
    assert texts(document) == ["Before after", "In the box", "Next"]


def test_a_link_that_leads_nowhere_keeps_its_words() -> None:
    document = body(run("See ") + f"<w:hyperlink>{run('the annex')}</w:hyperlink>" + run("."))
    prepared(document, None)
    assert [one.tag.partition("}")[2] for one in document[0][0]] == ["r", "r", "r"]
    assert texts(document) == ["See the annex."]


def test_words_within_other_elements_stay_and_lines_end() -> None:
    inner = f"<w:bdo>{run('One')}</w:bdo><w:fldSimple>{run(' two')}</w:fldSimple>"
    document = body(f"<w:customXml><w:customXmlPr/>{inner}</w:customXml><w:r><w:cr/></w:r>")
    prepared(document, None)
    (paragraph,) = document.iter("{*}p")
    assert [etree.QName(one).localname for one in paragraph] == ["r", "r", "r"]
    assert next(document.iter("{*}br"), None) is not None


def test_hidden_words_of_a_part_leave_it() -> None:
    notes = body(run("Shown"), run("Not  shown", "<w:vanish/>"))
    assert without_hidden(notes, None) == "Not shown"
    assert texts(notes) == ["Shown", ""]


def test_letters_with_their_reading_above_them_stand_in_its_place() -> None:
    ruby = f"<w:ruby><w:rt>{run('あ')}</w:rt><w:rubyBase>{run('亜')}</w:rubyBase></w:ruby>"
    document = body(run("字") + f"<w:r>{ruby}</w:r>" + run("。"))
    prepared(document, None)
    assert texts(document) == ["字亜。"]
