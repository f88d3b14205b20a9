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
from calendar import month_name, monthrange
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from sourcebrief.dates.event_date import COARSENESS, EventDate, Precision, SimpleDate, Span
from sourcebrief.text.characters import DASHES

LONGEST: Final = 1000
"""Characters in the longest text that is read as a date."""

_SIMPLE: Final = re.compile(
    r"([0-9]{4}|[0-9]{3}X|[0-9]{2}XX)"
    r"(?:(?<!X)-([0-9]{2}|XX)(?:-(XX|(?<!XX-)[0-9]{2}))?)?"
    r"([~?%]?)"
)
"""Year, month, day and qualifier; `X` from the right only."""

# EDTF puts these codes in the place of the month: the first and the last month of four seasons
# (twice), of four southern ones, of four quarters, three thirds and two halves.
_NORTHERN: Final = ((3, 5), (6, 8), (9, 11), (12, 2))
_SOUTHERN: Final = ((9, 11), (12, 2), (3, 5), (6, 8))
_QUARTERS: Final = ((1, 3), (4, 6), (7, 9), (10, 12))
_THIRDS: Final = ((1, 4), (5, 8), (9, 12))
_HALVES: Final = ((1, 6), (7, 12))
_SEASONS: Final = dict(
    enumerate((*_NORTHERN, *_NORTHERN, *_SOUTHERN, *_QUARTERS, *_THIRDS, *_HALVES), 21)
)

_BETWEEN: Final = re.compile(r"\b(?:the|of)\b|[-\s,/]")
_ORDINALS: Final = {
    word: number
    for number, words in enumerate(("first 1st", "second 2nd", "third 3rd", "fourth 4th"), 1)
    for word in words.split()
}
_PART_OF_A_YEAR: Final = re.compile(
    r"(?P<year>[0-9]{4})?(?:(?P<sign>[qths])(?P<number>[1-4])"
    rf"|(?P<said>{'|'.join(_ORDINALS)})(?P<whole>quarter|half))"
    r"(?(year)|(?P<after>[0-9]{4}))"
)
"""A quarter or a half without what stands between its words, as Q3 and as T3 and S1 abroad."""


_IN_WORDS: Final = re.compile(r"[^\W\d_]{3}.*[0-9]{4}")
_WRITTEN_IN: Final = ("en", "es", "fr", "de", "pt", "it")


class EDTFError(ValueError):
    """A text that is not a date, or not one that is accepted: one line, with the way out."""


class _MisshapenError(EDTFError):
    """A text, or a part of it, that does not have the form of a date: that part alone."""


@lru_cache(maxsize=8192)
def parse_edtf(text: str) -> EventDate:
    """Read a date; raise `EDTFError`, and nothing else, for what is not an accepted EDTF date."""
    if len(text) > LONGEST:
        raise EDTFError(f"{_shown(text)}: a date has at most {LONGEST} characters")
    try:
        return _read(text)
    except _MisshapenError as error:
        raise EDTFError(_advice(text, str(error))) from None


def _read(text: str) -> EventDate:
    if text.startswith(("[", "{")):
        return _set(text)
    if text.count("/") == 1:
        span = _span(text, "/", ["" if end == ".." else end for end in text.split("/")])
        canonical = "/".join(end.text if end else ".." for end in (span.start, span.end))
        return EventDate(canonical, "interval", (span,), span.earliest, span.latest)
    date = _simple(text)
    return EventDate(text, "single", (date,), date.earliest, date.latest)


