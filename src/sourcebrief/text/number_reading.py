"""The numbers of a text with their values, in figures of any script and in words of its language.

    5,000 · 5.000 · 5 000 · ٥٬٠٠٠ · five thousand · 5 mil · 2.5 million · zweiundzwanzig · 3万5千
    2½ · two and a half million · dos millones y medio

A figure may be read in two ways (3.141); each number has all its values, and two numbers are the
same where they share one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, NamedTuple
from unicodedata import numeric

from sourcebrief.text.languages import primary_subtag
from sourcebrief.text.number_words import WITH_NUMERALS, NumberWords, number_words

_ONE_HALF: Final = Fraction(1, 2)
_SPACES: Final = " \u00a0\u2009\u202f"
_SEPARATORS: Final = ".,\u060c\u066b\u066c'\u2019"
_GROUPS: Final = f"{_SPACES}\u066c'\u2019"
"""Separators that group digits in every language; a full stop and a comma may do either."""
_VULGAR: Final = "¼½¾⅓⅔⅛⅜⅝⅞"
_FIGURE: Final = re.compile(
    rf"(?<![\w{_SEPARATORS}])\d{{1,3}}(?:([{_SPACES}])\d{{3}})(?:\1\d{{3}})*(?:[.,]\d+)?(?![\d])"
    rf"|(?<![\dA-Za-z\u00c0-\u04ff])\d+(?:[{_SEPARATORS}]\d+)*[{_VULGAR}]?"
    rf"|(?<!\w)[{_VULGAR}]"
)
# 5G and 3D are names; what follows an ordinal, a unit or a script without spaces is not.
_IN_A_NAME: Final = re.compile(r"(?!(?:st|nd|rd|th|er|re|ers|e|º|ª|m|bn|mn|tn|k)\b)[A-Za-z]")
_ABBREVIATED: Final = re.compile(r"\s?(k|mn?|bn|tn)\b")
_HALF: Final = re.compile(
    r"(?<=\s)(?:and\s+a\s+half|y\s+medi[oa]|et\s+demie?|e\s+mei[oa]|e\s+mezz[oa])\b"
    r"|(?<=\w)einhalb(?!\w)",
    re.IGNORECASE,
)
_MULTIPLES: Final = {"k": 10**3, "m": 10**6, "mn": 10**6, "bn": 10**9, "tn": 10**12}
_COMMA_LANGUAGES: Final = ("en", "he", "hi", "ja", "ko", "th", "zh")
"""Languages that group with a comma and write decimals with a point; the others the reverse."""

_NUMERALS: Final = re.compile(
    r"(?:\d+(?:[.,]\d+)*)?[〇零一二三四五六七八九两兩双雙両十百千万萬億亿兆십백천만억조]"
    r"(?:\d*[〇零一二三四五六七八九两兩双雙両十百千万萬億亿兆십백천만억조])*"
)
_DIGITS: Final = dict(
    zip("〇一二三四五六七八九零两兩双雙両", (*range(10), 0, 2, 2, 2, 2, 2), strict=True)
)
_SMALL: Final = dict(zip("十百千십백천", (10, 100, 1000) * 2, strict=True))
_LARGE: Final = dict.fromkeys("万萬만", 10**4) | dict.fromkeys("億亿억", 10**8)
_LARGE.update(dict.fromkeys("兆조", 10**12))


@dataclass(frozen=True, slots=True)
class ReadNumber:
    """A number as it is written, with what it may mean."""

    written: str
    values: frozenset[Fraction]


class _Part(NamedTuple):
    """A figure or a word: its span, its values, and whether it multiplies what stands before."""

    start: int
    end: int
    values: tuple[Fraction, ...]
    multiplies: bool = False
    in_words: bool = False

    @property
    def half(self) -> bool:
        """Whether it adds a half of what stands before it."""
        return self.in_words and self.values == (_ONE_HALF,)


def read_numbers(text: str, language: str | None) -> list[ReadNumber]:
    """Read the numbers of a text, in order; digits in names (5G) are none."""
    words = number_words(language)
    parts = sorted(
        [*_figures(text, language), *(_words(text, words) if words else ())],
        key=lambda part: part.start,
    )
    found = []
    if primary_subtag(language) in WITH_NUMERALS:
        found = [
            ReadNumber(one[0], frozenset({numeral_value(one[0])}))
            for one in _NUMERALS.finditer(text)
        ]
        spans = [one.span() for one in _NUMERALS.finditer(text)]
        parts = [p for p in parts if not any(start <= p.start < end for start, end in spans)]
    group: list[_Part] = []
    for part in parts:
        if group and not (words and _goes_on(text, group, part, words)):
            found.append(_read(text, group))
            group = []
        if group or not part.half:
            group.append(part)
    return [*found, *([_read(text, group)] if group else [])]


def _figures(text: str, language: str | None) -> Iterator[_Part]:
    for found in _FIGURE.finditer(text):
        if _IN_A_NAME.match(text, found.end()):
            continue
        values, end = _values(found[0], language), found.end()
        if short := _ABBREVIATED.match(text, end):
            values = [value * _MULTIPLES[short[1]] for value in values]
            end = short.end()
        yield _Part(found.start(), end, tuple(values))


def _values(figure: str, language: str | None) -> list[Fraction]:
    """What a figure may mean: its separators group digits, or the last one begins decimals."""
    if figure[-1] in _VULGAR:
        part = Fraction(numeric(figure[-1])).limit_denominator(8)
        return [part + whole for whole in _values(figure[:-1] or "0", language)]
    digits = "".join(str(int(one)) if one.isdecimal() else one for one in figure)
    pieces = re.split(r"\D", digits)
    signs = re.findall(r"\D", digits)
    whole = Fraction(int("".join(pieces)))
    if not signs or signs[-1] in _GROUPS:
        return [whole]
    decimal = Fraction(int("".join(pieces)), 10 ** len(pieces[-1]))
    grouped = all(len(piece) == 3 for piece in pieces[1:]) and len(pieces[0]) <= 3
    if len(set(signs)) > 1:
        return [decimal]
    if len(signs) > 1:
        # 1,234,567; a date in figures is no decimal either
        return [whole]
    if not grouped or pieces[0].strip("0") == "" or signs[0] == "\u066b":
        return [decimal]
    groups = signs[0] == ("," if primary_subtag(language) in _COMMA_LANGUAGES else ".")
    return [whole] if groups else [whole, decimal]


def _words(text: str, words: NumberWords) -> Iterator[_Part]:
    for run in words.run.finditer(text):
        for found in words.part.finditer(text, *run.span()):
            value, multiplies = words.meanings[(found.lastindex or 1) - 1]
            yield _Part(*found.span(), (Fraction(value),), multiplies, in_words=True)
    for found in _HALF.finditer(text):
        yield _Part(*found.span(), (_ONE_HALF,), in_words=True)


def _goes_on(text: str, group: list[_Part], part: _Part, words: NumberWords) -> bool:
    """Whether a part belongs to the number of those before it: "two hundred and | five"."""
    last = group[-1]
    between = text[last.end : part.start]
    if part.half or last.half:
        return not between.strip() and (part.half or part.multiplies)
    if not part.in_words or (between and not words.glue.fullmatch(between)):
        return False
    value = part.values[0]
    if part.multiplies:
        return True
    if not last.in_words:
        return False
    before = last.values[0]
    if last.multiplies:
        return value < before
    if words.units_first and before < 10 <= value < 100:
        return between.strip(" -") in ("und", "en", "ën", "و")
    # dix-sept, soixante et onze, quatre-vingt-dix
    if before == 10:
        return 7 <= value <= 9 and between == "-"
    score = before in (60, 80) and 10 <= value < 20
    return score or (before > 10 and before % 10 == 0 and value < _place(before))


def _place(value: Fraction) -> int:
    """The place of a number's last digit that is not nought: 10 of 30, 100 of 200."""
    place = 1
    while value and value % (place * 10) == 0:
        place *= 10
    return place


