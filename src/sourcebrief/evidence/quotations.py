"""Quotations: where the words of a curator stand in a seed, or why they do not.

`locate` never lets a similar passage pass: a quotation is found as it is folded, at word
boundaries, in one paragraph or where its elisions allow, once, and outside ignored paragraphs,
or it is a `Miss` that says what is wrong.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

from sourcebrief.evidence.folding import (
    BIDIRECTIONAL_CONTROLS,
    JOINT,
    Folded,
    fold_text,
    squeeze,
)
from sourcebrief.evidence.marks import (
    MOST_LETTERS,
    Atom,
    Gap,
    Mark,
    PieceWanted,
    Quotation,
    Reading,
    one_space,
    parse_quotation,
)
from sourcebrief.evidence.passages import locator
from sourcebrief.evidence.words import count_words, inside_word, is_word_character, word_around

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sourcebrief.evidence.passages import SeedText

__all__ = [
    "CONTEXT",
    "Located",
    "Miss",
    "Passage",
    "Piece",
    "Reason",
    "contains_words",
    "locate",
    "occurrences",
    "parse_quotation",
    "stands_for",
]

CONTEXT: Final = 32
"""How many characters of prefix and suffix a selector keeps."""
_MOST_WAYS = 8
_UNPRINTED = re.compile("[" + "".join(sorted(BIDIRECTIONAL_CONTROLS)) + "]")


@dataclass(frozen=True, slots=True)
class Piece:
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
class Located:
    """A quotation that stands in a seed.

    `printed` is the seed's own slice, white space as one space, with the curator's brackets.
    `stretches` are the seed's words outside those brackets, in order.
    """

    pieces: tuple[Piece, ...]
    printed: str
    stretches: tuple[str, ...]

    @property
    def paragraph(self) -> int:
        """The number of the paragraph in which the quotation begins."""
        return self.pieces[0].paragraph

    @property
    def locator(self) -> str:
        """Where the quotation stands, as it is cited: "¶ 12", "¶¶ 12–13", "p. 4, ¶ 12"."""
        return locator(self.paragraph, self.pieces[0].page, self.pieces[-1].paragraph)


class Reason(Enum):
    """Why a quotation does not count as evidence."""

    EMPTY = "it has no words outside brackets"
    TOO_SHORT = "a piece has fewer than twelve characters or two words"
    NOT_FOUND = "its words do not stand in the seed"
    CUT = "it begins or ends inside a word"
    BRACKET = "a bracket is no editor's mark"
    BARE_ELLIPSIS = "three dots stand where an elision was meant"
    NOTHING_LEFT_OUT = "an elision leaves out no word"
    APART = "its pieces stand too far apart, or in another order"
    AMBIGUOUS = "it stands in more than one place"
    IGNORED = "it stands in an ignored paragraph"
    WRONG_PARAGRAPH = "it stands in another paragraph than the one named"


@dataclass(frozen=True, slots=True)
class Passage:
    """A place in a seed: a paragraph's number and code-point offsets in the seed."""

    paragraph: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Miss:
    """A quotation that is no evidence: the reason, and what a message needs to show it.

    `piece` is the part that is at fault, as written; `word` the word that was cut; `places` where the
    quotation, or each of its pieces, does stand; `paragraph` the number that the curator named.
    """

    reason: Reason
    quotation: str
    piece: str = ""
    word: str = ""
    places: tuple[Passage, ...] = ()
    paragraph: int | None = None

    @property
    def concerns_paragraph(self) -> bool:
        """Whether the fault lies in the paragraph named, not in the words."""
        return self.reason is Reason.WRONG_PARAGRAPH


@dataclass(frozen=True, slots=True)
class _Found:
    """A piece found in a paragraph: folded offsets of its atoms, one more than atoms."""

    paragraph: int  # an index, from 0
    edges: tuple[int, ...]

    @property
    def start(self) -> int:
        return self.edges[0]

    @property
    def end(self) -> int:
        return self.edges[-1]


