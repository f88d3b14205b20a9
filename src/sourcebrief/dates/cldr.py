"""What CLDR, through Babel, has on dates in a language: names of months, and the order of parts."""

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, cast

from babel import Locale, UnknownLocaleError
from babel.dates import parse_pattern, tokenize_pattern, untokenize_pattern

from sourcebrief.dates.date_words import LanguageError

# Where a language has no territory, or its usage is split, names are gathered from these too:
# "Sept" is British, "Sep" American; "setiembre" is the usual name in Peru and Uruguay.
_RELATED: Final[Mapping[str, tuple[str, ...]]] = {
    "en": ("en", "en_GB"),
    "es": ("es", "es_MX", "es_PE"),
}


@dataclass(frozen=True, slots=True)
class MonthNames:
    """The names of months in lower case and NFC, without a trailing dot, to their numbers."""

    whole: Mapping[str, int]
    abbreviated: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class DatePatterns:
    """A language's date patterns, as CLDR writes them; `to` stands between the ends of a span."""

    locale: Locale
    full: str
    month_and_year: str
    month_and_day: str
    year: str
    to: str

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
    return MonthNames(whole, {n: month for n, month in abbreviated.items() if n not in whole})


@lru_cache(maxsize=64)
def date_patterns(language: str, short: bool) -> DatePatterns:
    """Give the patterns of a language; `short` abbreviates months."""
    locale = locale_of(language)
    month = "MMM" if short else "MMMM"
    skeletons: Mapping[str, Any] = locale.datetime_skeletons
    style = "medium" if short else "long"
    by_style = cast("str", locale.date_formats[style].pattern)

    def pattern(skeleton: str, otherwise: str) -> str:
        return skeletons[skeleton].pattern if skeleton in skeletons else otherwise

    # "long" is what CLDR made for running text; the abbreviated one may hold figures only there.
    full = by_style if not short else pattern("yMMMd", by_style)
    # CLDR writes {0}–{1} or {0} – {1}, by the length of what stands around it and not by language.
    dash = locale.interval_formats.get(None, "{0} – {1}").replace("{0}", "").replace("{1}", "")
    return DatePatterns(
        locale=locale,
        full=full,
        month_and_year=pattern(f"y{month}", f"{month} y"),
        month_and_day=pattern(f"{month}d", f"d {month}"),
        year=pattern("y", "y"),
        to=" – " if dash.strip() in ("-", "–") else dash,
    )


@lru_cache(maxsize=256)
def split_pattern(pattern: str, unit: str) -> tuple[str, str, str]:
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
