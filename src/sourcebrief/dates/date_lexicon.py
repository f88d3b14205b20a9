"""The words that dates in running text are made of, by language, as one regular expression."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from sourcebrief.text.characters import DASHES, HYPHENS


@dataclass(frozen=True, slots=True)
class _Words:
    """What may stand between the parts of an expression; regular expressions, in lower case."""

    joining: str
    """And, to, through: with the article that the language wants after it."""
    alternative: str
    of: str = r"(?!)"
    ordinal: str = r"(?!)"
    numbers: Mapping[str, int] = field(default_factory=dict)


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
        numbers={"primero": 1},
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
_OTHERS: Final = _Words(joining=r"(?!)", alternative=r"(?!)", ordinal=r"\.(?![0-9])")

# What begins no other token. With the words between, a row of them is one token, because most of a
# text belongs to no date.
_PLAIN_MARKS: Final = re.escape(".;:!?()[]\"'“”‘’/%")


@dataclass(frozen=True, slots=True)
class DateLexicon:
    """A language's tokens: the expression that finds them, and what its names stand for."""

    pattern: re.Pattern[str]
    months: Mapping[str, int]
    numbers: Mapping[str, int]


@lru_cache(maxsize=32)
def date_lexicon(language: str) -> DateLexicon:
    """Give the tokens of a language (BCP 47); raise `LanguageError` where CLDR does not know it."""
    # Imported here since it loads Babel, which a text without figures never needs.
    from sourcebrief.dates.cldr import month_names

    names = month_names(language)
    words = _WORDS.get(re.split("[-_]", language.strip())[0].lower(), _OTHERS)
    whole, abbreviated = _any_of(names.whole), _any_of(names.abbreviated)
    month = rf"(?<!\w)(?: (?:{whole})(?!\w) | (?:{abbreviated})(?!\w)\.? )"
    word = rf"(?<!\w)(?:{_any_of(words.numbers)})(?!\w)"
    # A look at two letters rules most words out much sooner than the names themselves.
    name = rf"(?={_beginning_of_any(*names.whole, *names.abbreviated, *words.numbers)})"
    iso = rf"[0-9]{{4}}[{DASHES}](?:0[1-9]|1[0-2])[{DASHES}](?:0[1-9]|[12][0-9]|3[01])(?![0-9])"
    pattern = rf"""
        (?: (?P<iso>{iso}(?:/{iso})?)
        | (?P<iso_month>[0-9]{{4}}[{HYPHENS}](?:0[1-9]|1[0-2]) (?![0-9]|[{DASHES}][0-9]))
        | (?P<decade>[0-9]{{3}}0['’]?s(?!\w))
        | (?P<number>[0-9]+) (?P<ordinal>{words.ordinal})?
        | {name} (?: (?P<month>{month}) | (?P<word>{word}) )
        | (?P<of>(?<!\w)(?:{words.of})(?!\w))
        | (?P<or>(?<!\w)(?:{words.alternative})(?!\w))
        | (?P<join>(?<!\w)(?:{words.joining})(?!\w) | --?-? | [{DASHES}])
        | (?P<comma>,)
        | (?P<space>\s)
        | (?P<other>(?: (?! {name} (?:{month}|{word})) [^\W\d_]+ | [{_PLAIN_MARKS}\s] )++ | .)
        ) \s*+
    """
    return DateLexicon(
        re.compile(pattern, re.VERBOSE | re.IGNORECASE | re.DOTALL),
        {**names.abbreviated, **names.whole},
        words.numbers,
    )


def _any_of(names: Mapping[str, int]) -> str:
    """Match any of the names, in composed and decomposed letters; nothing where there is none."""
    forms = {unicodedata.normalize(form, name) for name in names for form in ("NFC", "NFD")}
    longest_first = sorted(forms, key=lambda name: (-len(name), name))
    escaped = (re.escape(name).replace(r"\ ", r"\s+") for name in longest_first)
    return "|".join(escaped) or r"(?!)"


def _beginning_of_any(*names: str) -> str:
    """Match what may be the first two letters of a name; of a name that has but one, the first."""
    forms = [unicodedata.normalize(form, name) for name in names for form in ("NFC", "NFD")]
    first, second = ("".join(sorted({form[i : i + 1] for form in forms})) for i in (0, 1))
    if not forms:
        return r"(?!)"
    return f"[{re.escape(first)}]" + (
        f"[{re.escape(second)}]" if all(form[1:2].strip() for form in forms) else ""
    )