_Way = tuple[_Found, ...]


def locate(
    quotation: str | Quotation, seed: SeedText, paragraph: int | None = None
) -> Located | Miss:
    """Find where a quotation stands, or say why it is no evidence.

    Brackets are taken literally first, and only then for the editor's marks. `paragraph` decides
    between repeats, and must hold the quotation.
    """
    wanted = parse_quotation(quotation) if isinstance(quotation, str) else quotation
    if not any(map(is_word_character, wanted.folded)):
        return Miss(Reason.EMPTY, wanted.text)
    search = _Search(seed)
    reading = wanted.literal
    ways = search.ways(reading)
    for reading in () if ways else wanted.readings(seed.whole):
        ways = search.ways(reading)
        if ways:
            break
    else:
        if not ways:
            return _explain(wanted, reading, search, paragraph)
    if short := _too_short(reading):
        return Miss(Reason.TOO_SHORT, wanted.text, piece=short.written)
    return _decide(wanted, reading, search, ways, paragraph)


def _decide(
    wanted: Quotation,
    reading: Reading,
    search: _Search,
    ways: list[_Way],
    paragraph: int | None,
) -> Located | Miss:
    """Choose between the ways in which a reading was found."""
    ignored = [item.ignored for item in search.seed.paragraphs]
    document = [way for way in ways if not any(ignored[found.paragraph] for found in way)]
    if paragraph is not None:

        def begins_there(way: _Way) -> bool:
            return search.seed.paragraphs[way[0].paragraph].number == paragraph

        here = [way for way in ways if begins_there(way)]
        if not here:
            places = search.places(document or ways)
            return Miss(Reason.WRONG_PARAGRAPH, wanted.text, places=places, paragraph=paragraph)
        document, ways = [way for way in document if begins_there(way)], here
    if not document:
        places = search.places(ways)
        return Miss(Reason.IGNORED, wanted.text, places=places, paragraph=paragraph)
    if len(document) > 1:
        places = search.places(document)
        return Miss(Reason.AMBIGUOUS, wanted.text, places=places, paragraph=paragraph)
    return _located(reading, document[0], search.seed)


def _too_short(reading: Reading) -> PieceWanted | None:
    return next((piece for piece in reading.pieces if not piece.is_long_enough), None)


