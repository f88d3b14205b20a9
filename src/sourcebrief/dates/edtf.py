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

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, Literal, TypeAlias, cast

DateKind: TypeAlias = Literal["single", "interval", "one-of", "all-of"]
DateMark: TypeAlias = Literal["point", "bar", "hollow-bar", "hollow", "open-bar"]
Precision: TypeAlias = Literal["day", "month", "year", "decade", "century"]
Qualifier: TypeAlias = Literal["", "~", "?", "%"]
OrderKey: TypeAlias = tuple[dt.date, int, tuple[bool, dt.date], bool, str]

LONGEST: Final = 1000
"""Characters in the longest text that is read as a date."""

_COARSENESS: Final[dict[Precision, int]] = {
    "day": 0,
    "month": 1,
    "year": 2,
    "decade": 3,
    "century": 4,
}


class EDTFError(ValueError):
    """A text that is not a date, or not one that is accepted: one line, with the way out."""


@dataclass(frozen=True, slots=True)
class SimpleDate:
    """One year, month or day, as precise as it is known: the atom of every EDTF date.

    `month` and `day` are None where they are not known: left out, or written `XX`.
    """

    text: str
    precision: Precision = field(compare=False)
    """What is known: `2022-12-XX` is known to the month."""
    earliest: dt.date = field(compare=False)
    latest: dt.date = field(compare=False)
    qualifier: Qualifier = field(compare=False)
    """`~` approximate, `?` uncertain, `%` both, empty where plain."""
    within: Literal["", "day", "month"] = field(compare=False)
    """What `XX` stands for: a day in December 2022, a month in 2022; empty without `XX`."""

    @property
    def plain(self) -> bool:
        """Whether it is neither qualified nor has an `X`."""
        return not self.qualifier and "X" not in self.text

    @property
    def year(self) -> int:
        """The year, or the first of the decade or century."""
        return self.earliest.year

    @property
    def month(self) -> int | None:
        """The month, 1 to 12, where it is known."""
        return self.earliest.month if self.precision in ("day", "month") else None

    @property
    def day(self) -> int | None:
        """The day of the month, where it is known."""
        return self.earliest.day if self.precision == "day" else None


@dataclass(frozen=True, slots=True)
class Span:
    """From one date to another, both included; an end that is None is open."""

    start: SimpleDate | None
    end: SimpleDate | None

    @property
    def ends(self) -> tuple[SimpleDate, ...]:
        """The ends that are known, in order."""
        return tuple(end for end in (self.start, self.end) if end is not None)


