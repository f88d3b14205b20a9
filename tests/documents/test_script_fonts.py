"""Fonts for other scripts: where they are sought, and what is said where there is none."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from sourcebrief.documents import script_fonts as module
from sourcebrief.documents.script_fonts import (
    font_hashes,
    font_rules,
    printable_text,
    script_fonts,
    substituted,
    with_families,
)
from sourcebrief.documents.template_folders import TemplateFiles, held_templates

TEMPLATES = held_templates()
ARABIC = "التقى الوزير"


@pytest.fixture
def no_system_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_installed", dict)


def test_what_the_typefaces_have_needs_no_font() -> None:
    assert script_fonts("Señor Ελλάδα мир – “x” 10⁶", TEMPLATES) == ((), ())


def test_a_package_serves_its_script_with_the_characters_that_print(no_system_fonts: None) -> None:
    (font,), missing = script_fonts(f"The minister: {ARABIC}", TEMPLATES)
    assert missing == ()
    assert (font.family, font.file.origin) == (
        "IBM Plex Sans Arabic",
        "fontpkg-ibm-plex-sans-arabic",
    )
    assert font.characters == set(ARABIC) - {" "}
    subset = font.subset()
    assert {chr(code) for code in TTFont(io.BytesIO(subset)).getBestCmap()} >= font.characters
    assert " " in {chr(code) for code in TTFont(io.BytesIO(subset)).getBestCmap()}
    assert subset == font.subset()
    assert font_hashes([font.file.name], TEMPLATES) == {font.file.name: font.file.sha256}


@pytest.mark.skipif(
    not Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc").exists(),
    reason="fonts-noto-cjk is not installed",
)
def test_a_cff_font_keeps_the_numbers_of_its_glyphs_which_a_pdf_takes_for_their_names() -> None:
    (font,), _ = script_fonts("大臣の会談", TEMPLATES)
    subset = TTFont(io.BytesIO(font.subset()))
    glyphs = [subset.getBestCmap()[ord(character)] for character in font.characters]
    assert all(int(glyph.removeprefix("cid")) == subset.getGlyphID(glyph) for glyph in glyphs)


def test_each_letter_of_the_packaged_arabic_font_is_one_glyph() -> None:
    (font,), _ = script_fonts(ARABIC, TEMPLATES)
    opened = TTFont(io.BytesIO(font.subset()))
    lookups = opened["GSUB"].table.LookupList.Lookup
    tables = [getattr(one, "ExtSubTable", one) for lookup in lookups for one in lookup.SubTable]
    parted = {name for one in tables if one.LookupType == 2 for name in one.mapping}
    assert parted.isdisjoint(opened.getBestCmap().values())
    assert font.file.name == "IBMPlexSansArabic-Regular.ttf"


def test_a_vowel_that_is_drawn_as_two_brings_both() -> None:
    (font,), _ = script_fonts("น้ำ", TEMPLATES)
    assert set(TTFont(io.BytesIO(font.subset())).getBestCmap()) >= {0x0E33, 0x0E4D, 0x0E32}


def test_a_font_of_the_workspace_serves_before_the_system(
    no_system_fonts: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    (packaged,), _ = script_fonts(ARABIC, TEMPLATES)
    monkeypatch.setattr(module, "_PACKAGES", {})
    own = TemplateFiles({**TEMPLATES.content, "fonts/mine.ttf": packaged.file.content()})
    (font,), missing = script_fonts(ARABIC, own)
    assert (font.file.origin, missing) == ("templates/fonts/mine.ttf", ())
    damaged = TemplateFiles({**TEMPLATES.content, "fonts/mine.ttf": b"no font"})
    assert script_fonts(ARABIC, damaged)[0] == ()


def test_a_script_without_a_font_is_one_problem_with_its_remedy(no_system_fonts: None) -> None:
    fonts, missing = script_fonts("שלום עולם 你好 😀 안녕", TEMPLATES)
    assert fonts == ()
    assert {one.name: one.remedy.partition(" (")[0] for one in missing} == {
        "Chinese, Japanese or Korean": "install fonts-noto-cjk",
        "Hebrew": "install fonts-noto-core",
        "symbols and emoji": "install fonts-symbola",
    }
    shown = {one.name: one.shown for one in missing}
    assert shown["symbols and emoji"] == "symbols and emoji (😀)"


def test_a_character_of_private_use_is_named_by_its_number() -> None:
    (missing,) = script_fonts("a bullet \ue000", TEMPLATES)[1]
    assert missing.shown == "characters of private use (U+E000)"
    assert missing.remedy.startswith("what they mean only one font knows: take them out")


@pytest.mark.skipif(
    not Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc").exists(),
    reason="fonts-noto-cjk is not installed",
)
def test_the_face_of_a_collection_follows_the_language() -> None:
    families = [
        script_fonts("你好", TEMPLATES, tags)[0][0].family
        for tags in (["zh"], ["ja"], ["zh-TW", "zh"], ["zh", "ko-KR"])
    ]
    assert families == [f"Noto Sans CJK {face}" for face in ("SC", "JP", "TC", "KR")]


def test_typographic_characters_have_equals() -> None:
    assert printable_text("\u201fA\u2011B\u201d \uf0b7") == "“A‐B” •"
    assert substituted("a\u2011b\u2011 \u201f") == ("\u2011", "\u201f")
    assert script_fonts("A\u2011B \uf0b7", TEMPLATES) == ((), ())


def test_style_sheets_name_the_fonts_behind_the_typefaces() -> None:
    (font,), _ = script_fonts(ARABIC, TEMPLATES)
    css = 'a { font-family: "Source Sans 3" } b { --serif: "Source Serif 4", serif }'
    assert with_families(css, [font]) == (
        'a { font-family: "Source Sans 3","IBM Plex Sans Arabic subset" } '
        'b { --serif: "Source Serif 4","IBM Plex Sans Arabic subset", serif }'
    )
    assert with_families(css, []) == css
    assert font_rules([font], {font.face: "font:x.ttf"}) == (
        '@font-face { font-family: "IBM Plex Sans Arabic subset"; src: url("font:x.ttf") }'
    )