@lru_cache(maxsize=8192)
def _simple(text: str) -> SimpleDate:
    match = _SIMPLE.fullmatch(text)
    if match is None:
        raise _MisshapenError(text)
    year, month, day, qualifier = match.groups()
    first, last = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if first == 0:
        raise EDTFError(f"{_shown(text)}: years run from 0001 to 9999")
    within = "day" if day == "XX" else "month" if month == "XX" else ""
    if month in (None, "XX"):
        precision: Precision = COARSENESS[2 + year.count("X")]
        earliest, latest = dt.date(first, 1, 1), dt.date(last, 12, 31)
    elif not 1 <= int(month) <= 12:
        raise EDTFError(_no_such_month(text, first, int(month)))
    else:
        length = monthrange(first, int(month))[1]
        earliest, latest = dt.date(first, int(month), 1), dt.date(first, int(month), length)
        precision = "month"
        if day not in (None, "XX"):
            if not 1 <= int(day) <= length:
                of = f"{month_name[int(month)]} {first}"
                raise EDTFError(f"{int(day)} {of} does not exist; {of} has {length} days")
            precision = "day"
            earliest = latest = earliest.replace(day=int(day))
    return SimpleDate(text, precision, earliest, latest, qualifier, within)


def _span(text: str, between: str, ends: Sequence[str]) -> Span:
    start, end = (_simple(one) if one else None for one in ends)
    if start is None and end is None:
        raise EDTFError(f"{_shown(text)} is open at both ends; leave one of them open at most")
    if start and end and start.earliest > end.latest:
        better = f"{end.text}{between}{start.text}"
        raise EDTFError(f"{_shown(text)} ends before it begins; write {better}")
    return Span(start, end)


def _set(text: str) -> EventDate:
    if not re.fullmatch(r"\[[^]\[{}/]+\]|\{[^]\[{}/]+\}", text):
        raise _MisshapenError(text)
    members = [
        _span(member, "..", member.split("..", 1)) if ".." in member else _simple(member)
        for member in text[1:-1].split(",")
    ]
    if len(members) == 1 and isinstance(members[0], SimpleDate):
        raise EDTFError(f"{_shown(text)} is a set of one; write {members[0].text}")
    for number, member in enumerate(members):
        of_one_date = isinstance(member, Span) and member.start == member.end
        if of_one_date or member in members[:number]:
            named = member.text.split("..")[0] if of_one_date else member.text
            raise EDTFError(f"{_shown(text)} names {named} twice; write it once")
    starts, ends = [member.earliest for member in members], [member.latest for member in members]
    if None in starts and None in ends:
        raise EDTFError(f"{_shown(text)} is open at both ends; leave one of them open at most")
    return EventDate(
        text,
        "one-of" if text[0] == "[" else "all-of",
        tuple(members),
        None if None in starts else min(day for day in starts if day),
        None if None in ends else max(day for day in ends if day),
    )


def _no_such_month(text: str, year: int, month: int) -> str:
    if month not in _SEASONS:
        return f"{_shown(text)}: there is no month {month:02}; months run from 01 to 12"
    return _as_months(year, *_SEASONS[month])


def _as_months(year: int, first: int, last: int) -> str:
    months = f"{year:04}-{first:02}/{year + (last < first):04}-{last:02}"
    return f"seasons, quarters and halves are no dates; write the months as an interval: {months}"


def _part_of_a_year(text: str) -> str | None:
    """Say what to write for a quarter or a half: "2025-Q3", "Q3 2025", "third quarter of 2025"."""
    found = _PART_OF_A_YEAR.fullmatch(_BETWEEN.sub("", text.casefold()))
    if found is None:
        return None
    ordinal = int(found["number"] or _ORDINALS[found["said"]])
    is_quarter = (found["sign"] or found["whole"]) in ("q", "t", "quarter")
    parts = _QUARTERS if is_quarter else _HALVES
    if ordinal > len(parts):
        return None
    return _as_months(int(found["year"] or found["after"]), *parts[ordinal - 1])


def _in_figures(text: str) -> str | None:
    """Return a date that is written in words, as "18 October 2021", as EDTF."""
    # Imported here: only a mistake needs the names of months.
    from sourcebrief.dates.in_text import find_dates

    for language in _WRITTEN_IN if _IN_WORDS.search(text) else ():
        for found in find_dates(text, language):
            if len(found.dates) == 1 and (found.start, found.end) == (0, len(text)):
                return "-".join(f"{number:02}" for number in found.dates[0][:3] if number)
    return None