@dataclass(frozen=True, slots=True)
class EventDate:
    """When an event happened. Equal where the canonical text is equal.

    `text` is the EDTF as written, save that an unknown end (`2018/`) is given as an open one
    (`2018/..`). `earliest` and `latest` are the first and the last day that it can mean, None
    where that end is open. `parts` holds one `SimpleDate` (a single date), one `Span` (an
    interval), or the members of a set.
    """

    text: str
    kind: DateKind = field(compare=False)
    parts: tuple[SimpleDate | Span, ...] = field(compare=False)
    earliest: dt.date | None = field(compare=False)
    latest: dt.date | None = field(compare=False)

    def __str__(self) -> str:
        return self.text

    @property
    def named(self) -> tuple[SimpleDate, ...]:
        """Every date that stands in it, in the order written."""
        return tuple(
            date
            for part in self.parts
            for date in (part.ends if isinstance(part, Span) else (part,))
        )

    @property
    def precision(self) -> Precision:
        """How precisely it is known: as its least precise part."""
        return max((date.precision for date in self.named), key=_COARSENESS.__getitem__)

    @property
    def qualified(self) -> bool:
        """Whether it, or any date in it, is approximate or uncertain."""
        return any(date.qualifier for date in self.named)

    @property
    def is_open(self) -> bool:
        """Whether its first or its last day is not known."""
        return self.earliest is None or self.latest is None

    @property
    def mark(self) -> DateMark:
        """Its mark in the figure: filled only where every day in it is known and plain."""
        if self.is_open:
            return "open-bar"
        if self.kind in ("one-of", "all-of") or self.precision != "day":
            return "hollow-bar"
        if self.kind == "interval" and self.earliest != self.latest:
            return "hollow-bar" if self.qualified else "bar"
        return "hollow" if self.qualified else "point"

    @property
    def start_key(self) -> dt.date:
        """Where it stands in the order of dates: the earliest day, else the latest."""
        # parse() refuses what is open at both ends
        return cast("dt.date", self.latest if self.earliest is None else self.earliest)

    @property
    def end_key(self) -> tuple[bool, dt.date]:
        """The second key of order: the latest day; an open end comes last."""
        return (self.latest is None, self.latest if self.latest is not None else dt.date.max)

    def order(self, depth: int = 0, key: str = "") -> OrderKey:
        """Sort key of an event: start, depth under `part_of`, end, plain before qualified, id.

        Total whatever the input's order, since ids are unique.
        """
        return (self.start_key, depth, self.end_key, self.qualified, key)

    @property
    def sort_key(self) -> OrderKey:
        """Sort key of the date by itself; the text decides between dates of equal bounds."""
        return self.order(key=self.text)

    def overlaps(self, first: dt.date | None, last: dt.date | None) -> bool:
        """Whether it can fall, in part, in a period; None leaves that end of the period open."""
        begins_in_time = last is None or self.earliest is None or self.earliest <= last
        ends_in_time = first is None or self.latest is None or self.latest >= first
        return begins_in_time and ends_in_time

    def begins_after(self, day: dt.date) -> bool:
        """Whether it certainly begins later than a day; where the start is open: no."""
        return self.earliest is not None and self.earliest > day


@lru_cache(maxsize=8192)
def parse_edtf(text: str) -> EventDate:
    """Read a date.

    Raises `EDTFError` for anything that is not an accepted EDTF date, and nothing else.
    """
    match = _SIMPLE.match(text)
    if match:
        simple = _simple(text)
        return EventDate(text, "single", (simple,), simple.earliest, simple.latest)
    _refuse_what_is_no_date_at_all(text)
    if text[0] in "[{":
        return _set(text)
    if "/" in text:
        return _interval(text)
    raise _fault(text)


# --- single dates -------------------------------------------------------------------------------

_SIMPLE: Final = re.compile(
    r"(?P<year>[0-9]{4}|[0-9]{3}X|[0-9]{2}XX)"
    r"(?:-(?P<month>[0-9]{2}|XX)(?:-(?P<day>[0-9]{2}|XX))?)?"
    r"(?P<qualifier>[~?%]?)\Z"
)

_MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@lru_cache(maxsize=8192)
def _simple(text: str) -> SimpleDate:
    match = _SIMPLE.match(text)
    if match is None:
        raise _fault(text)
    year, month, day, qualifier = match.groups()
    if "X" in year:
        if month is not None:
            raise EDTFError(
                f"{_shown(text)}: X stands from the right only; write {year}{qualifier}, "
                "or the year in full"
            )
        return _of_years(text, year, cast("Qualifier", qualifier))
    if int(year) == 0:
        raise EDTFError(f"{_shown(text)}: years run from 0001 to 9999")
    if month == "XX" and day not in (None, "XX"):
        raise EDTFError(
            f"{_shown(text)}: X stands from the right only; write {year}-XX-XX{qualifier}, "
            "or the possible days as a set: '[a,b]'"
        )
    return _of_days(text, int(year), month, day, cast("Qualifier", qualifier))


def _of_years(text: str, year: str, qualifier: Qualifier) -> SimpleDate:
    first, last = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if first == 0:
        raise EDTFError(f"{_shown(text)}: years run from 0001 to 9999")
    precision: Precision = "decade" if year[2] != "X" else "century"
    return SimpleDate(
        text, precision, dt.date(first, 1, 1), dt.date(last, 12, 31), qualifier, within=""
    )