def _read(text: str, group: list[_Part]) -> ReadNumber:
    """Put the parts of one number together."""
    values = set()
    for first in group[0].values:
        total, current, scale = Fraction(0), Fraction(0), Fraction(0)
        for index, part in enumerate(group):
            value = part.values[0] if index else first
            if part.half and total and not current:
                total += scale / 2
            elif not part.multiplies:
                current += value
            elif value == 100:
                current = (current or Fraction(1)) * value
            else:
                if total and value > total:
                    # cinco mil millones
                    total, current = Fraction(0), total + current
                total += (current or Fraction(1)) * value
                current, scale = Fraction(0), value
        values.add(total + current)
    return ReadNumber(text[group[0].start : group[-1].end], frozenset(values))


def numeral_value(written: str) -> Fraction:
    """Read numerals of Chinese, Japanese and Korean, after figures too."""
    if all(sign in _DIGITS for sign in written):
        return Fraction(int("".join(str(_DIGITS[sign]) for sign in written)))
    total, section, number = Fraction(0), Fraction(0), Fraction(0)
    for sign in re.findall(r"[\d.,]+|\D", written):
        if sign in _LARGE:
            total += (section + number or Fraction(1)) * _LARGE[sign]
            section, number = Fraction(0), Fraction(0)
        elif sign in _SMALL:
            section += (number or Fraction(1)) * _SMALL[sign]
            number = Fraction(0)
        else:
            number = Fraction(_DIGITS[sign]) if sign in _DIGITS else _values(sign, "zh")[0]
    return total + section + number
