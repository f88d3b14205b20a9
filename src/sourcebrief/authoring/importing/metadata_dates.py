"""Dates and languages as metadata write them, as EDTF and BCP 47."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sourcebrief.dates.cldr import month_names
from sourcebrief.dates.date_words import LanguageError
from sourcebrief.dates.edtf import EDTFError, parse_edtf
from sourcebrief.dates.in_text import find_dates

if TYPE_CHECKING:
    from collections.abc import Iterable

# ISO 8601, extended or basic, with or without a time; PDF's D:20190720123000+02'00' (ISO 32000-2).
_ISO = re.compile(
    r"(?:D:)?(?P<year>[12][0-9]{3})"
    r"(?:(?P<parting>[-/.]?)(?P<month>[01][0-9])(?:(?P=parting)(?P<day>[0-3][0-9]))?)?"
    r"(?:(?:T| +|(?<=[0-9]{8}))[0-9]{2}[0-9:.,]*[^\n]{0,12})?"
)


def edtf_of(written: object, language: str | None = None) -> str | None:
    """Return a date of metadata as EDTF, to the precision that it has; None where it is not a date.

    The day is the one that is written, whatever the time zone. Month names are read in `language`
    and in English.
    """
    if not isinstance(written, str) or len(written) > 100:
        return None
    text = written.strip()
    if found := _ISO.fullmatch(text):
        parts = [found["year"], found["month"], found["day"]]
        return _checked("-".join(part for part in parts if part))
    for tongue in dict.fromkeys((language or "en", "en")):
        try:
            named = find_dates(text, tongue)
        except LanguageError:
            continue
        if len(named) == 1 and len(named[0].dates) == 1 and not named[0].dates[0].decade:
            date = named[0].dates[0]
            words = f"{date.year:04}"
            if date.month is not None:
                words += f"-{date.month:02}" + ("" if date.day is None else f"-{date.day:02}")
            return _checked(words)
    return None


def _checked(text: str) -> str | None:
    try:
        return parse_edtf(text).text
    except EDTFError:
        return None


def first_date(
    written: Iterable[tuple[str, object]], language: str | None
) -> tuple[str | None, str | None]:
    """Return the first field that is a date, as EDTF, and its name; None and None without one."""
    for name, words in written:
        if date := edtf_of(words, language):
            return date, name
    return None, None


def language_of(written: object) -> str | None:
    """Return a language of metadata (`es_EC`, `en-US`) as BCP 47; None where CLDR lacks it."""
    if not isinstance(written, str) or not written.strip() or len(written) > 40:
        return None
    tag = written.split(",")[0].split(";")[0].split(".")[0].strip().replace("_", "-")
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*", tag) or tag.lower() == "und":
        return None
    language, *rest = tag.split("-")
    tag = "-".join([language.lower(), *(r.upper() if len(r) == 2 else r for r in rest)])
    try:
        month_names(tag)
    except LanguageError:
        return None
    return tag
