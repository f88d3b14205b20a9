"""Which mark stands where."""

from __future__ import annotations

import pytest

from sourcebrief.brief.figure.placing import MOST_MARKS, compact
from timelines import drawn, event


def test_the_parts_of_an_event_share_its_mark_where_they_share_its_date() -> None:
    figure = drawn(
        [
            event(1, "2020-05-01", "harbours"),
            event(2, "2020-05-01", "harbours", engagement=False),
            event(3, "2020-05-01", "harbours", engagement=False),
            event(4, "2020-05-02", "harbours", engagement=False),
            event(5, "2021-05-02", "harbours"),
        ]
    )
    assert {mark.label for mark in figure.lanes[0].marks} == {"1–3", "4", "5"}
    assert "2 engagements on record" in figure.title


def test_up_to_forty_marks_of_a_lane_stand_alone_where_they_fit() -> None:
    events = [event(n, f"{1980 + n}-06-01", "harbours") for n in range(1, MOST_MARKS + 1)]
    assert {mark.kind for mark in drawn(events).lanes[0].marks} == {"point"}
    events.append(event(MOST_MARKS + 1, "2021-06-01", "harbours"))
    assert "cluster" in {mark.kind for mark in drawn(events).lanes[0].marks}


@pytest.mark.parametrize(
    ("numbers", "text"),
    [([3], "3"), ([3, 4], "3, 4"), ([3, 4, 5], "3–5"), ([1, 3, 4, 5, 9], "1, 3–5, 9")],
)
def test_runs_of_numbers_are_joined(numbers: list[int], text: str) -> None:
    assert compact(numbers) == text