def _shown(text: str) -> str:
    """Show a text inside a message: quoted, in one line, at most 60 characters."""
    cut = text if len(text) <= 60 else f"{text[:60]}..."
    return f"'{cut}'" if cut.isprintable() else ascii(cut)


# --- what to write instead ------------------------------------------------------------------------

_OTHER_DASH: Final = f"[{DASHES.replace('-', '')}]"
_FORM: Final = "write year-month-day as in 2022-11-16, or 2022-11 or 2022 where less is known"
_INTERVAL: Final = "write it as in 2022-12-07/2022-12-08"
_FOUR_DIGITS: Final = "write four digits, 0001 to 9999"
_OPEN: Final = "open|unknown|present|now|today|ongoing|[.]{3}"
_NO_DATE: Final = " is not an EDTF date"
_OPEN_END: Final = ": an open end is two dots"
_WHOLE_END: Final = ": each end of an interval is a whole date"
_QUALIFIER: Final = ": one qualifier stands at the end, for the date as a whole"
_UNKNOWN: Final = (
    ": X stands for whole parts from the right, as in 2022-12-XX and 202X, "
    "and a set stands for another doubt, as '[a,b]'"
)
_FIGURES: Final = ": the year has four digits, month and day have two, with hyphens between"


class _Rule(NamedTuple):
    """A pattern, what is wrong where it is found, what may have been meant, another way out.

    What may have been meant is written in the pattern's place, and offered where it is a date.
    """

    pattern: str
    fault: str
    meant: tuple[str, ...] = ()
    way_out: str = _FORM


