"""The axis is in whole days, months or years."""

from __future__ import annotations

import pytest

from timelines import drawn, event


@pytest.mark.parametrize(
    ("dates", "ticks"),
    [
        (["2018-04", "2023-09-27"], ["2018", "2019", "2020", "2021", "2022", "2023"]),
        (["2020-02-03", "2020-04-05", "2020-06-01"], ["Feb 2020", "Mar", "Apr", "May", "Jun"]),
        (
            ["2019-02-03", "2020-04-05", "2021-01-01"],
            ["Jan 2019", "Apr", "Jul", "Oct", "Jan 2020", "Apr", "Jul", "Oct", "Jan 2021"],
        ),
        (
            ["1971", "1986-01-01", "2004"],
            ["1970–74", "1975–79", "1980–84", "1985–89", "1990–94", "1995–99", "2000–04"],
        ),
        (["1901", "1950-01-01", "2009"], [f"{d}s" for d in range(1900, 2010, 10)]),
        (
            ["1861", "1950-01-01", "2009"],
            [f"{year}–{(year + 19) % 100:02}" for year in range(1860, 2010, 20)],
        ),
        (
            ["0001", "1950-01-01", "2009"],
            ["1–499", "500–999", "1000–1499", "1500–1999", "2000–2499"],
        ),
        (["2020-02-28", "2020-03-02", "2020-03-03"], ["28 Feb", "29", "1 Mar", "2", "3"]),
        (
            ["2020-02-28"],
            [
                "Jan 2020",
                "Feb",
                "Mar",
                "Apr",
                "May",
                "Jun",
                "Jul",
                "Aug",
                "Sept",
                "Oct",
                "Nov",
                "Dec",
            ],
        ),
    ],
)
def test_the_axis_is_in_the_unit_that_the_span_demands(dates: list[str], ticks: list[str]) -> None:
    figure = drawn([event(n, text, "harbours") for n, text in enumerate(dates, 1)])
    assert [tick.label for tick in figure.ticks if tick.label] == ticks
