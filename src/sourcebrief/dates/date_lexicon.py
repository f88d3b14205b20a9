"""The words that dates in running text are made of, by language, as one regular expression."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from sourcebrief.text.characters import DASHES, HYPHENS


@dataclass(frozen=True, slots=True)
class _Words:
    """What may stand between the parts of an expression; regular expressions, in lower case."""

    joining: str = r"(?!)"
    """And, to, through: with the article that the language wants after it."""
    alternative: str = r"(?!)"
    of: str = r"(?!)"
    ordinal: str = r"(?!)"
    first: str = r"(?!)"
    """The word for the first day of a month."""


# A language that is not here has dashes and single dates only, with a day like "7" or "7.".
_WORDS: Final[Mapping[str, _Words]] = {
    "en": _Words(
        joining=r"(?:and|to|through|thru)(?:\s+the)?|&",
        alternative=r"or(?:\s+the)?",
        of=r"of",
        ordinal=r"(?:st|nd|rd|th)(?![^\W_])",
    ),
    "es": _Words(
        joining=r"(?:y|e|a|hasta)(?:\s+el)?|al",
        alternative=r"[ou](?:\s+el)?",
        of=r"del\s+año|de|del",
        ordinal=r"\.?[ºª°]|(?:ro|ero|er)(?![^\W_])",
        first=r"primero",
    ),
    "fr": _Words(
        joining=r"(?:et|à)(?:\s+le)?|au|jusqu['’]au",
        alternative=r"ou(?:\s+le)?",
        of=r"de",
        ordinal=r"(?:er|ᵉʳ)(?![^\W_])",
    ),
    "pt": _Words(
        joining=r"(?:e|a|até)(?:\s+o)?|ao?",
        alternative=r"ou(?:\s+o)?",
        of=r"de|do",
        ordinal=r"\.?[ºª°]",
    ),
    "it": _Words(
        joining=r"(?:ed?|a)(?:\s+il)?|al|all['’]",
        alternative=r"od?(?:\s+il)?",
        of=r"del|di",
        ordinal=r"\.?[º°]",
    ),
    "de": _Words(
        joining=r"(?:und|bis)(?:\s+(?:zum|den|dem))?",
        alternative=r"oder(?:\s+(?:den|dem))?",
        ordinal=r"\.(?![0-9])",
    ),
}
_OTHERS: Final = _Words(ordinal=r"\.(?![0-9])")

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
    year, `g` the day and year of "November 16,2022"; `o` of, `r` or, `j` what joins, `h` the hyphen
    inside a word, `c` comma. Raises `LanguageError` where CLDR does not know the language.
    """
    # Imported here since it loads Babel, which a text without figures never needs.
    from sourcebrief.dates.cldr import month_names

    names = month_names(language)
    words = _WORDS.get(re.split("[-_]", language.strip())[0].lower(), _OTHERS)
    by_month: defaultdict[int, list[str]] = defaultdict(list)
    for known, dot in ((names.whole, ""), (names.abbreviated, r"\.?")):
        for name, number in known.items():
            by_month[number] += [rf"{form}(?!\w){dot}" for form in _forms(name)]
    months = "|".join(f"(?P<m{number}>{'|'.join(by_month[number])})" for number in by_month)
    # "Nov.2022"; each look back has a length of its own
    attached = "".join(rf"|(?<=\b{re.escape(name)}\.)" for name in names.abbreviated)
    begin = rf"(?:{_BEGINS_ALONE}{attached})"
    return re.compile(
        rf"""
          (?=[0-9]) {begin} (?:
            (?P<w>(?:{_ISO}(?:/{_ISO})?|{_ISO_MONTH}|[0-9]{{3}}0['’]?s) {_ENDS_ALONE})
          | (?P<y>{_YEAR} {_ENDS_ALONE})
          | (?P<d>{_DAY}(?:{words.ordinal})? {_ENDS_ALONE})
          | (?P<g>{_DAY}(?:{words.ordinal})?,{_YEAR} {_ENDS_ALONE})
        )
        | (?<!\w) (?:
            {months or "(?!)"}
          | (?:(?P<d1>{words.first}) | (?P<o>{words.of}) | (?P<r>{words.alternative})
              | (?P<j>{words.joining})) (?!\w)
        )
        | (?P<h>(?<=\w)[{HYPHENS}](?=\w)) | (?P<j1>--?-?|[{DASHES}]) | (?P<c>,)
        """,
        re.VERBOSE | re.IGNORECASE,
    )


def _forms(name: str) -> Iterable[str]:
    """Match a name in composed and in decomposed letters."""
    forms = sorted({unicodedata.normalize(form, name) for form in ("NFC", "NFD")})
    return [re.escape(form).replace(r"\ ", r"\s+") for form in forms]
