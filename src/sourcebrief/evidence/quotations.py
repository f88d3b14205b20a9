"""Quotations: where the words of a curator stand in a seed, or why they do not.

`locate` never lets a similar passage pass: a quotation is found as it is folded, at word
boundaries, in one paragraph or where its elisions allow, once, and outside ignored paragraphs,
or it is a `Miss` that says what is wrong.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum
from itertools import chain, pairwise
from typing import Final

from sourcebrief.evidence.assertions import assertions, denials_by_the_editor, turned_senses
from sourcebrief.evidence.brackets import (
    Atom,
    Bracket,
    PieceWanted,
    Reading,
    editorial_readings,
    find_brackets,
    read_brackets,
    trimmed,
)
from sourcebrief.evidence.folding import JOINT, Folded, fold_text, printed_line
from sourcebrief.evidence.passages import Passage, SeedText, locator
from sourcebrief.evidence.search import Way, find_cut, find_piece, find_ways
from sourcebrief.evidence.word_boundaries import is_word_character
from sourcebrief.text.characters import BIDIRECTIONAL_CONTROLS
from sourcebrief.text.word_lists import word_lists

CONTEXT: Final = 32
"""How many characters of prefix and suffix a selector keeps."""
_UNPRINTED = re.compile(f"[{''.join(sorted(BIDIRECTIONAL_CONTROLS))}]")


@dataclass(frozen=True, slots=True)
class LocatedPiece:
    """A piece of a quotation where it stands: the W3C selectors, and its paragraph.

    `exact` is the seed's own `[start, end)`, in code points (TextPositionSelector); `prefix` and
    `suffix` are up to 32 characters beside it (TextQuoteSelector). `page` is where it begins.
    """

    start: int
    end: int
    exact: str
    prefix: str
    suffix: str
    paragraph: int
    page: int | None = None


@dataclass(frozen=True, slots=True)
class LocatedQuotation:
    """A quotation that stands in a seed.

    `printed` is the seed's own slice, white space as one space, with the curator's brackets.
    `stretches` are the seed's words outside those brackets, in order; `turned` says what the cuts
    between the pieces may do to the sense.
    """

    pieces: tuple[LocatedPiece, ...]
    printed: str
    stretches: tuple[str, ...]
    turned: tuple[str, ...]

    @property
    def paragraph(self) -> int:
        """The number of the paragraph in which the quotation begins."""
        return self.pieces[0].paragraph

    @property
    def locator(self) -> str:
        """Where the quotation stands, as it is cited: "¶ 12", "¶¶ 12–13", "p. 4, ¶ 12"."""
        return locator(self.paragraph, self.pieces[0].page, self.pieces[-1].paragraph)


def located_piece(
    seed: SeedText, start: int, end: int, paragraph: int, page: int | None
) -> LocatedPiece:
    """Give a piece that stands there, with the seed's words in it and beside it."""
    before, after = seed.text[max(0, start - CONTEXT) : start], seed.text[end : end + CONTEXT]
    return LocatedPiece(start, end, seed.text[start:end], before, after, paragraph, page)


class MissReason(Enum):
    """Why a quotation does not count as evidence."""

    EMPTY = "no words outside brackets"
    TOO_SHORT = "fewer than twelve characters or two words"
    NOT_FOUND = "not in the seed"
    CUT = "begins or ends inside a word"
    BRACKET = "a bracket that has no meaning"
    NO_LISTS = "a bracket that needs lists of words, in a language that has none"
    ENDING = "an ending that is not on the list of the language"
    ASSERTING = "inserted words with a number, date, negation or denial that is not the seed's"
    BARE_ELLIPSIS = "three dots where an elision was meant"
    NOTHING_LEFT_OUT = "an elision that leaves out no word"
    APART = "pieces too far apart, or in another order"
    AMBIGUOUS = "stands in more than one place"
    IGNORED = "stands in an ignored paragraph"
    WRONG_PARAGRAPH = "stands in another paragraph than the one named"


