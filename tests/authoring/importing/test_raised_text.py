"""Raised and lowered characters: what keeps its meaning, and what leaves the text."""

from __future__ import annotations

import pytest

from sourcebrief.authoring.importing.raised_text import lowered, note_mark_remark, raised


@pytest.mark.parametrize(
    ("before", "words", "stands"),
    [
        ("handled 10", "6", "⁶"),
        ("about 10", "-3", "⁻³"),
        ("an area of 40 km", "2", "²"),
        ("2", "n", "ⁿ"),
        ("on the 1", "st", "st"),
        ("the brand", "TM", "TM"),
        ("", "12", "12"),
        ("a row 0 ", "4", "4"),
        ("said in its note.", "12", None),
        ("5 million", "3", None),
        ("the port,", "1, 2", None),
        ("the port", "[4]", None),
        ("the port", "*", None),
    ],
)
def test_raised_words(before: str, words: str, stands: str | None) -> None:
    assert raised(before, words) == stands


def test_what_links_to_a_note_is_a_mark_even_behind_a_figure() -> None:
    assert raised("in 2019", "3", linked=True) is None
    assert raised("in 2019", "3") == "³"
    assert raised("the port", "th", linked=True) == "th"


def test_lowered_words() -> None:
    assert lowered("2") == "₂"
    assert lowered("max") == "max"


def test_note_marks_are_counted() -> None:
    assert note_mark_remark(1) == "1 raised note mark was left out of the text"
    assert note_mark_remark(2_000) == "2,000 raised note marks were left out of the text"