def _of_days(
    text: str, year: int, month: str | None, day: str | None, qualifier: Qualifier
) -> SimpleDate:
    if month is None or month == "XX":
        within: Literal["", "day", "month"] = (
            "" if month is None else "month" if day is None else "day"
        )
        return SimpleDate(
            text, "year", dt.date(year, 1, 1), dt.date(year, 12, 31), qualifier, within
        )
    in_year = int(month)
    if not 1 <= in_year <= 12:
        raise EDTFError(_no_such_month(text, year, in_year))
    length = monthrange(year, in_year)[1]
    if day is None or day == "XX":
        return SimpleDate(
            text,
            "month",
            dt.date(year, in_year, 1),
            dt.date(year, in_year, length),
            qualifier,
            within="" if day is None else "day",
        )
    if not 1 <= int(day) <= length:
        raise EDTFError(_no_such_day(year, in_year, int(day), length))
    exact = dt.date(year, in_year, int(day))
    return SimpleDate(text, "day", exact, exact, qualifier, within="")


# --- intervals and sets -------------------------------------------------------------------------


def _interval(text: str) -> EventDate:
    if text.count("/") > 1:
        raise EDTFError(_numeric_date(text))
    first, last = text.split("/")
    start, end = _end(first, text), _end(last, text, after=first)
    if start is None and end is None:
        raise EDTFError(f"{_shown(text)}: an interval needs a known end; write 2018/.. or ../2022")
    _refuse_reversed(text, start, end, "/")
    canonical = f"{start.text if start else '..'}/{end.text if end else '..'}"
    return EventDate(
        canonical,
        "interval",
        (Span(start, end),),
        start.earliest if start else None,
        end.latest if end else None,
    )


def _end(text: str, interval: str, after: str = "") -> SimpleDate | None:
    """One end of an interval; None where it is open or unknown."""
    if text in ("", ".."):
        return None
    if text.lower() in _OPEN_WORDS:
        better = interval.replace(text, "..", 1)
        raise EDTFError(f"{_shown(interval)}: an open end is two dots{_write(better)}")
    if text[0] in "[{" or text[-1] in "]}":
        raise EDTFError(
            f"{_shown(interval)}: a set cannot be an end of an interval; "
            "write the widest interval, and the doubt as a note"
        )
    if re.fullmatch(r"[0-9]{1,2}(-[0-9]{1,2})?", text) and _SIMPLE.match(after):
        # ISO 8601 lets the end leave out what it shares with the start: EDTF does not.
        shared = after.rstrip("~?%").split("-")
        given = [number.zfill(2) for number in text.split("-")]
        full = "-".join(shared[: len(shared) - len(given)] + given)
        if len(given) >= len(shared):
            # Nothing before it to share but the century of a year.
            full = shared[0][:2] + full if len(shared) == len(given) == 1 else ""
        raise EDTFError(
            f"{_shown(interval)}: each end of an interval is a whole date"
            + (_write(f"{after}/{full}" if full else "") or ", as in 2022-12-07/2022-12-08")
        )
    return _simple(text)