@dataclass(frozen=True, slots=True)
class Miss:
    """A quotation that does not count: the reason, and what a message needs to show it.

    `piece` is the part at fault, as written; `word` the word that was cut, or is asserted; `places`
    where the quotation, or each of its pieces, does stand; `paragraph` the number that the curator
    named.
    """

    reason: MissReason
    quotation: str
    piece: str = ""
    word: str = ""
    places: tuple[Passage, ...] = ()
    paragraph: int | None = None


def locate(quotation: str, seed: SeedText, paragraph: int | None = None) -> LocatedQuotation | Miss:
    """Find where a quotation stands, or say why it does not count.

    Brackets are taken literally first, and only then for the editor's. `paragraph` decides between
    repeats, and must hold the quotation.
    """
    text = trimmed(quotation)
    if not any(map(is_word_character, text)):
        return Miss(MissReason.EMPTY, text)
    brackets = find_brackets(text)
    editorial = editorial_readings(text, brackets, seed.whole, word_lists(seed.language))
    for reading in chain([read_brackets(text)], editorial):
        if ways := find_ways(reading, seed):
            break
    else:
        return _explain(text, brackets, reading, seed, paragraph)
    if short := _too_short(reading):
        return Miss(MissReason.TOO_SHORT, text, piece=short.written)
    here = [w for w in ways if paragraph in (None, seed.paragraphs[w[0].paragraph].number)]
    reason = None
    if not here:
        here, reason = ways, MissReason.WRONG_PARAGRAPH
    elif any(seed.paragraphs[found.paragraph].ignored for found in here[0]):
        reason = MissReason.IGNORED
    elif len(here) > 1:
        reason = MissReason.AMBIGUOUS
    elif asserting := _asserting(reading, here[0], seed):
        return Miss(MissReason.ASSERTING, text, *asserting)
    if reason is None:
        return _located(reading, here[0], seed)
    places = tuple(way[0].place(seed) for way in here)
    return Miss(reason, text, places=places, paragraph=paragraph)


def _asserting(reading: Reading, way: Way, seed: SeedText) -> tuple[str, str] | None:
    """The first insertion that says more than the words it replaces, and the word that does."""
    for number, gap in enumerate(reading.gaps):
        if not gap.inserted:
            continue
        stood_for = ""
        # At either end an insertion stands for nothing, and beside an elision for no known words.
        if 0 < number < len(way) and not gap.elided:
            text = seed.folded[way[number].paragraph].text
            stood_for = text[way[number - 1].end : way[number].start]
        inserted, held = (
            assertions(words, seed.language) | denials_by_the_editor(words, seed.language)
            for words in (gap.inserted, stood_for)
        )
        for value, word in inserted.items():
            if value not in held:
                return gap.written.strip(), word
    return None


def _too_short(reading: Reading) -> PieceWanted | None:
    return next((piece for piece in reading.pieces if not piece.is_long_enough), None)


def _explain(
    text: str,
    brackets: tuple[Bracket, ...],
    reading: Reading,
    seed: SeedText,
    paragraph: int | None,
) -> Miss:
    """Say why no reading was found; `reading` is the last one tried, the most editorial."""
    if not reading.pieces:
        return Miss(MissReason.EMPTY, text)
    lists = word_lists(seed.language)
    for one in brackets:
        if not one.may_be_the_editors(lists):
            reason = MissReason.ENDING if lists else MissReason.NO_LISTS
            reason = MissReason.BRACKET if one.kind is None else reason
            return Miss(reason, text, piece=one.written)
    first_places = [next(find_piece(piece, seed), None) for piece in reading.pieces]
    missing = [p for p, at in zip(reading.pieces, first_places, strict=True) if at is None]
    for piece in missing:
        if brackets and (stray := re.search(r"[][]", piece.text)):
            return Miss(MissReason.BRACKET, text, piece=stray[0])
    if short := _too_short(reading):
        return Miss(MissReason.TOO_SHORT, text, piece=short.written)
    for piece in missing:
        if cut := find_cut(piece, seed):
            return Miss(MissReason.CUT, text, piece=piece.written, word=cut[1], places=(cut[0],))
        if _would_stand_elided(text, seed):
            return Miss(MissReason.BARE_ELLIPSIS, text)
        return Miss(MissReason.NOT_FOUND, text, piece=piece.written, paragraph=paragraph)
    # Would the reading stand if its elisions were allowed to leave out nothing?
    closed = tuple(replace(gap, elided=False) for gap in reading.gaps)
    touching = closed != reading.gaps and bool(find_ways(replace(reading, gaps=closed), seed))
    places = tuple(at.place(seed) for at in first_places if at)
    for gap, (before, after) in zip(reading.gaps[1:], pairwise(places), strict=False):
        neighbours = before.paragraph + 1 == after.paragraph
        between = seed.text[before.end : after.start]
        touching = touching or (
            gap.elided and neighbours and not any(map(is_word_character, between))
        )
    reason = MissReason.NOTHING_LEFT_OUT if touching else MissReason.APART
    return Miss(reason, text, places=places)


