"""The shapes of marks, as path data."""

from __future__ import annotations

import re

import pytest

from sourcebrief.brief.figure.shapes import open_bar, outline, pill


def reach(path: str) -> tuple[float, float]:
    """The least and the greatest x among the corners of a path of straight lines."""
    xs = [float(x) for x in re.findall(r"[ML](-?[0-9.]+) ", path)]
    return min(xs), max(xs)


@pytest.mark.parametrize(
    "name", ["square", "diamond", "triangle", "pentagon", "wedge", "hexagon", "star", "cross"]
)
def test_a_shape_stands_around_its_middle(name: str) -> None:
    left, right = reach(outline(name, 100, 50, 4))
    assert 95 <= left < 100 < right <= 105


def test_a_circle_is_two_arcs() -> None:
    assert outline("circle", 10, 5, 2) == "M8 5A2 2 0 1 1 12 5A2 2 0 1 1 8 5Z"


def test_a_bar_has_round_ends() -> None:
    assert pill(0, 0, 20, 4) == "M2 0H18A2 2 0 0 1 18 4H2A2 2 0 0 1 2 0Z"


@pytest.mark.parametrize(
    ("opens", "stops", "heads"),
    [((False, True), 1, 1), ((True, False), 1, 1), ((True, True), 0, 2)],
)
def test_an_open_end_has_an_arrow_and_a_known_one_a_stop(
    opens: tuple[bool, bool], stops: int, heads: int
) -> None:
    line, arrows = open_bar(10, 30, opens, 5)
    assert line.count("V") == stops
    assert arrows.count("Z") == heads