def _set(text: str) -> EventDate:
    opening, closing = text[0], {"[": "]", "{": "}"}[text[0]]
    if text[-1] in "~?%" and text[-2:-1] == closing:
        raise EDTFError(
            f"{_shown(text)}: a set takes no qualifier as a whole; qualify the dates in it"
        )
    if text[-1] != closing:
        raise EDTFError(f"{_shown(text)}: a set that starts with {opening} ends with {closing}")
    if "/" in text:
        raise EDTFError(
            f"{_shown(text)}: a set holds no interval, but two dots between its dates"
            + _write(text.replace("/", ".."))
        )
    members = [_member(member, text) for member in text[1:-1].split(",")]
    if len(members) == 1 and isinstance(members[0], SimpleDate):
        raise EDTFError(f"{_shown(text)} is a set of one; write {members[0].text}")
    repeated = next((m for i, m in enumerate(members) if m in members[:i]), None)
    if repeated is not None:
        raise EDTFError(f"{_shown(text)} names {_set_text(repeated)} twice; write it once")
    starts = [m.start.earliest if m.start else None for m in map(_as_span, members)]
    ends = [m.end.latest if m.end else None for m in map(_as_span, members)]
    if None in starts and None in ends:
        raise EDTFError(f"{_shown(text)} is open at both ends; leave one of them open at most")
    return EventDate(
        text,
        "one-of" if opening == "[" else "all-of",
        tuple(members),
        None if None in starts else min(day for day in starts if day),
        None if None in ends else max(day for day in ends if day),
    )


def _member(text: str, whole: str) -> SimpleDate | Span:
    if not text:
        raise EDTFError(
            f"{_shown(whole)}: a date is missing; write dates parted by commas, as '[a,b]', "
            "or two dots, as '[a..b]'"
        )
    if ".." not in text:
        return _simple(text)
    if text.count("..") > 1 or "..." in text:
        raise EDTFError(f"{_shown(whole)}: two dots stand between two dates, as '[a..b]'")
    first, last = text.split("..")
    start, end = (_simple(first) if first else None), (_simple(last) if last else None)
    if start is None and end is None:
        raise EDTFError(f"{_shown(whole)}: a set needs a date; write '[..a]' or '[a..]'")
    if start == end:
        raise EDTFError(f"{_shown(whole)}: {first} to {last} is one date; write {first}")
    _refuse_reversed(text, start, end, "..")
    return Span(start, end)


def _as_span(member: SimpleDate | Span) -> Span:
    return member if isinstance(member, Span) else Span(member, member)


def _set_text(member: SimpleDate | Span) -> str:
    if isinstance(member, SimpleDate):
        return member.text
    return "..".join(end.text if end else "" for end in (member.start, member.end))


def _refuse_reversed(
    text: str, start: SimpleDate | None, end: SimpleDate | None, between: str
) -> None:
    if start is None or end is None or start.earliest <= end.latest:
        return
    raise EDTFError(f"{_shown(text)} ends before it begins; write {end.text}{between}{start.text}")


# --- what is wrong, and the way out --------------------------------------------------------------

_OPEN_WORDS: Final = frozenset({"open", "unknown", "present", "now", "today", "ongoing", "..."})
_DASHES: Final = re.compile("[\u2010-\u2015\u2212]")
_FORM: Final = "write year-month-day as in 2022-11-16, or 2022-11 or 2022 where less is known"

# Codes that EDTF puts in the place of the month: first and last month of each; a last month
# smaller than the first is in the next year.
_SEASONS: Final[dict[int, tuple[str, int, int]]] = {
    21: ("spring", 3, 5),
    22: ("summer", 6, 8),
    23: ("autumn", 9, 11),
    24: ("winter", 12, 2),
    25: ("spring", 3, 5),
    26: ("summer", 6, 8),
    27: ("autumn", 9, 11),
    28: ("winter", 12, 2),
    29: ("southern spring", 9, 11),
    30: ("southern summer", 12, 2),
    31: ("southern autumn", 3, 5),
    32: ("southern winter", 6, 8),
    33: ("first quarter", 1, 3),
    34: ("second quarter", 4, 6),
    35: ("third quarter", 7, 9),
    36: ("fourth quarter", 10, 12),
    37: ("first third", 1, 4),
    38: ("second third", 5, 8),
    39: ("last third", 9, 12),
    40: ("first half", 1, 6),
    41: ("second half", 7, 12),
}


