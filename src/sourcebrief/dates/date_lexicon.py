"""The words that dates in running text are made of, by language, as one regular expression."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from sourcebrief.dates.date_words import DateWords, date_words
from sourcebrief.text.characters import DASHES, HYPHENS

# A number that is part of something larger is neither a day nor a year: 12022, F-35, 10.30, $2,018,
# USD 2018, 20:18, /2018/. What a hyphen ties to it is for the grammar of expressions.
_CURRENCY: Final = r"[$€£¥₡₲₽₹]"
_BEGINS_ALONE: Final = (
    rf"(?<![\w#@+/\\§])(?<!\w\.)(?<![0-9][,:])(?<!{_CURRENCY})(?<!{_CURRENCY}\s)"
    r"(?-i:(?<!\bUSD\s)(?<!\bEUR\s)(?<!\bGBP\s))"
)
# 2022-11-16T10:00 is a date, though.
_ENDS_ALONE: Final = (
    r"(?!(?!(?-i:T)[0-9])[\w°])(?!/[^\W_])(?![.:,][0-9])(?!\s?(?:%|‰|per\s?cent\b))"
)
# Beside letters that no space parts from a number.
_BEGINS_NUMBER: Final = r"(?<![0-9#@+/\\§A-Za-z])(?<![0-9][.,:])"
_ENDS_NUMBER: Final = r"(?![0-9A-Za-z°])(?![.,:/][0-9])(?!\s?[%％])"
_NUMERAL_YEAR: Final = "[〇零一二三四五六七八九]{4}"
_NUMERAL_DAY: Final = "(?:[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_DAY: Final = "(?:0?[1-9]|[12][0-9]|3[01])"
_YEAR: Final = "(?!0000)[0-9]{4}"
_MONTH_OF_YEAR: Final = "(?:0[1-9]|1[0-2])"
_ISO: Final = rf"[0-9]{{4}}[{DASHES}]{_MONTH_OF_YEAR}[{DASHES}](?:0[1-9]|[12][0-9]|3[01])"
_ISO_MONTH: Final = rf"[0-9]{{4}}[{HYPHENS}]{_MONTH_OF_YEAR}(?![{DASHES}][0-9])"


@lru_cache(maxsize=32)
def date_tokens(language: str) -> re.Pattern[str]:
    """Give the expression that finds what may be part of a date in a language (BCP 47).

    The name of the group that matched is the token's kind, one letter, and for a name its number:
    `w` a date as it is written in figures, or a decade; `d` day (`d1`: first), `m1` to `m12`, `y`
    year, `ys`, `ds` and `dj` the same with a sign or numerals (2024年), `g` the day and year of
    "November 16,2022"; `o` of, `r` or, `j` what joins, `h` the hyphen
    inside a word, `c` comma. Digits are those of ASCII. Raises `LanguageError` where CLDR does not
    know the language.
    """
    # Imported here since it loads Babel, which a text without figures never needs.
    from sourcebrief.dates.cldr import month_names, year_first

    names = month_names(language)
    words = date_words(language)
    starts, ends = ("", "") if words.unspaced else (r"(?<!\w)", r"(?!\w)")
    by_month: defaultdict[int, list[str]] = defaultdict(list)
    for known, dot in ((names.whole, ""), (names.abbreviated, r"\.?")):
        for name, number in known.items():
            by_month[number] += [rf"{form}{words.after}{ends}{dot}" for form in _forms(name)]
    for number in by_month:
        by_month[number].sort(key=len, reverse=True)
        if words.both_names:
            whole = "|".join(form for name in _named(names.whole, number) for form in _forms(name))
            by_month[number].insert(0, rf"(?:{whole})\s*/\s*(?:{whole}){ends}")
        if words.month:
            by_month[number].append(rf"(?<![0-9])0?{number}\s*{words.month}")
    # The later first, since "tháng mười" begins "tháng mười một".
    later_first = sorted(by_month, reverse=True)
    months = "|".join(f"(?P<m{number}>{'|'.join(by_month[number])})" for number in later_first)
    # "Nov.2022"; each look back has a length of its own
    attached = "".join(rf"|(?<=\b{re.escape(name)}\.)" for name in names.abbreviated)
    begin = rf"(?:{_BEGINS_ALONE}{attached})" if not words.unspaced else _BEGINS_NUMBER
    after_year = r"\.?" if year_first(language) else ""
    alone = _ENDS_ALONE if not words.unspaced else _ENDS_NUMBER
    # Where days have a sign, a number without one is none.
    unsigned = "(?!)" if words.day else ""
    return re.compile(
        rf"""
          {_signed(words)}
          (?=[0-9]) {begin} (?:
            (?P<w>(?:{_ISO}(?:/{_ISO})?|{_ISO_MONTH}|[0-9]{{3}}0['’]?s) {alone})
          | (?P<y>{_YEAR}{words.era} {alone}){after_year}
          | (?P<d>{_DAY}(?:{words.ordinal})? {alone} {unsigned})
          | (?P<g>{_DAY}(?:{words.ordinal})?,{_YEAR} {alone} {unsigned})
        )
        | (?P<o1>(?<!\w)(?:{words.before_day})(?=[0-9]))
        | {starts}{words.before} (?:{months or "(?!)"})
        | {starts} (?:
            (?:(?P<d1>{words.first}) | (?P<o>{words.of}) | (?P<r>{words.alternative})
              | (?P<j>{words.joining})) (?:{ends})
        )
        | (?P<h>(?<=\w)[{HYPHENS}](?=\w)) | (?P<j1>--?-?|[{DASHES}]) | (?P<c>[,،、])
        """,
        re.VERBOSE | re.IGNORECASE,
    )


def _named(names: Mapping[str, int], number: int) -> list[str]:
    return [name for name, month in names.items() if month == number]


def _signed(words: DateWords) -> str:
    """Match years and days that a sign follows, in figures or in numerals: 2024年, 三日."""
    if not words.day:
        return ""
    day = rf"{_DAY}|{_NUMERAL_DAY}"
    joined = rf"(?=\s*(?:{words.joining}|[{DASHES}])\s*(?:{day})\s*{words.day})"
    return rf"""
          (?P<ys>(?<![0-9])(?:{_YEAR}|{_NUMERAL_YEAR})\s*{words.year})
        | (?P<ds>(?<![0-9])(?:{day})\s*{words.day})
        | (?P<dj>(?<![0-9])(?:{day}){joined})
        | """


def _forms(name: str) -> Iterable[str]:
    """Match a name in composed and in decomposed letters, and in capitals that lost their accent.

    White space of any kind may stand within it.
    """
    plain = unicodedata.normalize("NFD", name).replace("\u0301", "") if name > "\u0370" else name
    plain = unicodedata.normalize("NFC", plain) if name[:1] < "\u0400" else name
    forms = sorted({unicodedata.normalize(form, name) for form in ("NFC", "NFD")} | {plain})
    return [re.escape(form).replace(r"\ ", r"\s+") for form in forms]