# From the likeliest to the vaguest. The first ones look at the whole text, the others at the first
# part of it that is not a date; the last matches every text.
_OF_THE_WHOLE: Final = (
    _Rule(r"\s", ": a date holds no space", ("",)),
    _Rule(_OTHER_DASH, ": a date holds hyphens and no other dash", ("-", "/")),
    _Rule(r"\A([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})\Z", _NO_DATE, (r"\3-\2-\1", r"\3-\1-\2")),
    _Rule(r"\A([0-9]{4})/([0-9]{1,2})/([0-9]{1,2})\Z", _NO_DATE, (r"\1-\2-\3",)),
    _Rule(r"[]}][~?%]\Z", ": a set takes no qualifier as a whole", (), "qualify the dates in it"),
    _Rule(r"\A([\[{].*)/(.*[]}])\Z", ": a set has two dots between its dates and no interval",
          (r"\1..\2",), "write '[a..b]'"),
    _Rule(r"[\[{,](?=[],}])|\A[\[{].*\.{3}", ": a date is missing", (),
          "write dates parted by commas, as '[a,b]', or two dots, as '[a..b]'"),
    _Rule("/.*/", ": an interval has two ends", (), _INTERVAL),
    _Rule(rf"/(?i:{_OPEN})\Z", _OPEN_END, ("/..",), "write 2018/.. or ../2022"),
    _Rule(rf"\A(?i:{_OPEN})/", _OPEN_END, ("../",), "write 2018/.. or ../2022"),
    _Rule(r"/[\[{]|[]}]/|/.*[]}]", ": a set cannot be an end of an interval", (),
          "write the widest interval, and the doubt as a note"),
    # ISO 8601 lets an end leave out what it shares with the start, and EDTF does not.
    _Rule(r"\A([0-9-]*)([0-9]{2})/([0-9]{1,2})\Z", _WHOLE_END,
          (r"\1\2/\1\3", r"\1\2/\g<1>0\3"), _INTERVAL),
    _Rule(r"\A([0-9]*-?)([0-9]{2}-[0-9]{2})/([0-9]{2}-[0-9]{2})\Z", _WHOLE_END,
          (r"\1\2/\1\3",), _INTERVAL),
)  # fmt: skip
_OF_A_PART: Final = (
    _Rule(r"\A[+-]", ": years take no sign", (), _FOUR_DIGITS),
    _Rule("(?<=[0-9])T.*|:.*", ": times are not supported", ("",), "write the day alone"),
    _Rule(r"\AY-?[0-9]|\A[0-9]+[ES][0-9]", ": long and rounded years are not supported", (),
          _FOUR_DIGITS),
    _Rule(r"\A(XXXX|[0-9]XXX)(?![0-9X])", ": a date needs a century at least", (),
          "write 20XX, or leave the event out until its date is known"),
    _Rule(r"u(?=u)|(?<=u)u|x|(?<=\A[0-9]{3})u\Z", ": an unknown digit is a capital X", ("X",)),
    _Rule(r"[]\[{},]", ": a set stands in brackets", (),
          "write '[a,b]' for one of its dates, '{a,b}' for all"),
    _Rule(r"\A(.*)\.\.(.+)\Z", ": a span has a slash, and a day within it stands in brackets",
          (r"\1/\2", r"[\1..\2]"), "write a/b or '[a..b]'"),
    _Rule(r"\?~|~\?", _QUALIFIER, ("%",)),
    _Rule("([~?%])(.+)", _QUALIFIER, (r"\2\1",)),
    _Rule("[~?%]", _QUALIFIER),
    _Rule(r"\A([0-9]{4}-[0-9]{2})-0X\Z", _UNKNOWN, (r"[\1-01..\1-09]",)),
    _Rule(r"\A([0-9]{4}-[0-9]{2})-([12])X\Z", _UNKNOWN, (r"[\1-\g<2>0..\1-\g<2>9]", r"\1-XX")),
    _Rule(r"(?<=\A[0-9]{3}X)-.*|(?<=\A[0-9]{2}XX)-.*", _UNKNOWN, ("",)),
    _Rule("(?<=-XX)-[0-9]{2}|-[0-9]X|-X[0-9]", _UNKNOWN, ("-XX",)),
    _Rule("X", _UNKNOWN),
    _Rule("-([0-9])(?![0-9])", _FIGURES, (r"-0\1",)),
    _Rule(r"(?<=\A[0-9]{4})(\.|(?=[0-9]{2}))|(?<=\A[0-9]{6})(?=[0-9]{2}\Z)", _FIGURES, ("-",)),
    _Rule(r"\A(?:the)?([0-9]{3})0['’]?s\Z", _NO_DATE, (r"\1X",)),
    _Rule(r"\A(?i:circa|about|ca|c)\.?([0-9-]+)\Z", _NO_DATE, (r"\1~",)),
    _Rule("", _NO_DATE),
)  # fmt: skip


def _advice(text: str, part: str) -> str:
    """Say what is wrong with a text, by the first rule that applies, and what to write."""
    if not text.strip():
        return f"the date is empty; {_FORM}"
    if (part_of_a_year := _part_of_a_year(text)) is not None:
        return part_of_a_year
    if written := _in_figures(text):
        return f"{_shown(text)}: a date stands in figures; write {written}"
    tried = [(rule, text) for rule in _OF_THE_WHOLE] + [(rule, part) for rule in _OF_A_PART]
    rule, wrong = next((rule, words) for rule, words in tried if re.search(rule.pattern, words))
    # As they stand in YAML, where a set needs quotes.
    offered = [
        f"'{date}'" if date[0] in "[{" else date
        for date in dict.fromkeys(_repaired(wrong, (*_OF_THE_WHOLE, *_OF_A_PART)))
    ]
    way_out = f"write {' or '.join(offered)}" if offered else rule.way_out
    return f"{_shown(wrong)}{rule.fault}; {way_out}"


def _repaired(text: str, rules: Sequence[_Rule]) -> Iterator[str]:
    """Yield the dates that a text may have been meant as; one repair may need another after it."""
    for number, rule in enumerate(rules):
        if not re.search(rule.pattern, text):
            continue
        for meant in (re.sub(rule.pattern, form, text) for form in rule.meant):
            try:
                _read(meant)
            except EDTFError:
                yield from _repaired(meant, rules[number + 1 :])
            else:
                yield meant
        return
