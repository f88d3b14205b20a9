"""What the glyphs of a font say, and which ligatures of Arabic stay."""

import io
from typing import Any

from fontTools.ttLib import TTFont

from sourcebrief.documents.glyph_texts import glyph_texts
from sourcebrief.documents.script_fonts import script_fonts
from sourcebrief.documents.template_folders import held_templates


def subset(text: str) -> Any:
    (font,), _ = script_fonts(text, held_templates())
    return TTFont(io.BytesIO(font.subset()))


def test_the_forms_of_a_letter_and_required_ligatures_say_its_text() -> None:
    texts = glyph_texts(subset("الاتفاق في البرنامج"))
    assert list(texts.values()).count("ن") > 2
    assert "لا" in texts.values()
    assert "في" not in texts.values()
    assert "بر" not in texts.values()


def test_a_conjunct_says_its_letters() -> None:
    assert "क्ष" in glyph_texts(subset("स्थिति क्षेत्र")).values()
