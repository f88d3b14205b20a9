"""Comparing what a document prints with what it should print, word by word.

Neither side is compared as it stands. A page breaks lines, hyphenates, sets capitals and parts
cells; so white space counts only where both sides are sure of it, a hyphen at the end of a line
may be there or not, and a run that is all in capitals is taken as the style sheet's doing. Every
other difference is one, and is named with the run in which it lies.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sourcebrief.text.characters import HYPHENS, VANISHING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

MOST_DIFFERENCES: Final = 50
"""Differences after which no more are looked for."""

_NONE, _UNSURE, _SURE = 0, 1, 2
_PLAIN: Final = {**dict.fromkeys(map(ord, VANISHING)), **dict.fromkeys(map(ord, HYPHENS), "-")}
_STRIDE: Final = 256
_GRAM: Final = 12
_NEAR, _FAR = 3000, 100_000
_AFTER: Final = 4
"""Words of context before an insertion."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words that should be printed: `at` is their place, `part` what they are there.

    An `optional` run may be left out as a whole.
    """

    at: str
    part: str
    text: str
    optional: bool = False


@dataclass(frozen=True, slots=True)
class WordDifference:
    """Words of one run that read otherwise. `was` is empty for an insertion, `now` for a loss.

    `after` are the words that stand before them; `rest` says that nothing later was recognised.
    """

    at: str
    part: str
    was: str
    now: str
    after: str = ""
    rest: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    """A text without white space; `gaps[i]` says how sure a space before character i is."""

    text: str
    gaps: bytearray
    loose: frozenset[int] = frozenset()
    """Hyphens that may be the page's own."""

    def words(self, start: int, end: int) -> str:
        parts = []
        for at in range(start, end):
            if at in self.loose:
                continue
            sure = self.gaps[at] == _SURE
            likely = self.gaps[at] == _UNSURE and self.text[at].isalnum()
            if at > start and (sure or likely) and at - 1 not in self.loose:
                parts.append(" ")
            parts.append(self.text[at])
        return "".join(parts)


def plain(text: str) -> str:
    """A text in the form in which printed words are compared: NFKC, hyphens alike, no controls."""
    return unicodedata.normalize("NFKC", text.translate(_PLAIN)).translate(_PLAIN)


def squeezed(text: str) -> str:
    """A text as it is compared, without white space."""
    return "".join(plain(text).split())


def _line(chunks: Iterable[str], hyphenated: bool) -> tuple[_Line, list[int]]:
    """Join chunks; between two of them nobody knows whether there is a space."""
    text: list[str] = []
    gaps = bytearray()
    loose: set[int] = set()
    starts: list[int] = []
    for chunk in chunks:
        starts.append(len(gaps))
        gap = _UNSURE
        for word in plain(chunk).split():
            text.append(word)
            gaps.append(gap)
            gaps.extend(bytes(len(word) - 1))
            gap = _SURE
        if hyphenated and len(gaps) > starts[-1] and text[-1][-1] == "-":
            loose.add(len(gaps) - 1)
    return _Line("".join(text), gaps, frozenset(loose)), starts


def word_differences(
    runs: Sequence[Run], chunks: Iterable[str], *, hyphenated: bool = False
) -> list[WordDifference]:
    """How the chunks of a document differ from the runs that should be in it, in order.

    White space inside a chunk is the document's own, between chunks it is unknown. With
    `hyphenated`, a hyphen at a chunk's end may be a line's.
    """
    return list(_Comparison(runs, chunks, hyphenated).differences())


