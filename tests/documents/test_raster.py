"""A drawing as PNG, in the project's fonts, alike everywhere; and what it says in words."""

from __future__ import annotations

import struct
from xml.etree import ElementTree

import pytest
from lxml import etree

from sourcebrief.documents import raster
from sourcebrief.documents.script_fonts import script_fonts
from sourcebrief.documents.template_folders import held_templates
from sourcebrief.errors import EngineFault

BOX = '<svg viewBox="0 0 40 20"><title>a</title><rect width="40" height="20" fill="#f00"/>{}</svg>'


def size(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    wide, high = struct.unpack(">II", png[16:24])
    return wide, high


def test_draws_at_twice_the_size() -> None:
    assert size(raster.png(BOX.format(""))) == (80, 40)


def test_the_same_drawing_makes_the_same_bytes() -> None:
    drawing = BOX.format('<text y="12" font-size="9">2019</text>')
    assert raster.png(drawing) == raster.png(drawing)


@pytest.mark.parametrize("family", ["Source Sans 3", "sans-serif", "A Font That Nobody Has"])
def test_text_is_drawn_whatever_fonts_the_machine_has(family: str) -> None:
    text = f'<text y="12" font-size="9" font-family="{family}">2019</text>'
    assert raster.png(BOX.format(text)) != raster.png(BOX.format(""))


def test_other_scripts_are_drawn_in_the_fonts_that_were_found_for_them() -> None:
    drawing = BOX.format('<text y="12" font-size="9">وزير</text>')
    script, missing = script_fonts("وزير", held_templates())
    assert missing == ()
    assert raster.png(drawing, script) != raster.png(drawing)
    # Two scripts in one text, each in a font of its own.
    mixed = BOX.format('<text y="12" font-size="4">وزير मंत्री</text>')
    both, _ = script_fonts("وزير मंत्री", held_templates())
    assert len({raster.png(mixed, fonts) for fonts in (both, both[:1], both[1:])}) == 3
    assert raster.png(drawing, script) == raster.png(drawing, script)


def test_html_entities_and_a_missing_namespace_are_mended() -> None:
    mended = raster.standalone("<svg><text>a&nbsp;&amp;&#160;b</text></svg>")
    assert mended == (
        '<svg xmlns="http://www.w3.org/2000/svg"><text>a\u00a0&amp;&#160;b</text></svg>'
    )


@pytest.mark.parametrize(
    "outside",
    [
        '<image href="/etc/passwd" width="9" height="9"/>',
        '<image xlink:href="http://example.org/a.png"/>',
        "<style>@import url(x.css)</style>",
        '<rect fill="url(http://example.org/a.svg#b)"/>',
    ],
)
def test_nothing_outside_the_drawing_is_read(outside: str) -> None:
    with pytest.raises(EngineFault, match="names a file outside itself"):
        raster.png(BOX.format(outside))


def test_a_broken_drawing_is_one_line() -> None:
    with pytest.raises(EngineFault, match=r"^resvg: the figure cannot be drawn: [^\n]+$"):
        raster.png("<svg><g></svg>")


SVG = '<svg xmlns="http://www.w3.org/2000/svg"{}>{}</svg>'


@pytest.mark.parametrize(
    ("attributes", "inside", "words"),
    [
        ("", "<title>A  line</title><desc>It rises.</desc>", "A line. It rises."),
        ("", "<title>What <tspan>now</tspan>?</title>", "What now?"),
        (' aria-label="A map"', "<title/>", "A map."),
        ("", "<g><title>Of a part</title></g>", ""),
    ],
)
def test_title_and_description_are_read_as_sentences(
    attributes: str, inside: str, words: str
) -> None:
    drawing = SVG.format(attributes, inside)
    assert raster.alternative_text(etree.fromstring(drawing)) == words
    assert raster.alternative_text(ElementTree.fromstring(drawing)) == words
