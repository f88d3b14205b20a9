"""Numbers and dates of a translation that its original lacks: warnings.

Numbers are compared by value, whatever the script, the separators and the words. Where the
language of the original has no number words, those of the translation are not looked for.
"""

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction

from sourcebrief.dates.in_text import WrittenDate, find_dates
from sourcebrief.errors import Problem
from sourcebrief.evidence.proof import Proof, Proven
from sourcebrief.text.clock_times import clock_times
from sourcebrief.text.languages import primary_subtag
from sourcebrief.text.number_reading import read_numbers
from sourcebrief.text.number_words import WITH_NUMERALS, number_words
from sourcebrief.workspace.briefing import Record

_FIGURES = re.compile(r"\d+")
_SHORT_YEAR = re.compile(r"(?<!\d)((?:1[89]|20)\d\d)([-–/])(\d\d)(?![\d-])")
_ORDINAL = re.compile(
    r"\b\d+(?:st|nd|rd|th|ers?|re|[eè]|[eè]me|\.?[ºª°])(?!\w)|\b\d+\.(?=\s[A-ZÄÖÜ])"
)
_ROMAN = re.compile(r"\b[IVX]{1,6}(?=\b|e\b|er\b|ème\b)")
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10}
_BUDDHIST_ERA = 543
_DUALS = ("ar", "he", "sl")
"""Languages that say two by the ending of a noun."""


def check_translated_numbers(record: Record, proof: Proof, language: str) -> Iterator[Problem]:
    """Warn of numbers and dates in translations that the quotation lacks."""
    for key, event in record.events.items():
        for index, item in enumerate(event.value.evidence):
            held = (one for one in proof.evidence[key] if one.evidence == item)
            proven, given = next(held, None), item.translation
            if proven is None or given is None:
                continue
            text = proven.translation.printed if proven.translation else given.text
            place = event.place("evidence", index, "translation")
            for written in unfounded_in(text, proven, proof, language):
                yield Problem(place, lacking(written), "warning")


def lacking(written: str) -> str:
    """Say what is wrong with a number or a date of a translation that the quotation lacks."""
    return (
        f"the translation has {written}, which the quotation lacks; "
        "correct it, or quote the words that hold it"
    )


def unfounded_in(text: str, proven: Proven, proof: Proof, language: str) -> Iterator[str]:
    """Yield what the text of a proven quotation's translation has, and the quotation lacks.

    An official translation is in its seed's language, any other in the brief's.
    """
    entries, given = proof.library.entries, proven.evidence.translation
    official = entries.get(given.seed or "") if given else None
    into = (official.value.language if official else None) or language
    of = entries[proven.evidence.seed].value.language
    return unfounded(text, into, proven.located.printed, of)


def unfounded(text: str, language: str, original: str, of: str | None) -> Iterator[str]:
    """Yield the numbers and dates of a translation, as written, that the original lacks."""
    text, original = (_SHORT_YEAR.sub(_with_century, words) for words in (text, original))
    numbers = read_numbers(original, of)
    values = {value for number in numbers for value in number.values}
    values |= {Fraction(_roman(found)) for found in _ROMAN.findall(original)}
    # Dates in figures (12.03.2024) are no number, and no date that is read.
    figures = {int(found) for found in _FIGURES.findall(original)}
    if primary_subtag(of) == "th":
        figures |= {year - _BUDDHIST_ERA for year in figures}
    said = {date for found in find_dates(original, of) for date in found.dates} if of else set()
    # The 1990s are "los años 90"; 3 April is 3/4.
    values |= {Fraction(date.year % 100) for date in said if date.year % 10 == 0}
    figures |= {part for date in said for part in _parts(date)}
    rest = text
    times = [*clock_times(original)]
    for time in clock_times(text):
        if any(map(time.is_that_of, times)):
            rest = f"{rest[: time.start]}{' ' * (time.end - time.start)}{rest[time.end :]}"
    text = rest
    for found in find_dates(text, language):
        written = text[found.start : found.end]
        rest = f"{rest[: found.start]}{' ' * len(written)}{rest[found.end :]}"
        if not all(_is_said(date, said, figures, values) for date in found.dates):
            yield written
    if not _ORDINAL.search(original) and not _ROMAN.search(original):
        rest = _ORDINAL.sub("", rest)  # the original has it in words, as "third"
    worded = number_words(of) is not None or primary_subtag(of) in WITH_NUMERALS
    for number in read_numbers(rest, language):
        in_words = not _FIGURES.search(number.written)
        by_ending = primary_subtag(of) in _DUALS and number.values == {2}
        if (in_words and not worded) or by_ending or not number.values.isdisjoint(values):
            continue
        if number.values.isdisjoint(figures):
            yield number.written


def _parts(date: WrittenDate) -> list[int]:
    return [part for part in (date.year, date.month, date.day) if part is not None]


def _with_century(span: re.Match[str]) -> str:
    """Write the second year of 2018-20 whole; 2018-12 is a month."""
    first, sign, last = span.groups()
    return f"{first}{sign}{first[:2]}{last}" if last > first[2:] else span[0]


def _roman(written: str) -> int:
    values = [_ROMAN_DIGITS[digit] for digit in written]
    following = [*values[1:], 0]
    return sum(-one if one < after else one for one, after in zip(values, following, strict=True))


def _is_said(
    date: WrittenDate, said: Iterable[WrittenDate], figures: set[int], values: set[Fraction]
) -> bool:
    """Whether the original has a date, at least as precise, or all of its figures."""
    named = date.year in values or (date.year % 10 == 0 and date.year % 100 in values)
    if date.month is None and named:
        return True
    return figures.issuperset(_parts(date)) or any(
        date.year == other.year
        and date.month in (None, other.month)
        and date.day in (None, other.day)
        and (other.decade or not date.decade)
        for other in said
    )