def _no_such_month(text: str, year: int, month: int) -> str:
    if month not in _SEASONS:
        return f"{_shown(text)}: there is no month {month:02}; months run from 01 to 12"
    name, first, last = _SEASONS[month]
    following = year + 1 if last < first else year
    if following > 9999:
        return f"season dates are not supported; write the months of the {name} as an interval"
    return (
        f"season dates are not supported; write the months of the {name} as an interval: "
        f"{year:04}-{first:02}/{following:04}-{last:02}"
    )


def _no_such_day(year: int, month: int, day: int, length: int) -> str:
    name = _MONTHS[month - 1]
    if month == 2 and day == 29:
        why = f"{year} is not a leap year"
    elif day == 0:
        why = f"write {year:04}-{month:02} where the day is not known"
    else:
        why = f"{name} has {length} days"
    return f"{day} {name} {year} does not exist; {why}"


def _shown(text: str) -> str:
    """Show a text inside a message: one line, printable, not endless."""
    cut = text if len(text) <= 60 else f"{text[:60]}..."
    return f"'{cut}'" if cut.isprintable() else ascii(cut)


def _write(better: str) -> str:
    """Suggest a text, where it is indeed a date that would be accepted."""
    if not better:
        return ""
    try:
        parse_edtf(better)
    except EDTFError:
        return ""
    return f"; write {_yaml(better)}"


def _yaml(text: str) -> str:
    """Show a date as it stands in YAML, where a set needs quotes."""
    return f"'{text}'" if text[0] in "[{" else text


def _refuse_what_is_no_date_at_all(text: str) -> None:
    if not text.strip():
        raise EDTFError(f"the date is empty; {_FORM}")
    if len(text) > LONGEST:
        raise EDTFError(f"{_shown(text)}: a date has at most {LONGEST} characters")
    if any(character.isspace() for character in text):
        closed = "".join(text.split())
        raise EDTFError(
            f"{_shown(text)} is not an EDTF date: it holds a space"
            + (_write(closed) or _write(_guess(closed)) or f"; {_FORM}")
        )
    if _DASHES.search(text):
        raise EDTFError(
            f"{_shown(text)} is not an EDTF date: it holds a dash that is not a hyphen"
            + (_write(_DASHES.sub("-", text)) or f"; {_FORM}")
        )


def _fault(text: str) -> EDTFError:
    """Say what is wrong with a text that is no single date, from the likeliest to the vaguest."""
    shown = _shown(text)
    if not text:
        return EDTFError(f"the date is empty; {_FORM}")
    if text[0] in "+-":
        return EDTFError(f"{shown}: years take no sign; write four digits, 0001 to 9999")
    if re.match(r"[0-9]{4}-?[0-9]{2}-?[0-9]{2}T", text) or ":" in text:
        return EDTFError(
            f"{shown}: times are not supported; write the day alone"
            + _only_if_date(re.split("T", text, maxsplit=1)[0])
        )
    if re.match(r"Y-?[0-9]|[0-9]+[ES][0-9]", text):
        return EDTFError(
            f"{shown}: long and rounded years are not supported; write four digits, 0001 to 9999"
        )
    if re.match(r"(XXXX|[0-9]XXX)(?![0-9X])", text):
        return EDTFError(
            f"{shown}: a date needs a century at least; write 20XX, or leave the event out "
            "until its date is known"
        )
    if "uu" in text or re.fullmatch(r"[0-9]{3}u", text) or "x" in text:
        return EDTFError(
            f"{shown}: an unknown digit is a capital X"
            + _write(text.replace("u", "X").replace("x", "X"))
        )
    if ".." in text:
        return EDTFError(_bare_range(text))
    if re.search(r"[][{},]", text):
        return EDTFError(
            f"{shown}: a set stands in brackets: '[a,b]' for one of its dates, '{{a,b}}' for all"
        )
    if re.search(r"[~?%]", text):
        return EDTFError(_misplaced_qualifier(text))
    if "X" in text:
        return EDTFError(_misplaced_x(text))
    return EDTFError(_misshapen(text))


