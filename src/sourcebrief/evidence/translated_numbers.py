"""Numbers and dates of a translation that its original lacks: warnings.

Numbers are compared by value, whatever the script, the separators and the words. Where the
language of the original has no number words, those of the translation are not looked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from sourcebrief.dates.in_text import WrittenDate, find_dates
from sourcebrief.errors import Problem
from sourcebrief.text.languages import primary_subtag
from sourcebrief.text.number_reading import read_numbers
from sourcebrief.text.number_words import WITH_NUMERALS, number_words

if TYPE_CHECKING:
    from sourcebrief.evidence.proof import Proof
    from sourcebrief.workspace.briefing import Record

_FIGURES = re.compile(r"\d+")
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
            entries = proof.library.entries
            official = entries.get(given.seed or "")
            into = official.value.language if official else language
            original = entries[item.seed].value.language
            text = proven.translation.printed if proven.translation else given.text
            place = event.place("evidence", index, "translation")
            for written in unfounded(text, into or language, proven.located.printed, original):
                message = (
                    f"the translation has {written}, which the quotation lacks; "
                    "correct it, or quote the words that hold it"
                )
                yield Problem(place, message, "warning")


def unfounded(text: str, language: str, original: str, of: str | None) -> Iterator[str]:
    """Yield the numbers and dates of a translation, as written, that the original lacks."""
    numbers = read_numbers(original, of)
    values = {value for number in numbers for value in number.values}
    # Dates in figures (12.03.2024) are no number, and no date that is read.
    figures = {int(found) for found in _FIGURES.findall(original)}
    if primary_subtag(of) == "th":
        figures |= {year - _BUDDHIST_ERA for year in figures}
    said = {date for found in find_dates(original, of) for date in found.dates} if of else set()
    rest = text
    for found in find_dates(text, language):
        written = text[found.start : found.end]
        rest = f"{rest[: found.start]}{' ' * len(written)}{rest[found.end :]}"
        if not all(_is_said(date, said, figures) for date in found.dates):
            yield written
    worded = number_words(of) is not None or primary_subtag(of) in WITH_NUMERALS
    for number in read_numbers(rest, language):
        in_words = not _FIGURES.search(number.written)
        by_ending = primary_subtag(of) in _DUALS and number.values == {2}
        if (in_words and not worded) or by_ending or not number.values.isdisjoint(values):
            continue
        if number.values.isdisjoint(figures):
            yield number.written


def _is_said(date: WrittenDate, said: Iterable[WrittenDate], figures: set[int]) -> bool:
    """Whether the original has a date, at least as precise, or all of its figures."""
    parts = [part for part in (date.year, date.month, date.day) if part is not None]
    return figures.issuperset(parts) or any(
        date.year == other.year
        and date.month in (None, other.month)
        and date.day in (None, other.day)
        and (other.decade or not date.decade)
        for other in said
    )
