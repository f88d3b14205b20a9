"""How wide a text is taken to be, and where a name is broken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebrief.brief.figure.text_width import text_width, whole
from sourcebrief.brief.view import ActorView
from timelines import drawn, event


@pytest.mark.parametrize(
    "name",
    [
        "Directorate-General for Migration and Home Affairs of the EU",
        "Donaudampfschifffahrtsgesellschaftskapitaensmuetzenfabrikant",
        "X",
    ],
)
def test_a_long_name_is_set_in_lines_that_fit_their_lane(name: str) -> None:
    actor = ActorView("long", name, name, 1)
    figure = drawn([event(1, "2020", actor)], (actor,))
    lane = figure.lanes[0]
    assert 1 <= len(lane.lines) <= 3
    for line in lane.lines:
        assert 13 + text_width(line, 8.4) <= lane.band.x
    assert lane.band.height >= 10 * len(lane.lines)


@pytest.mark.parametrize(
    ("width", "most", "lines"),
    [
        (40.0, 1, ("Minister visits the port of Salis",)),
        (13.0, 1, ()),
        (13.0, 2, ("Minister visits", "the port of Salis")),
        (10.0, 2, ("Minister visits", "the port of Salis")),
        (9.9, 9, ()),
    ],
)
def test_a_title_is_written_whole_in_lines_of_about_one_length_or_not_at_all(
    width: float, most: int, lines: tuple[str, ...]
) -> None:
    assert whole("Minister visits the port of Salis", width, 1, most) == lines


@given(st.text("iW ", min_size=1), st.floats(1, 40), st.integers(1, 4))
def test_no_line_is_wider_than_its_room(text: str, width: float, most: int) -> None:
    title = " ".join(text.split()) or "i"
    lines = whole(title, width, 1, most)
    assert " ".join(lines) in ("", title)
    assert len(lines) <= most
    assert all(text_width(line, 1) <= width for line in lines)


def test_widths_are_estimated_close_to_the_typeface() -> None:
    from fontTools.subset import Subsetter  # type: ignore[import-untyped]
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
    from fontTools.varLib.instancer import (  # type: ignore[import-untyped]
        instantiateVariableFont,
    )

    from sourcebrief.documents.fonts import SANS, faces

    face = next(one for one in faces() if one.family == SANS and one.style == "normal")
    texts = ("Directorate-General for Migration", "1234567890", "12, 15–18", "AWMwm fjilt")
    font = TTFont(face.path)
    wanted = Subsetter()
    wanted.populate(text="".join(texts))
    wanted.subset(font)  # making all of its letters bold takes a minute
    font = instantiateVariableFont(font, {"wght": 600})
    advances, cmap = font["hmtx"], font.getBestCmap()
    units = font["head"].unitsPerEm
    for text in texts:
        true = sum(advances[cmap[ord(letter)]][0] for letter in text) / units
        assert true * 0.98 <= text_width(text, 1) <= true * 1.2
