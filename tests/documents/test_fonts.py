"""The fonts say beforehand which characters they can draw."""

import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from sourcebrief.documents import fonts


@pytest.mark.parametrize(
    "text",
    [
        "Plain ASCII, with 1,500.25 and [brackets].",
        "Juan Carlos Holguín, señora, pingüino, ¿qué?, ¡sí!",
        "“Quoted” ‘words’ «comillas» – — … ¶ § № € £",
        "narrow\u202fand thin\u2009spaces, soft\u00adhyphen, zero\u200bwidth, line\nbreak",
        "decomposed: Holgui\u0301n",
        "Ω Жук Việt Nam",
    ],
)
def test_text_that_both_families_draw_lacks_nothing(text: str) -> None:
    assert fonts.missing_glyphs(text) == ()


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("中国 and 中", ("中", "国")),
        ("bullets ◦ and ▪", ("◦", "▪")),
        ("smile 🙂", ("🙂",)),
        ("a bell\x07", ("\x07",)),
        ("עברית", ("ע", "ב", "ר", "י", "ת")),
    ],
)
def test_missing_characters_come_once_in_order(text: str, missing: tuple[str, ...]) -> None:
    assert fonts.missing_glyphs(text) == missing


def test_coverage_is_what_the_font_files_hold() -> None:
    maps = [set(TTFont(face.path).getBestCmap()) for face in fonts.faces()]

    assert fonts.coverage() == set.intersection(*maps)


def test_printable_ascii_is_covered_so_that_it_need_not_be_looked_up() -> None:
    assert set(range(0x20, 0x7F)) <= fonts.coverage()


def test_each_family_has_an_upright_and_an_italic_rule_without_a_weight() -> None:
    css = fonts.font_faces_css()

    assert css.count("@font-face") == 4
    assert css.count("font-style: italic") == 2
    assert "font-weight" not in css
    assert all(f'url("{address}")' in css for address in fonts.font_files())
