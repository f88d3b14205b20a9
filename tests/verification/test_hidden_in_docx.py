"""What a value hides or changes is named: letters, columns, pages, notes, links, pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sent_files import replaced, rezipped
from sourcebrief.verification.remake import Remade
from sourcebrief.verification.verify import verify

if TYPE_CHECKING:
    from collections.abc import Callable

    from inspections import Built

BODY = "word/document.xml"
RUN = '<w:r><w:t xml:space="preserve">We judge'
CELL = '<w:tcW w:w="8982" w:type="dxa"/>'


def in_a_run(properties: str) -> Callable[[str, bytes], bytes]:
    return replaced(BODY, RUN, RUN.replace("<w:t ", f"<w:rPr>{properties}</w:rPr><w:t "))


def instead(old: str, new: str, part: str = BODY) -> Callable[[str, bytes], bytes]:
    return replaced(part, old, new)


def _grey(name: str, data: bytes) -> bytes:
    head, mark, rest = data.partition(RUN.encode())
    cell = CELL.encode()
    at = head.rfind(cell) if name == BODY else -1
    if at < 0:
        return data
    shade, ink = b'<w:shd w:val="clear" w:fill="A0A0A0"/>', b'<w:color w:val="A0A0A0"/>'
    run = mark.replace(b"<w:t ", b"<w:rPr>" + ink + b"</w:rPr><w:t ")
    return head[: at + len(cell)] + shade + head[at + len(cell) :] + run + rest


WHERE = "_rels/.rels"
FORGERIES: dict[str, tuple[Callable[[str, bytes], bytes], str]] = {
    "letters over each other": (in_a_run('<w:spacing w:val="-400"/>'), "over each other"),
    "a symbol font": (in_a_run('<w:rFonts w:ascii="Wingdings"/>'), "other signs than the letters"),
    "a symbol font in its place": (
        instead('<w:altName w:val="', '<w:altName w:val="Webdings ', "word/fontTable.xml"),
        "other signs than the letters",
    ),
    "a symbol font of the theme": (
        instead('typeface="Calibri"', 'typeface="Symbol"', "word/theme/theme1.xml"),
        "other signs than the letters",
    ),
    "a raised number": (in_a_run('<w:vertAlign w:val="superscript"/>'), "is raised or lowered"),
    "hidden on a screen": (in_a_run("<w:webHidden/>"), "words are hidden on a screen"),
    "another event": (
        instead("event-inspection-1", "event-inspection-24"), "a link to #event-inspection-24",
    ),
    "a tip": (instead("<w:hyperlink w:anchor", '<w:hyperlink w:tooltip="No" w:anchor'), "words of"),
    "a number by a field": (
        instead(RUN, f'<w:fldSimple w:instr=" PAGEREF event-1 \\# &quot;none&quot; "/>{RUN}'),
        "a field computes",
    ),
    "a second place": (
        instead("<w:hyperlink w:anchor", '<w:hyperlink w:docLocation="x" w:anchor'),
        "a second place",
    ),
    "a paragraph where none is shown": (
        instead(RUN, f"<w:proofErr><w:r><w:t>No</w:t></w:r></w:proofErr>{RUN}"),
        "no program puts it",
    ),
    "of another namespace": (
        instead(RUN, f'<x:r xmlns:x="urn:x"><w:t>No</w:t></x:r>{RUN}'), "the element r of urn:x",
    ),
    "a table beyond the page": (
        instead(CELL, CELL.replace("8982", "31000")), "has other columns than the table",
    ),
    "a link by a field": (
        instead(RUN, f'<w:fldSimple w:instr=" HYPERLINK &quot;https://x.example&quot;"/>{RUN}'),
        "a field computes",
    ),
    "a field of other words": (
        instead(RUN, f'<w:fldSimple w:instr=" REF _title_67b2845a "/>{RUN}'), "a field computes",
    ),
    "grey on grey": (_grey, "the colour of what is behind it"),
    "a table beside the page": (
        instead("<w:tblLayout", '<w:tblInd w:w="30000" w:type="dxa"/><w:tblLayout'), "beside the",
    ),
    "a small page": (instead('w:w="11906"', 'w:w="300"'), "a page is too small"),
    "no page": (instead('w:left="907"', 'w:left="11000"'), "the margins leave no page"),
    "columns": (instead("</w:sectPr>", '<w:cols w:num="45"/></w:sectPr>'), "into columns"),
    "a grid": (
        instead("</w:sectPr>", '<w:docGrid w:type="linesAndChars"/></w:sectPr>'), "a grid sets",
    ),
    "other numbers of notes": (
        instead("<w:compat>", '<w:footnotePr><w:numStart w:val="40"/></w:footnotePr><w:compat>',
                "word/settings.xml"),
        "the notes have other numbers",
    ),
    "a frame's title": (
        instead(RUN, f'<w:sdt><w:sdtPr><w:alias w:val="Not so"/></w:sdtPr></w:sdt>{RUN}'),
        "a frame shows words of its own",
    ),
    "a tiny picture": (instead('<wp:extent cx="6400800"', '<wp:extent cx="1"'), "a picture is too"),
    "a turned picture": (instead("<a:xfrm>", '<a:xfrm rot="10800000">'), "a picture is turned"),
    "another main part": (
        instead('"word/document.xml"', '"customXml/item9.xml"', WHERE), "lies elsewhere",
    ),
    "other notes": (
        instead('"footnotes.xml"', '"../customXml/item9.xml"', "word/_rels/document.xml.rels"),
        "it has no part customXml/item9.xml",
    ),
    "frames": (
        instead("<ns0:allowPNG/>", "<ns0:allowPNG/><ns0:frameset/>",
                "word/webSettings.xml"),
        "the element frameset",
    ),
    "a note's own call": (
        instead("<w:footnoteReference ", '<w:footnoteReference w:customMarkFollows="1" '),
        "a call of another kind",
    ),
    "circled letters before a list": (
        instead('w:lvlText w:val="', 'w:lvlText w:val="\u24c3\u24de', "word/numbering.xml"),
        "the number of a list holds words",
    ),
    "words behind a comment": (
        instead(RUN, RUN.replace("We judge", "We judge<!-- --> never")), "was put in",
    ),
    "words behind an instruction": (
        instead(RUN, RUN.replace("We judge", "We judge<?x?> never")), "was put in",
    ),
    "a page's number in a text": (
        instead(RUN, f'<w:fldSimple w:instr="PAGE"/>{RUN}'), "a field computes",
    ),
    "a page's number in words": (
        lambda name, data: data.replace(b" NUMPAGES ", b" NUMPAGES \\* CardText ")
        if name.startswith("word/footer") else data,
        "a field computes",
    ),
    "words for a field's instruction": (
        instead(RUN, '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:t>x</w:t></w:r>'
                f'<w:r><w:fldChar w:fldCharType="end"/></w:r>{RUN}'),
        "where a field has its instruction",
    ),
    "a table of contents of any words": (
        instead("<w:sectPr", '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of '
                'Contents"/></w:docPartObj></w:sdtPr><w:sdtContent><w:p><w:r><w:t>judge</w:t>'
                "</w:r></w:p></w:sdtContent></w:sdt><w:sectPr"),
        "is not a heading of the brief",
    ),
    "a second body": (
        instead("</w:document>", "<w:body><w:p><w:r><w:t>Not so</w:t></w:r></w:p></w:body>"
                "</w:document>"),
        "more than one body",
    ),
    "words above the notes": (
        instead("<w:separator/>", "<w:separator/><w:t>Not so</w:t>", "word/footnotes.xml"),
        "in the line above the notes",
    ),
    "heads of even pages alone": (
        instead('<w:headerReference w:type="default"', '<w:headerReference w:type="even"'),
        "its headers were taken out",
    ),
    "heads beside the page": (instead('w:header="510"', 'w:header="31000"'), "head or foot stands"),
    "a far indent": (
        instead("<w:pPr>", '<w:pPr><w:ind w:left="-11900" w:right="11900"/>'), "beside the page",
    ),
    "a cell of margins": (
        instead(CELL, f'{CELL}<w:tcMar><w:left w:w="8800" w:type="dxa"/></w:tcMar>'), "no room for",
    ),
    "a pattern": (
        instead("<w:pPr>", '<w:pPr><w:shd w:val="solid" w:color="1B2330" w:fill="auto"/>'),
        "a pattern stands behind",
    ),
    "digits turned round": (
        instead(RUN, RUN.replace("We judge", "\u202eWe judge\u202c")), "[U+202E]",
    ),
    "a digit that is no digit": (
        instead(RUN, RUN.replace("We judge", "We judge \u2079")), "“^9” was put in",
    ),
    "an entity": (
        instead("<w:document", '<!DOCTYPE x [<!ENTITY e "Not so">]><w:document'),
        "declares a document type",
    ),
    "another title": (
        instead("<dc:title>", "<dc:title>Not so: ", "docProps/core.xml"), "its title is “Not so",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", FORGERIES)
def test_what_a_value_hides_is_named(built: Built, kind: str) -> None:
    data = built.bytes("harbours", "docx")
    edit, said = FORGERIES[kind]
    problems = verify(rezipped(data, edit), remade=Remade(data)).problems
    assert any(said in words for words in problems), problems
