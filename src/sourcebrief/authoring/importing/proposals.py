"""What a document does not say of itself, proposed from its text: never taken in silence."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterable
from itertools import takewhile
from typing import Final

from sourcebrief.authoring.importing.extraction import Extraction, one_line
from sourcebrief.dates.cldr import LanguageError
from sourcebrief.dates.in_text import find_dates
from sourcebrief.evidence.passages import read_seed
from sourcebrief.text.phrases import sentence_starts

_READ: Final = 20_000
"""The characters at a document's head that say what it is."""
_LONGEST_TITLE: Final = 200
_DATE_LINE: Final = 60
"""Characters of a paragraph whose date may be the document's own; a longer one tells of a day."""
# "Quito, martes 12 de marzo de 2024.- El ministro", "LIMA, July 20, 2019 (Agency) -- The minister"
_BEFORE_DATE: Final = re.compile(r"(?:[^\n]{0,50}[,(–—-]\s*)?(?:[^\W\d_]+[.,]?\s+)?")
_AFTER_DATE: Final = re.compile(r"(?:\s*\([^)\n]{1,40}\)|[.,])*\s*[-–—―:]")
_DATELINE: Final = re.compile(
    r"(?:([^\d\n]{1,50})[,،、(–—-]\s*)?(?:[^\d\s]+\s+)?(?:"
    r"\d{1,2}(?:st|nd|rd|th|er|[.ºª])?\s+(?:(?:de|do|of)\s+)?[^\d\s]+,?\s+(?:del?\s+)?\d{4}"
    r"(?:\s*(?:г|р|года|року|roku)\b)?"
    r"|[^\d\s]+\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}|\d{1,2} tháng \d{1,2} năm \d{4}"
    r"|\d{4}\s?[年년]\s?\d{1,2}\s?[月월]\s?\d{1,2}\s?[日일]|\d{1,4}([./-])\d{1,2}\2\d{1,4}"
    r")\W*"
)
"""A line of a date, with the place before it, in any language: “Lima, 8 de noviembre de 2024”."""
_NEAR: Final = 120
_SENTENCE_ENDS: Final = (".", "!", "?", ":", ";")
_KIND: Final = re.compile(
    r"(?i)(?:(?:press|media|news) (?:release|statement)|for immediate release|(?:under )?embargo"
    r"|comunicado|bolet[ií]n|nota (?:de prensa|à imprensa)|communiqué|pressemitteilung|comunicato)"
    r".*"
)
"""A line that says only what kind of document follows, where it is short."""
_SENDER: Final = re.compile(
    r"(?i)(?:the |el |la |le )?(?:ministry|department|embassy|government|office|ministerio|embajada"
    r"|gobierno|secretar[ií]a|minist[èeé]r\w+|ambassade|embaixada|botschaft|ambasciata|governo)"
    r"(?: (?:of|de|del|des|du|da|do|der|für|di|dell?a?)\b.*)?"
    r"|.* (?:ministry|department|embassy|authority|agency|company|office)"
)
_REFERENCE: Final = re.compile(
    r"(?i)(?:(?:our|your|nuestra|su|notre|votre|unser|ihr)\s+)?"
    r"(?:(?:ref(?:erenc(?:e|ia)|er[êe]n[cz]i?a?|érence)?|of[ií]cio|aktenzeichen|az|prot(?:ocollo)?)\b.*\d"
    r"|(?:n\.?[oº°r]|nr)\.?[:\s]*\d).*"
    r"|(?=\D*\d)[A-Z]{1,12}(?:[-/.][A-Z\d]{1,12}){2,}"
)
"""A line that says only under what number a letter is filed."""
_SUBJECT: Final = re.compile(
    r"(?i)(?:subject|re|asunto|objet|betreff|assunto|oggetto)\s*:\s*(\S.*)"
)
_SALUTATION: Final = re.compile(
    r"(?i)(?:dear|estimad|distinguid|sehr geehrte|prezad|egregi|gentile|monsieur|madame)\w*\b.*[,:]"
)
_STANDARD: Final = {"ary": "ar", "arz": "ar", "hbo": "he", "wuu": "zh", "yue": "zh"}
"""The standard languages that the detector takes for spoken or older ones (ISO 639-3)."""
_LABEL_WORDS: Final = 6
"""The most words of a line that says only a kind of document or a sender."""
_HEAD_LINES: Final = 8


