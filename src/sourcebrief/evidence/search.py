"""Search: every way in which the pieces of a quotation stand in a seed as its gaps allow."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from sourcebrief.evidence.brackets import (
    MOST_LETTERS,
    Atom,
    BracketKind,
    Gap,
    PieceWanted,
    Reading,
    one_space,
)
from sourcebrief.evidence.folding import JOINT, squeeze
from sourcebrief.evidence.passages import Passage, SeedText
from sourcebrief.evidence.word_boundaries import count_words, inside_word, word_around

_MOST_WAYS: Final = 8


@dataclass(frozen=True, slots=True)
class FoundPiece:
    """A piece found in a paragraph, given by its index, with the folded offsets of its atoms."""

    paragraph: int
    edges: tuple[int, ...]
    """Where each atom begins, and where the last one ends."""

    @property
    def start(self) -> int:
        """The folded offset at which the piece begins."""
        return self.edges[0]

    @property
    def end(self) -> int:
        """The folded offset at which the piece ends."""
        return self.edges[-1]


Way = tuple[FoundPiece, ...]


class Search:
    """The readings of one quotation looked for in one seed."""

    def __init__(self, seed: SeedText) -> None:
        self.seed = seed

    def ways(self, reading: Reading) -> list[Way]:
        """Find the ways, up to a few, in which the pieces of a reading stand as its gaps allow.

        Ways of several pieces that touch ignored paragraphs come only where there are no others,
        so that a message can name them.
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

    def found(self, piece: PieceWanted) -> Iterator[FoundPiece]:
        """Yield every place where a piece stands between word boundaries."""
        for index, edges in self._matches(piece):
            folded = self.seed.folded[index]
            if not any(inside_word(folded, edge) for edge in self._outer(piece, edges)):
                yield FoundPiece(index, edges)

    def cut(self, piece: PieceWanted) -> tuple[Passage, str] | None:
        """The first place where a piece stands but begins or ends inside a word, and that word."""
        for index, edges in self._matches(piece):
            folded = self.seed.folded[index]
            for edge in self._outer(piece, edges):
                if inside_word(folded, edge):
                    start, end = folded.span(*word_around(folded, edge))
                    place = self.place(FoundPiece(index, edges))
                    return place, one_space(folded.source[start:end])
        return None

    @staticmethod
    def _outer(piece: PieceWanted, edges: tuple[int, ...]) -> Iterator[int]:
        """The offsets of a found piece that must be word boundaries."""
        yield edges[0]
        yield edges[-1]
        for number, atom in enumerate(piece.atoms):
            if atom.kind is BracketKind.ENDING:
                yield edges[number + 1]

    def _matches(self, piece: PieceWanted) -> Iterator[tuple[int, tuple[int, ...]]]:
        """Yield paragraph index and atom edges of every match, wherever it begins and ends."""
        # The longest stretch of plain words must stand there. This search at C speed rules out most
        # paragraphs.
        key = max((atom.text for atom in piece.atoms if atom.kind is None), key=len, default="")
        if not key:
            return  # brackets alone, as in "[sic]", stand everywhere
        for index in self.seed.may_hold_at(key):
            folded = self.seed.folded[index]
            if JOINT not in folded.text and key not in folded.text:
                continue
            spans = _spans(key, folded.text) if piece.is_plain else None
            for edges in _by_expression(piece, folded.text) if spans is None else spans:
                yield index, edges

    def _chains(
        self, reading: Reading, candidates: list[list[FoundPiece]], *, skip_ignored: bool
    ) -> list[Way]:
        """Chain the pieces found, from the last to the first.

        The work grows with the number of candidates and not with that of their pairs.
        """
        if skip_ignored:
            ignored = [paragraph.ignored for paragraph in self.seed.paragraphs]
            candidates = [[f for f in row if not ignored[f.paragraph]] for row in candidates]
        tails: dict[FoundPiece, list[Way]] = {
            found: [(found,)]
            for found in candidates[-1]
            if self._leaves_out(reading.after, found, 1, skip_ignored)
        }
        for row, gap in zip(candidates[-2::-1], reading.gaps[::-1], strict=True):
            longer: dict[FoundPiece, list[Way]] = {}
            following = list(tails)
            for found in row:
                reached = self._after(gap, found, following, skip_ignored)
                ways = ((found, *way) for after in reached for way in tails[after])
                if some := list(islice(ways, _MOST_WAYS)):
                    longer[found] = some
            tails = longer
        return [
            way
            for found, ways in tails.items()
            if self._leaves_out(reading.before, found, -1, skip_ignored)
            for way in ways
        ]

    def _neighbour(self, index: int, step: int, skip_ignored: bool) -> int | None:
        """The next paragraph before or after one that is part of the document."""
        paragraphs = self.seed.paragraphs
        others = range(index + step, len(paragraphs) if step > 0 else -1, step)
        return next((at for at in others if not (skip_ignored and paragraphs[at].ignored)), None)

    def _leaves_out(self, gap: Gap, found: FoundPiece, step: int, skip_ignored: bool) -> bool:
        """Whether an elision before (-1) or after (1) a quotation leaves out a word."""
        if not gap.elided:
            return True
        text = self._text(found)
        beside = text[found.end :] if step > 0 else text[: found.start]
        return has_word(beside) or self._neighbour(found.paragraph, step, skip_ignored) is not None

    def _after(
        self, gap: Gap, found: FoundPiece, following: list[FoundPiece], skip_ignored: bool
    ) -> Iterator[FoundPiece]:
        """Yield where the next piece stands as the gap says; `following` are all its places."""
        folded = self.seed.folded[found.paragraph]
        for after in _from(following, found.paragraph, found.end):
            if gap.elided:
                if has_word(folded.text, found.end, after.start):
                    yield after
            else:
                enough = gap.inserted + 1
                if count_words(folded, found.end, after.start, enough=enough) >= enough:
                    return  # one that stands further on leaves out more
                yield after
        next_one = self._neighbour(found.paragraph, 1, skip_ignored) if gap.elided else None
        if next_one is None:
            return
        leaves_out = has_word(folded.text, found.end)
        for after in _from(following, next_one, 0):
            if leaves_out or has_word(self._text(after), 0, after.start):
                yield after

    def _text(self, found: FoundPiece) -> str:
        return self.seed.folded[found.paragraph].text

    def place(self, found: FoundPiece) -> Passage:
        """Where a piece stands in the seed."""
        paragraph = self.seed.paragraphs[found.paragraph]
        first, last = self.seed.folded[found.paragraph].span(found.start, found.end)
        return Passage(paragraph.number, paragraph.start + first, paragraph.start + last)

    def places(self, ways: Iterable[Way]) -> tuple[Passage, ...]:
        """Where each way begins."""
        return tuple(self.place(way[0]) for way in ways)


