"""Dates as a person would write them, in a language.

The language is a BCP 47 tag. Plain `en`, which CLDR takes for that of the United States, is
taken for British English here: write `en-US` for "July 20, 2019".

What CLDR gives (month names, the order of day, month and year) comes from `cldr`; the words around
it ("between", "about") from `date_phrases`.

Spaces are ordinary ones; the template keeps day and month on one line.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, cast

from sourcebrief.dates.cldr import DatePatterns, date_patterns, locale_of
from sourcebrief.dates.date_phrases import Phrases, known_phrases, phrases
from sourcebrief.dates.event_date import EventDate, SimpleDate, Span


def check_language(language: str) -> None:
    """Raise `LanguageError` unless every date can be worded in the language."""
    locale_of(language)
    phrases(language)


@lru_cache(maxsize=4096)
def word(date: EventDate, language: str) -> str:
    """Word a date.

    A plain date or interval can be worded in any language of CLDR; one that needs words such as
    "between" raises `LanguageError` for a language that has none in `phrases`.
    """
    writer = _Writer(language, date_patterns(language))
    members = [writer.member(part, date.kind) for part in date.parts]
    if len(members) == 1:
        return writer.contract(members[0])
    simple = [part for part in date.parts if isinstance(part, SimpleDate)]
    nested = len(simple) < len(date.parts) and (date.kind == "one-of" or date.is_open)
    if len(simple) == len(date.parts):
        members = writer.pieces(simple)[0] or [writer.one(part) for part in simple]
    return writer.contract(writer.listed(members, either=date.kind == "one-of", nested=nested))


def csl_date(date: EventDate, language: str) -> dict[str, object]:
    """Give a date as CSL JSON, for citeproc: date-parts, or a literal in words.

    An unknown day or month is left out of the date-parts, which says less and stays true.
    `circa` stands for an approximate date. CSL has no word for an uncertain one: for it, where the
    two ends of an interval are not qualified alike, and for sets, open ends and decades, the
    literal is the whole truth.
    """
    named = date.named
    sayable = (
        date.kind in ("single", "interval")
        and not date.is_open
        and all(end.precision in ("day", "month", "year") for end in named)
        and {end.qualifier for end in named} in ({""}, {"~"})
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

    def contract(self, text: str) -> str:
        """Write words together where the language does, of which any may have none here."""
        known = known_phrases(self.language)
        return known.contract(text) if known else text

    def plain(self, date: SimpleDate) -> str:
        """Word a year, month or day, as precise as it is known, without its qualifier."""
        return self.patterns.fill(self.patterns.by_precision[date.precision], date.earliest)

    def base(self, date: SimpleDate, *, inside: bool) -> tuple[str, str]:
        """Word a date without its qualifier, and say what kind of words it is."""
        if date.precision == "decade" and date.year % 100:
            return self.say.decade.format(a=f"{date.year}"), "decade"
        if date.precision in ("decade", "century"):
            # "the 1900s" would be read as either
            pattern = "{a}–{b}" if inside else self.say.between
            return pattern.format(a=date.year, b=date.latest.year), "some"
        text = self.plain(date)
        if date.within and date.qualifier not in ("~", "%"):
            phrase = self.say.a_day_in if date.within == "day" else self.say.a_month_in
            return phrase.format(a=text), "some"
        return text, date.precision

    def one(self, date: SimpleDate, place: Callable[[str, str], str] | None = None) -> str:
        """Word one date: by itself or in a list, or in a `place` among other words."""
        approximate = date.qualifier in ("~", "%")
        text, form = self.base(date, inside=approximate or place is not None)
        if approximate:
            about = self.say.about_inside if place else self.say.about
            text = about.format(a=self.say.inside(text, form))
        elif place:
            text = place(text, form)
        return self.say.uncertain.format(a=text) if date.qualifier in ("?", "%") else text

    def member(self, part: SimpleDate | Span, kind: str) -> str:
        """Word a single date, an interval, or a member of a set: of a one-of set, one day in it."""
        if isinstance(part, SimpleDate):
            return self.one(part)
        start, end, one_of = part.start, part.end, kind == "one-of"
        if start is None:
            end = cast("SimpleDate", end)  # parse_edtf refuses a span without ends
            if one_of:
                return self.say.by.format(a=self.one(end, self.say.at))
            return self.say.until.format(a=self.one(end, self.say.inside))
        if end is None:
            if one_of:
                return self.say.or_later.format(a=self.one(start))
            return self.say.since.format(a=self.one(start, self.say.inside))
        if start == end:
            return self.one(start)
        texts, tight = self.pieces([start, end])
        if one_of or not (start.plain and end.plain):
            if one_of and texts:
                a, b = (self.say.inside(text, start.precision) for text in texts)
            else:
                a, b = (self.one(each, self.say.inside) for each in (start, end))
            return (self.say.between if one_of else self.say.from_to).format(a=a, b=b)
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
        by_precision = self.patterns.by_precision
        if precision == "day" and one_month:
            return self.sharing(by_precision["day"], "d", dates), True
        if precision == "month" and one_year:
            return self.sharing(by_precision["month"], "ML", dates), True
        if precision == "day" and one_year:
            # The year stands once: with the first date where the language writes it first.
            full, without_year = by_precision["day"], self.patterns.month_and_day
            bearer = dates[0 if full.index("y") < full.index("d") else -1]
            patterns = [full if date is bearer else without_year for date in dates]
            return self.filled(patterns, dates), False
        return [self.plain(date) for date in dates], False

    def sharing(self, pattern: str, unit: str, dates: Sequence[SimpleDate]) -> list[str]:
        """Repeat one field of a pattern, and write the rest of it once, around all.

        What is attached to it is repeated too, as in "7. Dezember" and "7日"; a comma is not.
        """
        quoted = "'[^']*'"
        field = rf"[{unit}]+(?:{quoted}|[^\sA-Za-z,،、'])*"
        match = cast("re.Match[str]", re.search(rf"\A((?:{quoted}|[^'])*?)({field})", pattern))
        shared = [match[2]] * len(dates)
        shared[0] = match[0]
        shared[-1] += pattern[match.end() :]
        return self.filled(shared, dates)

    def filled(self, patterns: Sequence[str], dates: Sequence[SimpleDate]) -> list[str]:
        return [self.patterns.fill(p, d.earliest) for p, d in zip(patterns, dates, strict=True)]

    def listed(self, texts: Sequence[str], *, either: bool, nested: bool) -> str:
        """Join with commas and a last "or" or "and"; a comma before that keeps ranges apart."""
        *head, last = texts
        joint = self.patterns.either if either else self.patterns.both
        if either and self.say.or_before_o and _SOUNDS_LIKE_O.match(last):
            joint = self.say.or_before_o
        return joint.format(f"{', '.join(head)}{',' if nested else ''}", last)


# In Spanish "o" is "u" before ocho, once, octubre.
_SOUNDS_LIKE_O: Final = re.compile(r"8|11(?![0-9])|h?o", re.IGNORECASE)
