"""Dates as a person would write them, in a language: names and order from CLDR, through Babel.

The language is a BCP 47 tag. Plain `en`, which CLDR takes for that of the United States, is
taken for British English here: write `en-US` for "July 20, 2019".

Spaces are ordinary ones; the template keeps day and month on one line.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Literal, cast

from babel import Locale, UnknownLocaleError
from babel.dates import parse_pattern, tokenize_pattern, untokenize_pattern

from sourcebrief.dates.date_words import Form, LanguageError, Phrases, phrases
from sourcebrief.dates.edtf import EventDate, SimpleDate, Span

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["LanguageError", "MonthNames", "check_language", "csl_date", "month_names", "word"]

# Where a language has no territory, or its usage is split, names are gathered from these too:
# "Sept" is British, "Sep" American; "setiembre" is the usual name in Peru and Uruguay.
_RELATED: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {"en": ("en", "en_GB"), "es": ("es", "es_MX", "es_PE")}
)


@dataclass(frozen=True, slots=True)
class MonthNames:
    """The names of months in lower case and NFC, without a trailing dot, to their numbers."""

    whole: Mapping[str, int]
    abbreviated: Mapping[str, int]


def check_language(language: str) -> None:
    """Raise `LanguageError` unless every date can be worded in the language."""
    _locale(language)
    phrases(language)


@lru_cache(maxsize=4096)
def word(date: EventDate, language: str, *, short: bool = False) -> str:
    """Word a date; `short` abbreviates months, for narrow columns.

    A plain date or interval can be worded in any language of CLDR; one that needs words such as
    "between" raises `LanguageError` for a language that has none in `phrases`.
    """
    writer = _writer(language, short)
    members = [writer.member(part, date.kind) for part in date.parts]
    if len(members) == 1:
        return members[0]
    simple = [part for part in date.parts if isinstance(part, SimpleDate)]
    nested = len(simple) < len(date.parts) and (date.kind == "one-of" or date.is_open)
    if len(simple) == len(date.parts):
        members = writer.pieces(simple).texts or [writer.alone(part) for part in simple]
    return writer.listed(members, "or" if date.kind == "one-of" else "and", nested=nested)


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


@lru_cache(maxsize=32)
def month_names(language: str) -> MonthNames:
    """Give the names of the months that running text in a language may hold."""
    locale = _locale(language)
    locales = [locale, *map(Locale.parse, _RELATED.get(locale.language, (locale.language,)))]
    found: dict[str, dict[str, int]] = {"wide": {}, "abbreviated": {}}
    for known in locales:
        for context in ("format", "stand-alone"):
            for width, names in found.items():
                for number, name in known.months[context][width].items():
                    bare = unicodedata.normalize("NFC", name).lower().rstrip(".")
                    if not bare.isdigit():
                        names[bare] = number
    whole, abbreviated = found["wide"], found["abbreviated"]
    return MonthNames(
        MappingProxyType(whole),
        MappingProxyType({n: month for n, month in abbreviated.items() if n not in whole}),
    )


# --- the language -------------------------------------------------------------------------------


@lru_cache(maxsize=64)
def _locale(language: str) -> Locale:
    tag = language.strip().replace("_", "-")
    # Extensions and private use (-u-..., -x-...) do not change how a date is worded.
    tag = re.split(r"-[a-z0-9](?=-|$)", tag, maxsplit=1, flags=re.IGNORECASE)[0]
    if tag.lower() == "en":
        tag = "en-GB"
    try:
        return Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError, TypeError) as error:
        raise LanguageError(
            f"{language[:40]!a} is not a language that CLDR knows; "
            "write a BCP 47 tag, as en-GB or es-EC"
        ) from error


@dataclass(frozen=True, slots=True)
class _Pieces:
    """Dates in a row, each without what the others say already: "7", "8 December 2022"."""

    texts: list[str]
    """Empty where the dates have to be worded one by one."""
    tight: bool
    """Whether a dash between them takes no spaces: "7–8 December", "28 February – 1 March"."""


@dataclass(frozen=True, slots=True)
class _Writer:
    """A language's patterns, and how dates are put together from them."""

    locale: Locale
    language: str
    full: str
    month_and_year: str
    month_and_day: str
    year: str
    to: str

    @property
    def say(self) -> Phrases:
        return phrases(self.language)

    def pattern(self, pattern: str, date: SimpleDate) -> str:
        return parse_pattern(pattern).apply(date.earliest, self.locale).strip()

    # A date by itself

    def plain(self, date: SimpleDate) -> str:
        """Word a year, month or day, as precise as it is known, without its qualifier."""
        patterns = {"day": self.full, "month": self.month_and_year, "year": self.year}
        return self.pattern(patterns[date.precision], date)

    def base(self, date: SimpleDate, *, inside: bool) -> tuple[str, Form]:
        """Word a date without its qualifier, and say what kind of words it is."""
        if date.precision == "decade" and date.year % 100:
            return self.say.decade.format(a=f"{date.year}"), "decade"
        if date.precision in ("decade", "century"):
            # "the 1900s" would be read as either
            first, last = f"{date.year}", f"{date.latest.year}"
            return (
                f"{first}–{last}" if inside else self.say.century.format(a=first, b=last),
                "some",
            )
        text = self.plain(date)
        if date.within and date.qualifier not in ("~", "%"):
            phrase = self.say.a_day_in if date.within == "day" else self.say.a_month_in
            return phrase.format(a=text), "some"
        return text, cast("Form", date.precision)

    def alone(self, date: SimpleDate) -> str:
        """Word a date that stands by itself, or in a list."""
        if not date.qualifier:
            return self.base(date, inside=False)[0]
        return self.qualified(date, self.say.about, *self.base(date, inside=date.qualifier != "?"))

    def inside(self, date: SimpleDate) -> str:
        """Word a date that follows a preposition."""
        text, form = self.base(date, inside=True)
        if date.qualifier in ("", "?"):
            return self.qualified(date, "", self.say.inside(text, form), form)
        return self.qualified(date, self.say.about_inside, text, form)

    def at(self, date: SimpleDate) -> str:
        """Word a date as the answer to when."""
        text, form = self.base(date, inside=True)
        if date.qualifier in ("", "?"):
            return self.qualified(date, "", self.say.at(text, form), form)
        return self.qualified(date, self.say.about_inside, text, form)

    def qualified(self, date: SimpleDate, about: str, text: str, form: Form) -> str:
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
        end = cast("SimpleDate", span.end)  # parse() refuses a span without ends
        if kind == "one-of":
            return self.say.by.format(a=self.at(end))
        return self.say.until.format(a=self.inside(end))

    def range_of(self, start: SimpleDate, end: SimpleDate, kind: str) -> str:
        """Word a range: one day between its ends where it is of a one-of set, else all of it."""
        if start == end:
            return self.alone(start)
        if kind == "one-of":
            texts = self.pieces([start, end]).texts
            forms = [cast("Form", date.precision) for date in (start, end)]
            a, b = (
                [self.say.inside(text, form) for text, form in zip(texts, forms, strict=True)]
                if texts
                else [self.inside(start), self.inside(end)]
            )
            return self.say.between.format(a=a, b=b)
        if not (start.plain and end.plain):
            return self.say.from_to.format(a=self.inside(start), b=self.inside(end))
        pieces = self.pieces([start, end])
        texts = pieces.texts or [self.plain(start), self.plain(end)]
        tight = pieces.tight or not any(" " in text for text in texts)
        return (self.to.strip() if tight else self.to).join(texts)

    def pieces(self, dates: Sequence[SimpleDate]) -> _Pieces:
        """Leave out of dates in a row what they share."""
        precision = dates[0].precision
        if not all(date.plain and date.precision == precision for date in dates):
            return _Pieces([], tight=False)
        one_year = len({date.year for date in dates}) == 1
        one_month = one_year and len({date.month for date in dates}) == 1
        if precision == "day" and one_month:
            return _Pieces(self.sharing(self.full, "d", dates), tight=True)
        if precision == "month" and one_year:
            return _Pieces(self.sharing(self.month_and_year, "ML", dates), tight=True)
        if precision == "day" and one_year:
            year_first = self.full.index("y") < self.full.index("d")
            bearer = 0 if year_first else len(dates) - 1
            return _Pieces(
                [
                    self.pattern(self.full if i == bearer else self.month_and_day, date)
                    for i, date in enumerate(dates)
                ],
                tight=False,
            )
        return _Pieces([self.plain(date) for date in dates], tight=False)

    def sharing(self, pattern: str, unit: str, dates: Sequence[SimpleDate]) -> list[str]:
        """Repeat one field of a pattern, and write the rest of it once, around all."""
        before, repeated, after = _around(pattern, unit)
        last = len(dates) - 1
        return [
            self.pattern((before if i == 0 else "") + repeated + (after if i == last else ""), date)
            for i, date in enumerate(dates)
        ]

    def listed(self, texts: Sequence[str], by: Literal["or", "and"], *, nested: bool) -> str:
        """Join with commas and a last "or" or "and"; a comma before that keeps ranges apart."""
        *head, last = texts
        joint = self.say.and_ if by == "and" else self.say.or_
        if by == "or" and self.say.or_before_o and _SOUNDS_LIKE_O.match(last):
            joint = self.say.or_before_o
        return f"{', '.join(head)}{',' if nested else ''} {joint} {last}"


