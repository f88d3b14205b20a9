"""The editor's marks: how a curator's brackets are read.

| written               | stands for                                                       |
|-----------------------|------------------------------------------------------------------|
| ``[...]`` ``[…]``     | at least one word left out                                       |
| ``[words]``           | none to six words of the same paragraph; at either end for none  |
| ``[t]he``             | one letter, in either case                                       |
| ``agree[d]``          | up to four last letters of a word                                |
| ``[sic]``             | nothing                                                          |

A quotation is taken literally first, so that one with brackets has several readings.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING, Final

from sourcebrief.evidence.folding import Folded, fold_text
from sourcebrief.evidence.word_boundaries import has_two_words

if TYPE_CHECKING:
    from collections.abc import Iterator

SHORTEST: Final = 12
"""The least number of folded characters in a piece of a quotation."""
MOST_INSERTED: Final = 6
"""The most words for which an insertion may stand."""
MOST_LETTERS: Final = 4
"""The most letters for which a bracketed ending may stand."""

_BRACKET = re.compile(r"\[([^\[\]]*)\]")
_WHITE_SPACE = re.compile(r"\s+")
_MOST_CHOICES = 4


class BracketKind(Enum):
    """What a bracket is when it is the editor's."""

    ELISION = "elision"
    INSERTION = "insertion"
    LETTER = "letter"
    ENDING = "ending"
    SIC = "sic"


@dataclass(frozen=True, slots=True)
class Bracket:
    """A bracket of a quotation, `[start, end)` of what the curator wrote.

    `kind` is None where a bracket touches a word in a way that has no meaning, or is empty.
    """

    start: int
    end: int
    content: str
    kind: BracketKind | None


@dataclass(frozen=True, slots=True)
class Atom:
    """A part of a piece: `text` is folded words of the seed, or a letter in either case.

    `written` is the curator's bracket with the white space before it, empty for plain words.
    """

    text: str
    kind: BracketKind | None = None
    written: str = ""


@dataclass(frozen=True)
class PieceWanted:
    """A stretch of a quotation between elisions and insertions, as it is looked for.

    `source` is its words as the curator wrote them, bracketed letters included; `written` is all
    that the curator wrote, with the brackets.
    """

    atoms: tuple[Atom, ...]
    source: str
    written: str

    @cached_property
    def text(self) -> str:
        """The folded text outside brackets, bracketed letters included."""
        return "".join(atom.text for atom in self.atoms)

    @property
    def is_plain(self) -> bool:
        """Whether the piece is words alone."""
        return len(self.atoms) == 1 and self.atoms[0].kind is None

    @cached_property
    def is_long_enough(self) -> bool:
        """Whether the piece has twelve folded characters and two words."""
        if len(self.text) < SHORTEST:
            return False
        # Most have two plain words at their head; only others are counted with care.
        head = self.text.split(" ", 2)[:2] if self.is_plain else []
        if len(head) == 2 and head[0].isalpha() and head[1].isalpha():
            return True
        return has_two_words(Folded(self.source))


@dataclass(frozen=True, slots=True)
class Gap:
    """What stands between two pieces: `written` is the curator's, white space as one space."""

    written: str
    elided: bool = False
    inserted: int = 0


@dataclass(frozen=True)
class Reading:
    """One way to read a quotation: pieces, the gaps between them, and marks at either end."""

    pieces: tuple[PieceWanted, ...]
    gaps: tuple[Gap, ...] = ()
    before: Gap = Gap("")
    after: Gap = Gap("")


@dataclass(frozen=True)
class ParsedQuotation:
    """A quotation as the curator wrote it, without white space at its ends, and its brackets."""

    text: str
    brackets: tuple[Bracket, ...] = ()

    @cached_property
    def folded(self) -> str:
        """The whole folded, brackets included."""
        return fold_text(self.text).strip()

    @cached_property
    def literal(self) -> Reading:
        """The reading that takes every bracket for the seed's own."""
        return Reading((PieceWanted((Atom(self.folded),), self.text, self.text),))

    @property
    def meaningless(self) -> Bracket | None:
        """The first bracket that cannot be an editor's mark."""
        return next((bracket for bracket in self.brackets if bracket.kind is None), None)

    def readings(self, whole: str) -> Iterator[Reading]:
        """Yield the readings in which brackets are the editor's, the most literal first.

        A bracket that stands so in the folded seed `whole` may be the seed's own beside others
        that are the editor's.
        """
        if not self.brackets:
            return
        every = range(len(self.brackets))
        choices = [
            number
            for number in every
            if fold_text(self.text[self.brackets[number].start : self.brackets[number].end])
            in whole
        ][:_MOST_CHOICES]
        for size in range(min(len(choices), len(self.brackets) - 1), -1, -1):
            for literal in combinations(choices, size):
                marks = [self.brackets[number] for number in every if number not in literal]
                if all(bracket.kind for bracket in marks):
                    yield _read(self.text, marks)


