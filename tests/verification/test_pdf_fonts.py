"""Codes are read as the tables of a font have them."""

from __future__ import annotations

from pikepdf import Array, String

from sourcebrief.text.characters import REPLACEMENT
from sourcebrief.verification.pdf_fonts import PdfFont, code_letters, code_widths

CMAP = "2 beginbfchar\n<0001> <0041>\n<0002> <00660066>\nendbfchar"
FONT = PdfFont("Plain", 2, dict(code_letters(CMAP)), {1: 500.0, 2: 700.0}, 1000.0)


def test_a_code_may_be_several_letters_or_none_that_is_known() -> None:
    assert dict(code_letters(CMAP)) == {1: "A", 2: "ff"}
    assert FONT.decode(String(b"\0\1\0\2\0\3")) == f"Aff{REPLACEMENT}"


def test_right_to_left_letters_stand_as_they_are_seen_and_numbers_go_rightward() -> None:
    seen = dict(enumerate("٢٠٢٤ םולש"))
    font = PdfFont("Hebrew", 1, seen, {}, 1000.0)
    assert font.decode(String(bytes(seen))) == "שלום ٢٠٢٤"
    # Brackets are drawn turned, and a sign of percent stands on either side of its number.
    for drawn in ("(12%) םולש", "(%12) םולש"):
        turned = PdfFont("Hebrew", 1, dict(enumerate(drawn)), {}, 1000.0)
        assert turned.decode(String(bytes(range(len(drawn))))) == "שלום (12%)"


def test_widths_stand_in_lists_and_in_ranges() -> None:
    assert dict(code_widths(Array([1, Array([500, 700]), 7, 9, 300]))) == {
        1: 500.0,
        2: 700.0,
        **dict.fromkeys((7, 8, 9), 300.0),
    }


def test_how_far_a_string_goes() -> None:
    assert FONT.advance(Array([String(b"\0\1"), 100, String(b"\0\2")])) == (0.0, 1100.0, False)
    assert FONT.advance(String(b"\0\3")) == (0.0, 1000.0, False)
    assert FONT.advance(Array([-200, String(b"\0\1")])) == (200.0, 700.0, False)


def test_a_letter_goes_astray_where_a_space_seems_to_be_there_or_none() -> None:
    letters = {1: "A", 2: " "}
    font = PdfFont("Plain", 1, letters, dict.fromkeys(letters, 500.0), 0.0)
    for before, by, after, is_astray in (
        (b"\1", -90, b"\1", False),
        (b"\1", -200, b"\1", True),
        (b"\1", 400, b"\1", True),
        (b"\1", -800, b"\2", False),
        (b"\2", 250, b"\1", True),
        (b"\2", -9000, b"\1", True),
    ):
        assert font.advance(Array([String(before), by, String(after)]))[2] == is_astray, by


def test_widths_that_end_too_early_are_none() -> None:
    assert dict(code_widths(Array([1]))) == {}
    assert dict(code_widths(Array([1, 2]))) == {1: 0.0, 2: 0.0}
