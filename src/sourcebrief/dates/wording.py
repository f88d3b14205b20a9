"""Dates as a person would write them, in a language.

The language is a BCP 47 tag. Plain `en`, which CLDR takes for that of the United States, is
taken for British English here: write `en-US` for "July 20, 2019".

Spaces are ordinary ones; the template keeps day and month on one line.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, cast

from sourcebrief.dates.cldr import DatePatterns, date_patterns, locale_of, split_pattern
from sourcebrief.dates.date_words import Phrases, phrases
from sourcebrief.dates.event_date import EventDate, SimpleDate, Span


def check_language(language: str) -> None:
    """Raise `LanguageError` unless every date can be worded in the language."""
    locale_of(language)
    phrases(language)


@lru_cache(maxsize=4096)
def word(date: EventDate, language: str, *, short: bool = False) -> str:
    """Word a date; `short` abbreviates months, for narrow columns.

    A plain date or interval can be worded in any language of CLDR; one that needs words such as
    "between" raises `LanguageError` for a language that has none in `phrases`.
    """
    writer = _Writer(language, date_patterns(language, short))
    members = [writer.member(part, date.kind) for part in date.parts]
    if len(members) == 1:
        return members[0]
    simple = [part for part in date.parts if isinstance(part, SimpleDate)]
    nested = len(simple) < len(date.parts) and (date.kind == "one-of" or date.is_open)
    if len(simple) == len(date.parts):
        members = writer.pieces(simple)[0] or [writer.alone(part) for part in simple]
    return writer.listed(members, either=date.kind == "one-of", nested=nested)


def csl_date(date: EventDate, language: str) -> dict[str, object]:
    """Give a date as CSL JSON, for citeproc: date-parts, or a literal in words.

    An unknown day or month is left out of the date-parts, which says less and stays true.
    `circa` stands for each qualifier, CSL having no finer word; where the two ends of an interval
    are not qualified alike, and for sets, open ends and decades, the literal is the whole truth.
    """
    named = date.named
    sayable = (
        date.kind in ("single", "interval")
        and not date.is_open
        and all(end.precision in ("day", "month", "year") for end in named)
        and len({bool(end.qualifier) for end in named}) == 1
    )
    if not sayable:
        return {"literal": word(date, language)}
    parts = [[n for n in (end.year, end.month, end.day) if n is not None] for end in named]
    csl: dict[str, object] = {"date-parts": parts}
    if date.qualified:
        csl["circa"] = True
    return csl


@dataclass(frozen=True, slots=True)
class _Writer:
    """Puts dates together from the patterns and the words of a language."""

    language: str
    patterns: DatePatterns

    @property
    def say(self) -> Phrases:
        return phrases(self.language)

    # A date by itself

    def plain(self, date: SimpleDate) -> str:
        """Word a year, month or day, as precise as it is known, without its qualifier."""
        patterns = self.patterns
        by_precision = {
            "day": patterns.full,
            "month": patterns.month_and_year,
            "year": patterns.year,
        }
        return patterns.fill(by_precision[date.precision], date.earliest)

    def base(self, date: SimpleDate, *, inside: bool) -> tuple[str, str]:
        """Word a date without its qualifier, and say what kind of words it is."""
        if date.precision == "decade" and date.year % 100:
            return self.say.decade.format(a=f"{date.year}"), "decade"
        if date.precision in ("decade", "century"):
            # "the 1900s" would be read as either
            pattern = "{a}–{b}" if inside else self.say.century
            return pattern.format(a=date.year, b=date.latest.year), "some"
        text = self.plain(date)
        if date.within and date.qualifier not in ("~", "%"):
            phrase = self.say.a_day_in if date.within == "day" else self.say.a_month_in
            return phrase.format(a=text), "some"
        return text, date.precision

    def alone(self, date: SimpleDate) -> str:
        """Word a date that stands by itself, or in a list."""
        if not date.qualifier:
            return self.base(date, inside=False)[0]
        return self.qualified(date, self.say.about, *self.base(date, inside=date.qualifier != "?"))

    def inside(self, date: SimpleDate) -> str:
        """Word a date that follows a preposition."""
        return self.placed(date, self.say.inside)

    def at(self, date: SimpleDate) -> str:
        """Word a date as the answer to when."""
        return self.placed(date, self.say.at)

    def placed(self, date: SimpleDate, place: Callable[[str, str], str]) -> str:
        text, form = self.base(date, inside=True)
        if date.qualifier in ("", "?"):
            return self.qualified(date, "", place(text, form), form)
        return self.qualified(date, self.say.about_inside, text, form)

    def qualified(self, date: SimpleDate, about: str, text: str, form: str) -> str:
        if date.qualifier in ("~", "%"):
            text = about.format(a=self.say.inside(text, form))
        return self.say.uncertain.format(a=text) if date.qualifier in ("?", "%") else text

    # Several dates

    def member(self, part: SimpleDate | Span, kind: str) -> str:
        """Word a single date, an interval, or a member of a set."""
        if isinstance(part, SimpleDate):
            return self.alone(part)
        if part.start is None or part.end is None:
            return self.open_span(part, kind)
        return self.range_of(part.start, part.end, kind)

    def open_span(self, span: Span, kind: str) -> str:
        if span.start is not None:
            if kind == "one-of":
                return self.say.or_later.format(a=self.alone(span.start))
            return self.say.since.format(a=self.inside(span.start))
        end = cast("SimpleDate", span.end)  # parse_edtf refuses a span without ends
        if kind == "one-of":
            return self.say.by.format(a=self.at(end))
        return self.say.until.format(a=self.inside(end))

    def range_of(self, start: SimpleDate, end: SimpleDate, kind: str) -> str:
        """Word a range: one day between its ends where it is of a one-of set, else all of it."""
        if start == end:
            return self.alone(start)
        texts, tight = self.pieces([start, end])
        if kind == "one-of":
            a, b = [self.say.inside(text, start.precision) for text in texts] or [
                self.inside(start),
                self.inside(end),
            ]
            return self.say.between.format(a=a, b=b)
        if not (start.plain and end.plain):
            return self.say.from_to.format(a=self.inside(start), b=self.inside(end))
        texts = texts or [self.plain(start), self.plain(end)]
        tight = tight or not any(" " in text for text in texts)
        return (self.patterns.to.strip() if tight else self.patterns.to).join(texts)

    def pieces(self, dates: Sequence[SimpleDate]) -> tuple[list[str], bool]:
        """Word dates in a row, each without what the others say: "7", "8 December 2022".

        The texts are empty where the dates have to be worded one by one. The second value says
        whether a dash between them takes no spaces: "7–8 December", "28 February – 1 March".
        """
        precision = dates[0].precision
        if not all(date.plain and date.precision == precision for date in dates):
            return [], False
        one_year = len({date.year for date in dates}) == 1
        one_month = one_year and len({date.month for date in dates}) == 1
        patterns = self.patterns
        if precision == "day" and one_month:
            return self.sharing(patterns.full, "d", dates), True
        if precision == "month" and one_year:
            return self.sharing(patterns.month_and_year, "ML", dates), True
        if precision == "day" and one_year:
            # The year stands once: with the first date where the language writes it first.
            bearer = dates[0 if patterns.full.index("y") < patterns.full.index("d") else -1]
            return [
                patterns.fill(patterns.full if d is bearer else patterns.month_and_day, d.earliest)
                for d in dates
            ], False
        return [self.plain(date) for date in dates], False

    def sharing(self, pattern: str, unit: str, dates: Sequence[SimpleDate]) -> list[str]:
        """Repeat one field of a pattern, and write the rest of it once, around all."""
        before, repeated, after = split_pattern(pattern, unit)
        shared = [repeated] * len(dates)
        shared[0] = before + shared[0]
        shared[-1] += after
        return [self.patterns.fill(p, d.earliest) for p, d in zip(shared, dates, strict=True)]

    def listed(self, texts: Sequence[str], *, either: bool, nested: bool) -> str:
        """Join with commas and a last "or" or "and"; a comma before that keeps ranges apart."""
        *head, last = texts
        joint = self.say.or_ if either else self.say.and_
        if either and self.say.or_before_o and _SOUNDS_LIKE_O.match(last):
            joint = self.say.or_before_o
        return f"{', '.join(head)}{',' if nested else ''} {joint} {last}"


# In Spanish "o" is "u" before ocho, once, octubre.
_SOUNDS_LIKE_O: Final = re.compile(r"8|11(?![0-9])|h?o", re.IGNORECASE)