class _Search:
    """The readings of one quotation looked for in one seed."""

    def __init__(self, seed: SeedText) -> None:
        self.seed = seed

    def ways(self, reading: Reading) -> list[_Way]:
        """All ways, up to a few, in which the pieces of a reading stand as its gaps allow.

        Those that touch ignored paragraphs come only where there are no others, so that they can
        be named, or where a reading is one piece.
        """
        if not reading.pieces:
            return []
        if len(reading.pieces) == 1 and not (reading.before.elided or reading.after.elided):
            return [(found,) for found in self.found(reading.pieces[0])]
        candidates = [list(self.found(piece)) for piece in reading.pieces]
        if not all(candidates):
            return []
        return self._chains(reading, candidates, skip_ignored=True) or self._chains(
            reading, candidates, skip_ignored=False
        )

    def found(self, piece: PieceWanted) -> Iterator[_Found]:
        """Yield every place where a piece stands between word boundaries."""
        for index, edges in self._matches(piece):
            folded = self.seed.folded[index]
            if not any(inside_word(folded, edge) for edge in self._outer(piece, edges)):
                yield _Found(index, edges)

    def cut(self, piece: PieceWanted) -> tuple[Passage, str] | None:
        """The first place where a piece stands but begins or ends inside a word, and that word."""
        for index, edges in self._matches(piece):
            folded = self.seed.folded[index]
            for edge in self._outer(piece, edges):
                if inside_word(folded, edge):
                    start, end = folded.span(*word_around(folded, edge))
                    word = one_space(folded.source[start:end])
                    return self.place(index, edges[0], edges[-1]), word
        return None

    @staticmethod
    def _outer(piece: PieceWanted, edges: tuple[int, ...]) -> Iterator[int]:
        """The offsets of a found piece that must be word boundaries."""
        yield edges[0]
        yield edges[-1]
        for number, atom in enumerate(piece.atoms):
            if atom.mark is Mark.ENDING:
                yield edges[number + 1]

    def _matches(self, piece: PieceWanted) -> Iterator[tuple[int, tuple[int, ...]]]:
        """Yield paragraph index and atom edges of every match, wherever it begins and ends."""
        # The longest stretch of plain words must stand there: a search at C speed that spares
        # most paragraphs all that is slower.
        key = max((atom.text for atom in piece.atoms if atom.mark is None), key=len, default="")
        if not self.seed.may_hold(key):
            return
        for index, folded in enumerate(self.seed.folded):
            spans = _spans(key, folded) if piece.is_plain else None
            if spans is not None:
                yield from ((index, edges) for edges in spans)
            elif squeeze(key) in folded.squeezed:
                yield from ((index, edges) for edges in _by_expression(piece, folded.text))

    def _chains(
        self, reading: Reading, candidates: list[list[_Found]], *, skip_ignored: bool
    ) -> list[_Way]:
        """Chain the pieces found, from the last to the first, so that no dead end is entered.

        The work is bounded by the number of pairs of neighbouring candidates.
        """
        if skip_ignored:
            ignored = [paragraph.ignored for paragraph in self.seed.paragraphs]
            candidates = [[f for f in row if not ignored[f.paragraph]] for row in candidates]
        tails: dict[_Found, list[_Way]] = {
            found: [(found,)]
            for found in candidates[-1]
            if self._leaves_out(reading.after, found, None, skip_ignored)
        }
        for row, gap in zip(candidates[-2::-1], reading.gaps[::-1], strict=True):
            longer: dict[_Found, list[_Way]] = {}
            for found in row:
                ways: list[_Way] = []
                for after, rest in tails.items():
                    if self._fits(gap, found, after, skip_ignored):
                        ways += [(found, *way) for way in rest]
                    if len(ways) >= _MOST_WAYS:
                        break
                if ways:
                    longer[found] = ways[:_MOST_WAYS]
            tails = longer
        return [
            way
            for found, ways in tails.items()
            if self._leaves_out(reading.before, None, found, skip_ignored)
            for way in ways
        ]

    def _neighbour(self, index: int, step: int, skip_ignored: bool) -> int | None:
        """The next paragraph before or after one that is part of the document."""
        index += step
        while 0 <= index < len(self.seed.paragraphs):
            if not (skip_ignored and self.seed.paragraphs[index].ignored):
                return index
            index += step
        return None

    def _leaves_out(
        self, gap: Gap, before: _Found | None, after: _Found | None, skip_ignored: bool
    ) -> bool:
        """Whether an elision at either end of a quotation leaves out a word of the document."""
        if not gap.elided:
            return True
        if after is not None:
            text, step, index = self.text(after)[: after.start], -1, after.paragraph
        elif before is not None:
            text, step, index = self.text(before)[before.end :], 1, before.paragraph
        else:
            return True
        return _has_word(text) or self._neighbour(index, step, skip_ignored) is not None

    def _fits(self, gap: Gap, before: _Found, after: _Found, skip_ignored: bool) -> bool:
        """Whether two pieces stand as the gap between them says."""
        if before.paragraph == after.paragraph:
            if after.start < before.end:
                return False
            if gap.elided:
                return _has_word(self.text(before), before.end, after.start)
            folded = self.seed.folded[before.paragraph]
            enough = gap.inserted + 1
            return count_words(folded, before.end, after.start, enough=enough) < enough
        if not gap.elided or after.paragraph < before.paragraph:
            return False
        if self._neighbour(before.paragraph, 1, skip_ignored) != after.paragraph:
            return False
        return _has_word(self.text(before), before.end) or _has_word(
            self.text(after), 0, after.start
        )

    def text(self, found: _Found) -> str:
        """The folded paragraph in which a piece was found."""
        return self.seed.folded[found.paragraph].text

    def place(self, index: int, start: int, end: int) -> Passage:
        """A folded span of a paragraph as a passage of the seed."""
        paragraph = self.seed.paragraphs[index]
        first, last = self.seed.folded[index].span(start, end)
        return Passage(paragraph.number, paragraph.start + first, paragraph.start + last)

    def places(self, ways: Sequence[_Way]) -> tuple[Passage, ...]:
        """Where each way begins."""
        return tuple(self.place(way[0].paragraph, way[0].start, way[0].end) for way in ways)


