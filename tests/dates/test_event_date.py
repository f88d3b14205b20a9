"""What a date means: its bounds, its order, its mark in the figure."""

from __future__ import annotations

import datetime as dt
import pickle
import random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edtf_strategies import event_dates
from sourcebrief.dates.edtf import parse_edtf

if TYPE_CHECKING:
    from sourcebrief.dates.event_date import EventDate


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def bound(text: str) -> dt.date | None:
    return None if text == "open" else day(text)


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision", "mark"),
    [
        # the contract's table
        ("2019-07-20", "2019-07-20", "2019-07-20", "day", "point"),
        ("2022-12-07/2022-12-08", "2022-12-07", "2022-12-08", "day", "bar"),
        ("2021-10", "2021-10-01", "2021-10-31", "month", "hollow-bar"),
        ("2022-12-XX", "2022-12-01", "2022-12-31", "month", "hollow-bar"),
        ("202X", "2020-01-01", "2029-12-31", "decade", "hollow-bar"),
        ("2020-11-14~", "2020-11-14", "2020-11-14", "day", "hollow"),
        ("2020-11-14?", "2020-11-14", "2020-11-14", "day", "hollow"),
        ("2020-11-14%", "2020-11-14", "2020-11-14", "day", "hollow"),
        ("[2023-09-27..2023-10-01]", "2023-09-27", "2023-10-01", "day", "hollow-bar"),
        ("[2022-11-16,2022-11-18]", "2022-11-16", "2022-11-18", "day", "hollow-bar"),
        ("{2022-11-16,2022-11-18}", "2022-11-16", "2022-11-18", "day", "hollow-bar"),
        ("[..2022-11-16]", "open", "2022-11-16", "day", "open-bar"),
        ("[2022-11-16..]", "2022-11-16", "open", "day", "open-bar"),
        ("2018/..", "2018-01-01", "open", "year", "open-bar"),
        ("../2022", "open", "2022-12-31", "year", "open-bar"),
        # beside it
        ("2018", "2018-01-01", "2018-12-31", "year", "hollow-bar"),
        ("20XX", "2000-01-01", "2099-12-31", "century", "hollow-bar"),
        ("2022-XX", "2022-01-01", "2022-12-31", "year", "hollow-bar"),
        ("2022-XX-XX", "2022-01-01", "2022-12-31", "year", "hollow-bar"),
        ("2021-10~", "2021-10-01", "2021-10-31", "month", "hollow-bar"),
        ("2017/2018", "2017-01-01", "2018-12-31", "year", "hollow-bar"),
        ("2018-04/2020", "2018-04-01", "2020-12-31", "year", "hollow-bar"),
        ("2022-12-07~/2022-12-08", "2022-12-07", "2022-12-08", "day", "hollow-bar"),
        ("2018~/2020?", "2018-01-01", "2020-12-31", "year", "hollow-bar"),
        ("2018~/..", "2018-01-01", "open", "year", "open-bar"),
        ("2022-12-07/2022-12-07", "2022-12-07", "2022-12-07", "day", "point"),
        ("2022-12-15/2022-12", "2022-12-15", "2022-12-31", "month", "hollow-bar"),
        ("{2018,2020..2022}", "2018-01-01", "2022-12-31", "year", "hollow-bar"),
        ("[2020,2018]", "2018-01-01", "2020-12-31", "year", "hollow-bar"),
        ("[1760-01,1760-02,1760-12..]", "1760-01-01", "open", "month", "open-bar"),
        ("[..1984,1990]", "open", "1990-12-31", "year", "open-bar"),
        ("{..1984}", "open", "1984-12-31", "year", "open-bar"),
        ("0001", "0001-01-01", "0001-12-31", "year", "hollow-bar"),
        ("9999-12-31", "9999-12-31", "9999-12-31", "day", "point"),
    ],
)
def test_a_date_means(text: str, earliest: str, latest: str, precision: str, mark: str) -> None:
    date = parse_edtf(text)
    assert (date.earliest, date.latest) == (bound(earliest), bound(latest))
    assert (date.precision, date.mark) == (precision, mark)
    assert date.text == text