# In Spanish "o" is "u" before ocho, once, octubre.
_SOUNDS_LIKE_O: Final = re.compile(r"8|11(?![0-9])|h?o", re.IGNORECASE)


@lru_cache(maxsize=64)
def _writer(language: str, short: bool) -> _Writer:
    locale = _locale(language)
    month = "MMM" if short else "MMMM"
    skeletons: Mapping[str, Any] = locale.datetime_skeletons
    style = "medium" if short else "long"
    by_style = cast("str", locale.date_formats[style].pattern)

    def pattern(skeleton: str, otherwise: str) -> str:
        return skeletons[skeleton].pattern if skeleton in skeletons else otherwise

    # "long" is what CLDR made for running text; the abbreviated one may hold figures only there.
    full = by_style if not short else pattern("yMMMd", by_style)
    # CLDR writes {0}–{1} or {0} – {1}; which of them is the length's business, not the language's.
    dash = locale.interval_formats.get(None, "{0} – {1}").replace("{0}", "").replace("{1}", "")
    return _Writer(
        locale=locale,
        language=language,
        full=full,
        month_and_year=pattern(f"y{month}", f"{month} y"),
        month_and_day=pattern(f"{month}d", f"d {month}"),
        year=pattern("y", "y"),
        to=" – " if dash.strip() in ("-", "–") else dash,
    )


@lru_cache(maxsize=256)
def _around(pattern: str, unit: str) -> tuple[str, str, str]:
    """Cut a CLDR pattern into what precedes a field, the field, and what follows it.

    What is attached to the field belongs to it, as in "7. Dezember" and "7日"; a comma does not.
    """
    tokens: list[tuple[str, Any]] = []
    for kind, value in tokenize_pattern(pattern):
        if kind == "chars" and tokens and tokens[-1][0] == "chars":
            tokens[-1] = ("chars", tokens[-1][1] + value)
        else:
            tokens.append((kind, value))
    at = next(i for i, (kind, value) in enumerate(tokens) if kind == "field" and value[0] in unit)
    attached, after = "", tokens[at + 1 :]
    if after and after[0][0] == "chars":
        literal = after[0][1]
        attached = re.split(r"[\s,،、]", literal, maxsplit=1)[0]
        after = [("chars", literal[len(attached) :]), *after[1:]]
    field = [tokens[at], ("chars", attached)]
    return (
        untokenize_pattern(tokens[:at]),
        untokenize_pattern(field),
        untokenize_pattern(after),
    )
