"""What no comparison of words alone would see: places, spaces, raised figures, calls, columns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from pikepdf import Array, Dictionary, Name, Operator
from test_compare_pdf import resaved

from forged_lines import Drawn, Line, line_drawn
from sent_files import replaced, rezipped
from sourcebrief.verification.remake import Remade
from sourcebrief.verification.verify import verify

if TYPE_CHECKING:
    from collections.abc import Callable

    import pikepdf

    from inspections import Built

WORDS = "La capitanía firmó un acuerdo y no prevé excepciones"
BODY = "word/document.xml"


def divided(line: Line, first: str, by: float) -> Drawn:
    """A line in two strings, the second one moved by a share of the size of its letters."""
    return [
        *line.at(first, 0),
        *line.at(line.words[len(first) :], line.width(first) + by * line.size),
    ]


def raised(line: Line) -> Drawn:
    first, last = line.words[:-1], line.words[-1]
    small = line.at(last, line.width(first), rise=0.3 * line.size, size=0.6 * line.size)
    return [*line.at(first, 0), *small]


def raised_by_the_font(line: Line) -> Drawn:
    first, last = line.words[:-1], line.words[-1]
    small = line.at(last, line.width(first), size=0.6 * line.size)
    up, back = (([n], Operator("Ts")) for n in (0.15 * line.size, 0))
    return [*line.at(first, 0), small[0], small[1], up, small[2], back]


def in_one_string(first: str, by: float) -> Callable[[Line], Drawn]:
    def draw(line: Line) -> Drawn:
        place, font, _ = line.at(line.words, 0)
        strings = [line.string(first), by, line.string(line.words[len(first) :])]
        return [place, font, ([Array(strings)], Operator("TJ"))]

    return draw


def point_moved(line: Line) -> Drawn:
    """ "0.3" that is seen as ".03"; its figures are read in the right order."""
    start, point = line.words[: line.words.index("0")], line.width(".")
    x = line.width(start)
    return [
        *line.at(f"{start}", 0),
        *line.at("0", x + point),
        *line.at(".", x),
        *line.at("3", x + point + line.width("0")),
    ]


def minus(line: Line) -> Drawn:
    start, rest = line.words[:-3], line.words[-3:]
    return [*line.at(f"{start}-", 0), *line.at(rest, line.width(f"{start}-"))]


def turned_round(pdf: pikepdf.Pdf) -> None:
    """ "2021" that is seen as "1202": a glyph of no width makes it a word from right to left."""
    unused = 0xFFF0

    def draw(line: Line) -> Drawn:
        line.codes["\ufeff"] = unused
        line.widths[unused] = 0
        start = line.words[:-4]
        turned = "\ufeff".join(line.words[:-5:-1])
        return [*line.at(start, 0), *line.at(turned, line.width(start))]

    line_drawn("de julio de 2021", draw)(pdf)
    for font in pdf.pages[0].obj.Resources.Font.values():
        cmap = font.ToUnicode.read_bytes()
        font.ToUnicode.write(cmap.replace(b"endbfchar", b"<fff0> <feff>\nendbfchar", 1))
        font.DescendantFonts[0].W.extend([unused, Array([0])])


def read_aloud_for_others(pdf: pikepdf.Pdf) -> None:
    one = next(o for o in pdf.objects if isinstance(o, Dictionary) and o.get("/S") == "/P")
    one.Alt = "No es así"


def of_another_colour(pdf: pikepdf.Pdf) -> None:
    black_as_white = Dictionary(FunctionType=2, Domain=[0, 1], C0=[1], C1=[0], N=1)
    space = Array([Name.Separation, Name("/X"), Name.DeviceGray, black_as_white])
    pdf.pages[0].obj.Resources.ColorSpace = Dictionary(DefaultRGB=space)


PDF: dict[str, tuple[Callable[[pikepdf.Pdf], object], str]] = {
    "a raised figure": (line_drawn("de julio de 2021", raised), "is raised or lowered"),
    "a figure that its font raises": (
        line_drawn("de julio de 2021", raised_by_the_font), "is raised or lowered",
    ),
    "two words as one": (
        line_drawn(WORDS, lambda line: divided(line, WORDS[: WORDS.index("prevé")], -0.25)),
        "stands before it",
    ),
    "two words as one in a string": (
        line_drawn(WORDS, in_one_string(WORDS[: WORDS.index("prevé")], 250)), "or apart",
    ),
    "one word as two": (
        line_drawn(WORDS, lambda line: divided(line, WORDS[:-10], 0.3)),
        "was changed to “e xcepciones”",
    ),
    "one word as two in a string": (
        line_drawn(WORDS, in_one_string(WORDS[:-9], -300)), "or apart",
    ),
    "a point moved": (line_drawn("versión 0.3", point_moved), "stands before it"),
    "a minus": (line_drawn("versión 0.3", minus), "was changed to “-0.3”"),
    "figures turned round": (turned_round, "“2021” was changed to “1202"),
    "a bookmark of some words": (
        lambda pdf: pdf.Root.Outlines.First.update({"/Title": "excepciones"}),
        "contents: “excepciones” is not a heading",
    ),
    "words read aloud for others": (read_aloud_for_others, "other words are read aloud"),
    "colours in the place of others": (of_another_colour, "with other colours than it says"),
}  # fmt: skip


def assert_named(said: str, forged: bytes, *remade: Remade | None) -> None:
    """By reading alone (None), and beside each copy that was made again."""
    for one in remade:
        problems = verify(forged, remade=one).problems
        assert any(said in words for words in problems), problems


@pytest.mark.parametrize("kind", PDF)
def test_a_pdf_that_shows_something_else(built: Built, kind: str) -> None:
    data = built.bytes("muelle", "pdf")
    edit, said = PDF[kind]
    forged = resaved(data, edit)
    assert_named(said, forged, None, Remade(data, other=("weasyprint 1 (here 2)",)))
    assert verify(forged, remade=Remade(data)).problems


RUN = '<w:r><w:t xml:space="preserve">We judge'
CALL = re.compile(rb'<w:r>(?:(?!</w:r>).)*<w:footnoteReference w:id="\d+" ?/></w:r>', re.DOTALL)


def in_words(xml: str) -> Callable[[str, bytes], bytes]:
    return replaced(BODY, RUN, RUN.replace("We judge", xml))


def in_a_run(properties: str) -> Callable[[str, bytes], bytes]:
    return replaced(BODY, RUN, RUN.replace("<w:t ", f"<w:rPr>{properties}</w:rPr><w:t "))


def turned_paragraph(name: str, data: bytes) -> bytes:
    """A paragraph of ours that is set from right to left."""
    if name != BODY:
        return data
    at = data.index(b"<w:pPr>", data.rindex(b"<w:p>", 0, data.index(RUN.encode()))) + 7
    return data[:at] + b"<w:bidi/>" + data[at:]


def call_moved(name: str, data: bytes) -> bytes:
    """The call of a note behind the text of another paragraph."""
    found = CALL.search(data) if name == BODY else None
    if found is None:
        return data
    rest = data[found.end() :]
    at = rest.index(b"</w:p>", rest.index(b"</w:p>") + 1)
    return data[: found.start()] + rest[:at] + found[0] + rest[at:]


def spanned(name: str, data: bytes) -> bytes:
    """The second row of a table whose first cell takes two columns."""
    if name != BODY:
        return data
    at = data.index(b"<w:tcPr>", data.index(b"</w:tr>", data.index(b"<w:tbl>")))
    return data[: at + 8] + b'<w:gridSpan w:val="2"/>' + data[at + 8 :]


def ragged(name: str, data: bytes) -> bytes:
    """The second row of a table with a first cell that is wider."""
    if name != BODY:
        return data
    head, mark, rest = data.partition(b"</w:tr>")
    return head + mark + re.sub(rb'<w:tcW w:w="\d+"', b'<w:tcW w:w="3000"', rest, count=1)


DOCX: dict[str, tuple[Callable[[str, bytes], bytes], str]] = {
    "a mark that turns figures": (in_words("We\u200f 5 - 3\u200f judge"), "[U+200F]"),
    "a raised figure": (in_words("We judge²"), "“judge” was changed to “judge^2”"),
    "a line within a word": (
        in_words('We jud</w:t></w:r><w:r><w:br/></w:r><w:r><w:t xml:space="preserve">ge'),
        "“judge” was changed to “jud ge”",
    ),
    "a paragraph within a word": (
        in_words('We jud</w:t></w:r></w:p><w:p><w:r><w:t xml:space="preserve">ge'),
        "“judge” was changed to “jud ge”",
    ),
    "a note called elsewhere": (call_moved, "※"),
    "a paragraph turned round": (turned_paragraph, "is set from right to left"),
    "a symbol font for other scripts": (
        in_a_run('<w:rFonts w:hint="eastAsia" w:eastAsia="Wingdings"/>'), "other signs",
    ),
    "a cell of two columns": (spanned, "has other columns than the table"),
    "an empty row": (replaced(BODY, "</w:tr><w:tr>", "</w:tr><w:tr/><w:tr>"), "has other columns"),
    "a row of other columns": (ragged, "has other columns than the table"),
}  # fmt: skip


@pytest.mark.parametrize("kind", DOCX)
def test_a_word_document_that_shows_something_else(built: Built, kind: str) -> None:
    data = built.bytes("harbours", "docx")
    edit, said = DOCX[kind]
    other = ("pandoc 1 (here 2)", "other templates")
    assert_named(said, rezipped(data, edit), None, Remade(data, other=other))


HTML: dict[str, tuple[str, str, str]] = {
    "a mark that turns figures": ("We judge", "We \u200f5 - 3\u200f judge", "[U+200F]"),
    "figures as the number of a note": (
        "<p>We judge", '<p>10<sup class="noteref">2</sup> We judge', "“10※” was put in",
    ),
    "another number of a note": (
        'aria-label="Note 2">2<', 'aria-label="Note 2">7<', "※",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", HTML)
def test_a_page_that_shows_something_else(built: Built, kind: str) -> None:
    page = built.bytes("harbours", "html").decode()
    old, new, said = HTML[kind]
    assert old in page
    assert_named(said, page.replace(old, new, 1).encode(), None)
