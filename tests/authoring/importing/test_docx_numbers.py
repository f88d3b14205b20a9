"""The numbers that Word gives to paragraphs."""

from __future__ import annotations

import pytest
from lxml import etree

from sourcebrief.authoring.importing.docx_numbers import write_numbers

NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def level(at: int, style: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>'
        f'<w:lvlText w:val="{text}"/>{more}</w:lvl>'
    )


def numbering(*levels: str, restart: bool = False) -> etree._Element:
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    return etree.fromstring(
        f'<w:numbering {NS}><w:abstractNum w:abstractNumId="5">{"".join(levels)}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="5"/></w:num>'
        f'<w:num w:numId="2"><w:abstractNumId w:val="5"/>{override if restart else ""}</w:num>'
        "</w:numbering>"
    )


def item(text: str, at: int = 0, number: int = 1) -> str:
    return (
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{number}"/></w:numPr></w:pPr>'
        f"<w:r><w:t>{text}</w:t></w:r></w:p>"
    )


def texts(paragraphs: str, lists: etree._Element, styles: str = "") -> list[str]:
    document = etree.fromstring(f"<w:document {NS}><w:body>{paragraphs}</w:body></w:document>")
    style = etree.fromstring(f"<w:styles {NS}>{styles}</w:styles>")
    write_numbers(document, style, lists)
    return ["".join(one.itertext()) for one in document.iter("{*}p")]


def test_levels_count_within_the_one_above() -> None:
    lists = numbering(level(0, "decimal", "%1."), level(1, "lowerLetter", "(%2)"))
    paragraphs = item("One") + item("first", 1) + item("second", 1) + item("Two") + item("new", 1)
    assert texts(paragraphs, lists) == ["1. One", "(a) first", "(b) second", "2. Two", "(a) new"]


@pytest.mark.parametrize(
    ("style", "text", "fourth"),
    [
        ("decimal", "Article %1 -", "Article 4 - d"),
        ("upperRoman", "%1.", "IV. d"),
        ("lowerRoman", "%1)", "iv) d"),
        ("upperLetter", "%1.", "D. d"),
        ("decimalZero", "%1", "04 d"),
        ("bullet", "•", "d"),
        ("none", "", "d"),
    ],
)
def test_numbers_are_written_as_word_writes_them(style: str, text: str, fourth: str) -> None:
    found = texts("".join(map(item, "abcd")), numbering(level(0, style, text)))
    assert found[-1] == fourth


def test_a_number_may_hold_those_above_it() -> None:
    legal = '<w:isLgl/><w:suff w:val="nothing"/>'
    lists = numbering(level(0, "upperRoman", "%1."), level(1, "decimal", "%1.%2:", legal))
    assert texts(item("One") + item("Two") + item("below", 1), lists)[-1] == "2.1:below"


def test_another_list_of_the_same_kind_counts_on_unless_it_begins_anew() -> None:
    paragraphs = item("a") + item("b") + item("c", number=2) + item("d", number=2)
    decimal = level(0, "decimal", "%1.")
    assert texts(paragraphs, numbering(decimal))[2:] == ["3. c", "4. d"]
    assert texts(paragraphs, numbering(decimal, restart=True))[2:] == ["1. c", "2. d"]


def test_a_style_gives_its_paragraphs_numbers() -> None:
    styles = (
        '<w:style w:styleId="Clause"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
        '</w:style><w:style w:styleId="Sub"><w:basedOn w:val="Clause"/></w:style>'
    )
    clause = '<w:p><w:pPr><w:pStyle w:val="Sub"/>{}</w:pPr><w:r><w:t>Agreed</w:t></w:r></w:p>'
    none = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    lists = numbering(level(0, "decimal", "%1."))
    assert texts(clause.format("") + clause.format(none), lists, styles) == ["1. Agreed", "Agreed"]


def test_empty_and_deleted_paragraphs() -> None:
    deleted = item("").replace("</w:pPr>", "<w:rPr><w:del/></w:rPr></w:pPr>")
    paragraphs = item("a") + item("") + deleted + item("b")
    assert texts(paragraphs, numbering(level(0, "decimal", "%1."))) == ["1. a", "", "", "3. b"]


def test_what_no_program_writes_numbers_nothing() -> None:
    odd = level(12, "decimal", "%1.") + level(0, "upperRoman", "%1.").replace('"1"', '"x"')
    assert texts(item("a", 12) + item("b"), numbering(odd))[0] == "a"
