"""What is wrong with a text that is not an EDTF date, and what to write instead.

Each message is one line. A date is offered only where it would be accepted, which the caller's
`is_date` decides; otherwise the message shows the form.
"""

from __future__ import annotations

import re
from calendar import month_name, monthrange
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from sourcebrief.text.characters import DASHES

if TYPE_CHECKING:
    IsDate: TypeAlias = Callable[[str], bool]

_OTHER_DASH: Final = f"[{DASHES.replace('-', '')}]"
NEVER_IN_A_DATE: Final = re.compile(rf"\s|{_OTHER_DASH}")
_QUALIFIERS: Final = "[~?%]"
_FORM: Final = "write year-month-day as in 2022-11-16, or 2022-11 or 2022 where less is known"
_FOUR_DIGITS: Final = "write four digits, 0001 to 9999"

# EDTF puts these codes in the place of the month: the first and the last month of four seasons
# (twice), of four southern ones, of four quarters, three thirds and two halves.
_NORTHERN: Final = ((3, 5), (6, 8), (9, 11), (12, 2))
_SOUTHERN: Final = ((9, 11), (12, 2), (3, 5), (6, 8))
_PARTS: Final = ((1, 3), (4, 6), (7, 9), (10, 12), (1, 4), (5, 8), (9, 12), (1, 6), (7, 12))
_SEASONS: Final = dict(enumerate((*_NORTHERN, *_NORTHERN, *_SOUTHERN, *_PARTS), 21))


def advice(text: str, is_date: IsDate) -> str:
    """Say what is wrong with a text, by the first rule that applies, and what to write."""
    if not text.strip():
        return f"the date is empty; {_FORM}"
    rule = next(rule for rule in _RULES if re.search(rule.pattern, text))
    meant = [date for date in dict.fromkeys(rule.meant(text)) if date != text and is_date(date)]
    return f"{shown(text)}{rule.fault}; {_write(meant) or rule.way_out}"


def wrong_end(first: str, last: str, is_date: IsDate) -> str:
    """Say what is wrong with the form of an interval's end; empty where nothing is."""
    interval = shown(f"{first}/{last}")
    for end in (first, last):
        if end.lower() in ("open", "unknown", "present", "now", "today", "ongoing", "..."):
            meant = f"../{last}" if end is first else f"{first}/.."
            way_out = _write(filter(is_date, [meant])) or "write 2018/.. or ../2022"
            return f"{interval}: an open end is two dots; {way_out}"
        if end.startswith(("[", "{")) or end.endswith(("]", "}")):
            way_out = "write the widest interval, and the doubt as a note"
            return f"{interval}: a set cannot be an end of an interval; {way_out}"
    if re.fullmatch(r"[0-9]{1,2}(-[0-9]{1,2})?", last) and is_date(first):
        # ISO 8601 lets an end leave out what it shares with the start, and EDTF does not.
        given = "-".join(part.zfill(2) for part in last.split("-"))
        meant = f"{first}/{first.rstrip('~?%')[: -len(given)]}{given}"
        way_out = _write(filter(is_date, [meant])) or "write it as in 2022-12-07/2022-12-08"
        return f"{interval}: each end of an interval is a whole date; {way_out}"
    return ""


def wrong_set(text: str, is_date: IsDate) -> str:
    """Say what is wrong with the outer form of a set; empty where nothing is."""
    closing = {"[": "]", "{": "}"}[text[0]]
    if re.search(rf"[]}}]{_QUALIFIERS}\Z", text):
        return f"{shown(text)}: a set takes no qualifier as a whole; qualify the dates in it"
    if text[-1] != closing:
        return f"{shown(text)}: a set that starts with {text[0]} ends with {closing}"
    if "/" in text:
        way_out = _write(filter(is_date, [text.replace("/", "..")])) or "write '[a..b]'"
        return f"{shown(text)}: a set has two dots between its dates and no interval; {way_out}"
    return ""


def no_such_month(text: str, year: int, month: int) -> str:
    """Say that there is no such month, and which months a season has."""
    if month not in _SEASONS:
        return f"{shown(text)}: there is no month {month:02}; months run from 01 to 12"
    first, last = _SEASONS[month]
    months = f"{year:04}-{first:02}/{year + (last < first):04}-{last:02}"
    way_out = "write its months as an interval" + (f": {months}" if len(months) == 15 else "")
    return f"season dates are not supported; {way_out}"


def no_such_day(year: int, month: int, day: int) -> str:
    """Say that the calendar has no such day, and why."""
    name = month_name[month]
    if month == 2 and day == 29:
        why = f"{year} is not a leap year"
    elif day == 0:
        why = f"write {year:04}-{month:02} where the day is not known"
    else:
        why = f"{name} has {monthrange(year, month)[1]} days"
    return f"{day} {name} {year} does not exist; {why}"


def shown(text: str) -> str:
    """Show a text inside a message: quoted, in one line, at most 60 characters."""
    cut = text if len(text) <= 60 else f"{text[:60]}..."
    return f"'{cut}'" if cut.isprintable() else ascii(cut)


