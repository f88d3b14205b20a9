"""Elements have holders, attributes have values; the document made again adds some."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from lxml import etree

from sourcebrief.documents.word.opc_package import W
from sourcebrief.verification.vocabulary_of_docx import known_in, unknown_in_element

if TYPE_CHECKING:
    from collections.abc import Iterator

PART = "word/document.xml"


def elements(xml: str) -> Iterator[tuple[str, str, Any]]:
    for one in etree.fromstring(f'<w:body xmlns:w="{W}">{xml}</w:body>').iter():
        yield PART, etree.QName(one).localname, one


def unknown(xml: str, made: str = "", part: str = PART) -> list[str]:
    known = known_in(elements(made))
    *_, (_, local, element) = elements(xml)
    return list(unknown_in_element(element, local, part, known))


@pytest.mark.parametrize(
    ("xml", "said"),
    [
        ('<w:pPr><w:spacing w:before="120" w:lineRule="auto"/></w:pPr>', []),
        ("<w:r><w:t xml:space='preserve'>a</w:t></w:r>", []),
        ("<w:r><w:t w:rsidR='00A1'>a</w:t></w:r>", []),
        ("<w:r><w:vanish/></w:r>", ["it has the element vanish, which no build writes"]),
        ("<w:proofErr><w:p/></w:proofErr>", ["p stands within proofErr, where no program puts it"]),
        (
            '<w:pPr><w:spacing w:before="31680"/></w:pPr>',
            ["the space around a paragraph is larger than builds write (31680)"],
        ),
        ('<w:rPr><w:sz w:val="wide"/></w:rPr>', ["letters are too small to be seen (wide)"]),
        ('<w:rPr><w:b w:x="1"/></w:rPr>', ["x of b is “1”, which no build writes"]),
        (
            '<w:rPr><w:rFonts w:ascii="Zapf Dingbats"/></w:rPr>',
            ["a font shows other signs than the letters (Zapf Dingbats)"],
        ),
    ],
)
def test_what_is_not_in_the_list_is_named(xml: str, said: list[str]) -> None:
    assert unknown(xml) == said


def test_what_the_document_made_again_holds_is_known() -> None:
    strange = '<w:r><w:vanish w:val="1"/></w:r>'
    assert unknown(strange, made=strange) == []
    assert unknown('<w:pPr><w:ind w:left="9000"/></w:pPr>', made=strange) != []


def test_bullets_are_signs_of_symbol_fonts() -> None:
    bullet = '<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr>'
    assert unknown(bullet, part="word/numbering.xml") == []
    assert unknown(bullet) != []
