"""The order of a line's characters, where PDFium gives another than that in which they are read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Final

_TURNED: Final = str.maketrans("()[]{}", ")(][}{")
_WRONG_WAY = re.compile(
    r"[)\]}][^()\[\]{}]*[(\[{]|(?<!\S)[)\]}](?=[^\W\d])|(?<=\w)[(\[{](?=[\s.,،؛:]|$)"
)
"""A closing bracket before an opening one, or brackets on the wrong side of a word."""
_OVER: Final = 0.5
"""How far a mark may stand from the middle of what is before it, in sizes of type."""
_LAM: Final = "\u0644"


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
    for mark in (row[n] for n in sorted(stray)):
        letters = (n for n, g in enumerate(kept) if not (g.text.isspace() or _is_mark(g)))
        at = min(letters, key=lambda n: abs(kept[n].middle - mark.middle), default=-1) + 1
        while at < len(kept) and _is_mark(kept[at]):
            at += 1
        kept.insert(at, mark)
    return kept


def _is_mark(glyph: Glyph) -> bool:
    return unicodedata.category(glyph.text[:1]) == "Mn"


def in_logical_order(row: Sequence[Glyph]) -> list[Glyph]:
    """Put in order what PDFium turned too much in a right-to-left row, or left as it is drawn."""
    ordered: list[Glyph] = []
    for _, signs in groupby(row, lambda glyph: (glyph.left, glyph.right)):
        letters = list(signs)
        # A ligature of lam and alef is one sign of the font.
        ordered += letters if letters[0].text == _LAM else reversed(letters)
    arabic = any(unicodedata.bidirectional(glyph.text[:1]) == "AL" for glyph in row)
    return [glyph for part in _numbers_and_words(ordered, arabic) for glyph in part]


def _numbers_and_words(row: Sequence[Glyph], arabic: bool) -> Iterator[list[Glyph]]:
    """Yield words, and around each number what stands right of it before it.

    But a percent sign belongs to its number, except among Arabic letters (UAX 9, W2 and W5).
    """
    for signed, part in groupby(row, _is_in_number):
        run = list(part)
        signs = set() if arabic else {"ET"}
        figures = [g for g in run if unicodedata.bidirectional(g.text) in {"EN", "AN", *signs}]
        if not signed or not figures:
            yield run
            continue
        low, high = min(g.left for g in figures), max(g.right for g in figures)
        yield [glyph for glyph in run if glyph.middle > high]
        yield [glyph for glyph in run if low <= glyph.middle <= high]
        yield [glyph for glyph in run if glyph.middle < low]


def _is_in_number(glyph: Glyph) -> bool:
    return not (glyph.text.isspace() or glyph.text.isalpha() or _is_mark(glyph))


def with_brackets_turned(words: str) -> str:
    """Turn the brackets of a right-to-left line that are written as they are drawn."""
    return words.translate(_TURNED) if _WRONG_WAY.search(words) else words
