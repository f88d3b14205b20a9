"""What CLDR, through Babel, has on dates in a language: names of months, and the order of parts."""

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from babel import Locale, UnknownLocaleError
from babel.dates import parse_pattern

from sourcebrief.dates.inflected_months import inflected

# Where a language has no territory, or its usage is split, names are gathered from these too:
# "Sept" is British, "Sep" American; "setiembre" is the usual name in Peru and Uruguay.
_RELATED: Final[Mapping[str, tuple[str, ...]]] = {
    "en": ("en", "en_GB"),
    "es": ("es", "es_MX", "es_PE"),
    "pt": ("pt", "pt_PT"),
    "de": ("de", "de_AT"),
    # The months of Egypt and the Gulf, of the Levant and Iraq, of the Maghreb and of Morocco.
    "ar": ("ar", "ar_LB", "ar_DZ", "ar_MA", "ar_MR"),
    "zh": ("zh", "zh_Hant"),
}


class LanguageError(ValueError):
    """A language that dates cannot be worded in: one line, with the way out."""


@dataclass(frozen=True, slots=True)
class MonthNames:
    """The names of months in lower case and NFC, without a trailing dot, to their numbers."""

    whole: Mapping[str, int]
    abbreviated: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class DatePatterns:
    """A language's date patterns, as CLDR writes them; `to` stands between the ends of a span."""

    locale: Locale
    by_precision: Mapping[str, str]
    """For a day, a month and a year."""
    month_and_day: str
    to: str
    either: str
    """`{0}` and the last of several dates `{1}`, of which one is meant."""
    both: str
    """The same where all are meant."""

    def fill(self, pattern: str, day: dt.date) -> str:
        """Write a day by a pattern."""
        return parse_pattern(pattern).apply(day, self.locale).strip()


@lru_cache(maxsize=64)
def locale_of(language: str) -> Locale:
    """Give the locale of a BCP 47 tag; raise `LanguageError` where CLDR does not know it."""
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


@lru_cache(maxsize=32)
def month_names(language: str) -> MonthNames:
    """Give the names of the months that running text in a language may hold."""
    locale = locale_of(language)
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
    for name, number in list(whole.items()):
        for form in inflected(name, number, locale.language):
            whole.setdefault(form, number)
    return MonthNames(whole, {n: month for n, month in abbreviated.items() if n not in whole})


@lru_cache(maxsize=64)
def year_first(language: str) -> bool:
    """Whether a language writes the year of a date before its day."""
    pattern = locale_of(language).date_formats["long"].pattern
    return bool(pattern.index("y") < pattern.index("d"))


@lru_cache(maxsize=32)
def date_names(language: str) -> frozenset[str]:
    """Give the names of months and weekdays, abbreviated too where the language has capitals.

    An abbreviation in lower case may be another word: "mar" is the sea.
    """
    locale = locale_of(language)
    found = [locale.months["format"]["wide"], locale.days["format"]["wide"]]
    if found[0][1][0].isupper():
        found += locale.months["format"]["abbreviated"], locale.days["format"]["abbreviated"]
    return frozenset(name.rstrip(".") for names in found for name in names.values())


@lru_cache(maxsize=64)
def date_patterns(language: str) -> DatePatterns:
    """Give the patterns of a language."""
    locale = locale_of(language)
    skeletons: Mapping[str, Any] = locale.datetime_skeletons

    def pattern(skeleton: str, otherwise: str) -> str:
        return skeletons[skeleton].pattern if skeleton in skeletons else otherwise

    # CLDR writes {0}–{1} or {0} – {1}, by the length of what stands around it and not by language.
    dash = locale.interval_formats.get(None, "{0} – {1}").replace("{0}", "").replace("{1}", "")
    by_precision = {
        # What CLDR made for running text.
        "day": locale.date_formats["long"].pattern,
        "month": pattern("yMMMM", "MMMM y"),
        "year": pattern("y", "y"),
    }
    month_and_day = pattern("MMMMd", "d MMMM")
    to = " – " if dash.strip() in ("-", "–") else dash
    either, both = (locale.list_patterns[kind]["2"] for kind in ("or", "standard"))
    return DatePatterns(locale, by_precision, month_and_day, to, either, both)
