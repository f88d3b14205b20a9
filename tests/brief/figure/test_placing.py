"""Which mark stands where."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from sourcebrief.brief.figure.placing import MOST_MARKS, compact
from timelines import drawn, event


def test_the_parts_of_an_event_share_its_mark_where_no_eye_could_tell_them_apart() -> None:
    figure = drawn(
        [
            event(1, "2020-05-01/2020-05-02", "harbours"),
            event(2, "2020-05-02", "harbours", part_of=1),
            event(3, "[2020-05-02..2020-05-04]", "harbours", part_of=2),
            event(4, "2020-05-05", "harbours", part_of=1),
            event(5, "2021-05-02", "harbours"),
        ]
    )
    assert {mark.label for mark in figure.lanes[0].marks} == {"1–3", "4", "5"}
    assert "2 engagements on record" in figure.title


def test_the_parts_of_a_long_event_keep_their_marks() -> None:
    long = event(1, "2015/2020", "harbours")
    figure = drawn([long, event(2, "2016-05-01", "harbours", part_of=1)])
    assert {mark.label for mark in figure.lanes[0].marks} == {"1", "2"}


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


def test_a_dense_lane_names_its_marks_on_whichever_side_more_names_fit() -> None:
    first = date(2021, 1, 4)
    days = sorted(first + timedelta((n * n * 31) % 700) for n in range(1, 21))
    title = "Talks on ports and customs"
    events = [event(n, str(day), "harbours", title=title) for n, day in enumerate(days, 1)]
    marks = drawn(events).lanes[0].marks
    assert [mark.label for mark in marks if not mark.lines] == []
    assert len(marks) == 20
