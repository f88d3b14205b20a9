"""Characters of a line come into the order in which they are read."""

from __future__ import annotations

import pytest

from sourcebrief.authoring.importing.glyph_order import (
    Glyph,
    in_logical_order,
    is_right_to_left,
    with_brackets_turned,
    with_marks_in_place,
)


def row(*placed: tuple[str, float]) -> list[Glyph]:
    """Make characters of a width of 4 at their places."""
    return [Glyph(text, left, left + 4, 0, 10, 0) for text, left in placed]


def text(glyphs: list[Glyph]) -> str:
    return "".join(glyph.text for glyph in glyphs)


def test_the_letters_of_one_sign_are_turned_back() -> None:
    # على, where one sign stands for two letters, and الأمن, where one stands for lam and alef.
    assert text(in_logical_order(row(("ع", 8), ("ى", 4), ("ل", 4)))) == "على"
    assert text(in_logical_order(row(("ا", 16), ("أ", 12), ("ل", 12), ("م", 8), ("ن", 4)))) == (
        "الأمن"
    )


def test_places_give_the_order_of_letters_words_and_spaces() -> None:
    # PDFium gives a word as it is drawn, and a space at a place in its gap.
    drawn = row(("ي", 33), ("ف", 37), (" ", 31), ("ا", 19), ("م", 23), ("ي", 27), ("2", 4))
    drawn[2].right = drawn[2].left
    assert text(in_logical_order(drawn)) == "في يما 2"
    drawn[6].left, drawn[6].right = 13, 17
    assert text(in_logical_order(drawn)) == "في يما2"
    drawn[2].left = drawn[2].right = 0
    assert text(in_logical_order(drawn)) == "في يما 2"
    latin = row(("ع", 24), ("ل", 20), ("G", 4), ("D", 8), ("2", 12), ("0", 16))
    assert text(in_logical_order(latin)) == "علGD20"
    marked = row(("ع", 8), ("\u064e", 9), ("د", 4))
    assert text(in_logical_order(marked)) == "ع\u064eد"


@pytest.mark.parametrize(
    ("drawn", "read"),
    [
        ([("ع", 16), (".", 4), ("2", 8), ("4", 12)], "ع24."),
        ([("ע", 16), ("4", 8), ("-", 12)], "ע-4"),
        ([("ع", 20), ("%", 4), ("4", 8), (".", 12), ("5", 16)], "ع4.5%"),
        ([("ע", 24), ("4", 8), (".", 12), ("5", 16), ("%", 20)], "ע4.5%"),
    ],
)
def test_punctuation_stands_around_its_number(drawn: list[tuple[str, float]], read: str) -> None:
    assert text(in_logical_order(row(*drawn))) == read


def test_marks_that_are_drawn_last_stand_behind_their_letters() -> None:
    drawn = row(("ท", 0), ("ง", 4), ("ส", 8), (" ", 12), ("้", 0))
    drawn[3].right = drawn[3].left  # a space that PDFium adds has no width
    assert text(with_marks_in_place(drawn)) == "ท้งส"
    assert text(with_marks_in_place(row(("ท", 0), ("้", 1), ("ง", 4)))) == "ท้ง"


@pytest.mark.parametrize(
    ("drawn", "read"),
    [
        (")منها 12( في", "(منها 12) في"),
        ("(منها 12) في", "(منها 12) في"),
        (")منها في", "(منها في"),
        ("عام 12(.", "عام 12)."),
        ("1) عام", "1) عام"),
    ],
)
def test_brackets_open_before_they_close(drawn: str, read: str) -> None:
    assert with_brackets_turned(drawn) == read


def test_scripts_that_are_read_from_the_right() -> None:
    assert is_right_to_left(row(("ع", 0)))
    assert not is_right_to_left(row(("a", 0), ("1", 4)))
