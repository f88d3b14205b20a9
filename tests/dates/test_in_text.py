"""Date expressions in running text, and what a quotation states."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sourcebrief.dates.edtf import parse_edtf
from sourcebrief.dates.in_text import (
    WrittenDate,
    date_spans,
    days_of_months,
    find_dates,
    full_dates,
    states,
)

# --- the rule on stated dates ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("took place this week, September 26 and 27, 2023.", "2023-09-26/2023-09-27"),
        ("The meeting, which took place on November 16, 2022, was led by", "2022-11-16"),
        ("In October 2021, the President asked", "2021-10"),
        ("established in April 2018", "2018-04"),
        ("Published 21 July 2019", "2019-07-21"),
        ("from 2017 to 2018, he was appointed", "2017/2018"),
        ("a congressman from 2011 to 2017.", "2011/2017"),
        ("28 February to 1 March 2023", "2023-02-28/2023-03-01"),
        ("December 30, 2022 to January 2, 2023", "2022-12-30/2023-01-02"),
        ("7–8 December 2022", "2022-12-07/2022-12-08"),
        ("7 - 8 December 2022", "2022-12-07/2022-12-08"),
        ("December 7th through 8th, 2022", "2022-12-07/2022-12-08"),
        ("between the 7th and the 8th of December, 2022", "2022-12-07/2022-12-08"),
        ("June 28–July 2, 2022", "2022-06-28/2022-07-02"),
        ("June 28-July 2, 2022", "2022-06-28/2022-07-02"),
        ("from June to August 2022", "2022-06/2022-08"),
        ("September 25, 26 and 27, 2023", "2023-09-25/2023-09-27"),
        ("September 25, 26, and 27, 2023", "{2023-09-25,2023-09-26,2023-09-27}"),
        ("NOV. 16, 2022", "2022-11-16"),
        ("16 Sept 2022", "2022-09-16"),
        ("November 16,2022", "2022-11-16"),
        ("on 2022-11-16", "2022-11-16"),
        ("at 2022-11-16T10:30Z", "2022-11-16"),
        ("2022-12-07/2022-12-08", "2022-12-07/2022-12-08"),
        ("dated 2022-11", "2022-11"),
        # as far as the date is precise
        ("November 16, 2022", "2022-11"),
        ("November 16, 2022", "2022"),
        ("November 16, 2022", "2022-11-XX"),
        ("November 2022", "202X"),
        ("in the 2020s", "202X"),
        ("September 26 and 27, 2023", "2023-09-26"),
        # whatever the white space and the invisible
        ("November\u00a016,\u00a02022", "2022-11-16"),
        ("November\n16, 2022", "2022-11-16"),
        ("November\r\n16,\f2022", "2022-11-16"),
        ("Novem\u00adber 16, 2022", "2022-11-16"),
        ("Novem-\nber 16, 2022", "2022-11-16"),
        ("\u200eNovember\u200b 16, 20\u200b22", "2022-11-16"),
        # where the doubt is itself written
        ("on 7 or 8 December 2022", "[2022-12-07,2022-12-08]"),
        ("between 27 September and 1 October 2023", "[2023-09-27..2023-10-01]"),
        ("since April 26, 2018", "2018-04-26/.."),
        ("no later than November 16, 2022", "[..2022-11-16]"),
    ],
)
def test_a_text_states_a_date(text: str, date: str) -> None:
    assert states(text, parse_edtf(date), "en")


@pytest.mark.parametrize(
    ("text", "date", "why"),
    [
        ("December 7th through 8th", "2022-12-07/2022-12-08", "no year"),
        ("On Saturday the Secretary", "2019-07-20", "no date at all"),
        ("on November 16. In 2022 the", "2022-11-16", "other words between"),
        ("Tuesday 26 and Wednesday 27 September 2023", "2023-09-26/2023-09-27", "words between"),
        ("November 16, 2022", "2022-11-17", "another day"),
        ("October 2021", "2021-10-01", "less precise"),
        ("in 2021", "2021-10", "less precise"),
        ("September 26, 2023. It ended on September 27, 2023", "2023-09-26/2023-09-27",
         "two expressions"),
        ("September 26 to 28, 2023", "2023-09-27", "implied, not written"),
        ("November 16, 2022", "2022-11-16~", "qualified"),
        ("November 16, 2022", "2022-11-16?", "qualified"),
        ("in 2018", "2018~/2020", "qualified"),
        ("in 2018", "2018/2020", "one end"),
        ("December 30 to January 2, 2023", "2022-12-30/2023-01-02", "the first has no year"),
        ("on 7 or 8 December 2022", "2022-12-07", "one of two"),
        ("16/11/2022", "2022-11-16", "figures"),
        ("16.11.2022", "2022-11-16", "figures"),
        ("16-11-2022", "2022", "figures"),
        ("the 2011-12 session", "2011-12", "two years"),
        ("$2,018 and 12,018", "2018", "part of a sum"),
        ("US$ 2018 and €2018", "2018", "a sum"),
        ("12018 or 20181", "2018", "part of a number"),
        ("2018.5, 10.2018, 20:18, 2018%", "2018", "part of a number"),
        ("COVID-2018 and F2018 and 2018-based", "2018", "part of a word"),
        ("a 2018-based plan of the ministry", "2018", "part of a word, others after it"),
        ("https://example.org/2018/11/16/ and /2018-11-16/", "2018", "an address"),
        ("on 16\n\nNovember 2022", "2022-11-16", "two paragraphs"),
        ("on 16\r\n \r\nNovember 2022", "2022-11-16", "two paragraphs"),
        ("31 November 2022", "2022-11-30", "no such day"),
        ("the 2020s", "2020", "a decade"),
        ("16 novembre 2022", "2022-11-16", "another language"),
        ("Novem-\nBer 16, 2022", "2022-11-16", "a capital after the line's end"),
    ],
)  # fmt: skip
def test_a_text_does_not_state_a_date(text: str, date: str, why: str) -> None:
    assert not states(text, parse_edtf(date), "en"), why


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("el 16 de noviembre de 2022", "2022-11-16"),
        ("los días 26 y 27 de septiembre de 2023", "2023-09-26/2023-09-27"),
        ("del 7 al 8 de diciembre de 2022", "2022-12-07/2022-12-08"),
        ("entre el 7 y el 8 de diciembre del año 2022", "2022-12-07/2022-12-08"),
        ("del 28 de febrero al 1 de marzo de 2023", "2023-02-28/2023-03-01"),
        ("desde 2011 hasta 2017", "2011/2017"),
        ("primero de octubre de 2023", "2023-10-01"),
        ("1.º de octubre de 2023", "2023-10-01"),
        ("octubre de 2021", "2021-10"),
        ("16 nov. 2022", "2022-11-16"),
        ("16 de setiembre de 2022", "2022-09-16"),
    ],
)
def test_a_spanish_text_states_a_date(text: str, date: str) -> None:
    assert states(text, parse_edtf(date), "es-EC")


# --- expressions ----------------------------------------------------------------------------------


def test_expressions_come_with_their_place_and_their_parts() -> None:
    text = "Held on September 26 and 27, 2023; agreed in April 2018, asked for since 2011."
    span, month, year = find_dates(text, "en")
    assert (span.start, span.end, text[8:33]) == (8, 33, "September 26 and 27, 2023")
    assert span.dates == (WrittenDate(2023, 9, 26), WrittenDate(2023, 9, 27))
    assert (text[month.start : month.end], month.dates) == ("April 2018", (WrittenDate(2018, 4),))
    assert (text[year.start : year.end], year.dates) == ("2011", (WrittenDate(2011),))


def test_offsets_are_those_of_the_text_as_given() -> None:
    text = "\ufeffOn Novem\u00adber\u00a016, 2022 he"
    (found,) = find_dates(text, "en")
    assert text[found.start : found.end] == "Novem\u00adber\u00a016, 2022"


def test_full_dates_are_those_written_to_the_day() -> None:
    text = "In 2021, in May 2022, on 7–8 December 2022 and on 2023-09-26; 31 November 2022 is none."
    assert list(full_dates(text, "en")) == [
        dt.date(2022, 12, 7),
        dt.date(2022, 12, 8),
        dt.date(2023, 9, 26),
    ]


def test_days_of_months_are_named_with_a_year_and_without() -> None:
    text = "On July 13, on 7 and 8 December 2022 and in May 2019."
    found = days_of_months(text, "en")
    assert found == {
        (7, 13): "July 13",
        (12, 7): "7 and 8 December 2022",
        (12, 8): "7 and 8 December 2022",
    }
    assert list(days_of_months("el 13 de julio", "es")) == [(7, 13)]


def test_dates_without_a_year_have_a_place_too() -> None:
    text = "On December 7th through 8th, 12 people may meet 5 ministers in 2023."
    assert [text[a:b] for a, b in date_spans(text, "en")] == ["December 7th through 8th", "2023"]


def test_a_list_by_commas_alone_is_no_list() -> None:
    (found,) = find_dates("at 7, 8 December 2022", "en")
    assert (found.start, found.dates) == (6, (WrittenDate(2022, 12, 8),))


@given(
    st.one_of(
        st.text(max_size=80),
        st.text(alphabet="0123 ,-–/.thndMay\n$%", max_size=80),
        st.lists(
            st.sampled_from(
                ["7", "8th", "31", "2022", "May", "Feb.", "and", "or", "to", "of", ",", "–", "-",
                 "2022-11-16", "2011-12", "/", "the 2020s", "\n\n", "\u00ad"]
            ),
            max_size=12,
        ).map(" ".join),
    ),
    st.sampled_from(["en", "es", "de", "ja"]),
)  # fmt: skip
@example("prımero de mayo de 2022", "es")
@example("auguſt 2022", "en")
@example("0000 0000-01-01 0000s", "en")
def test_whatever_the_text_expressions_are_slices_in_order(text: str, language: str) -> None:
    found = find_dates(text, language)
    assert all(0 <= each.start < each.end <= len(text) and each.dates for each in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    spans = date_spans(text, language)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert len(full_dates(text, language)) <= sum(len(each.dates) for each in found)


@given(
    st.dates(min_value=dt.date(1000, 1, 1)),
    st.sampled_from(["$", "1", "x", "0.", "1,", "_", "/"]),
    st.sampled_from(["1", "x", "%", ".5", ":30", "/1", "_", ",5"]),
)
def test_a_year_that_is_part_of_something_larger_is_none(
    day: dt.date, before: str, after: str
) -> None:
    year = f"{day.year}"
    assert not find_dates(f"a {before}{year} b", "en")
    assert not find_dates(f"a {year}{after} b", "en")
    assert find_dates(f"a {year} b", "en")
