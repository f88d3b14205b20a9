"""The labels of the Traffic Light Protocol."""

from __future__ import annotations

from pathlib import Path

import pytest

from sourcebrief.text.phrases import slug
from sourcebrief.text.tlp import TLP_COLOURS

SCREEN = Path(__file__).parents[2] / "templates" / "screen.css"


@pytest.mark.parametrize("label", TLP_COLOURS)
def test_the_web_page_has_the_colour_of_each_label(label: str) -> None:
    name = f".tlp-{slug(label.removeprefix('TLP:'))}"
    rules = [line.partition("{") for line in SCREEN.read_text().splitlines()]
    colours = [rule for names, _, rule in rules if name in names.replace(",", " ").split()]
    assert colours == [f" color: #{TLP_COLOURS[label].lower()} }}"]
