"""The fonts say beforehand which characters they can draw."""

from dataclasses import replace
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from sourcebrief.documents import fonts
from sourcebrief.errors import EnvironmentFault
from sourcebrief.text.characters import LAYOUT_CONTROLS


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


def test_what_is_surely_drawn_is_in_the_fonts() -> None:
    surely = {c for c in map(chr, range(0x10000)) if fonts._SURELY_DRAWN.fullmatch(c)}

    assert {*"aZ0~ñÿŁſ“…"} <= surely
    assert surely - LAYOUT_CONTROLS <= set(map(chr, fonts.coverage()))


def test_a_damaged_font_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "a.ttf").write_bytes(b"no font")
    face = replace(fonts.faces()[0], path=tmp_path / "a.ttf")
    monkeypatch.setattr(fonts, "faces", lambda: (face,))

    with pytest.raises(EnvironmentFault, match=r"a.ttf is damaged; install its package again"):
        fonts.coverage.__wrapped__()


def test_each_family_has_an_upright_and_an_italic_rule_without_a_weight() -> None:
    css = fonts.font_faces_css()

    assert css.count("@font-face") == 4
    assert css.count("font-style: italic") == 2
    assert "font-weight" not in css
    assert all(f'url("{address}")' in css for address in (face.address for face in fonts.faces()))
