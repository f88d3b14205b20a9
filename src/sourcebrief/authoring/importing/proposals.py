"""What a document does not say of itself, proposed from its text: never taken in silence."""

from __future__ import annotations

import importlib.util
from typing import Final

from sourcebrief.authoring.importing.extraction import Extraction, language_of, one_line
from sourcebrief.dates.cldr import LanguageError
from sourcebrief.dates.in_text import full_dates
from sourcebrief.evidence.passages import read_seed
from sourcebrief.text.phrases import first_words

_READ: Final = 20_000
"""The characters at a document's head that say what it is."""
_TITLE_WORDS: Final = 12
_DATE_LINE: Final = 60
"""Characters of a paragraph whose date may be the document's own; a longer one tells of a day."""


def likeliest_language(text: str) -> str | None:
    """Return the language that a text is most likely in; None where no detector is installed."""
    if importlib.util.find_spec("py3langid") is None:
        return None
    # It loads a model of some megabytes.
    import py3langid

    return language_of(py3langid.classify(text[:_READ])[0])


def own_date(text: str, language: str | None) -> str | None:
    """Return the first whole date that stands by itself, as a document's own does, as EDTF."""
    paragraphs = (one.text for one in read_seed(text[:_READ]).paragraphs)
    alone = (words for words in paragraphs if len(words) <= _DATE_LINE)
    return next(filter(None, (_first_date(words, language) for words in alone)), None)


def first_written_date(text: str, language: str | None) -> str | None:
    """Return the document's own date, else the first whole one in its text, as EDTF."""
    return own_date(text, language) or _first_date(text[:_READ], language)


def _first_date(text: str, language: str | None) -> str | None:
    try:
        named = full_dates(text, language) if language else ()
    except LanguageError:
        return None
    return named[0].isoformat() if named else None


def proposed_title(found: Extraction) -> str | None:
    """Return what stands where a title stands: in the largest type, or first in the main text."""
    texts = (one.text for one in read_seed(found.text, found.ignored).paragraphs if not one.ignored)
    lines = (line for text in texts for line in text.splitlines())
    line = next((line for line in lines if any(map(str.isalnum, line))), "")
    return found.title_proposed or one_line(first_words(line, _TITLE_WORDS).removesuffix("…"))
