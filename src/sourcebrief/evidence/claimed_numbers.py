"""The numbers of an authored text, in figures and words, held against the passages cited."""

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import lru_cache
from typing import TypeAlias

from sourcebrief.dates.in_text import date_spans
from sourcebrief.evidence.assertions import number_values
from sourcebrief.evidence.folding import fold_text
from sourcebrief.text.languages import primary_subtag
from sourcebrief.text.number_reading import ReadNumber, read_numbers

# A number begins where neither letter nor digit precedes: the 5 of 5G and the 4 of Cyber4dev are
# parts of names. An ordinal's ending belongs to the number.
_NUMBER = re.compile(
    r"(?<![\w.,])\d+(?:[.,\u00a0\u202f]\d+)*(?:(?:st|nd|rd|th)\b|[ºª])?"
    # Not the 2 of 2.6m, which is read with its "m".
    r"(?!\w|[.,\u00a0\u202f]\d)"
)
_ABBREVIATED = re.compile(r"^\d*\S*[^\W\d_]$")
_LONGEST_DAY = 2
"""Digits of a day of the month: only so short a number is not carried by a date."""
_EXACT_WORDS = ("en", "es", "fr", "de", "pt", "it")
"""Languages of briefs, whose number words are listed so that no other word is taken for one."""
_LEAST_IN_WORDS = 3
_VAGUE = {Fraction(10**power) for power in (2, 3, 6, 9, 12)}

Passage: TypeAlias = tuple[str, str | None]
"""Words that may speak for a text, and their language."""


def uncarried_numbers(words: str, language: str, passages: list[Passage]) -> Iterator[str]:
    """Yield a message for each number of a text that no passage has.

    Number words are compared where the brief and a passage are of one language, and count the same.
    """
    found = claimed_numbers(words, language)
    in_words = _numbers_in_words(words, language)
    if not found and not in_words:
        return
    carried: set[str] = set()
    values: set[Fraction] = set()
    counted: set[str] = set()
    for text, spoken in passages:
        # The 12 of "12 July" counts no days; a year may well be said apart from its date.
        rest = _without_dates(text, spoken)
        carried |= {one for one in number_values(fold_text(text)) if len(one) > _LONGEST_DAY}
        carried |= number_values(fold_text(rest)).keys()
        read = _read(rest, spoken)
        values |= {value for one in read for value in one.values}
        if in_words and primary_subtag(spoken) == primary_subtag(language):
            counted |= _counted(rest, read)
    for shown, number in found:
        meant = {value for one in _read(shown, language) for value in one.values}
        if number not in carried and values.isdisjoint(meant):
            yield _uncarried(shown)
    for one in in_words:
        same = _in_figures(one) or not counted.isdisjoint(_counted(words, [one]))
        if one.values.isdisjoint(values) and same:
            yield _uncarried(one.written)


_read = lru_cache(maxsize=8192)(read_numbers)


def _uncarried(shown: str) -> str:
    return (
        f"no evidence cited here carries the number {shown}; quote the words that do, or correct it"
    )


def _counted(text: str, read: Iterable[ReadNumber]) -> set[str]:
    """The words after numbers: what they count."""
    behind = (re.findall(rf"(?<!\w){re.escape(one.written)}\s+(\w+)", text) for one in read)
    return {word.casefold() for words in behind for word in words}


# A desk and an editor ask of nearly the same texts again at each save.
@lru_cache(maxsize=8192)
def _numbers_in_words(text: str, language: str) -> list[ReadNumber]:
    """The numbers in words, from three on, or with a word (2.6m); "hundreds" counts nothing."""
    if primary_subtag(language) not in _EXACT_WORDS:
        return []
    return [
        one
        for one in read_numbers(_without_dates(text, language), language)
        if (
            _ABBREVIATED.search(one.written)
            if _in_figures(one)
            else all(value >= _LEAST_IN_WORDS and value not in _VAGUE for value in one.values)
        )
    ]


def _in_figures(number: ReadNumber) -> bool:
    return any(map(str.isnumeric, number.written))


@lru_cache(maxsize=8192)
def _without_dates(text: str, language: str | None) -> str:
    for start, end in date_spans(text, language) if language else ():
        text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    return text


def claimed_numbers(text: str, language: str) -> list[tuple[str, str]]:
    """The numbers of a text, as written and as compared; dates and digits in names apart."""
    if not _NUMBER.search(text):
        return []
    text = _without_dates(text, language)
    return [(found[0], next(iter(number_values(found[0])))) for found in _NUMBER.finditer(text)]
