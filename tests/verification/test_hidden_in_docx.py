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
    "another event": (instead("event-inspection-1", "event-inspection-24"), "the link “1” leads"),
    "a tip": (instead("<w:hyperlink w:anchor", '<w:hyperlink w:tooltip="No" w:anchor'), "words of"),
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
    "another title": (
        instead("<dc:title>", "<dc:title>Not so: ", "docProps/core.xml"), "another title",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", FORGERIES)
def test_what_a_value_hides_is_named(built: Built, kind: str) -> None:
    data = built.bytes("harbours", "docx")
    edit, said = FORGERIES[kind]
    problems = verify(rezipped(data, edit), remade=Remade(data)).problems
    assert any(said in words for words in problems), problems
