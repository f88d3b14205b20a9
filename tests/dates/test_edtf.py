"""EDTF dates: what is accepted and what it means; what is refused, and the way out."""

from __future__ import annotations

import datetime as dt
import importlib
import re
import subprocess
import sys
import warnings
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from edtf_strategies import composed_dates
from sourcebrief.dates.edtf import EDTFError, parse_edtf


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


# --- what a date means ----------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "same"), [("2018/", "2018/.."), ("/2022", "../2022")])
def test_unknown_ends_read_as_open(text: str, same: str) -> None:
    assert parse_edtf(text) == parse_edtf(same)
    assert parse_edtf(text).text == same


@pytest.mark.parametrize("text", ["2024-02-29", "2000-02-29", "2024-02-29/2024-03-01"])
def test_leap_days_of_leap_years_exist(text: str) -> None:
    assert parse_edtf(text).earliest == day(text[:10])


# --- what the specification shows -----------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        # level 0
        *("1985-04-12", "1985-04", "1985", "1964/2008", "2004-06/2006-08", "2004-02-01/2005-02-08"),
        *("2004-02-01/2005-02", "2004-02-01/2005", "2005/2006-02"),
        # level 1
        *("1984?", "2004-06~", "2004-06-11%", "201X", "20XX", "2004-XX", "1985-04-XX"),
        *("1985-XX-XX", "1985-04-12/..", "1985-04/..", "1985/..", "../1985-04-12", "../1985-04"),
        *("../1985", "1985-04-12/", "1985-04/", "1985/", "/1985-04-12", "/1985-04", "/1985"),
        *("1984~/2004-06", "1984/2004-06~", "1984?/2004%", "1984-06-02?/2004-08-08~"),
        # level 2
        *("[1667,1668,1670..1672]", "[..1760-12-03]", "[1760-12..]", "[1760-01,1760-02,1760-12..]"),
        *("[1667,1760-12]", "[..1984]", "{1667,1668,1670..1672}", "{1960,1961-12}", "{..1984}"),
        "2004-06-XX/2004-07-03",
    ],
)
def test_examples_of_the_specification_are_accepted(text: str) -> None:
    assert parse_edtf(parse_edtf(text).text) == parse_edtf(text)


@pytest.mark.parametrize(
    "text",
    [
        *("1985-04-12T23:20:30", "1985-04-12T23:20:30Z", "1985-04-12T23:20:30-04", "-1985"),
        *("Y170000002", "Y-170000002", "2001-21", "2001-24", "Y-17E7", "1950S2", "Y171010000S3"),
        *("2001-34", "156X-12-25", "15XX-12-25", "XXXX-12-XX", "1XXX-XX", "1XXX-12", "1984-1X"),
        *("2004-06~-11", "2004?-06-11", "?2004-06-~11", "2004-%06-11", "2011-~06-~04", "-1985/.."),
        *("2004-06-~01/2004-06-~20", "-0999", "0000", "..", "../..", "/", "/.."),
    ],
)
def test_examples_of_the_specification_that_are_out_of_scope_are_refused(text: str) -> None:
    with pytest.raises(EDTFError):
        parse_edtf(text)


