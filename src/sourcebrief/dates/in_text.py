"""Date expressions in running text, and the rule on what a quotation states.

An expression is what a person would read as one date, span or list of dates, and holds a year:

    21 July 2019 · 21st of July, 2019 · July 21st, 2019 · Nov. 2022 · 2018 · 2022-11-16
    26 and 27 September 2023 · September 26 and 27, 2023 · December 7th through 8th, 2022
    28 February to 1 March 2023 · December 30, 2022 to January 2, 2023 · from 2011 to 2017
    16 de noviembre de 2022 · del 7 al 8 de diciembre de 2022
    2024年3月3日至5日 · ٣ آذار/مارس ٢٠٢٤ · 3 березня 2024 року · ngày 3 tháng 3 năm 2024

Months stand by name, whole or abbreviated. Figures alone (16/11/2022) are not a date, because they
can be read in two ways, except in ISO 8601 form. A year that a span writes once counts for both
ends. A number that is part of something larger (12022, $2,018, 10.30) is neither a day nor a year.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple, cast

from sourcebrief.dates.date_lexicon import date_tokens
from sourcebrief.dates.date_words import date_words
from sourcebrief.dates.event_date import EventDate, SimpleDate
from sourcebrief.dates.other_calendars import in_buddhist_era
from sourcebrief.text.characters import BLANK_LINE, VANISHING_CLASS
from sourcebrief.text.number_reading import numeral_value

_LONGEST_LIST: Final = 12
"""Days, months or dates that one list in an expression may hold."""

_MANY_YEARS: Final = ("decade", "century")

_DIGIT: Final = re.compile(r"[\d〇零一二三四五六七八九十]")
# What the folding of quotations drops: soft hyphens, zero-width and bidirectional controls, and
# the hyphen of a word divided at a line's end.
_INVISIBLE: Final = re.compile(
    f"[{VANISHING_CLASS}]+|(?<=[^\\W\\d_])[-\u2010](?:\r\n|[\r\n])[^\\S\r\n]*(?=[^\\W\\d_])"
)


_NUMERALS: Final = re.compile("[〇零一二三四五六七八九十]+")


class WrittenDate(NamedTuple):
    """A year, month or day as it is written in a text."""

    year: int
    """0 where it is not written beside the day or the month."""
    month: int | None = None
    day: int | None = None
    decade: bool = False
    """Whether the ten years from `year` on are meant: "the 2020s"."""

    @property
    def exists(self) -> bool:
        """Whether the calendar has it."""
        try:
            dt.date(self.year, self.month or 1, self.day or 1)
        except ValueError:
            return False
        return True


@dataclass(frozen=True, slots=True)
class DateExpression:
    """One date expression: where it stands (offsets in code points) and what it names.

    `dates` is empty where no year is written, as in "December 7th". `alternatives` is True where
    "or" joins the dates: then none of them is stated.
    """

    start: int
    end: int
    dates: tuple[WrittenDate, ...]
    alternatives: bool = False
    days: tuple[tuple[int, int], ...] = ()
    """The months and days that are written, with a year or without."""


def find_dates(text: str, language: str) -> tuple[DateExpression, ...]:
    """Find the date expressions of a text in a language (BCP 47), in order, not overlapping.

    Raises `LanguageError` for a language that CLDR does not know.
    """
    return tuple(found for found in _expressions(text, language) if found.dates)


def states(text: str, date: EventDate, language: str) -> bool:
    """Whether a text states a date.

    It does where every date that stands in the EDTF stands in one expression, as far as it is
    precise: "16 November 2022" states 2022-11-16 and 2022-11 and 2022. Both ends of a span have
    to be there; so has every member of a set. A qualified date is never stated, nor is one of two
    that "or" joins, except as a set of which one is meant: '[2022-12-07,2022-12-08]'.
    """
    if date.qualified:
        return False
    # Digits of ASCII alone write a year as it is, and reading a text's dates takes far longer.
    years = [f"{one.year:04}" for one in date.named if one.precision not in _MANY_YEARS]
    if any(year not in text for year in years) and not any(
        one > "9" and (one.isnumeric() or not one.isprintable()) for one in set(text)
    ):
        return False
    one_of_several = date.kind == "one-of" and len(date.named) > 1
    return any(
        (one_of_several or not expression.alternatives)
        and all(any(_says(written, named) for written in expression.dates) for named in date.named)
        for expression in find_dates(text, language)
    )


def full_dates(text: str, language: str) -> tuple[dt.date, ...]:
    """List the days that a text names in full: year, month and day in one expression."""
    return tuple(
        day
        for expression in find_dates(text, language)
        for day in dict.fromkeys(
            dt.date(written.year, written.month, written.day)
            for written in expression.dates
            if written.month and written.day
        )
    )


def days_of_months(text: str, language: str) -> dict[tuple[int, int], str]:
    """Give the days of months that a text names, with a year or without, and as it writes them."""
    return {
        day: text[found.start : found.end]
        for found in _expressions(text, language)
        for day in found.days
    }


def date_spans(text: str, language: str) -> tuple[tuple[int, int], ...]:
    """Where dates with figures stand, those without a year ("December 7th") too.

    For what looks at the other numbers of a text.
    """
    return tuple(
        (found.start, found.end)
        for found in _expressions(text, language)
        if _DIGIT.search(text, found.start, found.end)
    )


def _says(written: WrittenDate, named: SimpleDate) -> bool:
    if named.precision in _MANY_YEARS:
        return named.earliest.year <= written.year <= named.latest.year
    return (
        not written.decade
        and written.year == named.year
        and named.month in (None, written.month)
        and named.day in (None, written.day)
    )


# The grammar, over the letters of `date_tokens` and `x` for what stands between them. A list of
# days or months is joined by commas and at last by a word or a dash, because commas alone join
# nothing ("on 7, 8 December"). The groups are atomic so that a list is taken whole or not at all.
# A hyphen inside a word joins day to day, year to year, and either to a month ("June 28-July 2");
# a number that it ties to something else is none: COVID-19, 10-11-2022, 2018-19.
_JOINT: Final = "c?(?:[jr]|(?<!d)h(?![dx])|(?<!y)h(?![yx]))"


def _list_of(kind: str) -> str:
    others = rf"(?:(?:{_JOINT}|c){kind}){{0,{_LONGEST_LIST - 2}}}"
    return rf"(?>{kind}(?:{others}{_JOINT}{kind})?)"


_WITHOUT_YEAR: Final = (
    rf"(?:{_list_of('d')}o?m"  # "26 and 27 September 2023"
    # In "November 16 to 18 December" the last day belongs to what follows, as the last month does
    # in "June and July 5".
    rf"|m(?:{_list_of('d')}(?!o?m)|d)|{_list_of('m')}(?!d)|m)"
)
_ONE: Final = rf"w|y|mg|{_WITHOUT_YEAR}(?:(?:co?|oc?)?y)?"
# "2024年3月3日", "2024. március 3.", "2024. gada 3. marts"
_YEAR_FIRST: Final = rf"yo?(?:m(?:o?{_list_of('d')}(?!o?m))?|{_list_of('d')}o?m|{_list_of('m')})"


class _Grammar(NamedTuple):
    group: re.Pattern[str]
    expression: re.Pattern[str]
    year_first: bool


@lru_cache(maxsize=64)
def _grammar(language: str) -> _Grammar:
    # Imported here since it loads Babel, which a text without figures never needs.
    from sourcebrief.dates.cldr import year_first

    first = year_first(language)
    one = f"{_YEAR_FIRST}|{_ONE}" if first else _ONE
    if date_words(language).year:
        # "3月3日，2024年" is a day, and a year that something else is of.
        one = f"{_YEAR_FIRST}|w|y|{_WITHOUT_YEAR}"
    expression = (
        rf"(?:(?<!h)|(?=m))(?:{one})(?:{_JOINT}(?:{one})){{0,{_LONGEST_LIST}}}(?:(?!h)|(?<=m))"
    )
    return _Grammar(re.compile(one), re.compile(expression), first)


_Token = re.Match[str]


def _tokens(text: str, language: str) -> tuple[str, list[_Token]]:
    """Read the tokens and their kinds, `x` before one that other words part from the last."""
    kinds, tokens, end = "", [], 0
    for token in date_tokens(language).finditer(text):
        start = token.start()
        if start > end and not text[end:start].isspace():
            kinds += "x"
            tokens.append(token)
        end = token.end()
        kind = _name(token)[0]
        if (kind == "w" and not _in_figures(token[0])) or (
            kind == "y" and in_buddhist_era(_numbers(token)[0], language)
        ):
            kind = "x"
        kinds += kind
        tokens.append(token)
    return kinds, tokens


def _name(token: _Token) -> str:
    return cast("str", token.lastgroup)


def _numbers(token: _Token) -> tuple[int, ...]:
    """Read the numbers of a token, from its name, in figures or in numerals."""
    if (number := _name(token)[1:]).isdigit():
        return (int(number),)
    figures = tuple(map(int, re.findall("[0-9]+", token[0])))
    return figures or tuple(int(numeral_value(one)) for one in _NUMERALS.findall(token[0]))


def _in_figures(text: str) -> tuple[WrittenDate, ...]:
    """Read an ISO date, two of them, or a decade; empty where the calendar has no such date."""
    dates = []
    for date in text.split("/"):
        year, *month_and_day = map(int, re.findall("[0-9]+", date))
        month, day = (*month_and_day, None, None)[:2]
        dates.append(WrittenDate(year, month, day, decade=month is None))
    # "the 2011-12 session" may be two years
    two_years = dates[0].day is None and (dates[0].month or 0) > dates[0].year % 100
    return () if two_years or not all(date.exists for date in dates) else tuple(dates)


@lru_cache(maxsize=4096)
def _expressions(text: str, language: str) -> tuple[DateExpression, ...]:
    """Read the expressions of a text, those without a year too; offsets are those of the text."""
    if not _DIGIT.search(text):
        return ()
    visible, offsets = _without_invisible(text)
    others = {ord(one): str(int(one)) for one in set(visible) if one > "9" and one.isdecimal()}
    visible = visible.translate(others) if others else visible
    # No expression reaches over two paragraphs, and no token holds this character.
    apart = _APART.sub(lambda blank: "\0" * len(blank[0]), visible)
    kinds, tokens = _tokens(apart, language)
    expressions = []
    if not kinds.strip("x"):
        return ()
    grammar = _grammar(language)
    for match in grammar.expression.finditer(kinds):
        first, last = tokens[match.start()], tokens[match.end() - 1]
        dates = [
            date
            for group in grammar.group.finditer(kinds, *match.span())
            for date in _dates(group[0], tokens[slice(*group.span())])
        ]
        expressions.append(
            DateExpression(
                offsets[first.start()],
                offsets[last.end() - 1] + 1,
                _with_years(dates, year_first=grammar.year_first),
                "r" in match[0],
                tuple((date.month, date.day) for date in dates if date.month and date.day),
            )
        )
    return tuple(expressions)


def _dates(kinds: str, group: list[_Token]) -> Iterator[WrittenDate]:
    """Read one date, or the days or months of one list; the year is 0 where it is not there."""
    days, months, years = (
        [_numbers(token)[at] for kind, token in zip(kinds, group, strict=True) if kind in wanted]
        for wanted, at in (("dg", 0), ("m", 0), ("yg", -1))
    )
    year = years[0] if years else 0
    if kinds == "w":
        yield from _in_figures(group[0][0])
    elif days:
        yield from (WrittenDate(year, months[0], day) for day in days)
    elif months:
        yield from (WrittenDate(year, month) for month in months)
    else:
        yield WrittenDate(year)


def _with_years(written: list[WrittenDate], *, year_first: bool) -> tuple[WrittenDate, ...]:
    """Give a date without a year that of the next; leave out one that would then lie after it.

    "December 30 to January 2, 2023" does not say which year December is of. Where the year stands
    first, it is that of the dates that follow it.
    """
    dates: list[WrittenDate] = []
    if year_first:
        for date in written:
            before = dates[-1] if dates else None
            if not date.year and before and before.month and date.month:
                later = (date.month, date.day or 31) >= (before.month, before.day or 0)
                date = date._replace(year=before.year if later else 0)
            if date.exists:
                dates.append(date)
        return tuple(dates)
    for date in reversed(written):
        if not date.year:
            if not dates or dates[-1].month is None or date.month is None:
                continue
            following = dates[-1]
            date = date._replace(year=following.year)
            if (date.month, date.day or 0) > (following.month, following.day or 31):
                continue
        if date.exists:
            dates.append(date)
    return tuple(reversed(dates))


_APART: Final = re.compile(rf"{BLANK_LINE}|\u2029")


def _without_invisible(text: str) -> tuple[str, Sequence[int]]:
    """Drop what cannot be seen; the second is the offset of each character kept."""
    # A text that is printable has nothing invisible, and this test is far faster.
    if text.isprintable() or not _INVISIBLE.search(text):
        return text, range(len(text))
    dropped: set[int] = set()
    for match in _INVISIBLE.finditer(text):
        # A hyphen divides no word in "Franco-" and "German" on the next line.
        if match[0][0] not in "-\u2010" or text[match.end()].islower():
            dropped.update(range(*match.span()))
    kept = [offset for offset in range(len(text)) if offset not in dropped]
    return "".join(text[offset] for offset in kept), kept
