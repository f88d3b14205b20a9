"""Times of day, as languages write them."""

from __future__ import annotations

import pytest

from sourcebrief.text.clock_times import clock_times


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("at 4 p.m. and at 12 a.m.", [(16, 0), (0, 0)]),
        ("à 16h00, à 9 h 30", [(16, 0), (9, 30)]),
        ("um 16.30 Uhr", [(16, 30)]),
        ("a las 4 de la tarde", [(16, 0)]),
        ("下午4时30分", [(16, 30)]),
        ("오후 4시", [(16, 0)]),
        ("4 ships, 16.30 euros, 12,000 tonnes and 25:00", []),
    ],
)
def test_times_are_read(text: str, times: list[tuple[int, int]]) -> None:
    assert [(one.hour, one.minute) for one in clock_times(text)] == times


def test_a_time_without_its_half_of_the_day_may_be_either() -> None:
    (morning,) = clock_times("at 4 a.m.")
    (either,) = clock_times("at 4:00")
    (afternoon,) = clock_times("16h00")
    assert either.is_that_of(morning)
    assert either.is_that_of(afternoon)
    assert not morning.is_that_of(afternoon)