# --- refusals and the way out ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "months"),
    [
        *(("2022-22", "2022-06/2022-08"), ("2022-24", "2022-12/2023-02")),
        *(("2025-Q3", "2025-07/2025-09"), ("Q3 2025", "2025-07/2025-09")),
        *(("the third quarter of 2025", "2025-07/2025-09"), ("T1-2025", "2025-01/2025-03")),
        *(("2025, 4th quarter", "2025-10/2025-12"), ("first half of 2025", "2025-01/2025-06")),
        ("H2 2025", "2025-07/2025-12"),
    ],
)
def test_of_a_part_of_a_year_the_months_are_named(text: str, months: str) -> None:
    with pytest.raises(EDTFError) as refused:
        parse_edtf(text)
    assert str(refused.value) == (
        "seasons, quarters and halves are no dates; write the months as an interval: " + months
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2023-02-29", "29 February 2023 does not exist; February 2023 has 28 days"),
        ("1900-02-29", "29 February 1900 does not exist; February 1900 has 28 days"),
        ("2022-11-31", "31 November 2022 does not exist; November 2022 has 30 days"),
        ("2022-11-00", "0 November 2022 does not exist; November 2022 has 30 days"),
        ("2022-13", "'2022-13': there is no month 13; months run from 01 to 12"),
        ("2022-13-XX", "'2022-13-XX': there is no month 13; months run from 01 to 12"),
        ("2022-11-31~", "31 November 2022 does not exist; November 2022 has 30 days"),
        ("2022-11-30/2022-11-31", "31 November 2022 does not exist; November 2022 has 30 days"),
        ("[2023-02-28..2023-02-29]", "29 February 2023 does not exist; February 2023 has 28 days"),
        ("2023/2022", "'2023/2022' ends before it begins; write 2022/2023"),
        (
            "2022-12-08/2022-12-07~",
            "'2022-12-08/2022-12-07~' ends before it begins; write 2022-12-07~/2022-12-08",
        ),
        ("[2023..2022]", "'2023..2022' ends before it begins; write 2022..2023"),
        ("-2022", "'-2022': years take no sign; write four digits, 0001 to 9999"),
        ("+2022-11", "'+2022-11': years take no sign; write four digits, 0001 to 9999"),
        ("2022-11-16T10:30Z", "'2022-11-16T10:30Z': times are not supported; write 2022-11-16"),
        (
            "XXXX-11",
            "'XXXX-11': a date needs a century at least; write 20XX, or leave the event out "
            "until its date is known",
        ),
        (
            "2022-1-5",
            "'2022-1-5': the year has four digits, month and day have two, with hyphens "
            "between; write 2022-01-05",
        ),
        (
            "20221116",
            "'20221116': the year has four digits, month and day have two, with hyphens "
            "between; write 2022-11-16",
        ),
        (
            "2022~-01",
            "'2022~-01': one qualifier stands at the end, for the date as a whole; write "
            "2022-01~",
        ),
        (
            "?2022",
            "'?2022': one qualifier stands at the end, for the date as a whole; write 2022?",
        ),
        (
            "2022?~",
            "'2022?~': one qualifier stands at the end, for the date as a whole; write 2022%",
        ),
        (
            "2022-XX-05",
            "'2022-XX-05': X stands for whole parts from the right, as in 2022-12-XX and "
            "202X, and a set stands for another doubt, as '[a,b]'; write 2022-XX-XX",
        ),
        (
            "202X-05",
            "'202X-05': X stands for whole parts from the right, as in 2022-12-XX and 202X, "
            "and a set stands for another doubt, as '[a,b]'; write 202X",
        ),
        (
            "2023-02-2X",
            "'2023-02-2X': X stands for whole parts from the right, as in 2022-12-XX and "
            "202X, and a set stands for another doubt, as '[a,b]'; write 2023-02-XX",
        ),
        ("2022-xx", "'2022-xx': an unknown digit is a capital X; write 2022-XX"),
        ("199u", "'199u': an unknown digit is a capital X; write 199X"),
        ("16/11/2022", "'16/11/2022' is not an EDTF date; write 2022-11-16"),
        ("05/11/2022", "'05/11/2022' is not an EDTF date; write 2022-11-05 or 2022-05-11"),
        ("2022/11/16", "'2022/11/16' is not an EDTF date; write 2022-11-16"),
        (
            "2018/2019/2020",
            "'2018/2019/2020': an interval has two ends; write it as in 2022-12-07/2022-12-08",
        ),
        ("2018/19", "'2018/19': each end of an interval is a whole date; write 2018/2019"),
        (
            "2018-11/11-12",
            "'2018-11/11-12': each end of an interval is a whole date; write it as in "
            "2022-12-07/2022-12-08",
        ),
        (
            "2022-12-07/08",
            "'2022-12-07/08': each end of an interval is a whole date; write "
            "2022-12-07/2022-12-08",
        ),
        ("2018/open", "'2018/open': an open end is two dots; write 2018/.."),
        ("2018/present", "'2018/present': an open end is two dots; write 2018/.."),
        ("../..", "'../..' is open at both ends; leave one of them open at most"),
        ("/", "'/' is open at both ends; leave one of them open at most"),
        (
            "2018..2020",
            "'2018..2020': a span has a slash, and a day within it stands in brackets; write "
            "2018/2020 or '[2018..2020]'",
        ),
        (
            "2018,2020",
            "'2018,2020': a set stands in brackets; write '[a,b]' for one of its dates, "
            "'{a,b}' for all",
        ),
        (
            "[2018..2020",
            "'[2018..2020': a set stands in brackets; write '[a,b]' for one of its dates, "
            "'{a,b}' for all",
        ),
        (
            "{2018]",
            "'{2018]': a set stands in brackets; write '[a,b]' for one of its dates, "
            "'{a,b}' for all",
        ),
        ("[2018]", "'[2018]' is a set of one; write 2018"),
        ("[2018,2018]", "'[2018,2018]' names 2018 twice; write it once"),
        ("[2018..2018]", "'[2018..2018]' names 2018 twice; write it once"),
        (
            "[2018,2020]~",
            "'[2018,2020]~': a set takes no qualifier as a whole; qualify the dates in it",
        ),
        (
            "[2018/2019]",
            "'[2018/2019]': a set has two dots between its dates and no interval; write "
            "'[2018..2019]'",
        ),
        (
            "[2018,2020]/2022",
            "'[2018,2020]/2022': a set cannot be an end of an interval; write the widest "
            "interval, and the doubt as a note",
        ),
        (
            "[..2018,2020..]",
            "'[..2018,2020..]' is open at both ends; leave one of them open at most",
        ),
        ("[..]", "'..' is open at both ends; leave one of them open at most"),
        (
            "[2018,]",
            "'[2018,]': a date is missing; write dates parted by commas, as '[a,b]', or two "
            "dots, as '[a..b]'",
        ),
        ("[2018, 2019]", "'[2018, 2019]': a date holds no space; write '[2018,2019]'"),
        ("2022 ", "'2022 ': a date holds no space; write 2022"),
        ("2022–11–16", "'2022–11–16': a date holds hyphens and no other dash; write 2022-11-16"),
        ("2020s", "'2020s' is not an EDTF date; write 202X"),
        ("c. 2020", "'c. 2020': a date holds no space; write 2020~"),
        ("0000", "'0000': years run from 0001 to 9999"),
        ("000X", "'000X': years run from 0001 to 9999"),
        (
            "Y17E7",
            "'Y17E7': long and rounded years are not supported; write four digits, 0001 to 9999",
        ),
        ("16 November 2022", "'16 November 2022': a date stands in figures; write 2022-11-16"),
        ("9 Dec. 2021", "'9 Dec. 2021': a date stands in figures; write 2021-12-09"),
        ("April 3rd, 2021", "'April 3rd, 2021': a date stands in figures; write 2021-04-03"),
        ("mayo de 2022", "'mayo de 2022': a date stands in figures; write 2022-05"),
        (
            "summer of 2022",
            "'summer of 2022': a date holds no space; write year-month-day as in "
            "2022-11-16, or 2022-11 or 2022 where less is known",
        ),
        (
            "2022-11-16\u202e",
            "'2022-11-16\\u202e' is not an EDTF date; write year-month-day as in 2022-11-16, "
            "or 2022-11 or 2022 where less is known",
        ),
        (
            "",
            "the date is empty; write year-month-day as in 2022-11-16, or 2022-11 or 2022 "
            "where less is known",
        ),
    ],
)  # fmt: skip
def test_a_refusal_says_what_is_wrong_and_the_way_out(text: str, message: str) -> None:
    with pytest.raises(EDTFError) as refused:
        parse_edtf(text)
    assert str(refused.value) == message


