"""Editorial brackets: how the brackets of a quotation are read.

| written               | stands for                                                       |
|-----------------------|------------------------------------------------------------------|
| ``[...]`` ``[…]``     | at least one word left out                                       |
| ``[words]``, to six   | none to six words of the same paragraph; at either end for none  |
| ``[t]he``             | one letter, in either case                                       |
| ``agree[d]``          | an inflection; both endings are on the list of the language      |
| ``[sic]``             | nothing                                                          |

A quotation is taken literally first, so that one with brackets has several readings.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import combinations
from typing import Final

from sourcebrief.evidence.folding import Folded, fold_text
from sourcebrief.evidence.word_boundaries import count_clusters, count_words
from sourcebrief.text.characters import VANISHING_CLASS
from sourcebrief.text.word_lists import WordLists

SHORTEST: Final = 12
"""The least number of folded characters in a piece of a quotation."""
FEWEST_CLUSTERS: Final = 6
"""What suffices in scripts that are written without spaces, in grapheme clusters."""
MOST_INSERTED: Final = 6
"""The most words for which an insertion may stand."""

_BRACKET = re.compile(r"\[([^\[\]]*)\]")
_ENDS = re.compile(rf"\A[\s{VANISHING_CLASS}]+|[\s{VANISHING_CLASS}]+\Z")
_WHITE_SPACE = re.compile(r"\s+")
_TWO_WORDS = re.compile("[A-Za-z] [A-Za-z]")
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
    """A bracket of a quotation, `[start, end)` of what the curator wrote; `content` is folded.

    `kind` is None where the bracket is empty, or touches a word in a way that has no meaning.
    """

    start: int
    end: int
    written: str
    content: str
    kind: BracketKind | None

    def may_be_the_editors(self, lists: WordLists | None) -> bool:
        """Whether it can be read as the editor's in a seed whose language has these lists."""
        if self.kind is BracketKind.INSERTION:
            return lists is not None
        if self.kind is BracketKind.ENDING:
            return lists is not None and bool(re.fullmatch(lists.endings, self.content.lower()))
        return self.kind is not None


@dataclass(frozen=True, slots=True)
class Atom:
    """A part of a piece: `text` is folded words of the seed, or a letter in either case.

    `written` is the curator's bracket with the white space before it, empty for plain words.
    """

    text: str
    kind: BracketKind | None = None
    written: str = ""


@dataclass(frozen=True, slots=True)
class PieceWanted:
    """A stretch of a quotation between elisions and insertions, as it is looked for.

    `source` is its words as the curator wrote them, with bracketed letters; `written` is all that
    the curator wrote, with the brackets.
    """

    atoms: tuple[Atom, ...]
    source: str
    written: str

    @property
    def text(self) -> str:
        """The folded text outside brackets, bracketed letters included."""
        return "".join(atom.text for atom in self.atoms)

    @property
    def is_long_enough(self) -> bool:
        """Whether the piece has twelve folded characters and two words, or six clusters."""
        if len(self.text) >= SHORTEST and _TWO_WORDS.search(self.text):
            return True
        source = Folded(self.source)
        return (len(self.text) >= SHORTEST and count_words(source) >= 2) or (
            count_clusters(source) >= FEWEST_CLUSTERS
        )


@dataclass(frozen=True, slots=True)
class Gap:
    """What stands beside a piece: `written` is the curator's, white space as one space.

    `inserted` are the words of the insertions.
    """

    written: str
    elided: bool = False
    inserted: str = ""

    @property
    def most_words(self) -> int:
        """How many words of the seed it may stand for where it is no elision."""
        return MOST_INSERTED if any(map(str.isalnum, self.inserted)) else 0


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a quotation: its pieces, and the gaps before, between and after them."""

    pieces: tuple[PieceWanted, ...]
    gaps: tuple[Gap, ...]


def find_brackets(quotation: str) -> tuple[Bracket, ...]:
    """Find the brackets of a quotation, and what each would be if it were the editor's."""
    found_brackets = []
    for found in _BRACKET.finditer(quotation):
        (start, end), content = found.span(), fold_text(found[1]).strip()
        kind = _kind(content, quotation[start - 1 : start], quotation[end : end + 1])
        found_brackets.append(Bracket(start, end, found[0], content, kind))
    return tuple(found_brackets)


