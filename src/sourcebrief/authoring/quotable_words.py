"""The words of a document as a quotation: how they are written, and how much goes with them."""

import re
from collections.abc import Iterator
from typing import Final

from sourcebrief.evidence.brackets import one_space
from sourcebrief.evidence.passages import Paragraph, SeedText
from sourcebrief.evidence.quotations import LocatedQuotation, Miss, locate
from sourcebrief.text.characters import (
    CONTROL,
    HYPHENS,
    NOT_IN_XML_OR_YAML,
    REPLACEMENT,
    SOFT_HYPHEN,
    VANISHING_CLASS,
)
from sourcebrief.text.phrases import sentence_starts

MOST_WORDS: Final = 45
"""A sentence of more words is not offered whole, but only its clauses around the passage."""
_WORD = re.compile(r"\w+")
_CLAUSE_END = re.compile(r"[,;:)](?=\s)|\s[–—-](?=\s)|(?<=\w)—(?=\w)")
_JOINED = re.compile(rf"(?<=[^\W\d_])[{HYPHENS}{SOFT_HYPHEN}]\s*[\n\r]\s*(?=[^\W\d_])")
_UNQUOTABLE = re.compile(f"{REPLACEMENT}|{CONTROL.pattern}|{NOT_IN_XML_OR_YAML.pattern}")
_VANISHING = re.compile(f"[{VANISHING_CLASS}]")


def is_long(text: str) -> bool:
    """Whether words are more than are offered whole."""
    return len(_WORD.findall(text)) > MOST_WORDS


def quotation_around(
    seed: SeedText, index: int, start: int, end: int
) -> tuple[int, str, str] | None:
    """Return the shortest sensible quotation around a passage that is evidence, if there is one.

    `start` and `end` are offsets in the seed, as is where the quotation begins; its locator follows
    it.
    """
    paragraph = seed.paragraphs[index]
    if paragraph.ignored:
        return None
    for first, last in _spans(paragraph, start - paragraph.start, end - paragraph.start):
        first, last = _trimmed(paragraph.text, first, last)
        for quote in quotable_forms(paragraph.text[first:last]):
            located = _evidence(quote, seed, paragraph.number)
            # White space and controls before the words are in the span and not in the passage.
            if located and abs(located.pieces[0].start - paragraph.start - first) <= 2:
                return paragraph.start + first, quote, located.locator
    return None


def _evidence(quote: str, seed: SeedText, paragraph: int) -> LocatedQuotation | None:
    if unquotable(quote):
        return None
    found: LocatedQuotation | Miss = locate(quote, seed, paragraph)
    return found if isinstance(found, LocatedQuotation) and len(found.pieces) == 1 else None


def unquotable(quote: str) -> str | None:
    """The first character that extraction replaced or that YAML cannot hold, if there is one."""
    found = _UNQUOTABLE.search(quote)
    return found[0] if found else None


def quotable_forms(source: str) -> Iterator[str]:
    """Yield a slice of a seed as a quotation: a word divided at a line's end is written as one."""
    # Before a capital or a digit a hyphen at a line's end stands for a hyphen alone.
    closed = _JOINED.sub(lambda joint: "" if source[joint.end()].islower() else "-", source)
    for form in dict.fromkeys((closed, _JOINED.sub("-", source))):
        yield one_space(_VANISHING.sub("", form)).strip()


def _spans(paragraph: Paragraph, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield spans of a paragraph around a passage, the preferred one first."""
    text = paragraph.text
    start, end = max(start, 0), min(end, len(text))
    edges = [0, *sentence_starts(text), len(text)]
    first = max(edge for edge in edges if edge <= start)
    last = min(edge for edge in edges if edge >= end)
    if is_long(text[first:last]):
        clauses = [first, *(f.end() for f in _CLAUSE_END.finditer(text, first, last)), last]
        yield (
            max(edge for edge in clauses if edge <= start),
            min(edge for edge in clauses if edge >= end),
        )
    yield first, last
    # A sentence that is too short, or repeated in the paragraph, takes its neighbours with it.
    while first > 0 or last < len(text):
        if last < len(text):
            last = min(edge for edge in edges if edge > last)
            yield first, last
        if first > 0:
            first = max(edge for edge in edges if edge < first)
            yield first, last


def _trimmed(text: str, first: int, last: int) -> tuple[int, int]:
    """Return a span without white space around its words, and without commas at its end."""
    while first < last and text[first].isspace():
        first += 1
    while last > first and (text[last - 1].isspace() or text[last - 1] in ",;:–—"):
        last -= 1
    return first, last