nearly_dates = st.text(alphabet="0129-X/.,[]{}~?% T:uxs+Y年–", max_size=40)


@given(st.one_of(st.text(max_size=60), nearly_dates))
@example("[2023-12..2022,2023-12..2022,2023-12..2022]")
@example("now/now")
@example("0000-11-1X")
@example("٠٠٠٠")
@example("2022-11-1X")
@example("99990224")
def test_any_text_is_a_date_or_refused_in_one_line(text: str) -> None:
    try:
        date = parse_edtf(text)
    except EDTFError as refused:
        message = str(refused)
    else:
        message = "a date"
        assert parse_edtf(date.text) == date
    assert message
    assert message.isprintable()  # so it holds no line break


@given(composed_dates())
def test_what_a_refusal_advises_is_accepted(text: str) -> None:
    try:
        parse_edtf(text)
    except EDTFError as refused:
        advised = re.search(r"; write '?([^' ]+)'?$", str(refused))
        if advised and "a" not in advised.group(1):  # '[a,b]' shows a form, not the date
            better = advised.group(1)
            assert parse_edtf(f"[{better}]" if ".." in better and "[" not in better else better)


@pytest.mark.parametrize("text", ["２０２２", "٢٠٢٢", "2022\u00b2"])
def test_only_ascii_digits_are_digits(text: str) -> None:
    with pytest.raises(EDTFError):
        parse_edtf(text)


