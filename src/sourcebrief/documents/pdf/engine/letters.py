"""The text of each glyph, by which a PDF is searched, copied and read aloud, in other scripts too.

WeasyPrint gives a glyph the words that it is first drawn for: of an accent, those of its letter
too, and of a bracket between Arabic words the opposite one, which then stands for it everywhere.
"""

import io
from collections.abc import Callable
from functools import cached_property
from typing import Any

from sourcebrief.documents.glyph_texts import glyph_texts


def naming(initialise: Callable[..., None]) -> Callable[..., None]:
    """Give the glyphs of a font the text that is their own."""

    def initialised(font: Any, *arguments: Any) -> None:
        initialise(font, *arguments)
        font.to_unicode = _Texts(font)

    return initialised


class _Texts(dict[int, str]):
    """The texts of the glyphs that a font draws, by number, in the order of first use."""

    def __init__(self, font: Any) -> None:
        super().__init__()
        self._font = font

    @cached_property
    def _own(self) -> tuple[dict[str, int], dict[int, str]]:
        """The glyph of each character, and the text of each glyph."""
        from fontTools.ttLib import TTFont

        font = TTFont(io.BytesIO(self._font.file_content), fontNumber=self._font.index, lazy=True)
        drawn = {chr(code): font.getGlyphID(name) for code, name in font.getBestCmap().items()}
        return drawn, {font.getGlyphID(name): text for name, text in glyph_texts(font).items()}

    def __setitem__(self, glyph: int, text: str) -> None:
        drawn, texts = self._own
        super().__setitem__(glyph, text if drawn.get(text) == glyph else texts.get(glyph, text))
