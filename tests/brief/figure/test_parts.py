"""Boxes, which say whether marks overlap."""

from __future__ import annotations

import pytest

from sourcebrief.brief.figure.parts import Box


@pytest.mark.parametrize(
    ("other", "overlaps", "within"),
    [
        (Box(10, 0, 5, 5), False, False),
        (Box(9, 0, 5, 5), True, False),
        (Box(2, 2, 5, 5), True, True),
        (Box(0, 10, 10, 1), False, False),
    ],
)
def test_boxes_overlap_where_they_share_more_than_an_edge(
    other: Box, overlaps: bool, within: bool
) -> None:
    box = Box(0, 0, 10, 10)
    assert box.overlaps(other) == other.overlaps(box) == overlaps
    assert other.within(box) == within