_BARE_ELLIPSIS = re.compile(r"(?<!\[)(?:…|\. ?\. ?\.)(?!\])")


def _would_stand_elided(text: str, seed: SeedText) -> bool:
    """Whether a quotation would stand if its bare dots were an elision."""
    elided, count = _BARE_ELLIPSIS.subn(" [...] ", text)
    result = locate(elided, seed) if count else None
    if isinstance(result, Miss):
        return result.reason in (MissReason.AMBIGUOUS, MissReason.IGNORED)
    return result is not None


def _located(reading: Reading, way: Way, seed: SeedText) -> LocatedQuotation:
    before, *gaps = (gap.written for gap in reading.gaps)
    pieces, printed, stretches = [], [before], []
    for wanted, found, gap in zip(reading.pieces, way, gaps, strict=True):
        at = found.place(seed)
        page = seed.page_at(at.start)
        pieces.append(located_piece(seed, at.start, at.end, at.paragraph, page))
        for number, atom in enumerate(wanted.atoms):
            if atom.kind is not None:
                printed.append(atom.written)
                continue
            edges = found.edges[number], found.edges[number + 1]
            stretches.append(_slice(atom.text, seed.folded[found.paragraph], *edges))
            printed.append(stretches[-1])
        printed.append(gap)
    # The curator's brackets are printed as written, and may hold what a slice may not.
    words = _UNPRINTED.sub("", "".join(printed)).strip()
    turned = tuple(_turned(pieces, gaps, seed))
    return LocatedQuotation(tuple(pieces), words, tuple(stretches), turned)


def _turned(pieces: list[LocatedPiece], gaps: list[str], seed: SeedText) -> Iterator[str]:
    for (before, after), written in zip(pairwise(pieces), gaps, strict=False):
        left_out: tuple[str, ...] = (seed.text[before.end : after.start],)
        if before.paragraph != after.paragraph:
            first, second = (seed.paragraphs[one.paragraph - 1] for one in (before, after))
            left_out = seed.text[before.end : first.end], seed.text[second.start : after.start]
        yield from turned_senses(
            before.exact, left_out, after.exact, written.strip(), seed.language
        )


def _slice(wanted: str, folded: Folded, start: int, end: int) -> str:
    """The seed's own characters for matched words, as they are printed.

    White space is one space, a hyphen at a line's end is printed where the quotation has it, and
    controls that would turn the direction of the text are left out.
    """
    parts, at = [], 0
    for number, segment in enumerate(folded.text[start:end].split(JOINT)):
        if number:
            parts.append("-" if wanted[at] == "-" else "")
            at += len(wanted[at:]) - len(wanted[at:].removeprefix("-").lstrip(" "))
            start += 1
        first, last = folded.span(start, start + len(segment))
        parts.append(folded.source[first:last])
        start += len(segment)
        at += len(segment)
    return _UNPRINTED.sub("", printed_line("".join(parts)))


def occurrences(words: str, seed: SeedText) -> Iterator[Passage]:
    """Yield where words stand in a seed, each in one paragraph and between word boundaries.

    There is no least length, brackets are literal, and ignored paragraphs count.
    """
    if any(map(is_word_character, words)):
        piece = PieceWanted((Atom(fold_text(words).strip()),), words, words)
        for found in find_piece(piece, seed):
            yield found.place(seed)
