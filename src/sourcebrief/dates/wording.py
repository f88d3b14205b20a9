"""Dates as a person would write them, in a language.

The language is a BCP 47 tag. Plain `en`, which CLDR takes for that of the United States, is
taken for British English here: write `en-US` for "July 20, 2019".

What CLDR gives (month names, the order of day, month and year) comes from `cldr`; the words around
it ("between", "about") stand here, one table a language.

Spaces are ordinary ones; the template keeps day and month on one line.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, cast

from sourcebrief.dates.cldr import DatePatterns, LanguageError, date_patterns, locale_of
from sourcebrief.dates.event_date import EventDate, SimpleDate, Span
from sourcebrief.text.languages import primary_subtag


@dataclass(frozen=True, slots=True)
class Phrases:
    """The words around dates in one language; `{a}` and `{b}` are dates.

    The form of a date is its precision, or `some` for "a day in December 2022".
    """

    between: str
    by: str
    or_later: str
    since: str
    until: str
    from_to: str
    """An interval that a dash cannot show, its ends being qualified or not known."""
    about: str
    about_inside: str
    """The same after a preposition."""
    uncertain: str
    a_day_in: str
    a_month_in: str
    decade: str
    """`{a}` is its first year."""
    after_preposition: Mapping[str, str] = field(default_factory=dict)
    """What a date becomes after "between", "since", "until", "about"."""
    when: Mapping[str, str] = field(default_factory=dict)
    """What it becomes where the question is when, as after "a más tardar"."""
    or_before_o: str = ""
    """What joins two dates by "or" before a sound like its own; empty where nothing else does."""
    contracted: Mapping[str, str] = field(default_factory=dict)
    """What words become beside each other, as "à le" in French; regular expressions, in order."""

    def contract(self, text: str) -> str:
        """Write the words of a date together where the language does."""
        for apart, together in self.contracted.items():
            text = re.sub(apart, together, text)
        return text

    def inside(self, date: str, form: str) -> str:
        """Word a date after a preposition: "desde el 7 de mayo"."""
        return self.after_preposition.get(form, "{a}").format(a=date)

    def at(self, date: str, form: str) -> str:
        """Word a date as the answer to when: "en mayo"."""
        return self.when.get(form, "{a}").format(a=date)


_TABLES: Final[Mapping[str, Phrases]] = {
    "en": Phrases(
        between="between {a} and {b}",
        by="by {a}",
        or_later="{a} or later",
        since="since {a}",
        until="until {a}",
        from_to="from {a} to {b}",
        about="about {a}",
        about_inside="about {a}",
        uncertain="{a} (uncertain)",
        a_day_in="a day in {a}",
        a_month_in="a month in {a}",
        decade="the {a}s",
    ),
    "es": Phrases(
        between="entre {a} y {b}",
        by="a más tardar {a}",
        or_later="{a} o después",
        since="desde {a}",
        until="hasta {a}",
        from_to="desde {a} hasta {b}",
        about="hacia {a}",
        about_inside="aproximadamente {a}",
        uncertain="{a} (fecha incierta)",
        a_day_in="un día de {a}",
        a_month_in="un mes de {a}",
        decade="década de {a}",
        after_preposition={"day": "el {a}", "decade": "la {a}"},
        when={"day": "el {a}", "month": "en {a}", "year": "en {a}", "decade": "en la {a}"},
        or_before_o="{0} u {1}",
    ),
    "fr": Phrases(
        between="entre {a} et {b}",
        by="au plus tard {a}",
        or_later="{a} ou plus tard",
        since="depuis {a}",
        until="jusqu’à {a}",
        from_to="de {a} à {b}",
        about="vers {a}",
        about_inside="environ {a}",
        uncertain="{a} (date incertaine)",
        a_day_in="un jour de {a}",
        a_month_in="un mois de {a}",
        decade="années {a}",
        after_preposition={"day": "le {a}", "decade": "les {a}"},
        when={"day": "le {a}", "month": "en {a}", "year": "en {a}", "decade": "dans les {a}"},
        contracted={
            # The first of a month is an ordinal, where no dash leads on to the next day.
            r"(?<![\d–])1(?= (?:janv|févr|mars|avr|mai|juin|juil|août|sept|oct|nov|déc))": "1er",
            r"\bde (?=avr|août|oct|environ)": "d’",
            r"à le ": "au ",
            r"à les ": "aux ",
            r"\bde le ": "du ",
            r"\bde les ": "des ",
        },
    ),
    "de": Phrases(
        between="zwischen {a} und {b}",
        by="spätestens {a}",
        or_later="{a} oder später",
        since="seit {a}",
        until="bis {a}",
        from_to="von {a} bis {b}",
        about="um {a}",
        about_inside="etwa {a}",
        uncertain="{a} (unsicher)",
        a_day_in="ein Tag im {a}",
        a_month_in="ein Monat im {a}",
        decade="{a}er-Jahre",
        after_preposition={"day": "dem {a}", "decade": "den {a}n"},
        when={"day": "am {a}", "month": "im {a}", "decade": "in den {a}n"},
        contracted={
            r"\bim (?=[0-9]{4})": "im Jahr ",
            r"\bum dem ": "um den ",
            r"\bum den ([0-9]+er-Jahre)n": r"um die \1",
            r"\bvon dem ": "vom ",
            r"\bbis (etwa )?dem ": r"bis \1zum ",
            r"\bbis (etwa )?den ": r"bis \1zu den ",
            r"\b(seit|von|bis|zwischen) ein (?=Tag|Monat)": r"\1 einem ",
        },
    ),
    "pt": Phrases(
        between="entre {a} e {b}",
        by="até {a}, o mais tardar",
        or_later="{a} ou depois",
        since="desde {a}",
        until="até {a}",
        from_to="de {a} até {b}",
        about="por volta de {a}",
        about_inside="aproximadamente {a}",
        uncertain="{a} (data incerta)",
        a_day_in="um dia de {a}",
        a_month_in="um mês de {a}",
        decade="década de {a}",
        after_preposition={"decade": "a {a}"},
        when={"decade": "a {a}"},
        contracted={
            r"(?<![\d–])1(?= de (?:jan|fev|mar|abr|mai|jun|jul|ago|set|out|nov|dez))": "1º",
            r"\bde a (?=década)": "da ",
        },
    ),
    "it": Phrases(
        between="tra {a} e {b}",
        by="al più tardi {a}",
        or_later="{a} o in seguito",
        since="da {a}",
        until="fino a {a}",
        from_to="da {a} a {b}",
        about="verso {a}",
        about_inside="circa {a}",
        uncertain="{a} (data incerta)",
        a_day_in="un giorno di {a}",
        a_month_in="un mese di {a}",
        decade="anni {a}",
        after_preposition={"day": "il {a}", "year": "il {a}", "decade": "gli {a}"},
        when={"day": "il {a}", "month": "a {a}", "year": "nel {a}", "decade": "negli {a}"},
        contracted={
            r"(?<![\d–])1(?= (?:gen|feb|mar|apr|mag|giu|lug|ago|set|ott|nov|dic))": "1º",
            r"\b(un giorno|un mese) di (?=[0-9]{4})": r"\1 del ",
            r"\bil (?=(?:8|11) )": "l’",
            r"\bda il ": "dal ",
            r"\bda l’": "dall’",
            r"\bda gli ": "dagli ",
            r"\ba il ": "al ",
            r"\ba l’": "all’",
            r"\ba gli ": "agli ",
        },
    ),
}

LANGUAGES: Final = tuple(sorted(_TABLES))
"""The languages that every date can be worded in."""


def phrases(language: str) -> Phrases:
    """Give the words of a language, of which only the first part (`es` of `es-EC`) counts.

    Raises `LanguageError` for a language without any.
    """
    table = _TABLES.get(primary_subtag(language))
    if table is None:
        raise LanguageError(
            f'\'{language}\': there are no words such as "between" and "about" for dates in this '
            f"language; write a language of {', '.join(LANGUAGES)}, as en-GB or es-EC"
        )
    return table


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
        known = _TABLES.get(primary_subtag(self.language))
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