_WORD_CHARACTER = re.compile(r"[^\W_]")


def _has_word(text: str, start: int = 0, end: int | None = None) -> bool:
    return _WORD_CHARACTER.search(text, start, len(text) if end is None else end) is not None


def _starts(words: str, text: str) -> list[int]:
    starts = []
    at = text.find(words)
    while at >= 0:
        starts.append(at)
        at = text.find(words, at + 1)
    return starts


def _spans(words: str, folded: Folded) -> list[tuple[int, int]] | None:
    """Where plain words stand, or None if there may be more, across a hyphen at a line's end."""
    starts = _starts(words, folded.text)
    if JOINT in folded.text:
        # What is squeezed away, joints among it, never hides a match; equal counts mean none.
        squeezed = _starts(squeeze(words), folded.squeezed)
        if len(squeezed) != len(starts) or words[0] == "-":
            return None
    return [(start, start + len(words)) for start in starts]


def _by_expression(piece: PieceWanted, paragraph: str) -> Iterator[tuple[int, ...]]:
    """Match a piece with marks, or across hyphens at line ends, by a regular expression."""
    joined = {
        (paragraph[at.start() - 1], paragraph[at.end()]) for at in re.finditer(JOINT, paragraph)
    }
    expression = re.compile("".join(f"({_expression(atom, joined)})" for atom in piece.atoms))
    found = expression.search(paragraph)
    while found:
        yield (found.start(), *(found.end(number + 1) for number in range(len(piece.atoms))))
        found = expression.search(paragraph, found.start() + 1)


def _expression(atom: Atom, joined: set[tuple[str, str]]) -> str:
    if atom.mark is Mark.LETTER:
        cases = {atom.text, atom.text.lower(), atom.text.upper()}
        return "[" + "".join(sorted(re.escape(case) for case in cases if len(case) == 1)) + "]"
    if atom.mark is Mark.ENDING:
        return rf"[^\W\d_]{{0,{MOST_LETTERS}}}(?![^\W\d_])"
    if atom.mark is Mark.SIC:
        return ""
    text = atom.text
    if not joined:
        return re.escape(text)
    parts = []
    at, size = 0, len(text)
    while at < size:
        parts.append(re.escape(text[at]))
        at += 1
        for form in ("- ", "-", ""):
            after = at + len(form)
            if after < size and text.startswith(form, at) and (text[at - 1], text[after]) in joined:
                parts.append(f"(?:{re.escape(form)}|{JOINT})" if form else f"{JOINT}?")
                at = after
                break
    return "".join(parts)


def _explain(wanted: Quotation, reading: Reading, search: _Search, paragraph: int | None) -> Miss:
    """Say why no reading was found; `reading` is the last one tried, the most editorial."""
    text = wanted.text
    if not reading.pieces:
        return Miss(Reason.EMPTY, text)
    if wanted.meaningless is not None:
        bracket = wanted.meaningless
        return Miss(Reason.BRACKET, text, piece=text[bracket.start : bracket.end])
    if short := _too_short(reading):
        return Miss(Reason.TOO_SHORT, text, piece=short.written)
    standing = [list(search.found(piece)) for piece in reading.pieces]
    for piece, found in zip(reading.pieces, standing, strict=True):
        if found:
            continue
        if wanted.brackets and (stray := re.search(r"[][]", piece.text)):
            return Miss(Reason.BRACKET, text, piece=stray[0])
        if cut := search.cut(piece):
            return Miss(Reason.CUT, text, piece=piece.written, word=cut[1], places=(cut[0],))
        if _mended(wanted, search.seed):
            return Miss(Reason.BARE_ELLIPSIS, text)
        return Miss(Reason.NOT_FOUND, text, piece=piece.written, paragraph=paragraph)
    places = tuple(search.place(row[0].paragraph, row[0].start, row[0].end) for row in standing)
    reason = Reason.NOTHING_LEFT_OUT if _touching(reading, search) else Reason.APART
    return Miss(reason, text, places=places)


