"""Dates in EDTF, the Extended Date/Time Format of ISO 8601-2:2019.

Accepted is what a chronicle of events needs::

    2019   2019-07   2019-07-20                 a year, a month, a day
    2022-12-XX  2022-XX  2022-XX-XX             a day or month not known
    202X  20XX                                  a decade, a century
    2020-11-14~   2020-11-14?   2020-11-14%     about, uncertain, both
    2022-12-07/2022-12-08   2018~/2020          intervals; an end may be qualified
    2018/..   ../2022   (2018/   /2022)         open intervals; unknown ends read as open
    [2023-09-27..2023-10-01]  [a,b]  [..a]      one of these
    {a,b}  {2018,2020..2022}  {..a}             all of these

Everything else is refused by an `EDTFError` whose message names the fault and the way out. The
calendar is the proleptic Gregorian one, years 0001 to 9999.
"""

import datetime as dt
import re
from calendar import monthrange
from functools import lru_cache
from typing import Final

from sourcebrief.dates.edtf_advice import (
    NEVER_IN_A_DATE,
    advice,
    no_such_day,
    no_such_month,
    shown,
    wrong_end,
    wrong_set,
)
from sourcebrief.dates.event_date import COARSENESS, EventDate, Precision, SimpleDate, Span

LONGEST: Final = 1000
"""Characters in the longest text that is read as a date."""

_SIMPLE: Final = re.compile(
    r"([0-9]{4}|[0-9]{3}X|[0-9]{2}XX)"
    r"(?:(?<!X)-([0-9]{2}|XX)(?:-(XX|(?<!XX-)[0-9]{2}))?)?"
    r"([~?%]?)\Z"
)
"""Year, month, day and qualifier; `X` from the right only."""


class EDTFError(ValueError):
    """A text that is not a date, or not one that is accepted: one line, with the way out."""


@lru_cache(maxsize=8192)
def parse_edtf(text: str) -> EventDate:
    """Read a date; raise `EDTFError`, and nothing else, for what is not an accepted EDTF date."""
    if _SIMPLE.match(text):
        simple = _simple(text)
        return EventDate(text, "single", (simple,), simple.earliest, simple.latest)
    if len(text) > LONGEST:
        raise EDTFError(f"{shown(text)}: a date has at most {LONGEST} characters")
    if not NEVER_IN_A_DATE.search(text):
        if text.startswith(("[", "{")):
            return _set(text)
        if "/" in text:
            return _interval(text)
    raise EDTFError(advice(text, _is_date))


def _is_date(text: str) -> bool:
    try:
        parse_edtf(text)
    except EDTFError:
        return False
    return True


@lru_cache(maxsize=8192)
def _simple(text: str) -> SimpleDate:
    match = _SIMPLE.match(text)
    if match is None:
        raise EDTFError(advice(text, _is_date))
    year, month, day, qualifier = match.groups()
    first, last = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if first == 0:
        raise EDTFError(f"{shown(text)}: years run from 0001 to 9999")
    within = "day" if day == "XX" else "month" if month == "XX" else ""
    if month in (None, "XX"):
        precision: Precision = COARSENESS[2 + year.count("X")]
        earliest, latest = dt.date(first, 1, 1), dt.date(last, 12, 31)
    elif not 1 <= int(month) <= 12:
        raise EDTFError(no_such_month(text, first, int(month)))
    else:
        length = monthrange(first, int(month))[1]
        earliest, latest = dt.date(first, int(month), 1), dt.date(first, int(month), length)
        precision = "month"
        if day not in (None, "XX"):
            if not 1 <= int(day) <= length:
                raise EDTFError(no_such_day(first, int(month), int(day)))
            precision = "day"
            earliest = latest = earliest.replace(day=int(day))
    return SimpleDate(text, precision, earliest, latest, qualifier, within)


def _interval(text: str) -> EventDate:
    if text.count("/") > 1:
        raise EDTFError(advice(text, _is_date))
    first, last = text.split("/")
    if fault := wrong_end(first, last, _is_date):
        raise EDTFError(fault)
    start, end = (_simple(one) if one not in ("", "..") else None for one in (first, last))
    if start is None and end is None:
        raise EDTFError(f"{shown(text)}: an interval needs a known end; write 2018/.. or ../2022")
    _refuse_reversed(text, start, end, "/")
    canonical = f"{start.text if start else '..'}/{end.text if end else '..'}"
    earliest = start.earliest if start else None
    latest = end.latest if end else None
    return EventDate(canonical, "interval", (Span(start, end),), earliest, latest)


def _set(text: str) -> EventDate:
    if fault := wrong_set(text, _is_date):
        raise EDTFError(fault)
    members = [_member(member, text) for member in text[1:-1].split(",")]
    if len(members) == 1 and isinstance(members[0], SimpleDate):
        raise EDTFError(f"{shown(text)} is a set of one; write {members[0].text}")
    for number, member in enumerate(members):
        if member in members[:number]:
            raise EDTFError(f"{shown(text)} names {member.text} twice; write it once")
    spans = [m if isinstance(m, Span) else Span(m, m) for m in members]
    starts = [span.start.earliest if span.start else None for span in spans]
    ends = [span.end.latest if span.end else None for span in spans]
    if None in starts and None in ends:
        raise EDTFError(f"{shown(text)} is open at both ends; leave one of them open at most")
    return EventDate(
        text,
        "one-of" if text[0] == "[" else "all-of",
        tuple(members),
        None if None in starts else min(day for day in starts if day),
        None if None in ends else max(day for day in ends if day),
    )


def _member(text: str, whole: str) -> SimpleDate | Span:
    if ".." not in text and text:
        return _simple(text)
    first, dots, last = text.partition("..")
    if "." in last or not dots:
        raise EDTFError(
            f"{shown(whole)}: a date is missing; write dates parted by commas, as '[a,b]', "
            "or two dots, as '[a..b]'"
        )
    start, end = (_simple(one) if one else None for one in (first, last))
    if start is None and end is None:
        raise EDTFError(f"{shown(whole)}: a set needs a date; write '[..a]' or '[a..]'")
    if start == end:
        raise EDTFError(f"{shown(whole)}: {first} to {last} is one date; write {first}")
    _refuse_reversed(text, start, end, "..")
    return Span(start, end)


def _refuse_reversed(
    text: str, start: SimpleDate | None, end: SimpleDate | None, between: str
) -> None:
    if start and end and start.earliest > end.latest:
        better = f"{end.text}{between}{start.text}"
        raise EDTFError(f"{shown(text)} ends before it begins; write {better}")
