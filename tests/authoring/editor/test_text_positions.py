"""Positions, there and back, whatever ends a line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebrief.authoring.editor.text_positions import (
    editor_lines,
    end_of_stretch,
    offset_of,
    offset_of_place,
    position_of,
)
from sourcebrief.errors import Place

TEXT = "a: 1\r\nb: ñ😀\nc\rd\u2028e\n"


def test_lines_end_as_an_editor_ends_them() -> None:
    assert editor_lines(TEXT) == ["a: 1\r\n", "b: ñ😀\n", "c\r", "d\u2028e\n", ""]
    assert editor_lines("") == [""]
    assert editor_lines("x") == ["x"]


@pytest.mark.parametrize(
    ("position", "found"),
    [((0, 0), "a"), ((1, 3), "ñ"), ((1, 4), "😀"), ((2, 0), "c"), ((3, 2), "e")],
)
def test_a_position_and_its_offset(position: tuple[int, int], found: str) -> None:
    offset = offset_of(TEXT, position)
    assert TEXT[offset] == found
    assert position_of(TEXT, offset) == position


def test_beyond_a_line_is_its_end() -> None:
    assert offset_of(TEXT, (0, 99)) == 4
    assert offset_of(TEXT, (99, 0)) == len(TEXT)
    assert offset_of(TEXT, (4, 0)) == len(TEXT)


@given(st.text("ab\r\n\u2028😀", max_size=20), st.integers(0, 20))
def test_there_and_back(text: str, offset: int) -> None:
    offset = min(offset, len(text))
    if text[offset - 1 : offset + 1] != "\r\n":
        assert offset_of(text, position_of(text, offset)) == offset


def test_a_place_counts_the_lines_of_yaml() -> None:
    assert TEXT[offset_of_place(TEXT, Place("x", 5, 1))] == "e"
    assert offset_of_place(TEXT, Place("x", 50, 1)) == len(TEXT)
    assert offset_of_place(TEXT, Place("x", 6, 9)) == len(TEXT)


@pytest.mark.parametrize(("start", "shown"), [(0, "a: 1"), (3, "1"), (14, "d"), (16, "e")])
def test_what_is_wrong_ends_with_its_line(start: int, shown: str) -> None:
    assert TEXT[start : end_of_stretch(TEXT, start)] == shown
    assert end_of_stretch(TEXT, len(TEXT)) == len(TEXT)
