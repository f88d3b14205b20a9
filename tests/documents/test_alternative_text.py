"""What a drawing says to readers who do not see it."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from lxml import etree

from sourcebrief.documents.alternative_text import alternative_text

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
    assert alternative_text(etree.fromstring(drawing)) == words
    assert alternative_text(ElementTree.fromstring(drawing)) == words
