"""The order of a line's characters, where PDFium gives another than that in which they are read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import Final

_TURNED: Final = str.maketrans("()[]{}", ")(][}{")
_WRONG_WAY = re.compile(
    r"[)\]}][^()\[\]{}]*[(\[{]|(?<!\S)[)\]}](?=[^\W\d])|(?<=\w)[(\[{](?=[\s.,،؛:]|$)"
)
"""A closing bracket before an opening one, or brackets on the wrong side of a word."""
_OVER: Final = 0.5
"""How far a mark may stand from the middle of what is before it, in sizes of type."""
_GAP: Final = 0.1
"""The gap that may part words, in sizes of type."""
_WIDE_GAP: Final = 0.18
_CELL_GAP: Final = 0.5
_LAM: Final = "\u0644"
_KINDS: Final = dict(zip(("R", "AL", "L", "EN", "AN", "CS", "ES", "ET"), "RALnncst", strict=True))


def _to_the_right(number: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{number}[^RAn]*)?L(?:[^RA]*L)?|{number}")


_AMONG_ARABIC: Final = _to_the_right(r"n+(?:cn+)*")
_AMONG_HEBREW: Final = _to_the_right(r"t*n+(?:[cs]n+)*t*")
"""Kinds of signs, from the right, that run to the right: signs of percent only in Hebrew."""


@dataclass(slots=True)
class Glyph:
    """A character of a page: left, right, baseline, height and bottom of its box, in points."""

    text: str
    left: float
    right: float
    y: float
    size: float
    bottom: float

    @property
    def middle(self) -> float:
        """Return where the middle of the character stands."""
        return (self.left + self.right) / 2


def is_right_to_left(row: Sequence[Glyph]) -> bool:
    """Say whether a row has letters of Arabic, Hebrew or a like script."""
    return any(unicodedata.bidirectional(glyph.text[:1]) in {"R", "AL"} for glyph in row)


def with_marks_in_place(row: list[Glyph]) -> list[Glyph]:
    """Put vowels and tones that stand apart from their letters behind them."""
    stray = {
        n
        for n, (before, mark) in enumerate(pairwise(row), 1)
        if _is_mark(mark) and abs(mark.middle - before.middle) > _OVER * mark.size
    }
    kept = [
        glyph
        for n, glyph in enumerate(row)
        # PDFium adds a space without width where the place jumps.
        if n not in stray
        and not (glyph.text.isspace() and glyph.left == glyph.right and {n - 1, n + 1} & stray)
    ]
    return _with_marks(kept, [row[n] for n in sorted(stray)])


def _with_marks(kept: list[Glyph], marks: Sequence[Glyph]) -> list[Glyph]:
    """Put each mark behind the letter that stands nearest."""
    for mark in marks:
        letters = (n for n, g in enumerate(kept) if not (g.text.isspace() or _is_mark(g)))
        at = min(letters, key=lambda n: abs(kept[n].middle - mark.middle), default=-1) + 1
        while at < len(kept) and _is_mark(kept[at]):
            at += 1
        kept.insert(at, mark)
    return kept


def _is_mark(glyph: Glyph) -> bool:
    return unicodedata.category(glyph.text[:1]) == "Mn"


def in_logical_order(row: Sequence[Glyph]) -> list[Glyph]:
    """Put a right-to-left row in order by its places: PDFium turns some of it, and some not.

    Numbers and words of other scripts run to the right in it (UAX 9).
    """
    # A space without width is PDFium's own, and stands somewhere in its gap.
    own = [g.middle for g in row if g.text.isspace() and g.left == g.right]
    seen = (g for g in row if not (_is_mark(g) or (g.text.isspace() and g.left == g.right)))
    letters = [*_spaced(sorted(seen, key=lambda glyph: -glyph.middle), own)]
    ordered: list[Glyph] = []
    for _, signs in groupby(letters, lambda glyph: (glyph.left, glyph.right)):
        same = list(signs)
        # A ligature of lam and alef is one sign of the font.
        ordered += same if same[0].text == _LAM else reversed(same)
    kinds = "".join(_KINDS.get(unicodedata.bidirectional(g.text[:1]), "o") for g in ordered)
    pattern = _AMONG_ARABIC if "A" in kinds else _AMONG_HEBREW
    for found in pattern.finditer(kinds):
        ordered[found.start() : found.end()] = reversed(ordered[found.start() : found.end()])
    return _with_marks(ordered, [glyph for glyph in row if _is_mark(glyph)])


def _spaced(letters: Sequence[Glyph], places: Sequence[float]) -> Iterator[Glyph]:
    """Put a space in the gaps of a row that have one of the places.

    Where some are in no gap, the places say nothing, and wide gaps have one.
    """
    gaps = [
        (before, glyph)
        for before, glyph in pairwise(letters)
        if before.left - glyph.right > _GAP * glyph.size
        and not (before.text.isspace() or glyph.text.isspace())
    ]
    placed = [any(after.left <= at < before.left for at in places) for before, after in gaps]
    wide = _CELL_GAP if sum(placed) >= len(places) else _WIDE_GAP
    spaces = {
        id(after): replace(after, text=" ", left=after.right, right=before.left)
        for (before, after), is_placed in zip(gaps, placed, strict=True)
        if is_placed or before.left - after.right > wide * after.size
    }
    for glyph in letters:
        if id(glyph) in spaces:
            yield spaces[id(glyph)]
        yield glyph


def with_brackets_turned(words: str) -> str:
    """Turn the brackets of a right-to-left line that are written as they are drawn."""
    return words.translate(_TURNED) if _WRONG_WAY.search(words) else words
