"""Positions, there and back, whatever ends a line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebrief.authoring.editor.text_positions import TextLines
from sourcebrief.errors import Place

TEXT = "a: 1\r\nb: ñ😀\nc\rd\u2028e\n"


def test_lines_end_as_an_editor_ends_them() -> None:
    assert TextLines(TEXT).lines == ["a: 1\r\n", "b: ñ😀\n", "c\r", "d\u2028e\n", ""]
    assert TextLines("").lines == [""]
    assert TextLines("x").lines == ["x"]


@pytest.mark.parametrize(
    ("position", "found"),
    [((0, 0), "a"), ((1, 3), "ñ"), ((1, 4), "😀"), ((2, 0), "c"), ((3, 2), "e")],
)
def test_a_position_and_its_offset(position: tuple[int, int], found: str) -> None:
    offset = TextLines(TEXT).offset_of(position)
    assert TEXT[offset] == found
    assert TextLines(TEXT).position_of(offset) == position


def test_beyond_a_line_is_its_end() -> None:
    assert TextLines(TEXT).offset_of((0, 99)) == 4
    assert TextLines(TEXT).offset_of((99, 0)) == len(TEXT)
    assert TextLines(TEXT).offset_of((4, 0)) == len(TEXT)


@given(st.text("ab\r\n\u2028😀", max_size=20), st.integers(0, 20))
def test_there_and_back(text: str, offset: int) -> None:
    offset = min(offset, len(text))
    if text[offset - 1 : offset + 1] != "\r\n":
        lines = TextLines(text)
        assert lines.offset_of(lines.position_of(offset)) == offset


def test_a_place_counts_the_lines_of_yaml() -> None:
    assert TEXT[TextLines(TEXT).offset_of_place(Place("x", 5, 1))] == "e"
    assert TextLines(TEXT).offset_of_place(Place("x", 50, 1)) == len(TEXT)
    assert TextLines(TEXT).offset_of_place(Place("x", 6, 9)) == len(TEXT)


@pytest.mark.parametrize(("start", "shown"), [(0, "a: 1"), (3, "1"), (14, "d"), (16, "e")])
def test_what_is_wrong_ends_with_its_line(start: int, shown: str) -> None:
    assert TEXT[start : TextLines(TEXT).end_of_stretch(start)] == shown
    assert TextLines(TEXT).end_of_stretch(len(TEXT)) == len(TEXT)
