"""Drift: what a change of a seed does to a passage that evidence rests on."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from itertools import product
from typing import Final

from sourcebrief.evidence.brackets import one_space
from sourcebrief.evidence.folding import JOINT, fold_text
from sourcebrief.evidence.passages import Passage, SeedText
from sourcebrief.evidence.quotations import CONTEXT, LocatedPiece, occurrences

_MOST_JOINTS: Final = 4


class Drift(Enum):
    """What became of a passage, from the best to the worst."""

    UNMOVED = "unmoved"
    MOVED = "moved"
    ALTERED = "altered"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Drifted:
    """What became of a passage, and where it, or what is most like it, stands now.

    `text` is what stands there now; None, as `passage`, where the passage is gone.
    """

    drift: Drift
    passage: Passage | None = None
    text: str | None = None


def drift(piece: LocatedPiece, seed: SeedText) -> Drifted:
    """Say what became of a piece of a quotation, located in an earlier text, in a seed's new text.

    It is unmoved where the same words stand at the same offsets, and moved where they stand
    elsewhere: of several places the one whose surroundings are most like the old ones. It is
    altered where only words like them stand.
    """
    places = _same_words(piece.exact, seed)
    for place in places:
        if (place.start, place.end) == (piece.start, piece.end):
            return Drifted(Drift.UNMOVED, place, seed.text[place.start : place.end])
    if places:
        place = max(places, key=lambda place: _likeness(piece, place, seed))
        return Drifted(Drift.MOVED, place, seed.text[place.start : place.end])
    # Imported here: only a passage that is lost needs rapidfuzz.
    from sourcebrief.evidence.nearest_passage import nearest_passage

    near = nearest_passage(piece.exact, seed)
    if near is None:
        return Drifted(Drift.GONE)
    return Drifted(Drift.ALTERED, near, one_space(seed.text[near.start : near.end]))


def worst(drifts: Iterable[Drift]) -> Drift:
    """What became of a quotation, by its pieces: it is as well off as the worst of them."""
    order = list(Drift)
    return max(drifts, key=order.index, default=Drift.UNMOVED)


def _same_words(exact: str, seed: SeedText) -> list[Passage]:
    """Where words of a seed stand, hyphens at line ends taken either way."""
    first, *rest = fold_text(exact, seed=True).split(JOINT)
    either = min(len(rest), _MOST_JOINTS)
    found: dict[Passage, None] = {}
    for forms in product(("", "-"), repeat=either):
        hyphens = (*forms, *[""] * (len(rest) - either))
        words = first + "".join(map("".join, zip(hyphens, rest, strict=True)))
        found |= dict.fromkeys(occurrences(words, seed))
    return list(found)


def _likeness(piece: LocatedPiece, place: Passage, seed: SeedText) -> tuple[int, int]:
    """How far the surroundings of a place are those of a piece; then, how near it is."""
    before = seed.text[max(0, place.start - CONTEXT) : place.start]
    after = seed.text[place.end : place.end + CONTEXT]
    alike = _shared(before[::-1], piece.prefix[::-1]) + _shared(after, piece.suffix)
    return alike, -abs(place.start - piece.start)


def _shared(one: str, other: str) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))
