"""The fonts of a PDF: which letters their codes show, and how wide they are."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import pikepdf

from sourcebrief.documents.direction import has_right_to_left
from sourcebrief.text.characters import REPLACEMENT, is_unspaced

_UNICODE_BLOCK: Final = re.compile(r"beginbfchar(.*?)endbfchar", re.DOTALL)
_UNICODE_PAIR: Final = re.compile(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>")
_NUMBER: Final = re.compile(r"[%٪]?\d(?:[\d٫٬.,:/]*\d)?")
_TURNED: Final = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")
"""Brackets as they are read among right-to-left words: a font draws the opposite one."""
_BESIDE: Final = (-120, 300)
"""Thousandths of its size by which a letter goes forward or back at most, beside another one:
capitals are set 90 apart, and marks go back by 230."""
_BESIDE_SPACE: Final = (-2500, 100)
"""The same beside a space, which a line that is set flush widens by 800."""


@dataclass(frozen=True, slots=True)
class PdfFont:
    """A font: the letters of its codes, each of `code_length` bytes, and their widths."""

    name: str
    code_length: int
    letters: dict[int, str]
    widths: dict[int, float]
    usual_width: float

    def codes(self, string: Any) -> Iterator[int]:
        """The codes of a string; none spans two strings."""
        data = bytes(string) if isinstance(string, pikepdf.String) else b""
        step = self.code_length
        return (int.from_bytes(data[at : at + step]) for at in range(0, len(data), step))

    def decode(self, operand: Any) -> str:
        """Return the text of a string, or of the strings among numbers."""
        strings = operand if isinstance(operand, pikepdf.Array) else [operand]
        glyphs = [
            self.letters.get(code, REPLACEMENT) for one in strings for code in self.codes(one)
        ]
        text = "".join(glyphs)
        if not has_right_to_left(text):
            return text
        # Glyphs stand as they are seen, and one may be several letters; numbers go rightward.
        return turned(reversed(glyphs))

    def advance(self, operand: Any) -> tuple[float, float, bool]:
        """Where a string begins and ends in thousandths of its size, and if a letter goes astray.

        It does where it stands over another one, or so far from it or near it that a space seems
        to be there, or none.
        """
        start, reach, back, before, is_astray = 0.0, 0.0, 0.0, "", False
        for one in operand if isinstance(operand, pikepdf.Array) else [operand]:
            if not isinstance(one, pikepdf.String):
                back += float(one)
                continue
            for code in self.codes(one):
                letter = self.letters.get(code, REPLACEMENT)
                is_wide = _is_wide(before[-1:]) or _is_wide(letter[:1])
                least, most = _BESIDE_SPACE if is_wide else _BESIDE
                if before:
                    is_astray = is_astray or not least <= back <= most
                else:
                    start = -back
                reach += self.widths.get(code, self.usual_width) - back
                before, back = letter, 0.0
        return start, reach - back, is_astray


def _is_wide(letter: str) -> bool:
    """Whether the space beside a character says nothing."""
    return not letter.strip() or is_unspaced(letter)


def turned(seen: Iterable[str]) -> str:
    """Return what stands among right-to-left words, from the right, as it is read."""
    letters = "".join(seen).translate(_TURNED)
    return _NUMBER.sub(lambda found: found[0][::-1], letters)


def code_widths(array: Any) -> Iterator[tuple[int, float]]:
    """Yield the codes of a font with their widths (ISO 32000-1, 9.7.4.3)."""
    entries = iter(array)
    for first in entries:
        following = next(entries, pikepdf.Array())
        if isinstance(following, pikepdf.Array):
            yield from enumerate(map(float, following), int(first))
        else:
            width = float(next(entries, 0))
            yield from ((code, width) for code in range(int(first), min(int(following), 65535) + 1))


def code_letters(cmap: str) -> Iterator[tuple[int, str]]:
    """Yield the codes of a ToUnicode map with their text (ISO 32000-1, 9.10.3).

    WeasyPrint writes no ranges, so they are not read.
    """
    for block in _UNICODE_BLOCK.findall(cmap):
        for code, text in _UNICODE_PAIR.findall(block):
            yield int(code, 16), bytes.fromhex(text).decode("utf-16-be", "replace") or REPLACEMENT