def _write(dates: Iterable[str]) -> str:
    """Offer dates as they stand in YAML, where a set needs quotes; empty where there are none."""
    offered = [f"'{date}'" if date[0] in "[{" else date for date in dates]
    return f"write {' or '.join(offered)}" if offered else ""


def _without_spaces(text: str) -> Iterable[str]:
    closed = "".join(text.split())
    return (closed, *_from_words(closed))


def _from_words(text: str) -> Iterable[str]:
    """Give `202X` for 2020s, and `2020~` for c.2020."""
    if decade := re.fullmatch(r"(?:the)?([0-9]{3})0['’]?s", text):
        yield f"{decade[1]}X"
    if about := re.fullmatch(r"(?:circa|about|ca|c)\.?([0-9-]+)", text, re.IGNORECASE):
        yield f"{about[1]}~"


def _with_hyphens(text: str) -> Iterable[str]:
    return (re.sub(_OTHER_DASH, "-", text), re.sub(_OTHER_DASH, "/", text))


def _padded(text: str) -> Iterable[str]:
    return ["-".join(part.zfill(2) for part in re.findall("^[0-9]{4}|[0-9]{1,2}", text))]


def _numeric(text: str) -> Iterable[str]:
    """Give the dates that 5/11/2022 can be, the day first, then the month first."""
    first, second, third = (part.zfill(2) for part in text.split("/"))
    if len(first) == 4:
        return [f"{first}-{second}-{third}"]
    return [f"{third}-{second}-{first}", f"{third}-{first}-{second}"]


def _span_or_day_within(text: str) -> Iterable[str]:
    return ("/".join(end or ".." for end in text.split("..", 1)), f"[{text}]")


def _qualifier_at_the_end(text: str) -> Iterable[str]:
    qualifiers = set(re.findall(_QUALIFIERS, text))
    return [re.sub(_QUALIFIERS, "", text) + (qualifiers.pop() if len(qualifiers) == 1 else "%")]


def _unknown_from_the_right(text: str) -> Iterable[str]:
    """Give `202X` for 202X-05, `2022-XX-XX` for 2022-XX-05, and the days of 2022-12-0X as a set."""
    if not re.fullmatch("(?!0000)[0-9]{4}-(0[1-9]|1[0-2])-[0-3]X", text):
        return [text[:4] if "X" in text[:4] else f"{text[:7]}-XX"]
    month, tens = text[:7], int(text[8]) * 10
    last = min(tens + 9, monthrange(int(text[:4]), int(text[5:7]))[1])
    return [f"[{month}-{tens or 1:02}..{month}-{last:02}]"]


class _Rule(NamedTuple):
    """A pattern, what is wrong where it is found, the dates that may have been meant, a way out."""

    pattern: str
    fault: str
    meant: Callable[[str], Iterable[str]] = lambda _: ()
    way_out: str = _FORM


# From the likeliest to the vaguest; the last matches every text.
_RULES: Final = (
    _Rule(r"\s", ": a date holds no space", _without_spaces),
    _Rule(_OTHER_DASH, ": a date holds hyphens and no other dash", _with_hyphens),
    _Rule(r"\A[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}\Z|\A[0-9]{4}/[0-9]{1,2}/[0-9]{1,2}\Z",
          " is not an EDTF date", _numeric),
    _Rule("/.*/", ": an interval has two ends", way_out="write it as in 2022-12-07/2022-12-08"),
    _Rule(r"\A[+-]", ": years take no sign", way_out=_FOUR_DIGITS),
    _Rule(r"\A[0-9]{4}-?[0-9]{2}-?[0-9]{2}T|:", ": times are not supported",
          lambda text: [text.partition("T")[0]], "write the day alone"),
    _Rule(r"\AY-?[0-9]|\A[0-9]+[ES][0-9]", ": long and rounded years are not supported",
          way_out=_FOUR_DIGITS),
    _Rule(r"\A(XXXX|[0-9]XXX)(?![0-9X])", ": a date needs a century at least",
          way_out="write 20XX, or leave the event out until its date is known"),
    _Rule(r"uu|x|\A[0-9]{3}u\Z", ": an unknown digit is a capital X",
          lambda text: [re.sub("[ux]", "X", text)]),
    _Rule(r"\.\.", ": a span has a slash, and a day within it stands in brackets",
          _span_or_day_within, "write a/b or '[a..b]'"),
    _Rule(r"[][{},]", ": a set stands in brackets",
          way_out="write '[a,b]' for one of its dates, '{a,b}' for all"),
    _Rule(_QUALIFIERS, ": one qualifier stands at the end, for the date as a whole",
          _qualifier_at_the_end),
    _Rule("X", ": X stands for whole parts from the right, as in 2022-12-XX and 202X, "
          "and a set stands for another doubt, as '[a,b]'", _unknown_from_the_right),
    _Rule(r"\A[0-9]{4}[-.]?[0-9]{1,2}([-.]?[0-9]{1,2})?\Z",
          ": the year has four digits, month and day have two, with hyphens between", _padded),
    _Rule("", " is not an EDTF date", _from_words),
)  # fmt: skip