def _touching(reading: Reading, search: _Search) -> bool:
    """Whether the reading would stand if its elisions were allowed to leave out nothing."""
    gaps = tuple(Gap(gap.written, elided=False, inserted=gap.inserted) for gap in reading.gaps)
    every_gap = (*reading.gaps, reading.before, reading.after)
    return any(gap.elided for gap in every_gap) and bool(search.ways(Reading(reading.pieces, gaps)))


_BARE_ELLIPSIS = re.compile(r"\s*(?<!\[)(?:…|\. ?\. ?\.)(?!\])\s*")


def _mended(wanted: Quotation, seed: SeedText) -> bool:
    """Whether a quotation would stand if its bare dots were an elision."""
    mended, count = _BARE_ELLIPSIS.subn(" [...] ", wanted.text)
    if not count:
        return False
    result = locate(parse_quotation(mended), seed)
    return isinstance(result, Located) or result.reason in (Reason.AMBIGUOUS, Reason.IGNORED)


def _located(reading: Reading, way: _Way, seed: SeedText) -> Located:
    pieces, printed, stretches = [], [reading.before.written], []
    gaps = [gap.written for gap in reading.gaps] + [reading.after.written]
    for wanted, found, gap in zip(reading.pieces, way, gaps, strict=True):
        paragraph, folded = seed.paragraphs[found.paragraph], seed.folded[found.paragraph]
        first, last = folded.span(found.start, found.end)
        start, end = paragraph.start + first, paragraph.start + last
        pieces.append(
            Piece(
                start,
                end,
                seed.text[start:end],
                seed.text[max(0, start - CONTEXT) : start],
                seed.text[end : end + CONTEXT],
                paragraph.number,
                seed.page_at(start) if paragraph.page is not None else None,
            )
        )
        for number, atom in enumerate(wanted.atoms):
            if atom.mark is not None:
                printed.append(atom.written)
                continue
            edges = found.edges[number], found.edges[number + 1]
            stretches.append(_slice(atom.text, folded, *edges))
            printed.append(stretches[-1])
        printed.append(gap)
    return Located(tuple(pieces), "".join(printed).strip(), tuple(stretches))


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
    return _UNPRINTED.sub("", one_space("".join(parts)))


def occurrences(words: str, seed: SeedText) -> Iterator[Passage]:
    """Yield where words stand in a seed, each in one paragraph and between word boundaries.

    There is no least length, brackets are literal, and ignored paragraphs count.
    """
    folded = fold_text(words).strip()
    if _has_word(folded):
        search = _Search(seed)
        for found in search.found(PieceWanted((Atom(folded),), words, words)):
            yield search.place(found.paragraph, found.start, found.end)


def contains_words(text: str, seed: SeedText) -> bool:
    """Whether words stand in a seed, in one paragraph and between word boundaries.

    For words quoted in an authored text: as `occurrences` has it.
    """
    return next(occurrences(text, seed), None) is not None


def stands_for(words: str, exact: str) -> bool:
    """Whether words without editor's marks and a slice of a seed are the same when folded."""
    folded, source = fold_text(words).strip(), fold_text(exact, seed=True).strip()
    if JOINT not in source:
        return folded == source
    whole = (0, len(source))
    piece = PieceWanted((Atom(folded),), words, words)
    return any(edges == whole for edges in _by_expression(piece, source))
