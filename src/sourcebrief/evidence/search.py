"""Search: every way in which the pieces of a quotation stand in a seed as its gaps allow."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import islice, pairwise
from typing import Final, NamedTuple

from sourcebrief.evidence.brackets import Atom, BracketKind, Gap, PieceWanted, Reading
from sourcebrief.evidence.folding import JOINT
from sourcebrief.evidence.passages import Passage, SeedText
from sourcebrief.evidence.word_boundaries import count_words, word_across
from sourcebrief.text.word_lists import word_lists

_MOST_WAYS: Final = 8
_AT_JOINT: Final = re.compile(r"(?<=[^\W_])(- ?|)(?=[^\W_])")
"""What stands in a quotation for a joint: nothing, a hyphen, or a hyphen and a space."""


class FoundPiece(NamedTuple):
    """A piece found in a paragraph, given by its index; offsets are folded.

    `edges` are where each atom begins, and where the last one ends.
    """

    paragraph: int
    start: int
    end: int
    edges: tuple[int, ...]

    def place(self, seed: SeedText) -> Passage:
        """Where the piece stands in the seed."""
        paragraph = seed.paragraphs[self.paragraph]
        first, last = seed.folded[self.paragraph].span(self.start, self.end)
        return Passage(paragraph.number, paragraph.start + first, paragraph.start + last)


Way = tuple[FoundPiece, ...]


def find_ways(reading: Reading, seed: SeedText) -> list[Way]:
    """Find the ways, up to a few, in which the pieces of a reading stand as its gaps allow.

    Ways that touch ignored paragraphs come only where there are no others, so that a message can
    name them.
    """
    rows = [list(find_piece(piece, seed)) for piece in reading.pieces]
    if not rows or not all(rows):
        return []
    document = [index for index, one in enumerate(seed.paragraphs) if not one.ignored]
    return _chains(reading, rows, seed, document) or _chains(
        reading, rows, seed, range(len(seed.paragraphs))
    )


def find_piece(piece: PieceWanted, seed: SeedText) -> Iterator[FoundPiece]:
    """Yield every place where a piece stands between word boundaries."""
    return (found for found in _matches(piece, seed) if cut_word(piece, found, seed) is None)


def find_cut(piece: PieceWanted, seed: SeedText) -> tuple[Passage, str] | None:
    """The first place where a piece stands but begins or ends inside a word, and that word."""
    for found in _matches(piece, seed):
        if (word := cut_word(piece, found, seed)) is not None:
            return found.place(seed), word
    return None


def cut_word(piece: PieceWanted, found: FoundPiece, seed: SeedText) -> str | None:
    """The word that a match begins or ends inside, if it does."""
    folded = seed.folded[found.paragraph]
    ends = zip(piece.atoms, found.edges[1:], strict=True)
    for edge in (found.start, found.end, *(e for a, e in ends if a.kind is BracketKind.ENDING)):
        if (word := word_across(folded, edge)) is not None:
            start, end = folded.span(*word)
            return " ".join(folded.source[start:end].split())
    return None


def _matches(piece: PieceWanted, seed: SeedText) -> Iterator[FoundPiece]:
    """Yield every match, wherever it begins and ends."""
    # The longest stretch of plain words must stand there. This search at C speed rules out most
    # paragraphs.
    key = max((atom.text for atom in piece.atoms if atom.kind is None), key=len, default="")
    if not key:
        return  # brackets alone, as in "[sic]", stand everywhere
    plain = len(piece.atoms) == 1
    for index in seed.may_hold_at(key):
        text = seed.folded[index].text
        if plain:
            yield from (FoundPiece(index, *span, span) for span in _spans(key, text))
            continue
        joined = {(text[at.start() - 1], text[at.end()]) for at in re.finditer(JOINT, text)}
        atoms = (f"({_expression(atom, joined, seed.language)})" for atom in piece.atoms)
        wanted = re.compile("".join(atoms))
        found = wanted.search(text)
        while found:
            ends = (found.end(number) for number in range(1, len(piece.atoms) + 1))
            yield FoundPiece(index, *found.span(), (found.start(), *ends))
            found = wanted.search(text, found.start() + 1)


def _spans(wanted: str, text: str) -> Iterator[tuple[int, int]]:
    """Yield where words stand in a folded text, as `_expression` has it, without compiling it."""
    first = wanted[0] if JOINT in text else wanted
    start = text.find(first)
    while start >= 0:
        at, end = 0, start
        while True:
            if text.startswith(wanted[at:], end):
                yield start, end + len(wanted) - at
                break
            # Up to the next joint the words stand as they are.
            joint = text.find(JOINT, end)
            if joint < 0 or not text.startswith(wanted[at : at + joint - end], end):
                break
            at += joint - end
            gap = _AT_JOINT.match(wanted, at)
            if gap is None:
                break
            at, end = gap.end(), joint + 1
        start = text.find(first, start + 1)


def _expression(atom: Atom, joined: set[tuple[str, str]], language: str | None) -> str:
    """Write an atom as a regular expression; `joined` are the letters beside joints."""
    if atom.kind is BracketKind.LETTER:
        cases = {atom.text, atom.text.lower(), atom.text.upper()}
        return "|".join(sorted(re.escape(case) for case in cases if len(case) == 1))
    if atom.kind is BracketKind.ENDING:
        lists = word_lists(language)
        return rf"(?i:(?:{lists.endings if lists else ''})?(?![^\W\d_]))"
    if not joined:
        return re.escape(atom.text)
    parts: list[str] = []
    last = 0
    for at in _AT_JOINT.finditer(atom.text):
        if (atom.text[at.start() - 1], atom.text[at.end()]) in joined:
            form = f"(?:{re.escape(at[0])}|{JOINT})" if at[0] else f"{JOINT}?"
            parts += re.escape(atom.text[last : at.start()]), form
            last = at.end()
    return "".join((*parts, re.escape(atom.text[last:])))


def _chains(
    reading: Reading, rows: list[list[FoundPiece]], seed: SeedText, document: range | list[int]
) -> list[Way]:
    """Chain the pieces found in the paragraphs of a document, from the last to the first.

    The work grows with the number of places and not with that of their pairs.
    """
    following = dict(pairwise(document))
    known = set(document)
    *rows, last = [[found for found in row if found.paragraph in known] for row in rows]
    ends = reading.gaps[-1].elided
    tails: dict[FoundPiece, list[Way]] = {
        found: [(found,)]
        for found in last
        if not ends or found.paragraph in following or _words(seed, found.paragraph, found.end)
    }
    for row, gap in zip(rows[::-1], reading.gaps[-2:0:-1], strict=True):
        after = list(tails)
        longer = {}
        for found in row:
            reached = _reached(gap, found, after, seed, following)
            ways = ((found, *way) for next_one in reached for way in tails[next_one])
            if some := list(islice(ways, _MOST_WAYS)):
                longer[found] = some
        tails = longer
    begins = reading.gaps[0].elided
    return [
        way
        for found, ways in tails.items()
        if not begins
        or found.paragraph != document[0]
        or _words(seed, found.paragraph, 0, found.start)
        for way in ways
    ]


def _reached(
    gap: Gap, found: FoundPiece, after: list[FoundPiece], seed: SeedText, following: dict[int, int]
) -> Iterator[FoundPiece]:
    """Yield where the next piece stands as the gap says; `after` are all its places, in order."""
    for next_one in _from(after, found.paragraph, found.end):
        count = _words(seed, found.paragraph, found.end, next_one.start)
        if not gap.elided and count > gap.most_words:
            return  # one that stands further on leaves out more
        if count or not gap.elided:
            yield next_one
    if gap.elided and found.paragraph in following:
        left_out = _words(seed, found.paragraph, found.end)
        for next_one in _from(after, following[found.paragraph], 0):
            if left_out or _words(seed, next_one.paragraph, 0, next_one.start):
                yield next_one


def _words(seed: SeedText, paragraph: int, start: int, end: int | None = None) -> int:
    return count_words(seed.folded[paragraph], start, end)


def _from(after: list[FoundPiece], paragraph: int, start: int) -> Iterator[FoundPiece]:
    """Yield the pieces of a paragraph that begin at an offset or after it."""
    for at in range(bisect_left(after, (paragraph, start)), len(after)):
        if after[at].paragraph != paragraph:
            return
        yield after[at]