def _from(following: list[FoundPiece], paragraph: int, start: int) -> Iterator[FoundPiece]:
    """Yield the pieces of a paragraph that begin at an offset or after it."""
    first = bisect_left(following, (paragraph, start), key=lambda f: (f.paragraph, f.start))
    for after in map(following.__getitem__, range(first, len(following))):
        if after.paragraph != paragraph:
            return
        yield after


_WORD_CHARACTER = re.compile(r"[^\W_]")


def has_word(text: str, start: int = 0, end: int | None = None) -> bool:
    """Whether a span of a folded text holds a letter or a digit."""
    return _WORD_CHARACTER.search(text, start, len(text) if end is None else end) is not None


def _starts(words: str, text: str) -> list[int]:
    starts = [text.find(words)]
    while starts[-1] >= 0:
        starts.append(text.find(words, starts[-1] + 1))
    return starts[:-1]


def _spans(words: str, text: str) -> Iterable[tuple[int, ...]] | None:
    """Where plain words stand; None where a hyphen at a line's end may hide others."""
    starts = _starts(words, text)
    # Squeezing hides no match, so equal counts mean that there are no others.
    if JOINT in text and (
        words[0] == "-" or len(_starts(squeeze(words), squeeze(text))) != len(starts)
    ):
        return None
    return [(start, start + len(words)) for start in starts]


def _by_expression(piece: PieceWanted, paragraph: str) -> Iterator[tuple[int, ...]]:
    """Match a piece with brackets, or across hyphens at line ends, by a regular expression."""
    joined = {
        (paragraph[at.start() - 1], paragraph[at.end()]) for at in re.finditer(JOINT, paragraph)
    }
    expression = re.compile("".join(f"({_expression(atom, joined)})" for atom in piece.atoms))
    at = 0
    # A piece of brackets alone matches anywhere, at the very end too.
    while at <= len(paragraph) and (found := expression.search(paragraph, at)):
        yield (found.start(), *(found.end(number + 1) for number in range(len(piece.atoms))))
        at = found.start() + 1


def _expression(atom: Atom, joined: set[tuple[str, str]]) -> str:
    if atom.kind is BracketKind.LETTER:
        cases = {atom.text, atom.text.lower(), atom.text.upper()}
        return "[" + "".join(sorted(re.escape(case) for case in cases if len(case) == 1)) + "]"
    if atom.kind is BracketKind.ENDING:
        return rf"[^\W\d_]{{0,{MOST_LETTERS}}}(?![^\W\d_])"
    if atom.kind is BracketKind.SIC:
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
