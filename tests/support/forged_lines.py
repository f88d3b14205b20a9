"""Lines of a built PDF drawn anew: strings moved, raised, divided, joined."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pikepdf
from pikepdf import Array, Name, Operator, String

from sourcebrief.verification.pdf_fonts import code_letters, code_widths

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Drawn = list[tuple[list[Any], Operator]]


@dataclass
class Line:
    """A string of glyphs: its words, its font with the codes of letters, its size and place."""

    words: str
    font: str
    size: float
    matrix: list[float]
    codes: dict[str, int]
    widths: dict[int, float]

    def width(self, words: str) -> float:
        """How far some words go, in points."""
        return sum(self.widths[code] for code in self._glyphs(words)) * self.size / 1000

    def string(self, words: str) -> String:
        """The glyphs of some words."""
        return String(b"".join(code.to_bytes(2) for code in self._glyphs(words)))

    def _glyphs(self, words: str) -> Iterator[int]:
        while words:
            # One glyph may be several letters.
            letters = next(words[:size] for size in (3, 2, 1) if words[:size] in self.codes)
            yield self.codes[letters]
            words = words[len(letters) :]

    def at(self, words: str, x: float, *, rise: float = 0.0, size: float | None = None) -> Drawn:
        """Some words drawn at a distance from the beginning of the line."""
        a, b, c, d, e, f = self.matrix
        return [
            ([a, b, c, d, e + x * a, f + rise * d], Operator("Tm")),
            ([Name(self.font), size or self.size], Operator("Tf")),
            ([Array([self.string(words)])], Operator("TJ")),
        ]


def line_drawn(words: str, draw: Callable[[Line], Drawn]) -> Callable[[pikepdf.Pdf], None]:
    """Draw the first line that holds some words anew."""

    def edit(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            found: list[Any] = []
            is_done = False
            matrix, font, size = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0], "", 1.0
            for operands, operator in pikepdf.parse_content_stream(page):
                name = str(operator)
                if name == "Tm":
                    matrix = [float(one) for one in operands]
                elif name == "Tf":
                    font, size = str(operands[0]), float(operands[1])
                elif name == "TJ" and not is_done:
                    line = _line(page.obj.Resources.Font[font], operands[0], font, size, matrix)
                    if words in line.words:
                        is_done = True
                        found += draw(line)
                        continue
                found.append((operands, operator))
            if is_done:
                page.obj.Contents = pdf.make_stream(pikepdf.unparse_content_stream(found))
                return
        raise AssertionError(f"no line holds {words!r}")

    return edit


def _line(font: Any, strings: Any, name: str, size: float, matrix: list[float]) -> Line:
    letters = dict(code_letters(font.ToUnicode.read_bytes().decode("latin-1")))
    codes = {letter: code for code, letter in letters.items()}
    widths = dict(code_widths(font.DescendantFonts[0].W))
    data = b"".join(bytes(one) for one in strings if isinstance(one, String))
    words = "".join(
        letters.get(int.from_bytes(data[at : at + 2]), "") for at in range(0, len(data), 2)
    )
    return Line(words, name, size, matrix, codes, widths)