@pytest.mark.parametrize(
    ("text", "qualified"),
    [
        ("2020-11-14", False),
        ("2022-12-XX", False),
        ("2020~", True),
        ("2020-11?", True),
        ("2018/2020%", True),
        ("[2018?,2020]", True),
        ("2018/..", False),
    ],
)
def test_a_date_is_qualified_where_any_part_is(text: str, qualified: bool) -> None:
    assert parse_edtf(text).qualified is qualified


def test_dates_stand_in_the_contracts_order() -> None:
    in_order = [
        "../2018",  # no start is known: where it ends
        "2019-07-20",
        "2019-07-20~",  # plain before qualified
        "2019-07-20/2019-07-22",  # what ends earlier comes first
        "2019-07-20/..",  # an open end comes last
        "2019-07-21",
        "2021-10-01",
        "2021-10",  # begins on its earliest day
        "2021-10/2021-12",
        "2021",
    ]
    in_order.remove("2021")
    in_order.insert(in_order.index("2021-10-01"), "2021")  # 1 January
    shuffled = in_order.copy()
    random.Random(2).shuffle(shuffled)
    assert [
        d.text for d in sorted(map(parse_edtf, shuffled), key=lambda d: d.order(key=d.text))
    ] == in_order


@pytest.mark.parametrize(
    ("text", "first", "last", "overlaps"),
    [
        ("2022-12-07/2022-12-08", "2022-12-08", "2022-12-31", True),
        ("2022-12-07/2022-12-08", "2022-12-09", "2022-12-31", False),
        ("2022-12-07", "2022-12-08", "open", False),
        ("2022-12-07", "open", "2022-12-07", True),
        ("2022-12-07", "open", "2022-12-06", False),
        ("2022", "2022-12-31", "open", True),
        ("2018/..", "2030-01-01", "2030-01-02", True),
        ("../2018", "2018-12-31", "open", True),
        ("../2018", "2019-01-01", "open", False),
        ("2022", "open", "open", True),
    ],
)
def test_a_date_overlaps_a_period(text: str, first: str, last: str, overlaps: bool) -> None:
    assert parse_edtf(text).overlaps(bound(first), bound(last)) is overlaps


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("2023-10-02", True),
        ("2023-10-01", False),
        ("2023", False),
        ("2024", True),
        ("[2023-09-27..2023-10-03]", False),
        ("../2030", False),
        ("2024/..", True),
    ],
)
def test_a_date_begins_after_the_as_of_date(text: str, after: bool) -> None:
    assert parse_edtf(text).begins_after(day("2023-10-01")) is after


def test_a_date_is_a_value() -> None:
    date = parse_edtf("[2023-09-27..2023-10-01]")
    assert pickle.loads(pickle.dumps(date)) == date
    assert {date, parse_edtf("[2023-09-27..2023-10-01]")} == {date}
    assert str(date) == date.text
    with pytest.raises(AttributeError):
        date.text = "2022"  # type: ignore[misc]


@given(event_dates())
def test_bounds_are_ordered(date: EventDate) -> None:
    assert date.earliest is not None or date.latest is not None
    if date.earliest is not None and date.latest is not None:
        assert date.earliest <= date.latest
    assert all(part.earliest <= part.latest for part in date.named)
    assert date.is_open == (date.mark == "open-bar")


@given(st.lists(event_dates(), min_size=2, max_size=8), st.randoms())
def test_order_is_total_whatever_the_order_of_input(
    dates: list[EventDate], chance: random.Random
) -> None:
    expected = sorted(dates, key=lambda date: date.order(key=date.text))
    chance.shuffle(dates)
    assert sorted(dates, key=lambda date: date.order(key=date.text)) == expected
    assert all(
        (a.order(key=a.text) == b.order(key=b.text)) == (a == b) for a in dates for b in dates
    )


@given(event_dates(), st.dates(), st.dates())
def test_a_date_overlaps_its_own_bounds_and_what_holds_them(
    date: EventDate, a: dt.date, b: dt.date
) -> None:
    assert date.overlaps(date.earliest, date.latest)
    first, last = min(a, b), max(a, b)
    days = {d for d in (date.earliest, date.latest) if d is not None}
    if any(first <= d <= last for d in days):
        assert date.overlaps(first, last)
    if date.begins_after(last):
        assert not date.overlaps(first, last)
