"""The fonts of a PDF: which letters their codes show, and how wide they are."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import pikepdf

from sourcebrief.documents.direction import has_right_to_left
from sourcebrief.text.characters import REPLACEMENT

_UNICODE_BLOCK: Final = re.compile(r"beginbfchar(.*?)endbfchar", re.DOTALL)
_UNICODE_PAIR: Final = re.compile(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>")
_NUMBER: Final = re.compile(r"[%٪]?\d(?:[\d٫٬.,:/]*\d)?")
_TURNED: Final = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")
"""Brackets as they are read among right-to-left words: a font draws the opposite one."""
CROWDED: Final = 300
"""Thousandths of its size by which a letter goes back; kerning goes back less than half of it."""
_APART: Final = 2500
"""By which a letter goes forward at most; a space in a line that is set flush takes a third."""


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

    def advance(self, operand: Any) -> tuple[float, float]:
        """How far a string goes in thousandths of its size, and by how much it goes astray."""
        reach = back = 0.0
        for one in operand if isinstance(operand, pikepdf.Array) else [operand]:
            if isinstance(one, pikepdf.String):
                reach += sum(self.widths.get(code, self.usual_width) for code in self.codes(one))
            else:
                reach -= float(one)
                back = max(back, float(one), CROWDED + 1 if float(one) < -_APART else 0.0)
        return reach, back


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