def _only_if_date(text: str) -> str:
    return f": {text}" if _SIMPLE.match(text) else ""


def _bare_range(text: str) -> str:
    first, _, last = text.partition("..")
    span = f"{first or '..'}/{last or '..'}"
    if not _write(span):
        return f"{_shown(text)}: two dots stand in a set, as '[a..b]'; write a/b for a span"
    return (
        f"{_shown(text)}: two dots stand in a set; "
        f"write {span} for a span, '[{text}]' for a day within it"
    )


def _misplaced_qualifier(text: str) -> str:
    bare = re.sub(r"[~?%]", "", text)
    if not _SIMPLE.match(bare):
        return f"{_shown(text)} is not an EDTF date; {_FORM}"
    marks = set(re.findall(r"[~?%]", text))
    qualifier = marks.pop() if len(marks) == 1 else "%"
    if re.fullmatch(r"[^~?%]+[~?%]+", text):
        return f"{_shown(text)}: one qualifier is enough{_write(bare + qualifier)}"
    return f"{_shown(text)}: a qualifier stands at the end, for the date as a whole" + _write(
        bare + qualifier
    )


def _misplaced_x(text: str) -> str:
    partly = re.fullmatch(r"([0-9]{4}-[0-9]{2})-([0-3])X", text)
    if partly:
        month, tens = partly.groups()
        year_number, month_number = map(int, month.split("-"))
        if year_number and 1 <= month_number <= 12:
            length = monthrange(year_number, month_number)[1]
            first, last = max(1, int(tens) * 10), min(length, int(tens) * 10 + 9)
            if first < last:
                return (
                    f"{_shown(text)}: a day is known or it is XX; "
                    f"write '[{month}-{first:02}..{month}-{last:02}]'"
                )
    return (
        f"{_shown(text)}: X stands for whole parts from the right, as in 2022-12-XX, 2022-XX, "
        "202X and 20XX; write other doubts as a set: '[a..b]'"
    )


def _misshapen(text: str) -> str:
    loose = re.fullmatch(r"([0-9]{4})[-.](?:([0-9]{1,2})(?:[-.]([0-9]{1,2}))?)", text)
    compact = re.fullmatch(r"([0-9]{4})([0-9]{2})([0-9]{2})", text)
    parts = loose or compact
    if parts:
        padded = "-".join(part.zfill(2) for part in parts.groups() if part)
        return (
            f"{_shown(text)} is not an EDTF date: four digits of the year, two of month and day, "
            "hyphens between" + (_write(padded) or f"; {_FORM}")
        )
    return f"{_shown(text)} is not an EDTF date{_write(_guess(text)) or f'; {_FORM}'}"


def _guess(text: str) -> str:
    """What 2020s or c.2020 would be in EDTF; empty where it is neither."""
    decade = re.fullmatch(r"(?:the)?([0-9]{3})0['’]?s", text)
    if decade:
        return f"{decade.group(1)}X"
    about = re.fullmatch(r"(?:circa|about|ca|c)\.?([0-9-]+)", text, re.IGNORECASE)
    return f"{about.group(1)}~" if about else ""


def _numeric_date(text: str) -> str:
    numbers = text.split("/")
    if len(numbers) == 3 and all(re.fullmatch(r"[0-9]{1,4}", number) for number in numbers):
        first, second, third = numbers
        orders = (
            [(first, second, third)]
            if len(first) == 4
            else [(third, second, first), (third, first, second)]
        )
        candidates = dict.fromkeys("-".join(part.zfill(2) for part in order) for order in orders)
        possible = [candidate for candidate in candidates if _write(candidate)]
        if possible:
            return f"{_shown(text)} is not an EDTF date; write {' or '.join(possible)}"
    return f"{_shown(text)}: an interval has two ends, as in 2022-12-07/2022-12-08"
