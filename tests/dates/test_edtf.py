"""EDTF dates: what is accepted and what it means; what is refused, and the way out."""

from __future__ import annotations

import datetime as dt
import importlib
import subprocess
import sys
import warnings
from typing import Any

import pytest

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


# --- periods --------------------------------------------------------------------------------------


# --- values ---------------------------------------------------------------------------------------


def test_reading_dates_loads_no_babel() -> None:
    code = (
        "import sys, sourcebrief.dates.in_text as e; from sourcebrief.dates.edtf import parse_edtf;"
        "assert not e.find_dates('no figures', 'en'); parse_edtf('2022');"
        "sys.exit('babel' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], env={"PYTHONPATH": "src"}).returncode == 0


# --- properties -----------------------------------------------------------------------------------


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