def editorial_readings(
    quotation: str, brackets: tuple[Bracket, ...], whole: str, lists: WordLists | None
) -> Iterator[Reading]:
    """Yield the readings in which brackets are the editor's, the most literal first.

    A bracket that stands so in the folded seed `whole` may be the seed's own beside others that
    are the editor's. `lists` are those of the seed's language.
    """
    choices = [one for one in brackets if fold_text(one.written) in whole][:_MOST_CHOICES]
    for size in range(min(len(choices), len(brackets) - 1), -1, -1):
        for literal in combinations(choices, size):
            editorial = [bracket for bracket in brackets if bracket not in literal]
            if all(bracket.may_be_the_editors(lists) for bracket in editorial):
                yield read_brackets(quotation, editorial)


def _kind(content: str, before: str, after: str) -> BracketKind | None:
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
    if before.isalnum() or after.isalnum() or count_words(Folded(content)) > MOST_INSERTED:
        return None
    return BracketKind.INSERTION


def read_brackets(text: str, brackets: Iterable[Bracket] = ()) -> Reading:
    """Divide a quotation at its elisions and insertions; the brackets given are the editor's."""
    brackets = list(brackets)
    dividers = [b for b in brackets if b.kind in (BracketKind.ELISION, BracketKind.INSERTION)]
    pieces: list[PieceWanted] = []
    gaps: list[Gap] = []
    run: list[Bracket] = []  # the dividers since the last piece, with nothing between them
    done = 0
    starts = [0, *(divider.end for divider in dividers)]
    ends = [*(divider.start for divider in dividers), len(text)]
    for number, (start, end) in enumerate(zip(starts, ends, strict=True)):
        if plain := trimmed(text[start:end]):
            start = text.index(plain, start)
            end = start + len(plain)
            gaps.append(_gap(text[done:start], run))
            pieces.append(_piece(text, start, end, [b for b in brackets if start <= b.start < end]))
            run, done = [], end
        run += dividers[number : number + 1]
    return Reading(tuple(pieces), (*gaps, _gap(text[done:], run)))


def _gap(written: str, run: list[Bracket]) -> Gap:
    return Gap(
        one_space(written),
        elided=any(bracket.kind is BracketKind.ELISION for bracket in run),
        inserted=" ".join(b.content for b in run if b.kind is BracketKind.INSERTION),
    )


def _piece(text: str, start: int, end: int, brackets: list[Bracket]) -> PieceWanted:
    """Divide a piece at its brackets; the white space that parts `[sic]` off goes with it."""
    atoms: list[Atom] = []
    source, done = "", start
    for bracket in brackets:
        plain, written, done = text[done : bracket.start], bracket.written, bracket.end
        letter = bracket.content if bracket.kind is BracketKind.LETTER else ""
        source += plain + letter
        if bracket.kind is BracketKind.SIC:
            words = plain.rstrip()
            written = one_space(plain[len(words) :]) + written
            if not words and bracket.start == start:  # it opens the piece: the space after it
                done = end - len(text[done:end].lstrip())
                written += one_space(text[bracket.end : done])
            plain = fold_text(words).rstrip()
        if plain:
            atoms.append(Atom(fold_text(plain)))
        atoms.append(Atom(letter, bracket.kind, written))
    if rest := text[done:end]:
        atoms.append(Atom(fold_text(rest)))
    return PieceWanted(tuple(atoms), source + rest, text[start:end])


def trimmed(text: str) -> str:
    """Drop white space, and what vanishes with it, at both ends."""
    return _ENDS.sub("", text)


def one_space(text: str) -> str:
    """Write every run of white space as one space."""
    return _WHITE_SPACE.sub(" ", text)
