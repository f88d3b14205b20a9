"""Which characters of an authored text a paragraph of the Word document prints, and where.

The text is rendered as the page renders it, with one character for what each citation prints. What
the document adds of its own before or behind the text, such as a full stop, has no place in it, nor
has the mark behind quoted words that are a translation's.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from html import unescape
from itertools import count
from typing import Final

from sourcebrief.brief.authored_html import CitationMarkup, render_inline
from sourcebrief.brief.view import Html
from sourcebrief.text.phrases import curled
from sourcebrief.workspace.markup import AuthoredMarkup, Block, Citation
from sourcebrief.workspace.markup_places import Written, written_places

CALL: Final = "\ufffc"
"""The character that stands for the call of a footnote."""
_FIRST_SIGN: Final = 0xE000
_LAST_SIGN: Final = 0xF8FF
"""Two signs for each citation: one for the numbers of its events, one for its note."""
_TAG: Final = re.compile("<[^>]*>")
# “we share the data” (translation in Ministry (Ports), ¶ 2)
_MARK: Final = re.compile(r"(?<=[”“»\"]) \((?:[^()]|\([^()]*\))*\)")
_BRACKET: Final = re.compile(r"\s*\[\d+(?:,\s*\d+)*\]")


@dataclass(frozen=True, slots=True)
class PrintedParagraph:
    """A paragraph as it is printed: for each character its place, None for what is added to it.

    A character that a citation prints has the place of the citation.
    """

    places: tuple[Written | None, ...]
    start: int
    end: int

    def written_at(self, offset: int) -> int:
        """Return where in the text an offset of what is printed is written."""
        behind = (one.start for one in self.places[offset:] if one is not None)
        return next(behind, self.end)


def printed_paragraph(
    said: str, text: str, number: int, *, markdown: bool, numbers: Collection[str], language: str
) -> PrintedParagraph | None:
    """Find the places of `said`, what the document prints of a paragraph of `text`.

    `number` counts the paragraphs from 1; `numbers` are the ids of events that have a number. None
    where the document prints something else.
    """
    if not markdown:
        written = tuple(Written(char, at, at + 1) for at, char in enumerate(text))
        # A label or a quotation mark may stand before it.
        line = curled(text)
        begin = max(said.find(" ".join(line.split())), 0)
        behind = _matched(said[begin:], line, written)
        found = None if behind is None else (*[None] * begin, *behind)
        return None if found is None else PrintedParagraph(found, 0, len(text))
    blocks = written_places(text)
    block = blocks[number - 1] if number <= len(blocks) else None
    if block is None:
        return None
    printed = _rendered(block.block, numbers, language)
    found = _matched(said, printed, block.written)
    return None if found is None else PrintedParagraph(found, block.start, block.end)


def _rendered(block: Block, numbers: Collection[str], language: str) -> str:
    """Return the words as the page prints them, with two signs of its own for each citation."""
    counted = count()

    def cite(citation: Citation) -> CitationMarkup:
        known = [item.id in numbers for item in citation]
        sign = _FIRST_SIGN + 2 * next(counted)
        events, note = any(known), not all(known)
        return CitationMarkup(
            Html(chr(sign) if events else ""), Html(chr(sign + 1) if note else "")
        )

    markup = render_inline(AuthoredMarkup((block,)), cite, language)
    return unescape(_TAG.sub("", markup))


def _matched(
    said: str, printed: str, written: Sequence[Written]
) -> tuple[Written | None, ...] | None:
    """Give each character of `said` its place; None where it does not print the text."""
    words = [one for one in written if one.citation is None]
    citations = {one.citation: one for one in written if one.citation is not None}
    places: list[Written | None] = []
    at = word = 0
    for index, char in enumerate(printed):
        mark = _MARK.match(said, at)
        if mark and not printed.startswith(mark[0], index):
            places += [None] * len(mark[0])
            at = mark.end()
        if char.isspace():
            # A run of white space is one space, and before a citation it is left out.
            if said[at : at + 1].isspace():
                before = word
                while word < len(words) and words[word].char.isspace():
                    word += 1
                places.append(words[word - 1] if word > before else None)
                at += 1
        elif _FIRST_SIGN <= ord(char) < _LAST_SIGN:
            number, is_note = divmod(ord(char) - _FIRST_SIGN, 2)
            found = None if is_note else _BRACKET.match(said, at)
            width = len(found[0]) if found else int(bool(is_note) and said[at : at + 1] == CALL)
            if not width or number not in citations:
                return None
            places += [citations[number]] * width
            at += width
        else:
            while word < len(words) and words[word].char.isspace():
                word += 1
            # An apostrophe prints as typographers have it.
            same = word < len(words) and words[word].char in (char, "'" if char == "’" else char)
            if not same or said[at : at + 1] != char:
                return None
            places.append(words[word])
            at, word = at + 1, word + 1
    if any(not one.char.isspace() for one in words[word:]):
        return None
    return (*places, *[None] * (len(said) - at))