def test_a_set_of_absurd_length_is_refused_at_once() -> None:
    with pytest.raises(EDTFError, match="at most 1000 characters"):
        parse_edtf("[" + ",".join(["2023..2022"] * 10_000) + "]")


# --- order ----------------------------------------------------------------------------------------


def test_a_whole_precedes_its_parts_and_the_id_decides_last() -> None:
    visit = parse_edtf("2020-11-13/2020-11-16")
    meeting, dinner = parse_edtf("2020-11-13"), parse_edtf("2020-11-13")
    keys = [
        (visit.order(0, "visit"), "visit"),
        (dinner.order(1, "dinner"), "dinner"),
        (meeting.order(1, "meeting"), "meeting"),
    ]
    assert [name for _, name in sorted(keys)] == ["visit", "dinner", "meeting"]


# --- values ---------------------------------------------------------------------------------------


def test_reading_dates_loads_no_babel() -> None:
    code = (
        "import sys, sourcebrief.dates.in_text as e; from sourcebrief.dates.edtf import parse_edtf;"
        "assert not e.find_dates('no figures', 'en'); parse_edtf('2022');"
        "sys.exit('babel' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], env={"PYTHONPATH": "src"}).returncode == 0


# --- a second opinion -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def edtf_library() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return importlib.import_module("edtf")


@pytest.mark.parametrize(
    "text",
    [
        *("2019", "2019-07", "2019-07-20", "2024-02", "2023-02", "2022-12-XX", "2022-XX"),
        *("2022-XX-XX", "202X", "20XX", "2020-11-14~", "2020-11?", "2018/2020", "2018~/2020?"),
        *("2004-02-01/2005-02", "2005/2006-02", "[2018..2020]", "[2018,2020]", "{2018,2020..2022}"),
        *("[1667,1760-12]", "{1960,1961-12}", "2004-06-11%"),
    ],
)
def test_the_edtf_library_finds_the_same_bounds(text: str, edtf_library: Any) -> None:
    """Save for what it gets wrong: reversed and open intervals, and days that do not exist."""
    theirs = edtf_library.parse_edtf(text)
    ours = parse_edtf(text)
    assert ours.earliest == dt.date(*theirs.lower_strict()[:3])
    assert ours.latest == dt.date(*theirs.upper_strict()[:3])
