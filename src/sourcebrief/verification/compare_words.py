"""Compare what a document prints with what it should print, word by word.

A page breaks lines, hyphenates, sets capitals and joins cells. So a space counts only where both
sides are sure of it, a soft hyphen that ends a chunk may be a hyphen or none, and a run that is all
in capitals counts as the style sheet's doing. Every other difference is reported with its run.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from sourcebrief.text.characters import (
    BIDIRECTIONAL_CONTROLS,
    HYPHENS,
    LEFT_TO_RIGHT_MARK,
    SOFT_HYPHEN,
    VANISHING,
)

MOST_ALTERATIONS: Final = 50
"""After this many, the comparison stops."""

_NO_SPACE, _UNSURE, _SPACE = 0, 1, 2
_RAISED: Final = ("<super>", "<sub>", "<circle>", "<fraction>")


class _Plain(dict[int, str]):
    """What each character is compared as, before NFKC; "10²" is not "102", and has a sign more."""

    def __missing__(self, code: int) -> str:
        is_raised = unicodedata.decomposition(chr(code)).startswith(_RAISED)
        return self.setdefault(code, f"^{chr(code)}" if is_raised else chr(code))


_PLAIN: Final = _Plain(
    {
        **dict.fromkeys(map(ord, VANISHING | {"\ufe0e", "\ufe0f"}), ""),
        **dict.fromkeys(map(ord, HYPHENS), "-"),
    }
)
_NAMED: Final = {
    ord(one): f"[U+{ord(one):04X}]" for one in BIDIRECTIONAL_CONTROLS - {LEFT_TO_RIGHT_MARK}
}
_AM: Final = re.compile("([\u0e48-\u0e4b\u0ec8-\u0ecb])([\u0e4d\u0ecd])")
_STRIDE: Final = 256
_GRAM: Final = 12
_NEAR, _FAR = 3000, 100_000
_CONTEXT: Final = 4
"""Words that are shown before an alteration."""


@dataclass(frozen=True, slots=True)
class ExpectedRun:
    """Words that a document should print: `at` is their place, `part` their role in that place.

    A document may leave out an `optional` run as a whole.
    """

    at: str
    part: str
    text: str
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Alteration:
    """Words of one run that a document prints otherwise.

    `was` is empty for an insertion, `now` for a loss. `after` are the words before them. `rest`
    says that the comparison found nothing in common after this place.
    """

    at: str
    part: str
    was: str
    now: str
    after: str = ""
    rest: bool = False


def alterations(runs: Sequence[ExpectedRun], chunks: Iterable[str]) -> list[Alteration]:
    """Return how the chunks of a document differ from the runs that it should print, in order.

    A space inside a chunk is the document's own; between two chunks there may be one or not.
    """
    return list(_Comparison(runs, chunks).alterations())


def with_controls(text: str) -> str:
    """Write out the controls that turn the order of words, so that they are compared too.

    A Word document has a left-to-right mark behind right-to-left words, which keeps the order.
    """
    return text.translate(_NAMED)


def comparable(text: str) -> str:
    """Return a text as it is compared: NFKC, all hyphens alike, no invisible characters."""
    plain = unicodedata.normalize("NFKC", text.translate(_PLAIN)).translate(_PLAIN)
    # What is drawn of the vowel am of Thai and Lao stands below a tone, and so before it.
    return _AM.sub(r"\2\1", plain)


def without_spaces(text: str) -> str:
    """Return a text as it is compared, without white space."""
    return "".join(comparable(text).split())


def sorted_letters(words: str) -> list[str]:
    """The letters and figures of some words, which a PDF may draw in another order."""
    return sorted(filter(str.isalnum, words))


class _Letters:
    """A sequence of chunks without white space.

    `gaps[i]` says whether a space stands before character i, `starts` where each chunk begins,
    `loose` which hyphens may come from a line break.
    """

    def __init__(self, chunks: Iterable[str]) -> None:
        words: list[str] = []
        self.gaps = bytearray()
        self.starts: list[int] = []
        self.loose: set[int] = set()
        for chunk in chunks:
            self.starts.append(len(self.gaps))
            gap = _UNSURE
            for word in comparable(chunk).split():
                words.append(word)
                self.gaps.append(gap)
                self.gaps.extend(bytes(len(word) - 1))
                gap = _SPACE
            if chunk.endswith(SOFT_HYPHEN):
                words.append("-")
                self.loose.add(len(self.gaps))
                self.gaps.append(_NO_SPACE)
        self.text = "".join(words)
        # The end of the text is the end of a word.
        self.gaps.append(_SPACE)

    def words(self, start: int, end: int) -> str:
        """Return a stretch as words, for a message."""
        parts: list[str] = []
        for at in range(start, end):
            letter, gap = self.text[at], self.gaps[at]
            spaced = gap == _SPACE or (gap == _UNSURE and letter.isalnum())
            if parts and spaced and at - 1 not in self.loose:
                parts.append(" ")
            if at not in self.loose:
                parts.append(letter)
        return "".join(parts)


class _Comparison:
    """Walks along both sides at once: i is a place in the wanted text, j one in the found text."""

    def __init__(self, runs: Sequence[ExpectedRun], chunks: Iterable[str]) -> None:
        self.runs = runs
        self.wanted = _Letters(run.text for run in runs)
        self.ends = [*self.wanted.starts[1:], len(self.wanted.text)]
        self.found = _Letters(chunks)

    def alterations(self) -> Iterator[Alteration]:
        wanted_end, found_end = len(self.wanted.text), len(self.found.text)
        i = j = count = 0
        while count < MOST_ALTERATIONS:
            i, j, only_space_differs = self._skip_equal(i, j)
            if i == wanted_end and j == found_end:
                return
            if only_space_differs:
                first, last = self._word_start(i - 1, j - 1), self._word_end(i + 1, j + 1)
                yield self._alteration(first, last)
            elif allowed := self._skip_allowed(i, j):
                i, j = allowed
                continue
            else:
                common = self._next_common(i, j)
                last = self._word_end(*(common or (wanted_end, found_end)))
                yield self._alteration(self._word_start(i, j), last, rest=common is None)
            i, j = last
            count += 1

    def _skip_equal(self, i: int, j: int) -> tuple[int, int, bool]:
        """Go on while both sides say the same; the flag says that only a space differs."""
        wanted, found = self.wanted, self.found
        while size := min(_STRIDE, len(wanted.text) - i, len(found.text) - j):
            same = wanted.text[i : i + size] == found.text[j : j + size]
            if same and wanted.gaps[i : i + size] == found.gaps[j : j + size]:
                i, j = i + size, j + size
                continue
            for _ in range(size):
                if wanted.text[i] != found.text[j]:
                    return i, j, False
                if abs(wanted.gaps[i] - found.gaps[j]) == _SPACE and j - 1 not in found.loose:
                    return i, j, True
                i, j = i + 1, j + 1
        return i, j, False

    def _skip_allowed(self, i: int, j: int) -> tuple[int, int] | None:
        """Return the places after a difference that a page may make, None where it may not."""
        wanted, found = self.wanted, self.found
        if j in found.loose:
            return i, j + 1
        if i >= len(wanted.text):
            return None
        number = bisect_right(wanted.starts, i) - 1
        start, end = wanted.starts[number], self.ends[number]
        before = j - (i - start)
        if before < 0 or found.text[before:j].upper() != wanted.text[start:i].upper():
            return None
        if self.runs[number].optional:
            return end, before
        capitals = wanted.text[start:end].upper()
        if found.text[before : before + len(capitals)] == capitals:
            return end, before + len(capitals)
        return None

    def _next_common(self, i: int, j: int) -> tuple[int, int] | None:
        """Return the nearest places from which both sides say the same again."""
        wanted, found = self.wanted.text, self.found.text
        for reach in (_NEAR, _FAR):
            grams: dict[str, int] = {}
            for at in range(i, min(len(wanted), i + reach) - _GRAM + 1):
                grams.setdefault(wanted[at : at + _GRAM], at)
            common = [
                (there + at, at, there)
                for at in range(j, min(len(found), j + reach) - _GRAM + 1)
                if (there := grams.get(found[at : at + _GRAM])) is not None
            ]
            if common:
                _, at, there = min(common)
                return self._back_to_difference(i, j, there, at)
        if len(wanted) - i < _NEAR and len(found) - j < _NEAR:
            return self._back_to_difference(i, j, len(wanted), len(found))
        return None

    def _back_to_difference(self, i: int, j: int, end: int, to: int) -> tuple[int, int]:
        """Move the ends of two stretches back over what both have in common there."""
        while end > i and to > j:
            if self.wanted.text[end - 1] == self.found.text[to - 1]:
                end, to = end - 1, to - 1
            elif to - 1 in self.found.loose:
                to -= 1
            else:
                break
        return end, to

    def _word_start(self, i: int, j: int) -> tuple[int, int]:
        wanted, found = self.wanted, self.found
        while (
            i and j
            and not (wanted.gaps[i] and found.gaps[j])
            and wanted.text[i - 1] == found.text[j - 1]
        ):  # fmt: skip
            i, j = i - 1, j - 1
        return i, j

    def _word_end(self, i: int, j: int) -> tuple[int, int]:
        wanted, found = self.wanted, self.found
        while (
            i < len(wanted.text) and j < len(found.text)
            and not (wanted.gaps[i] and (found.gaps[j] or wanted.gaps[i] == _UNSURE))
            and wanted.text[i] == found.text[j]
        ):  # fmt: skip
            i, j = i + 1, j + 1
        return i, j

    def _alteration(
        self, first: tuple[int, int], last: tuple[int, int], *, rest: bool = False
    ) -> Alteration:
        (i, j), (end, to) = first, last
        # An insertion before a run most likely belongs to the run that ends there.
        inserted = i == end and i in self.wanted.starts
        number = max(bisect_right(self.wanted.starts, i - inserted) - 1, 0)
        run = self.runs[number] if self.runs else ExpectedRun("", "", "")
        context = self.wanted.words(max(0, i - 60), i).split()[1:][-_CONTEXT:]
        was, now = self.wanted.words(i, end), self.found.words(j, to)
        return Alteration(run.at, run.part, was, now, " ".join(context), rest)