class _Comparison:
    def __init__(self, runs: Sequence[Run], chunks: Iterable[str], hyphenated: bool) -> None:
        self.runs = runs
        self.wanted, self.starts = _line((run.text for run in runs), hyphenated=False)
        self.found, _ = _line(chunks, hyphenated)

    def differences(self) -> Iterator[WordDifference]:
        wanted, found = self.wanted, self.found
        i = j = count = 0
        while True:
            i, j, apart = self._equal(i, j)
            if i == len(wanted.text) and j == len(found.text):
                return
            if apart:
                # The same letters, but parted otherwise.
                first, last = self._word(i, j)
                yield self._difference(*first, *last)
                i, j = last
            elif (step := self._allowed(i, j)) is not None:
                i, j = step
                continue
            else:
                ends = self._resume(i, j)
                rest = ends is None
                last = ends or (len(wanted.text), len(found.text))
                first = self._left(i, j)
                last = self._right(*last)
                yield self._difference(*first, *last, rest=rest)
                i, j = last
            count += 1
            if count >= MOST_DIFFERENCES:
                return

    def _equal(self, i: int, j: int) -> tuple[int, int, bool]:
        """Go on while both say the same; the last value says that only a space differs."""
        wanted, found = self.wanted, self.found
        while True:
            size = min(_STRIDE, len(wanted.text) - i, len(found.text) - j)
            same = wanted.text[i : i + size] == found.text[j : j + size]
            if size and same and wanted.gaps[i : i + size] == found.gaps[j : j + size]:
                i, j = i + size, j + size
                continue
            for _ in range(size):
                if wanted.text[i] != found.text[j]:
                    return i, j, False
                if abs(wanted.gaps[i] - found.gaps[j]) == _SURE and j - 1 not in found.loose:
                    return i, j, True
                i, j = i + 1, j + 1
            if not size:
                return i, j, False

    def _allowed(self, i: int, j: int) -> tuple[int, int] | None:
        """Where to go on after a difference that a page may make."""
        wanted, found = self.wanted, self.found
        if j in found.loose:
            return i, j + 1
        if i >= len(wanted.text):
            return None
        number = bisect_right(self.starts, i) - 1
        start = self.starts[number]
        end = self.starts[number + 1] if number + 1 < len(self.starts) else len(wanted.text)
        before = j - (i - start)
        if before < 0 or found.text[before:j].upper() != wanted.text[start:i].upper():
            return None
        if self.runs[number].optional:
            return end, before
        capitals = wanted.text[start:end].upper()
        if found.text[before : before + len(capitals)] == capitals:
            return end, before + len(capitals)
        return None

    def _resume(self, i: int, j: int) -> tuple[int, int] | None:
        """The nearest place from which both go on alike."""
        wanted, found = self.wanted.text, self.found.text
        for reach in (_NEAR, _FAR):
            firsts: dict[str, int] = {}
            for at in range(i, min(len(wanted), i + reach) - _GRAM + 1):
                firsts.setdefault(wanted[at : at + _GRAM], at)
            best: tuple[int, int] | None = None
            for at in range(j, min(len(found), j + reach) - _GRAM + 1):
                if best and at - j >= best[0] - i + best[1] - j:
                    break
                there = firsts.get(found[at : at + _GRAM])
                if there is not None and (
                    best is None or there - i + at - j < best[0] - i + best[1] - j
                ):
                    best = there, at
            if best:
                return self._trimmed(i, j, *best)
        if len(wanted) - i < _NEAR and len(found) - j < _NEAR:
            return self._trimmed(i, j, len(wanted), len(found))
        return None

    def _trimmed(self, i: int, j: int, end: int, to: int) -> tuple[int, int]:
        """Give back what is alike at the end of two stretches."""
        while end > i and to > j:
            if self.wanted.text[end - 1] == self.found.text[to - 1]:
                end, to = end - 1, to - 1
            elif to - 1 in self.found.loose:
                to -= 1
            else:
                break
        return end, to

    def _word(self, i: int, j: int) -> tuple[tuple[int, int], tuple[int, int]]:
        first = self._left(i, j, through=True)
        last = (i + 1, j + 1)
        if last[0] <= len(self.wanted.text) and last[1] <= len(self.found.text):
            last = self._right(*last)
        return first, last

    def _left(self, i: int, j: int, *, through: bool = False) -> tuple[int, int]:
        """Go back to where the word begins on either side."""
        wanted, found = self.wanted, self.found
        if through and i and j:
            i, j = i - 1, j - 1
        while (
            i and j
            and not (self._begins(wanted, i) and self._begins(found, j))
            and wanted.text[i - 1] == found.text[j - 1]
        ):  # fmt: skip
            i, j = i - 1, j - 1
        return i, j

    @staticmethod
    def _begins(line: _Line, at: int) -> bool:
        return at >= len(line.text) or bool(line.gaps[at])

    def _right(self, i: int, j: int) -> tuple[int, int]:
        """Go on to where the word ends on either side."""
        wanted, found = self.wanted, self.found
        while (
            i < len(wanted.text) and j < len(found.text)
            and not (wanted.gaps[i] and (found.gaps[j] or wanted.gaps[i] == _UNSURE))
            and wanted.text[i] == found.text[j]
        ):  # fmt: skip
            i, j = i + 1, j + 1
        return i, j

    def _difference(
        self, i: int, j: int, end: int, to: int, *, rest: bool = False
    ) -> WordDifference:
        number = max(bisect_right(self.starts, i) - 1, 0)
        if i == end and i and i in self.starts:
            # What was put in before a run most likely belongs to the one that ends here.
            number = max(bisect_right(self.starts, i - 1) - 1, 0)
        run = self.runs[number] if self.runs else Run("", "", "")
        before = self.wanted.words(max(0, i - 60), i).split()[1:][-_AFTER:]
        return WordDifference(
            run.at,
            run.part,
            self.wanted.words(i, end),
            self.found.words(j, to),
            " ".join(before),
            rest,
        )
