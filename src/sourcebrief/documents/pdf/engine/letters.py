"""The text of each glyph of another script, by which a PDF is searched, copied and read aloud.

WeasyPrint gives a glyph the words that it is first drawn for: of an accent, those of its letter
too, and of a bracket between Arabic words the opposite one, which then stands for it everywhere.
"""

import io
from collections.abc import Callable, Collection, Mapping
from functools import cached_property
from typing import Any
from unicodedata import mirrored

from sourcebrief.documents.glyph_texts import glyph_texts


def naming(families: Collection[str]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give the glyphs of these families, and the brackets of all, the text that is their own."""

    def patched(initialise: Callable[..., None]) -> Callable[..., None]:
        def initialised(font: Any, *arguments: Any) -> None:
            initialise(font, *arguments)
            font.to_unicode = _Texts(font, font.family in families)

        return initialised

    return patched


class _Texts(dict[int, str]):
    """The texts of the glyphs that a font draws, by number, in the order of first use."""

    def __init__(self, font: Any, other_script: bool) -> None:
        super().__init__()
        self._font = font
        self._other_script = other_script

    @cached_property
    def _own(self) -> Mapping[int, str]:
        from fontTools.ttLib import TTFont

        content = io.BytesIO(self._font.file_content)
        font = TTFont(content, fontNumber=self._font.index, lazy=True)
        texts = glyph_texts(font, substituted=self._other_script)
        return {font.getGlyphID(name): text for name, text in texts.items()}

    def __setitem__(self, glyph: int, text: str) -> None:
        if self._other_script or (len(text) == 1 and mirrored(text)):
            text = self._own.get(glyph, text)
        super().__setitem__(glyph, text)