def likeliest_language(text: str) -> str | None:
    """Return the language that a text is most likely in; None where no detector is installed."""
    if importlib.util.find_spec("py3langid") is None:
        return None
    # It loads a model of some megabytes.
    import py3langid

    found: str = py3langid.classify(text[:_READ])[0]
    return _STANDARD.get(found, found)


def own_date(found: Extraction, language: str | None) -> str | None:
    """Return the first whole date that is the document's own, as EDTF.

    It stands by itself, on a line with no more than a place, or at the head of a paragraph with a
    place, as news are dated.
    """
    paragraphs = read_seed(found.text[:_READ], found.ignored).paragraphs
    for paragraph in sorted(paragraphs, key=lambda one: one.ignored):
        text = paragraph.text.strip()
        for words in (text,) if text.endswith(_SENTENCE_ENDS) else text.splitlines():
            if date := first_date_in(words[:_NEAR], language, at_head=len(words) > _DATE_LINE):
                return date
    return None


def first_date_in(text: str, language: str | None, *, at_head: bool = False) -> str | None:
    """Return the first whole date in a text, as EDTF; `at_head`: only where news have theirs."""
    try:
        dates = find_dates(text[:_READ], language) if language else ()
    except LanguageError:
        return None
    one = next((one for one in dates if one.dates[0].day), None)
    if one is None or (at_head and not _heads_news(text, one.start, one.end)):
        return None
    return "{:04}-{:02}-{:02}".format(*one.dates[0][:3])


def _heads_news(text: str, start: int, end: int) -> bool:
    """Say whether a date is that of news: “Quito, 12 March – The”, “Quito, 12 March. The”."""
    if _BEFORE_DATE.fullmatch(text[:start]) and _AFTER_DATE.match(text[end:]):
        return True
    return text[end:].startswith((". ", ".\n")) and _is_dateline(text[:end])


def proposed_title(found: Extraction) -> str | None:
    """Return what stands where a title stands: in the largest type, or first in the main text."""
    largest = found.title_proposed
    if largest and not _is_label(largest):
        return largest
    texts = (one.text for one in read_seed(found.text, found.ignored).paragraphs if not one.ignored)
    line = title_line(texts) or ""
    if len(line) > _LONGEST_TITLE:
        line = line[: next(sentence_starts(line), None)]
    return one_line(line) if len(line) <= _LONGEST_TITLE else None


def title_line(paragraphs: Iterable[str]) -> str | None:
    """Return the first line, or that behind those which say only a sender or "Press release"."""
    first, *rest = [*paragraphs, ""]
    short = [first, *takewhile(lambda text: len(text) <= _LONGEST_TITLE, rest)]
    lines = [line.strip() for text in short for line in text.splitlines()]
    lines = [line for line in lines if any(map(str.isalnum, line))][:_HEAD_LINES]
    kinds = [number for number, line in enumerate(lines) if _is_label(line, _KIND)]
    after = lines[kinds[-1] + 1 :] if kinds else lines
    if subject := next(filter(None, map(_SUBJECT.fullmatch, after)), None):
        return subject[1]
    title = next((line for line in after if not _is_label(line)), next(iter(lines), None))
    if kinds and title and title.endswith("."):
        title = lines[kinds[-1]]  # a sentence: the document has no other title than its kind
    return None if title is None or _SALUTATION.fullmatch(title) else title


def _is_label(line: str, *says: re.Pattern[str]) -> bool:
    """Say whether a line says only from whom the document is, of what kind, where or when."""
    words = says or (_KIND, _SENDER, _REFERENCE)
    short = len(line.split()) <= _LABEL_WORDS
    return (short and any(one.fullmatch(line) for one in words)) or (
        not says and _is_dateline(line)
    )


def _is_dateline(line: str) -> bool:
    """Say whether a line is a place and a date alone; names of places have capitals."""
    found = _DATELINE.fullmatch(line.strip())
    words = (found[1] or "").split() if found else []
    return found is not None and not any(word[0].islower() and len(word) > 3 for word in words)
