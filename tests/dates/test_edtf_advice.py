"""What a refused date is answered with."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from edtf_strategies import composed_dates
from sourcebrief.dates.edtf import EDTFError, parse_edtf


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "2022-22",
            "season dates are not supported; write its months as an interval: "
            "2022-06/2022-08",
        ),
        (
            "2022-24",
            "season dates are not supported; write its months as an interval: "
            "2022-12/2023-02",
        ),
        ("2023-02-29", "29 February 2023 does not exist; 2023 is not a leap year"),
        ("1900-02-29", "29 February 1900 does not exist; 1900 is not a leap year"),
        ("2022-11-31", "31 November 2022 does not exist; November has 30 days"),
        ("2022-11-00", "0 November 2022 does not exist; write 2022-11 where the day is not known"),
        ("2022-13", "'2022-13': there is no month 13; months run from 01 to 12"),
        ("2022-13-XX", "'2022-13-XX': there is no month 13; months run from 01 to 12"),
        ("2022-11-31~", "31 November 2022 does not exist; November has 30 days"),
        ("2022-11-30/2022-11-31", "31 November 2022 does not exist; November has 30 days"),
        ("[2023-02-28..2023-02-29]", "29 February 2023 does not exist; 2023 is not a leap year"),
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
            "202X, and a set stands for another doubt, as '[a,b]'; write "
            "'[2023-02-20..2023-02-28]'",
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
        ("../..", "'../..': an interval needs a known end; write 2018/.. or ../2022"),
        ("/", "'/': an interval needs a known end; write 2018/.. or ../2022"),
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
        ("[2018..2020", "'[2018..2020': a set that starts with [ ends with ]"),
        ("{2018]", "'{2018]': a set that starts with { ends with }"),
        ("[2018]", "'[2018]' is a set of one; write 2018"),
        ("[2018,2018]", "'[2018,2018]' names 2018 twice; write it once"),
        ("[2018..2018]", "'[2018..2018]': 2018 to 2018 is one date; write 2018"),
        (
            "[2018,2020]~",
            "'[2018,2020]~': a set takes no qualifier as a whole; qualify the dates in it",
        ),
        (
            "[2018/2019]",
            "'[2018/2019]': a set has two dots between its dates and no interval; write "
            "'[2018..2019]'",
        ),
        ("[2018,2020]/2022", "'[2018,2020]/2022': a set that starts with [ ends with ]"),
        (
            "[..2018,2020..]",
            "'[..2018,2020..]' is open at both ends; leave one of them open at most",
        ),
        ("[..]", "'[..]': a set needs a date; write '[..a]' or '[a..]'"),
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
        (
            "16 November 2022",
            "'16 November 2022': a date holds no space; write year-month-day as in "
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
