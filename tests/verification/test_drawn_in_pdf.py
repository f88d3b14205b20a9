"""Strings of glyphs are read with their place, their size, their colour and what is behind them."""

from __future__ import annotations

import pytest
from pikepdf import Array, Dictionary, Name

from sent_files import new_pdf
from sourcebrief.verification.drawn_in_pdf import Drawing, Glyphs, share

CMAP = b"2 beginbfchar <0001> <0041> <0002> <0042> endbfchar"


def drawing(content: bytes) -> Drawing:
    """What a page of 200 by 100 points draws with a font in which A and B are 500 wide."""
    pdf = new_pdf()
    descendant = Dictionary(W=Array([1, Array([500, 500])]), CIDToGIDMap=Name.Identity)
    font = Dictionary(
        Subtype=Name.Type0,
        BaseFont=Name("/ABCDEF+Plain"),
        ToUnicode=pdf.make_stream(CMAP),
        DescendantFonts=Array([descendant]),
    )
    page = pdf.pages[0].obj
    page.MediaBox = Array([0, 0, 200, 100])
    page.Resources = Dictionary(Font=Dictionary(F=pdf.make_indirect(font)))
    page.Contents = pdf.make_stream(content)
    return Drawing(pdf)


def glyphs(content: bytes) -> Glyphs:
    ((found,),) = drawing(content).pages
    return found


def test_a_string() -> None:
    found = glyphs(b"/P <</MCID 3>> BDC 1 0 0 rg BT /F 10 Tf 1 0 0 1 20 30 Tm <00010002> Tj ET EMC")
    assert (found.text, found.page, found.mark, found.font) == ("AB", 0, 3, "Plain")
    assert (found.size, found.colour, found.behind) == (10, (1, 0, 0), (1, 1, 1))
    assert found.area == pytest.approx((20, 28.8, 30, 36.5))
    assert found.clip == (0, 0, 200, 100)
    assert (found.is_upright, found.is_crowded) == (True, False)


def test_where_it_is_moved_and_scaled() -> None:
    found = glyphs(b"q 0.5 0 0 -0.5 0 100 cm BT /F 10 Tf 1 0 0 -1 20 30 Tm <0001> Tj ET Q")
    assert found.size == 5
    assert found.area[:2] == pytest.approx((10, 84.4))
    assert found.is_upright


@pytest.mark.parametrize("matrix", [b"0 1 -1 0", b"-1 0 0 1", b"0.2 0 0 1", b"1 0 0 -1"])
def test_what_is_turned_or_stretched(matrix: bytes) -> None:
    assert not glyphs(b"BT /F 10 Tf " + matrix + b" 20 30 Tm <0001> Tj ET").is_upright


def test_letters_that_go_back() -> None:
    assert not glyphs(b"BT /F 10 Tf 1 0 0 1 9 9 Tm [<0001> 120 <0002>] TJ ET").is_crowded
    assert glyphs(b"BT /F 10 Tf 1 0 0 1 9 9 Tm [<0001> 900 <0002>] TJ ET").is_crowded


def test_what_is_painted_before_is_behind_and_what_is_painted_after_covers() -> None:
    text = b"BT /F 10 Tf 1 0 0 1 20 30 Tm <0001> Tj ET "
    shade = b"q 0 0 1 rg 0 0 90 90 re f Q "
    assert glyphs(shade + text).behind == (0, 0, 1)
    assert drawing(shade + text).covered == []
    assert [one.text for one in drawing(text + shade).covered] == ["A"]
    assert [one.text for one in drawing(text + b"9 w 0 33 m 90 33 l S").covered] == ["A"]


def test_a_line_that_is_not_drawn_is_no_part_of_a_path() -> None:
    text = b"BT /F 10 Tf 1 0 0 1 20 30 Tm <0001> Tj ET "
    assert drawing(text + b"0 0 m 90 80 m 99 99 l f").covered == []


def test_what_is_clipped_and_what_is_restored() -> None:
    text = b"BT /F 10 Tf 1 0 0 1 20 30 Tm <0001> Tj ET "
    (inside, outside), *_ = drawing(b"q 0 0 10 10 re W n " + text + b"Q " + text).pages
    assert share(inside.area, inside.clip) == 0
    assert share(outside.area, outside.clip) == 1
