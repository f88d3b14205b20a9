"""The speed patches leave every line and every glyph where WeasyPrint puts them."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
from fontTools.ttLib import TTFont
from weasyprint.formatting_structure import boxes

from sourcebrief.documents import fonts
from sourcebrief.documents.pdf.engine import speed
from sourcebrief.documents.pdf.engine.load import applied, load_engine
from sourcebrief.documents.pdf.engine.render import render

if TYPE_CHECKING:
    from collections.abc import Iterator

STYLE = """
@page { size: 9cm 9cm; margin: 1cm; @footnote { border-top: 1pt solid; padding: 3pt 0 1pt } }
body { font: 9pt/1.3 "Source Serif 4"; text-align: justify; hyphens: auto }
b { font-family: "Source Sans 3"; font-weight: 600 }
.note { float: footnote; footnote-policy: line; font-size: 7pt; margin-right: 1em }
td { break-inside: avoid; vertical-align: top }
"""


def _page(display: str) -> str:
    def note(number: int) -> str:
        words = "A note that tells where it stands and what was written there. " * (number % 4 + 1)
        return f'<span class="note" style="footnote-display: {display}">{number}. {words}</span>'

    prose = "".join(
        f"<p>Sentence {i} of the text, <b>set apart</b> in part,{note(2 * i)} runs on for a while "
        f"until the line is full and then for one word more.{note(2 * i + 1)}</p>"
        for i in range(14)
    )
    rows = "".join(
        f"<tr><td>{i}</td><td>A cell with words of its own, extraordinarily long ones among them."
        f"{note(30 + i)}</td></tr>"
        for i in range(12)
    )
    return f"<html lang=en><style>{STYLE}</style>{prose}<table>{rows}</table>"


def _render(html: str, more_faces: str = "") -> Any:
    if more_faces:
        html = html.replace("<style>", f"<style>{more_faces}")
    return render(html, {})


def _lines(document: Any) -> list[tuple[int, str, float, float]]:
    """Every piece of text with its page and place, in hundredths of a pixel."""
    return [
        (number, box.text, round(box.position_x, 2), round(box.position_y, 2))
        for number, page in enumerate(document.pages)
        for box in _descendants(page._page_box)
        if isinstance(box, boxes.TextBox)
    ]


def _descendants(box: Any) -> Iterator[Any]:
    yield box
    for child in getattr(box, "children", ()):
        yield from _descendants(child)


@pytest.mark.parametrize("display", ["compact", "block"])
def test_every_line_stands_where_weasyprint_alone_puts_it(display: str) -> None:
    html = _page(display)
    with applied(load_engine().speed):
        patched = _render(html)

    lines = _lines(_render(html))
    assert _lines(patched) == lines
    assert {page for page, *_ in lines} >= {0, 1, 2, 3}


def test_lines_are_kept_for_the_next_document_of_the_same_fonts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from weasyprint.layout import inline

    broken = []
    own = inline.split_first_line

    def counting(*arguments: Any, **named: Any) -> Any:
        broken.append(arguments[0])
        return own(*arguments, **named)

    monkeypatch.setattr(inline, "split_first_line", counting)
    monkeypatch.setattr(speed, "broken_lines", {})
    html = _page("compact")
    first = fonts.font_faces_css()[: fonts.font_faces_css().index("}") + 1]
    other = first.replace("Source Serif 4", "Another")
    counts, lines = [], []
    for text, faces in ((html, ""), (html, ""), (html.replace("9pt/1.3", "9.5pt/1.3"), "")) + (
        (html, other),
    ) * 2:
        broken.clear()
        with applied(load_engine().speed):
            lines.append(_lines(_render(text, faces)))
        counts.append(len(broken))
    monkeypatch.undo()

    assert counts[0] > 100
    assert counts[1] == 0
    assert 0 < counts[2] < counts[0]  # the notes have sizes of their own
    assert counts[3] > 100
    assert counts[4] == 0
    assert lines[1] == lines[0] == lines[3]
    assert lines[2] == _lines(_render(html.replace("9pt/1.3", "9.5pt/1.3")))


def test_all_of_a_style_that_decides_where_a_line_breaks_is_told_apart(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from weasyprint.layout import inline

    read: set[str] = set()
    own = inline.split_first_line

    class Watched:
        def __init__(self, style: Any) -> None:
            self.style = style

        def __getitem__(self, name: str) -> Any:
            read.add(name)
            return self.style[name]

        def __getattr__(self, name: str) -> Any:
            return getattr(self.style, name)

    monkeypatch.setattr(
        inline,
        "split_first_line",
        lambda text, style, *rest, **named: own(text, Watched(style), *rest, **named),
    )
    every = """
    p:nth-child(2) { letter-spacing: 1px; word-spacing: 2px; text-decoration: underline;
                     overflow-wrap: anywhere; hyphenate-limit-zone: 10% }
    p:nth-child(3) { white-space: pre; tab-size: 3; word-break: break-all;
                     font-variation-settings: "wght" 500; font-feature-settings: "smcp" 1 }
    </style>"""
    _render(_page("compact").replace("</style>", every).replace("line is full", "line\tis full"))

    assert read == set(speed.DECIDING_PROPERTIES)


def test_static_fonts_have_the_outlines_that_weasyprint_makes() -> None:
    html = _page("compact")
    own = _embedded(_render(html).write_pdf())
    with applied(load_engine().speed):
        patched = _embedded(_render(html).write_pdf())

    assert own.keys() == patched.keys()
    assert len(own) >= 3
    for name, font in own.items():
        assert "fvar" not in patched[name]
        assert _outlines(patched[name]) == _outlines(font)
        assert _advances(patched[name]) == _advances(font)


def _embedded(pdf: bytes) -> dict[str, TTFont]:
    with pikepdf.open(BytesIO(pdf)) as document:
        return {
            str(each.FontName): TTFont(BytesIO(each.FontFile2.read_bytes()))
            for each in document.objects
            if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/FontDescriptor"
        }


def _outlines(font: TTFont) -> list[list[tuple[int, int]]]:
    glyphs = font["glyf"]
    return [list(glyphs[name].getCoordinates(glyphs)[0]) for name in font.getGlyphOrder()]


def _advances(font: TTFont) -> list[int]:
    return [font["hmtx"][name][0] for name in font.getGlyphOrder()]


@pytest.mark.parametrize(("words", "letters"), [("Port 外務", 7), ("وزارة", 1), ("मंत्री", 1)])
def test_the_text_of_a_drawing_is_laid_out_whole_where_its_script_needs_it(
    words: str, letters: int
) -> None:
    class Node:
        text = speed.shaping(property(lambda _: words))

    assert Node().text == words
    assert len(list(Node().text or "")) == letters