def parse_quotation(text: str) -> ParsedQuotation:
    """Find the brackets of a quotation and what each would be as an editor's mark."""
    text = text.strip()
    return ParsedQuotation(text, tuple(_brackets(text)) if "[" in text else ())


def _brackets(text: str) -> Iterator[Bracket]:
    for found in _BRACKET.finditer(text):
        before = text[found.start() - 1 : found.start()]
        after = text[found.end() : found.end() + 1]
        content = fold_text(found[1]).strip()
        yield Bracket(*found.span(), content, _mark(content, before, after))


def _mark(content: str, before: str, after: str) -> BracketKind | None:
    if content == "...":
        return BracketKind.ELISION
    if content.casefold() in ("sic", "sic!"):
        return BracketKind.SIC
    if not content:
        return None
    if len(content) == 1 and content.isalpha() and after.isalpha():
        return BracketKind.LETTER
    if before.isalpha() and not after.isalnum() and content.replace("'", "").isalpha():
        return BracketKind.ENDING
    return None if before.isalnum() or after.isalnum() else BracketKind.INSERTION


def _read(text: str, marks: list[Bracket]) -> Reading:
    """Divide a quotation at its elisions and insertions."""
    dividers = [mark for mark in marks if mark.kind in (BracketKind.ELISION, BracketKind.INSERTION)]
    pieces: list[PieceWanted] = []
    gaps: list[Gap] = []
    run: list[Bracket] = []  # the dividers since the last piece, with nothing between them
    done = 0
    starts = [0, *(divider.end for divider in dividers)]
    ends = [*(divider.start for divider in dividers), len(text)]
    for number, (start, end) in enumerate(zip(starts, ends, strict=True)):
        plain = text[start:end].strip()
        if plain:
            start += text[start:end].index(plain[0])
            end = start + len(plain)
            gaps.append(_gap(text[done:start], run))
            inner = [mark for mark in marks if start <= mark.start < end]
            pieces.append(_piece(text, start, end, inner))
            run, done = [], end
        run += dividers[number : number + 1]
    before, *between = gaps or [Gap("")]
    return Reading(tuple(pieces), tuple(between), before, _gap(text[done:], run))


def _gap(written: str, run: list[Bracket]) -> Gap:
    return Gap(
        one_space(written),
        elided=any(bracket.kind is BracketKind.ELISION for bracket in run),
        inserted=MOST_INSERTED if any(any(map(str.isalnum, b.content)) for b in run) else 0,
    )


def _piece(text: str, start: int, end: int, marks: list[Bracket]) -> PieceWanted:
    source, done = "", start
    for bracket in marks:
        letter = bracket.content if bracket.kind is BracketKind.LETTER else ""
        source += text[done : bracket.start] + letter
        done = bracket.end
    source += text[done:end]
    return PieceWanted(tuple(_atoms(text, start, end, marks)), source, text[start:end])


def _atoms(text: str, start: int, end: int, marks: list[Bracket]) -> Iterator[Atom]:
    """Divide a piece at its brackets; the white space that parts `[sic]` off goes with it."""
    done = start
    for bracket in marks:
        plain = text[done : bracket.start]
        done = bracket.end
        written = text[bracket.start : bracket.end]
        if bracket.kind is BracketKind.SIC:
            kept = plain.rstrip()
            written = one_space(plain[len(kept) :]) + written
            plain = kept
            if not plain and bracket.start == start:  # it opens the piece: the space after it
                done = end - len(text[done:end].lstrip())
                written += one_space(text[bracket.end : done])
        if plain:
            yield Atom(fold_text(plain))
        yield Atom(
            bracket.content if bracket.kind is BracketKind.LETTER else "", bracket.kind, written
        )
    if text[done:end]:
        yield Atom(fold_text(text[done:end]))


def one_space(text: str) -> str:
    """Write every run of white space as one space."""
    # No white space but U+0020 is printable, and most texts are written with one between words.
    if text.isprintable() and "  " not in text:
        return text
    return _WHITE_SPACE.sub(" ", text)
